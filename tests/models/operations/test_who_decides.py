"""An item closes with a quorum of those who declared and have no interest; the chair may not score."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.panel.agreed import CloseItem, SetAgreedMark
from models.operations.panel.meetings import SetAttendance, SetMeetingHeld
from models.operations.panel.members import AddInterest, Declare, SetChairScores
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.papers.order import PaperOrder
from models.queries.panel.meeting import Room
from models.queries.panel.panel import expected_to_score
from models.queries.panel.panel_board import panel_board
from models.queries.panel.score_sheets import score_sheets
from models.queries.papers.minutes import annex_of_marks, round_minutes
from models.queries.papers.panel_book import panel_book
from models.queries.papers.to_sign import schedule
from models.queries.set_up.next_stage import next_stages
from models.record import Record
from models.values.rounds import MeetingHeld
from models.values.rows import InterestRow, MemberRow
from scoring.round import InterestKind
from scoring.scheme import Combine
from tests.entitled import put
from tests.gui.builders import whole_round, without_nair
from tests.models.operations.meetings import NOTES, agreed_on, at_meeting, here, kept, meeting_rows
from tests.models.rounds import reader, refused, refuses, undo
from tests.paper_text import minutes_lines


def agree(record: Record, reference: str, *marks: int, reason: str = "") -> None:
    record.perform(agreed_on(reference, *marks, reason=reason), NOTES)


def close(record: Record, reference: str) -> Outcome:
    return record.perform(CloseItem(1, reference), NOTES)


def test_who_is_not_there_or_has_not_declared_or_has_an_interest_or_abstains_does_not_decide(
    record: Record,
) -> None:
    rows = meeting_rows()
    abstains = InterestRow("M1", "ACF-002", InterestKind.ABSTAINED)
    members = (*rows.members, MemberRow("M5", "Jo Example"))
    at_meeting(record, replace(rows, members=members, interests=(*rows.interests, abstains)))
    agree(record, "ACF-001", 3, 0, 4, reason="said")
    here(record, "M1", "M3", "M5")  # M3 has an interest in it, M5 has not declared, M2 is not there

    refused("1 of those present have declared and have no interest in ACF-001", close, record, "ACF-001")

    here(record, "M2")
    close(record, "ACF-001")
    assert kept(record).rooms == {"ACF-001": Room(("M1", "M2", "M3", "M5"), ("M1", "M2"))}
    agree(record, "ACF-002", 3, 3, 3)
    refused("1 of those present", close, record, "ACF-002")


@pytest.mark.both_engines
def test_each_item_keeps_who_was_there_when_it_closed_though_undone_and_done_again(gathered: Record) -> None:
    agree(gathered, "ACF-001", 3, 0, 4, reason="said")
    agree(gathered, "ACF-002", 3, 3, 3, reason="said")
    refused("Nobody is marked present in Coventry", close, gathered, "ACF-001")
    here(gathered, "M1", "M2")
    undone = undo(gathered, close(gathered, "ACF-001"))
    assert kept(gathered).closed == frozenset()
    here(gathered, "M3")
    gathered.perform(SetAttendance(1, "Coventry", "M2", "absent", "present"), NOTES)
    undo(gathered, undone)
    close(gathered, "ACF-002")

    rooms = kept(gathered).rooms
    assert rooms["ACF-001"] == Room(("M1", "M2"), ("M1", "M2"))
    assert rooms["ACF-002"] == Room(("M1", "M3"), ("M1", "M3"))
    order = PaperOrder("minutes", datetime(2026, 12, 2, tzinfo=UTC), 1, "Coventry")
    minutes = gathered.ask(partial(round_minutes, order=order))
    items = {item.reference: item for item in minutes.items}
    assert items["ACF-001"].decided == ("Ann Sample", "Ravi Example")
    assert items["ACF-002"].decided == ("Ann Sample", "Sian")


@pytest.mark.parametrize(
    ("agreed", "words"),
    [
        (1, "The agreed mark on A1 of ACF-001 is outside every member's mark"),
        (5, "The agreed mark on A1 of ACF-001 is outside every member's mark"),
        (3, r"Members’ marks on A1 of ACF-001 are two or more apart\. Say why"),
    ],
)
def test_an_agreed_mark_outside_every_members_mark_or_of_marks_two_apart_needs_a_reason(
    record: Record, agreed: int, words: str
) -> None:
    at_meeting(record)  # on A1 of ACF-001 the members gave 4 and 2
    here(record, "M1", "M2")
    agree(record, "ACF-001", agreed, 0, 4)

    refused(words, close, record, "ACF-001")

    record.perform(SetAgreedMark(1, "ACF-001", "A1", agreed, "new figures", agreed, ""), NOTES)
    outcome = close(record, "ACF-001")
    undo(record, undo(record, outcome))
    assert kept(record).closed == {"ACF-001"}


@pytest.mark.parametrize("combine", [Combine.MEAN, Combine.MEDIAN])
def test_where_marks_are_not_agreed_the_discussion_is_noted(record: Record, combine: Combine) -> None:
    at_meeting(record, meeting_rows(combine=combine))
    here(record, "M1", "M2", "M3")
    close(record, "ACF-002")  # nothing is apart on it

    refused("ACF-001: note what was said of A1 first", close, record, "ACF-001")
    record.perform(SetAgreedMark(1, "ACF-001", "A1", None, "M2 had not seen the letters.", None, ""), NOTES)
    close(record, "ACF-001")

    order = PaperOrder("minutes-annex", datetime(2026, 12, 2, tzinfo=UTC), 1, "Coventry")
    found = record.ask(partial(annex_of_marks, order=order))
    item = next(one for one in found.items if one.reference == "ACF-001")
    assert found.combine is combine
    # M1 gave 4, M2 gave 2: the mean and the median are both 3
    assert [line.agreed for line in item.lines] == ["3.00", "0.00", "4.50"]
    assert item.lines[0].reason == "M2 had not seen the letters."


def test_an_interest_declared_at_the_meeting_is_told_as_it_was_and_never_as_taking_no_part(
    gathered: Record,
) -> None:
    held = MeetingHeld(date(2026, 11, 3))
    gathered.perform(SetMeetingHeld(1, "Coventry", held, None), NOTES)
    late = InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL, "She lent them a van.")
    order = PaperOrder("schedule", datetime(2026, 12, 2, tzinfo=UTC), 1)

    outcome = gathered.perform(AddInterest(1, late), NOTES)

    when = "at the meeting on 3 November 2026"
    assert outcome.words == "The declaration of M1 is recorded. Their sheet on ACF-002 is not counted."
    minutes = gathered.ask(partial(round_minutes, order=order))
    words = f"Ann Sample declared a prejudicial interest in ACF-002 {when}; their sheet is not counted."
    assert words in minutes_lines(minutes)
    book = gathered.ask(partial(panel_book, order=replace(order, kind="panel-book")))
    assert {member.name: member.aside for member in book.members} == {
        "Ann Sample": (f"ACF-002 (declared {when}; their sheet is not counted)",),
        "Ravi Example": ("ACF-002",),
        "Sian": ("ACF-001",),
        "Ada": (),
    }
    aside = next(
        row for row in gathered.ask(partial(schedule, order=order)).stood_aside if row.member == "Ann Sample"
    )
    assert aside[::2] == ("ACF-002", f"prejudicial interest, declared {when}; their sheet is not counted")
    gathered.perform(SetMeetingHeld(1, "Coventry", None, held), NOTES)
    undated = minutes_lines(gathered.ask(partial(round_minutes, order=order)))
    assert words.replace("at the meeting ", "") in undated


CHAIR = Actor("Priya Nair", "chair")
DOES_NOT = SetChairScores(1, "NAIR", scores=False)
NONE = InterestRow("NAIR", None, InterestKind.NONE)


def begun(record: Record, *, is_declared: bool = True) -> Record:
    """A round without sheets, of which the chair has declared."""
    record.perform(LoadRound(replace(without_nair(whole_round()), sheets=(), agreed=())), CHAIR)
    if is_declared:
        record.perform(Declare(1, "NAIR", (NONE,)), CHAIR)
    return record


def test_nothing_is_waited_for_of_a_chair_who_does_not_score(record: Record) -> None:
    outcome = begun(record).perform(DOES_NOT, CHAIR)

    assert outcome.words == "It is recorded that NAIR does not score in this round."
    assert record.ask(lambda s: expected_to_score(s, 1))["NAIR"] == ()
    sheets = record.ask(lambda s: score_sheets(s, 1, reader("NAIR")))
    assert (sheets.scores, sheets.has_declared, sheets.lines) == (False, True, ())
    stages = record.ask(lambda s: next_stages(s, 1, date(2026, 11, 26)))
    assert {one.declared for one in stages} == {("HALE",)}
    left_out = "1 application is scored by fewer members than the quorum of"
    assert any(left_out in words for one in stages for words in one.still_open), "HALE scores alone"
    board = record.ask(lambda s: panel_board(s, 1))
    decide = {(line.members, line.left) for line in board.quorum if line.reference != "W-013"}
    assert decide == {(2, 2)}, "at the meeting the chair decides all the same"
    record.perform(MoveAreas(1, ("Wolverhampton",), "scoring"), CHAIR)
    refused("NAIR does not score in this round", put, record, SetMark(1, "NAIR", "W-014", "A1", 3, None))

    assert outcome.inverse is not None
    record.perform(outcome.inverse, CHAIR)
    assert record.ask(lambda s: score_sheets(s, 1, reader("NAIR"))).scores


def test_who_may_not_say_it_is_told_why(record: Record) -> None:
    begun(record, is_declared=False)

    for operation, actor, words in (
        (DOES_NOT, CHAIR, "Declare your interests first"),
        (DOES_NOT, Actor("Priya Nair", "officer"), "Only the chair says whether the chair scores"),
        (SetChairScores(1, "HALE", scores=False), CHAIR, "only for themselves"),
    ):
        refuses(record, words, operation, actor)
    record.perform(Declare(1, "NAIR", (NONE,)), CHAIR)
    refuses(record, "recorded already that NAIR scores", SetChairScores(1, "NAIR", scores=True), CHAIR)


def test_marks_of_ones_own_and_sheets_of_others_stand_against_it(record: Record) -> None:
    record.perform(LoadRound(whole_round()), CHAIR)
    record.perform(Declare(1, "NAIR", (NONE,)), CHAIR)
    refuses(record, "You have given marks in this round", DOES_NOT, CHAIR)


def test_it_stands_once_others_have_handed_in(record: Record) -> None:
    whole = whole_round()
    of_hale = tuple(replace(sheet, member="HALE") for sheet in whole.sheets[:2])
    record.perform(LoadRound(replace(whole, sheets=of_hale, agreed=())), CHAIR)
    record.perform(Declare(1, "NAIR", (NONE,)), CHAIR)
    record.perform(DOES_NOT, CHAIR)

    refuses(record, "Sheets are handed in", SetChairScores(1, "NAIR", scores=True), CHAIR)


def test_a_schedule_says_that_an_interest_was_declared_after_its_member_had_taken_part(
    gathered: Record,
) -> None:
    agree(gathered, "ACF-002", 3, 3, 4, reason="As said.")
    here(gathered, "M1", "M2", "M3", "M4")
    close(gathered, "ACF-002")
    late = InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL, "She lent them a van.")
    gathered.perform(AddInterest(1, late), NOTES)

    found = gathered.ask(
        partial(schedule, order=PaperOrder("schedule", datetime(2026, 12, 2, tzinfo=UTC), 1))
    )

    kinds = [row.kind for row in found.stood_aside if row.reference == "ACF-002"]
    assert "prejudicial interest, declared after taking part" in kinds
