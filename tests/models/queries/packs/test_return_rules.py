"""A return or key is not changed behind the record's back; what is closed to who marks is not shown."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from models.journal.verify import verify_at
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.members import Declare, EditMember
from models.operations.panel.sheets import HandIn, SetMark
from models.queries.packs.member_record import return_state
from models.queries.packs.packs import closed_to, without_closed
from models.queries.packs.returns import import_plan, merge_report, open_plan
from models.queries.panel.panel import member_details
from models.record import Opener, Record
from models.values import signing
from models.values.pack_plans import Incoming, Plan, value_words
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.entitled import put
from tests.models.conftest import OPENER as ANN_OPENS
from tests.models.conftest import TickingClock, tamper
from tests.models.packed_rounds import CHAIR, declare, issue, laptop, make_return, mark, office, take_in
from tests.models.rounds import OFFICER, refuses

OPENER = Opener("Grace Okoro", "tests")


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A closed record that a return was taken into, with a revision that follows another."""
    path = tmp_path / "office.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        pack = issue(office(record))
        with laptop(tmp_path / "ann.panel", pack) as home:
            mark(home, "ACF-001", "A1", 2, None)
            make_return(home)
            mark(home, "ACF-001", "A1", 4, 2)
            take_in(record, make_return(home))
    return path


def said(path: Path, statement: str, name: str) -> str:
    """Return what the check of a copy of the record says once it is changed behind its back."""
    copy = Path(shutil.copy(path, path.with_name("copy.panel")))
    tamper(copy, statement)
    (check,) = (one for one in verify_at(copy, OPENER).checks if one.name == name)
    assert not check.ok
    return check.words


def test_what_was_changed_behind_its_back_is_named(merged: Path) -> None:
    for statement, words in (
        (
            "UPDATE returned SET body = replace(body, '\"number\":2', '\"number\":3')",
            "as its member signed it",
        ),
        (
            "UPDATE returned SET sha256 = iif(sha256 LIKE 'e%', 'f', 'e') || substr(sha256, 2)",
            "not the one that was imported",
        ),
        ("UPDATE revisions SET value = '5' WHERE value = '4'", "changed after it was written"),
        ("DELETE FROM revisions WHERE value = '2'", "follows one that is missing"),
    ):
        assert words in said(merged, statement, "returns")


OWN = signing.new_key()


def test_another_key_is_named(tmp_path: Path) -> None:
    """A member's own record holds the key that the journal names."""
    with Record.create(tmp_path / "office.panel", ANN_OPENS, clock=TickingClock()) as record:
        pack = issue(office(record))
        with laptop(tmp_path / "ann.panel", pack) as home:
            path = home.path
    words = "A key that signs packs or returns is not the one that the journal names."

    for statement in (
        f"UPDATE private_keys SET private_key = x'{OWN.hex()}'",
        "UPDATE private_keys SET private_key = x'00'",
        f"INSERT INTO private_keys VALUES ('{signing.public_half(OWN).hex()}', x'{OWN.hex()}')",
    ):
        assert said(path, statement, "keys") == words


@pytest.fixture
def there(record: Record) -> Record:
    """The office's record; the chair, M2, has an interest in ACF-003 and handed in ACF-001."""
    office(record)
    for criterion in ("A1", "A2", "A6"):
        put(record, SetMark(1, "M2", "ACF-001", criterion, 3, None))
    put(record, HandIn(1, "M2", "ACF-001"))
    return record


@pytest.fixture
def home(there: Record, tmp_path: Path) -> Iterator[Record]:
    """M1's own record with a mark on each application."""
    with laptop(tmp_path / "ann.panel", issue(there)) as record:
        declare(record)
        for reference in ("ACF-001", "ACF-002", "ACF-003"):
            mark(record, reference, "A1", 4, None)
        yield record


def shown(record: Record, planned: Plan, person: str) -> dict[str, str]:
    found = record.ask(partial(without_closed, planned=planned, person=person))
    return {item.what: value_words(item.slot, item.after) for item in found.taken}


def test_marks_open_with_ones_own_sheet_and_stay_closed_on_what_one_declared(
    there: Record, home: Record
) -> None:
    text = make_return(home)
    planned = there.ask(partial(import_plan, texts=(text,)))

    assert shown(there, planned, "Ravi Example") == {
        "ACF-001 A1": "4",
        "ACF-002 A1": "closed to you",
        "ACF-003 A1": "closed to you",
    }
    assert set(shown(there, planned, "Grace Okoro").values()) == {"4"}
    assert there.ask(partial(closed_to, round_id=1, person="Ann Sample", own="M1")) == frozenset()
    assert there.ask(partial(closed_to, round_id=1, person="Nobody Here")) == frozenset()

    # The report leaves out what is closed to its reader.
    came = Incoming({text: "ann.greturn"})
    report = there.ask(partial(merge_report, record="o", incoming=came, reader="Ravi Example"))
    values = [item.after for member in report.members for item in member.taken]
    assert values == ["4", '"closed to you"', '"closed to you"']


def test_what_one_declared_an_interest_in_is_shown_closed_and_decided_by_another(
    there: Record, home: Record
) -> None:
    there.perform(SetMark(1, "M1", "ACF-003", "A1", 2, None, from_paper=True), OFFICER)
    take_in(there, make_return(home))
    found = there.ask(partial(open_plan, round_id=1))
    (one,) = there.ask(partial(without_closed, planned=found, person="Ravi Example")).differences
    assert one.is_closed
    assert {value_words(one.key.slot, side.value) for side in one.sides} == {"closed to you"}
    decision = found.differences[0].decided(found.differences[0].sides[0], "chosen")

    taking = TakeInReturns((), (decision,))
    refuses(there, "declared an interest in ACF-003, so somebody else decides", taking, CHAIR)
    there.perform(taking, OFFICER)

    # A declaration on it is shown, for whoever decides is another.
    declare(home, InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a cousin"))
    other = InterestRow("M1", "ACF-003", InterestKind.PREJUDICIAL, "sits on its board")
    there.perform(Declare(1, "M1", (InterestRow("M1", None, InterestKind.NONE), other)), OFFICER)
    take_in(there, make_return(home))
    found = there.ask(partial(open_plan, round_id=1))
    shown = there.ask(partial(without_closed, planned=found, person="Ravi Example")).differences
    of = {one.what: one for one in shown}
    assert of["ACF-003 interest"].is_closed
    assert "a cousin" in " ".join(value_words("interest", s.value) for s in of["ACF-003 interest"].sides)


def test_an_adviser_scores_no_sheet_and_returns_what_was_declared(record: Record, tmp_path: Path) -> None:
    stands = office(record).ask(partial(member_details, round_id=1, code="M1"))
    record.perform(EditMember(1, replace(stands, role="adviser"), stands), OFFICER)

    with laptop(tmp_path / "ann.panel", issue(record)) as home:
        declare(home, InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL, "Her sister runs it."))
        own = home.ask(return_state)
        assert (own.sheets, own.has_news, own.words) == (0, True, "No sheet is yours to score.")
        make_return(home)
        assert not home.ask(return_state).has_news
