"""Returns that are forged, of two hands, of what was not issued, or unfit: each is told as what it is."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from exchange.papers.record_papers import merge_document
from models.clock import utc_now
from models.journal.verify import verify
from models.operation import Actor
from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.signing import signing_fault
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.members import Declare
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.rounds import SetReasonRule
from models.queries.packs.pack_lines import pack_lines
from models.queries.packs.returns import (
    BOTH,
    NO_APPLICATION,
    NOT_ISSUED,
    importable_returns,
    merge_report,
    open_plan,
)
from models.queries.panel.panel import interests
from models.record import Opener, Record
from models.schema.applications import application_table
from models.values import canonical, signing
from models.values.pack_plans import Incoming
from models.values.packs import read_pack, read_return, with_signature
from models.values.revisions import History, Key, Revision
from models.values.rounds import ReasonRule
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.packed_rounds import (
    ANN,
    CHAIR,
    KEYS,
    declare,
    fill,
    issue,
    laptop,
    make_return,
    mark,
    office,
    planned,
    sheets_of,
    take_in,
)
from tests.models.rounds import OFFICER, refused, refuses, undo

ELSEWHERE = "0f0e0d0c-0b0a-5908-8706-050403020100"
"""The identity of an application that is in no record."""


@pytest.fixture
def hers(home: Record) -> Record:
    """M1's own record, in which no interest is declared."""
    declare(home)
    return home


@pytest.fixture
def marked(hers: Record) -> Record:
    """The same with one mark."""
    mark(hers, "ACF-001", "A1", 4, None)
    return hers


def of_second_laptop(pack: str, tmp_path: Path) -> str:
    """Make a return of the same pack that somebody opened elsewhere."""
    with laptop(tmp_path / "second.panel", pack, KEYS["laptop 2"]) as second:
        declare(second)
        mark(second, "ACF-002", "A1", 1, None)
        return make_return(second)


def handed_in(record: Record) -> tuple[bool, tuple[int | None, ...]]:
    """Return whether M1's sheet on ACF-001 is handed in, and its marks."""
    row = sheets_of(record)["ACF-001"]
    return row.submitted, row.marks


def test_two_keys_at_once_are_both_compared_even_when_none_was_seen_before(
    there: Record, marked: Record, pack: str, tmp_path: Path
) -> None:
    own, other = make_return(marked), of_second_laptop(pack, tmp_path)
    keys = tuple(read_return(text).member_key for text in (own, other))

    for trusted in ((), keys[:1], keys[1:]):
        refuses(there, "accept it only if it is the same", TakeInReturns((own, other), trusted=trusted))
    there.perform(TakeInReturns((own, other), trusted=keys), OFFICER)


def test_a_return_that_is_kept_already_asks_for_no_code_again(
    there: Record, marked: Record, pack: str, tmp_path: Path
) -> None:
    first, other = make_return(marked), of_second_laptop(pack, tmp_path)
    take_in(there, first)
    there.perform(TakeInReturns((other,), trusted=(read_return(other).member_key,)), OFFICER)

    # the newest that was accepted stays on file, whichever old one comes along again
    assert planned(there, first).members[0].new_keys == ()
    assert not planned(there, first, other).is_new
    mark(marked, "ACF-001", "A2", 3, None)
    refused("signed with another key than before", take_in, there, first, make_return(marked))


@pytest.fixture
def without_a_mark(there: Record, pack: str, hers: Record) -> str:
    """A whole sheet of hers, of which the office gave the mark on A2 from paper, and took it away again."""
    there.perform(SetMark(1, "M1", "ACF-001", "A2", 2, None, from_paper=True), OFFICER)
    issue(there)
    there.perform(SetMark(1, "M1", "ACF-001", "A2", None, 2, from_paper=True), OFFICER)
    fill(hers, "ACF-001")
    return make_return(hers)


def test_a_sheet_counts_as_handed_in_once_it_is_complete(there: Record, without_a_mark: str) -> None:
    (item,) = planned(there, without_a_mark).refused
    assert (item.what, item.words) == (
        "ACF-001 handed in",
        "there is no mark on A2 here, so the sheet stays a draft until there is",
    )
    take_in(there, without_a_mark)
    assert handed_in(there) == (False, (4, None, 5))
    assert not planned(there, without_a_mark).is_new

    (found,) = there.ask(partial(open_plan, round_id=1)).differences
    theirs = next(side for side in found.sides if side.value == "3")
    outcome = take_in(there, decisions=(found.decided(theirs, "hers"),))
    assert handed_in(there) == (True, (4, 3, 5))
    undo(there, outcome)
    assert handed_in(there) == (False, (4, None, 5))
    assert verify(there).sound


def test_a_sheet_is_a_draft_again_when_a_person_decides_for_no_mark(
    there: Record, without_a_mark: str
) -> None:
    take_in(there, without_a_mark)
    (found,) = there.ask(partial(open_plan, round_id=1)).differences
    here = next(side for side in found.sides if side.is_here)

    take_in(there, decisions=(found.decided(here, "she withdrew it"),))

    assert handed_in(there) == (False, (4, None, 5))


