"""Returns that were forged, come from two hands, or no longer fit: each is told as what it is."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from models.journal.verify import verify
from models.operation import Actor
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.members import Declare
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.rounds import SetReasonRule
from models.queries.packs.returns import import_plan, open_differences
from models.queries.panel.panel import sheets
from models.record import Record
from models.values import canonical, signing
from models.values.pack_plans import Plan
from models.values.packs import read_return, signed_return
from models.values.revisions import History, Key
from models.values.rounds import ReasonRule
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.packed_rounds import (
    ANN,
    KEYS,
    declare,
    fill,
    issue,
    laptop,
    make_return,
    mark,
    take_in,
)
from tests.models.rounds import OFFICER, assert_replays, undo

ELSEWHERE = "0f0e0d0c-0b0a-5908-8706-050403020100"
"""The identity of an application that is in no record."""


@pytest.fixture
def home(pack: str, tmp_path: Path) -> Iterator[Record]:
    """The member's own record."""
    with laptop(tmp_path / "ann.panel", pack) as record:
        declare(record)
        yield record


def of_second_laptop(pack: str, tmp_path: Path) -> str:
    """Make a return of the same pack that somebody opened elsewhere."""
    with laptop(tmp_path / "second.panel", pack, KEYS["laptop 2"]) as second:
        declare(second)
        mark(second, "ACF-002", "A1", 1, None)
        return make_return(second)


def planned(record: Record, *texts: str) -> Plan:
    return record.ask(partial(import_plan, texts=texts))


def sheet_of(record: Record, reference: str = "ACF-001") -> tuple[bool, tuple[int | None, ...]]:
    """Return whether M1's sheet is handed in, and its marks."""
    rows = record.ask(partial(sheets, round_id=1, judged=("A1", "A2", "A6")))
    return next((row.submitted, row.marks) for row in rows if row.application == reference)


def test_two_keys_at_once_are_both_compared_even_when_none_was_seen_before(
    there: Record, home: Record, pack: str, tmp_path: Path
) -> None:
    mark(home, "ACF-001", "A1", 4, None)
    hers, other = make_return(home), of_second_laptop(pack, tmp_path)
    keys = tuple(read_return(text).member_key for text in (hers, other))

    for trusted in ((), keys[:1], keys[1:]):
        with pytest.raises(Refused, match="accept it only if it is the same"):
            there.perform(TakeInReturns((hers, other), trusted=trusted), OFFICER)
    there.perform(TakeInReturns((hers, other), trusted=keys), OFFICER)
    assert_replays(there)


def test_a_return_that_is_kept_already_asks_for_no_code_again(
    there: Record, home: Record, pack: str, tmp_path: Path
) -> None:
    mark(home, "ACF-001", "A1", 4, None)
    first, other = make_return(home), of_second_laptop(pack, tmp_path)
    take_in(there, first)
    key = read_return(other).member_key
    there.perform(TakeInReturns((other,), trusted=(key,)), OFFICER)

    # the newest that was accepted stays on file, whichever old one comes along again
    assert planned(there, first).members[0].new_keys == ()
    assert not planned(there, first, other).is_new
    mark(home, "ACF-001", "A2", 3, None)
    with pytest.raises(Refused, match="signed with another key than before"):
        take_in(there, first, make_return(home))


def test_a_sheet_counts_as_handed_in_once_it_is_complete(there: Record, pack: str, home: Record) -> None:
    there.perform(SetMark(1, "M1", "ACF-001", "A2", 2, None, from_paper=True), OFFICER)
    issue(there)
    there.perform(SetMark(1, "M1", "ACF-001", "A2", None, 2, from_paper=True), OFFICER)
    fill(home, "ACF-001")
    text = make_return(home)

    (item,) = planned(there, text).refused
    assert (item.what, item.words) == (
        "ACF-001 handed in",
        "there is no mark on A2 here, so the sheet stays a draft until there is",
    )
    take_in(there, text)
    assert sheet_of(there) == (False, (4, None, 5))
    assert not planned(there, text).is_new

    (found,) = there.ask(partial(open_differences, round_id=1))
    theirs = next(side for side in found.sides if side.value == "3")
    outcome = take_in(there, decisions=(found.decided(theirs, "hers"),))
    assert sheet_of(there) == (True, (4, 3, 5))
    assert_replays(there)
    undo(there, outcome)
    assert sheet_of(there) == (False, (4, None, 5))
    assert verify(there).sound


def test_a_sheet_is_a_draft_again_when_a_person_decides_for_no_mark(
    there: Record, pack: str, home: Record
) -> None:
    there.perform(SetMark(1, "M1", "ACF-001", "A2", 2, None, from_paper=True), OFFICER)
    issue(there)
    there.perform(SetMark(1, "M1", "ACF-001", "A2", None, 2, from_paper=True), OFFICER)
    fill(home, "ACF-001")
    take_in(there, make_return(home))
    (found,) = there.ask(partial(open_differences, round_id=1))
    here = next(side for side in found.sides if side.is_here)

    take_in(there, decisions=(found.decided(here, "she withdrew it"),))

    assert sheet_of(there) == (False, (4, None, 5))
    assert_replays(there)


def test_a_required_reason_that_is_missing_holds_the_sheet_back(there: Record, home: Record) -> None:
    fill(home, "ACF-001")
    there.perform(SetReasonRule(1, ReasonRule.REQUIRED, ReasonRule.ASKED), OFFICER)
    text = make_return(home)

    (item,) = planned(there, text).refused
    assert "no reason on A2, A6" in item.words
    take_in(there, text)
    assert sheet_of(there)[0] is False


def test_a_mark_on_an_application_that_is_gone_is_told_and_the_rest_is_taken(
    there: Record, home: Record
) -> None:
    mark(home, "ACF-001", "A1", 4, None)
    given = read_return(make_return(home))
    stray = History.new(given.within, Key(ELSEWHERE, "mark:A1")).set_to("5").written
    forged = replace(given, revisions=(*given.revisions, *stray))
    text = canonical.to_text(signed_return(forged, KEYS["M1"]))

    (item,) = planned(there, text).refused
    assert item.what == "An application that is gone A1"
    assert item.words == "this record no longer has the application"
    take_in(there, text)
    assert sheet_of(there)[1][0] == 4
    assert verify(there).sound


def test_only_the_member_puts_anything_down_in_the_members_own_record(home: Record) -> None:
    somebody = Actor("Somebody Else", "member")
    none = (InterestRow("M1", None, InterestKind.NONE),)
    for operation in (
        SetMark(1, "M1", "ACF-001", "A1", 4, None),
        Declare(1, "M1", none),
        HandIn(1, "M1", "ACF-001"),
    ):
        with pytest.raises(Refused, match="only Ann Sample scores"):
            home.perform(operation, somebody)
    with pytest.raises(Refused, match="Paper sheets are typed in at the office"):
        home.perform(SetMark(1, "M1", "ACF-001", "A1", 4, None, from_paper=True), OFFICER)
    home.perform(SetMark(1, "M1", "ACF-001", "A1", 4, None), ANN)
    assert signing.short_code(bytes.fromhex(read_return(make_return(home)).member_key))
