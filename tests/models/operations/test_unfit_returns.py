"""Of several returns those that fit are taken in; the rest is named with why."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.record_papers import merge_document
from models.clock import utc_now
from models.journal.verify import verify
from models.queries.packs.returns import BOTH, NO_APPLICATION, import_plan, importable_returns, merge_report
from models.queries.panel.panel import interests
from models.record import Opener, Record
from models.values import canonical
from models.values.pack_plans import Incoming
from models.values.packs import read_return, signed_return
from models.values.revisions import History, Key
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.models.packed_rounds import KEYS, declare, issue, laptop, make_return, mark, office, take_in
from tests.models.rounds import assert_replays


@pytest.fixture
def home(pack: str, tmp_path: Path) -> Iterator[Record]:
    """The member's own record."""
    with laptop(tmp_path / "ann.panel", pack) as record:
        declare(record)
        mark(record, "ACF-001", "A1", 4, None)
        yield record


def declaring(text: str, application: str, value: str) -> str:
    """Return a return that also declares something by hand, signed."""
    given = read_return(text)
    more = History.new(given.within, Key(application, "interest")).set_to(value).written
    kept = tuple(one for one in given.revisions if (one.application, one.slot) != (application, "interest"))
    return canonical.to_text(signed_return(replace(given, revisions=(*kept, *more)), KEYS["M1"]))


def test_what_fits_is_found_and_the_rest_is_named_in_the_report(
    there: Record, home: Record, tmp_path: Path
) -> None:
    with (
        Record.create(tmp_path / "another.panel", Opener("Grace Okoro", "tests")) as elsewhere,
        laptop(tmp_path / "stray.panel", issue(office(elsewhere))) as other,
    ):
        mark(other, "ACF-001", "A1", 3, None)
        stray = make_return(other)
    own = make_return(home)

    found = there.ask(partial(importable_returns, files={own: "ann.greturn", stray: "stray.greturn"}))

    assert found.files == {own: "ann.greturn"}
    (one,) = found.unfit
    assert one.file == "stray.greturn"
    assert one.words.startswith("The return is of a round that this record does not have")
    came = Incoming(found.files, unfit=found.unfit)
    report = there.ask(partial(merge_report, record="office.panel", incoming=came))
    assert "stray.greturn" in repr(merge_document(report, utc_now()))


def test_an_interest_wins_over_a_none_beside_it_and_the_list_says_so(there: Record, home: Record) -> None:
    uid = read_return(make_return(home)).revisions[-1].application
    both = '[["none",""],["pecuniary","a cousin"]]'
    text = declaring(make_return(home), uid, both)

    found = there.ask(partial(import_plan, texts=(text,)))
    take_in(there, text)

    assert [(item.what, item.words) for item in found.refused] == [
        ("ACF-001 interest", BOTH.format("pecuniary"))
    ]
    rows = there.ask(partial(interests, round_id=1))
    assert [row for row in rows if row.member == "M1" and row.application] == [
        InterestRow("M1", "ACF-001", InterestKind.PECUNIARY, "a cousin")
    ]
    assert not there.ask(partial(import_plan, texts=(text,))).is_new
    assert issue(there)  # what stands is carried on, and follows from what came
    assert_replays(there)
    assert verify(there).sound


def test_an_interest_that_names_no_application_is_listed_and_the_rest_is_taken(
    there: Record, home: Record
) -> None:
    text = declaring(make_return(home), "", '[["prejudicial","knows somebody"]]')

    found = there.ask(partial(import_plan, texts=(text,)))
    outcome = take_in(there, text)

    assert [(item.what, item.words) for item in found.refused] == [("interest", NO_APPLICATION)]
    assert "1 new" in outcome.words