def test_a_required_reason_that_is_missing_holds_the_sheet_back(there: Record, hers: Record) -> None:
    fill(hers, "ACF-001")
    there.perform(SetReasonRule(1, ReasonRule.REQUIRED, ReasonRule.ASKED), OFFICER)
    text = make_return(hers)

    (item,) = planned(there, text).refused
    assert "no reason on A2, A6" in item.words
    take_in(there, text)
    assert not handed_in(there)[0]


def test_a_mark_on_an_application_that_is_gone_is_told_and_the_rest_is_taken(
    there: Record, marked: Record
) -> None:
    given = read_return(make_return(marked))
    stray = History.new(given.within, Key(ELSEWHERE, "mark:A1")).set_to("5").written
    forged = replace(given, revisions=(*given.revisions, *stray))
    text = canonical.to_text(with_signature(forged, KEYS["M1"]))

    (item,) = planned(there, text).refused
    assert item.what == "An application that is gone A1"
    assert item.words == "this record no longer has the application"
    take_in(there, text)
    assert handed_in(there)[1][0] == 4
    assert verify(there).sound


def test_only_the_member_puts_anything_down_in_the_members_own_record(hers: Record) -> None:
    somebody = Actor("Somebody Else", "member")
    none = (InterestRow("M1", None, InterestKind.NONE),)
    for operation in (
        SetMark(1, "M1", "ACF-001", "A1", 4, None),
        Declare(1, "M1", none),
        HandIn(1, "M1", "ACF-001"),
    ):
        refuses(hers, "only Ann Sample scores", operation, somebody)
    with pytest.raises(Refused, match="Paper sheets are typed in at the office"):
        hers.perform(SetMark(1, "M1", "ACF-001", "A1", 4, None, from_paper=True), OFFICER)
    hers.perform(SetMark(1, "M1", "ACF-001", "A1", 4, None), ANN)
    assert signing.short_code(bytes.fromhex(read_return(make_return(hers)).member_key))


def leave_disputed(there: Record, home: Record) -> None:
    """Leave A1 of ACF-001 to be decided."""
    mark(home, "ACF-001", "A1", 2, None)
    there.perform(SetMark(1, "M1", "ACF-001", "A1", 3, None, from_paper=True), OFFICER)
    take_in(there, make_return(home))


def test_an_area_does_not_go_on_while_a_value_is_to_be_decided(there: Record, home: Record) -> None:
    leave_disputed(there, home)

    with pytest.raises(Refused, match="1 value differs from a return: ACF-001 A1 of M1"):
        there.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)
    there.perform(MoveAreas(1, ("Coventry",), "intake", "not yet"), CHAIR)
    refuses(there, "Decide it on Packs; then move Coventry on", MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    (found,) = there.ask(partial(open_plan, round_id=1)).differences
    take_in(there, decisions=(found.decided(found.sides[0], "looked at the sheet"),))
    there.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    there.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)


def test_a_value_on_a_withdrawn_application_holds_nothing_up(there: Record, home: Record) -> None:
    leave_disputed(there, home)
    there.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked to"), OFFICER)

    there.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)


def test_a_value_that_the_office_made_the_same_is_decided(there: Record, home: Record) -> None:
    leave_disputed(there, home)
    there.perform(SetMark(1, "M1", "ACF-001", "A1", 2, 3, from_paper=True), OFFICER)

    assert [line.open for line in there.ask(partial(pack_lines, round_id=1))] == [0, 0]
    there.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)


def test_nothing_is_signed_while_a_declaration_is_to_be_decided(there: Record, home: Record) -> None:
    declare(home, InterestRow("M1", "ACF-002", InterestKind.PECUNIARY, "a cousin"))
    text = make_return(home)
    other = InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL, "sits on its board")
    there.perform(Declare(1, "M1", (InterestRow("M1", None, InterestKind.NONE), other)), OFFICER)
    for stage in ("meeting", "recommending"):
        there.perform(MoveAreas(1, ("Coventry",), stage), CHAIR)
    take_in(there, text)

    assert "ACF-002 interest of M1" in there.ask(partial(signing_fault, round_id=1, area="Coventry"))


@pytest.fixture
def issued_round(record: Record) -> Record:
    """The office's record, of which ACF-003 is in no pack: it is withdrawn while the pack is made."""
    office(record).perform(SetWithdrawn(1, "ACF-003", is_withdrawn=True, reason="asked to"), OFFICER)
    return record


@pytest.fixture
def second_home(issued_round: Record, tmp_path: Path) -> Iterator[Record]:
    """M1's own record with one mark; ACF-003 is back at the office."""
    with laptop(tmp_path / "ann.panel", issue(issued_round)) as opened:
        issued_round.perform(SetWithdrawn(1, "ACF-003", is_withdrawn=False), OFFICER)
        declare(opened)
        mark(opened, "ACF-001", "A1", 4, None)
        yield opened


