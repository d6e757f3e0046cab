"""A return brings values of what was issued to its member, and of nothing else."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from exchange.papers.record_papers import merge_document
from models.clock import utc_now
from models.journal.verify import verify
from models.operations.applications.corrections import SetWithdrawn
from models.queries.packs.returns import NOT_ISSUED, import_plan, merge_report
from models.queries.panel.panel import sheets
from models.record import Record
from models.schema.applications import application_table
from models.session import Session
from models.values import canonical
from models.values.pack_plans import Incoming, Plan
from models.values.packs import read_pack, read_return, signed_return
from models.values.revisions import History, Key, Revision
from scoring.round import InterestKind
from tests.models.packed_rounds import KEYS, declare, issue, laptop, make_return, mark, office, take_in
from tests.models.rounds import OFFICER, assert_replays


@pytest.fixture
def there(record: Record) -> Record:
    """The office's record, of which ACF-003 is in no pack: it is withdrawn while the pack is made."""
    office(record).perform(SetWithdrawn(1, "ACF-003", is_withdrawn=True, reason="asked to"), OFFICER)
    return record


@pytest.fixture
def home(there: Record, pack: str, tmp_path: Path) -> Iterator[Record]:
    """M1's own record with one mark; ACF-003 is back at the office."""
    with laptop(tmp_path / "ann.panel", pack) as opened:
        there.perform(SetWithdrawn(1, "ACF-003", is_withdrawn=False), OFFICER)
        declare(opened)
        mark(opened, "ACF-001", "A1", 4, None)
        yield opened


def with_more(there: Record, text: str, reference: str = "ACF-003") -> str:
    """Return a return whose member put values in by hand that were not asked for, and signed it."""
    given = read_return(text)
    uid = there.ask(partial(_uid, reference=reference))
    more = (
        *_put(given.within, uid, "mark:A1", "5"),
        *_put(given.within, uid, "reason:A1", '"liked it"'),
        *_put(given.within, uid, "interest", f'[["{InterestKind.PECUNIARY.value}",""]]'),
    )
    return canonical.to_text(signed_return(replace(given, revisions=(*given.revisions, *more)), KEYS["M1"]))


def _put(within: str, uid: str, slot: str, value: str) -> tuple[Revision, ...]:
    return History.new(within, Key(uid, slot)).set_to(value).written


def _uid(session: Session, reference: str) -> str:
    table = application_table
    return session.scalars(select(table.c.uid).where(table.c.reference == reference)).one()


def planned(record: Record, text: str) -> Plan:
    return record.ask(partial(import_plan, texts=(text,)))


def marks(record: Record) -> dict[str, tuple[int | None, ...]]:
    rows = record.ask(partial(sheets, round_id=1, judged=("A1", "A2", "A6")))
    return {row.application: row.marks for row in rows if row.member == "M1"}


def test_what_was_not_in_the_pack_is_refused_item_by_item_and_the_rest_is_kept(
    there: Record, home: Record
) -> None:
    text = with_more(there, make_return(home))

    found = planned(there, text)
    assert [(item.what, item.words) for item in found.refused] == [
        ("ACF-003 interest", NOT_ISSUED),
        ("ACF-003 A1", NOT_ISSUED),
        ("ACF-003 A1 reason", NOT_ISSUED),
    ]
    outcome = take_in(there, text)

    assert "3 refused" in outcome.words
    assert marks(there) == {"ACF-001": (4, None, None)}
    assert not planned(there, text).is_new
    assert_replays(there)
    assert verify(there).sound


def test_the_report_of_the_merge_names_each_with_why(there: Record, home: Record) -> None:
    text = with_more(there, make_return(home))
    came = Incoming({text: "ann.greturn"})

    report = there.ask(partial(merge_report, record="office.panel", incoming=came))

    printed = repr(merge_document(report, utc_now()))
    assert printed.count(NOT_ISSUED) == 3


def test_what_an_earlier_pack_held_was_issued_too(there: Record, home: Record) -> None:
    there.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked to"), OFFICER)
    newer = issue(there)
    given = read_return(make_return(home))
    of_newer = replace(given, pack=read_pack(newer).pack)

    text = canonical.to_text(signed_return(of_newer, KEYS["M1"]))

    assert planned(there, text).refused == ()


def test_what_a_later_pack_holds_was_not_issued_with_an_earlier_one(there: Record, home: Record) -> None:
    text = with_more(there, make_return(home))
    issue(there)

    assert {item.reference for item in planned(there, text).refused} == {"ACF-003"}