def with_more(there: Record, text: str, reference: str = "ACF-003") -> str:
    """Return a return whose member put values in by hand that were not asked for, and signed it."""
    given = read_return(text)
    table = application_table
    asked = select(table.c.uid).where(table.c.reference == reference)
    uid = there.ask(lambda session: session.scalars(asked).one())
    more = (
        *_put(given.within, uid, "mark:A1", "5"),
        *_put(given.within, uid, "reason:A1", '"liked it"'),
        *_put(given.within, uid, "interest", f'[["{InterestKind.PECUNIARY.value}",""]]'),
    )
    return canonical.to_text(with_signature(replace(given, revisions=(*given.revisions, *more)), KEYS["M1"]))


def _put(within: str, uid: str, slot: str, value: str) -> tuple[Revision, ...]:
    return History.new(within, Key(uid, slot)).set_to(value).written


def test_what_was_not_in_the_pack_is_refused_item_by_item_and_the_rest_is_kept(
    issued_round: Record, second_home: Record
) -> None:
    text = with_more(issued_round, make_return(second_home))
    refused_items = [(f"ACF-003 {of}", NOT_ISSUED) for of in ("interest", "A1", "A1 reason")]

    assert [(item.what, item.words) for item in planned(issued_round, text).refused] == refused_items
    came = Incoming({text: "ann.greturn"})
    report = issued_round.ask(partial(merge_report, record="office.panel", incoming=came))
    assert repr(merge_document(report, utc_now())).count(NOT_ISSUED) == 3
    issue(issued_round)  # what a later pack holds was not issued with the earlier one
    assert [(item.what, item.words) for item in planned(issued_round, text).refused] == refused_items
    outcome = take_in(issued_round, text)

    assert "3 refused" in outcome.words
    assert {of: row.marks for of, row in sheets_of(issued_round).items()} == {"ACF-001": (4, None, None)}
    assert not planned(issued_round, text).is_new
    assert verify(issued_round).sound


def test_what_an_earlier_pack_held_was_issued_too(issued_round: Record, second_home: Record) -> None:
    issued_round.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked to"), OFFICER)
    newer = issue(issued_round)
    given = read_return(make_return(second_home))
    of_newer = replace(given, pack=read_pack(newer).pack)

    text = canonical.to_text(with_signature(of_newer, KEYS["M1"]))

    assert planned(issued_round, text).refused == ()


def declaring(text: str, application: str, value: str) -> str:
    """Return a return that also declares something by hand, signed."""
    given = read_return(text)
    more = History.new(given.within, Key(application, "interest")).set_to(value).written
    kept = tuple(one for one in given.revisions if (one.application, one.slot) != (application, "interest"))
    return canonical.to_text(with_signature(replace(given, revisions=(*kept, *more)), KEYS["M1"]))


def test_what_fits_is_found_and_the_rest_is_named_in_the_report(
    there: Record, marked: Record, tmp_path: Path
) -> None:
    with (
        Record.create(tmp_path / "another.panel", Opener("Grace Okoro", "tests")) as elsewhere,
        laptop(tmp_path / "stray.panel", issue(office(elsewhere))) as other,
    ):
        mark(other, "ACF-001", "A1", 3, None)
        stray = make_return(other)
    own = make_return(marked)

    found = there.ask(partial(importable_returns, files={own: "ann.greturn", stray: "stray.greturn"}))

    assert found.files == {own: "ann.greturn"}
    (one,) = found.unfit
    assert one.file == "stray.greturn"
    assert one.words.startswith("The return is of a round that this record does not have")
    came = Incoming(found.files, unfit=found.unfit)
    report = there.ask(partial(merge_report, record="office.panel", incoming=came))
    assert "stray.greturn" in repr(merge_document(report, utc_now()))


def test_an_interest_wins_over_a_none_beside_it_and_the_list_says_so(there: Record, marked: Record) -> None:
    uid = read_return(make_return(marked)).revisions[-1].application
    both = '[["none",""],["pecuniary","a cousin"]]'
    text = declaring(make_return(marked), uid, both)

    found = planned(there, text)
    take_in(there, text)

    assert [(item.what, item.words) for item in found.refused] == [
        ("ACF-001 interest", BOTH.format("pecuniary"))
    ]
    rows = there.ask(partial(interests, round_id=1))
    assert [row for row in rows if row.member == "M1" and row.application] == [
        InterestRow("M1", "ACF-001", InterestKind.PECUNIARY, "a cousin")
    ]
    assert not planned(there, text).is_new
    assert issue(there)  # what stands is carried on, and follows from what came
    assert verify(there).sound


def test_an_interest_that_names_no_application_is_listed_and_the_rest_is_taken(
    there: Record, marked: Record
) -> None:
    text = declaring(make_return(marked), "", '[["prejudicial","knows somebody"]]')

    found = planned(there, text)
    outcome = take_in(there, text)

    (refused,) = found.refused
    assert (refused.what, refused.words) == ("interest in applications not named here", NO_APPLICATION)
    assert "1 new" in outcome.words
