"""Attendance comes first: an item closes with a quorum of those present who declared and have no interest."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.panel.agreed import AgreeMarks, CloseItem, SetAgreedMark
from models.operations.panel.meetings import SetAttendance, SetMeetingHeld
from models.operations.panel.members import AddInterest
from models.papers.minutes import Minutes
from models.papers.order import PaperOrder
from models.queries.panel.meeting import MeetingRows, Room, meeting
from models.queries.papers.minutes import annex_of_marks, round_minutes
from models.queries.papers.panel_book import panel_book
from models.queries.papers.to_sign import schedule
from models.record import Record
from models.values.rounds import MeetingHeld
from models.values.rows import InterestRow, MemberRow, RoundRows, scored_round
from scoring.marks.meeting import meeting_items
from scoring.round import InterestKind
from scoring.scheme import Combine
from scoring.written.text import Refused
from tests.models.operations.meetings import NOTES, at_meeting, here, meeting_rows
from tests.models.rounds import assert_replays, undo
from tests.paper_text import minutes_lines


def with_a_fifth() -> RoundRows:
    """Return the round with M5, who has not declared."""
    rows = meeting_rows()
    return replace(rows, members=(*rows.members, MemberRow("M5", "Jo Example")))


def gone(record: Record, member: str) -> None:
    record.perform(SetAttendance(1, "Coventry", member, "absent", "present"), NOTES)


def agree(record: Record, reference: str, *marks: int, reason: str = "") -> None:
    given = zip(("A1", "A2", "A6"), marks, strict=True)
    values = tuple(SetAgreedMark(1, reference, code, mark, reason, None, "") for code, mark in given)
    record.perform(AgreeMarks(1, reference, values), NOTES)


def close(record: Record, reference: str) -> Outcome:
    return record.perform(CloseItem(1, reference), NOTES)


def kept(record: Record) -> MeetingRows:
    return record.ask(lambda session: meeting(session, 1))


def minuted(record: Record) -> Minutes:
    order = PaperOrder("minutes", datetime(2026, 12, 2, tzinfo=UTC), 1, "Coventry")
    return record.ask(partial(round_minutes, order=order))


def test_attendance_comes_first(record: Record) -> None:
    at_meeting(record)
    agree(record, "ACF-001", 3, 0, 4, reason="said")

    with pytest.raises(Refused, match="Nobody is marked present in Coventry"):
        close(record, "ACF-001")


def test_who_is_not_there_or_has_not_declared_or_has_an_interest_does_not_decide(record: Record) -> None:
    at_meeting(record, with_a_fifth())
    agree(record, "ACF-001", 3, 0, 4, reason="said")
    here(record, "M1", "M3", "M5")  # M3 has an interest in it, M5 has not declared, M2 is not there

    with pytest.raises(Refused, match="1 of those present have declared and have no interest in ACF-001"):
        close(record, "ACF-001")

    here(record, "M2")
    close(record, "ACF-001")
    assert kept(record).rooms == {"ACF-001": Room(("M1", "M2", "M3", "M5"), ("M1", "M2"))}


@pytest.mark.both_engines
def test_each_item_keeps_who_was_there_when_it_closed(record: Record) -> None:
    at_meeting(record)
    agree(record, "ACF-001", 3, 0, 4, reason="said")
    agree(record, "ACF-002", 3, 3, 3, reason="said")
    here(record, "M1", "M2")
    close(record, "ACF-001")
    here(record, "M3")
    gone(record, "M2")
    close(record, "ACF-002")

    rooms = kept(record).rooms
    assert rooms["ACF-001"].present == ("M1", "M2")
    assert rooms["ACF-002"] == Room(("M1", "M3"), ("M1", "M3"))
    items = {item.reference: item for item in minuted(record).items}
    assert items["ACF-001"].decided == ("Ann Sample", "Ravi Example")
    assert items["ACF-002"].decided == ("Ann Sample", "Sian")
    assert_replays(record)


@pytest.mark.both_engines
def test_undoing_and_doing_again_keeps_those_of_then(record: Record) -> None:
    at_meeting(record)
    agree(record, "ACF-001", 3, 0, 4, reason="said")
    here(record, "M1", "M2")

    undone = undo(record, close(record, "ACF-001"))
    assert kept(record).closed == frozenset()
    gone(record, "M2")
    undo(record, undone)

    assert kept(record).rooms == {"ACF-001": Room(("M1", "M2"), ("M1", "M2"))}
    assert_replays(record)


@pytest.mark.parametrize("agreed", [1, 5])
def test_an_agreed_mark_outside_every_members_mark_needs_a_reason(record: Record, agreed: int) -> None:
    at_meeting(record)  # on A1 of ACF-001 the members gave 4 and 2
    here(record, "M1", "M2")
    agree(record, "ACF-001", agreed, 0, 4)

    with pytest.raises(Refused, match="The agreed mark on A1 of ACF-001 is outside every member's mark"):
        close(record, "ACF-001")

    record.perform(SetAgreedMark(1, "ACF-001", "A1", agreed, "new figures", agreed, ""), NOTES)
    close(record, "ACF-001")


def test_marks_two_or_more_apart_do_not_close_without_a_word(record: Record) -> None:
    at_meeting(record)  # on A1 of ACF-001 the members gave 4 and 2
    here(record, "M1", "M2")
    agree(record, "ACF-001", 3, 0, 4)

    with pytest.raises(Refused, match=r"Members’ marks on A1 of ACF-001 are two or more apart\. Say why"):
        record.perform(CloseItem(1, "ACF-001"), NOTES)

    record.perform(SetAgreedMark(1, "ACF-001", "A1", 3, "M2 had not seen the letters.", 3, ""), NOTES)
    outcome = record.perform(CloseItem(1, "ACF-001"), NOTES)
    assert kept(record).closed == {"ACF-001"}
    undo(record, undo(record, outcome))
    assert kept(record).closed == {"ACF-001"}
    assert_replays(record)


def test_a_reason_of_spaces_is_none(record: Record) -> None:
    at_meeting(record)
    here(record, "M1", "M2")
    agree(record, "ACF-001", 5, 0, 4, reason="  ")

    with pytest.raises(Refused, match="Say why"):
        close(record, "ACF-001")


@pytest.mark.parametrize("combine", [Combine.MEAN, Combine.MEDIAN])
def test_where_marks_are_not_agreed_the_discussion_is_noted(record: Record, combine: Combine) -> None:
    at_meeting(record, meeting_rows(combine=combine))
    here(record, "M1", "M2", "M3")
    close(record, "ACF-002")  # nothing is apart on it

    with pytest.raises(Refused, match="ACF-001: note what was said of A1 first"):
        close(record, "ACF-001")
    record.perform(SetAgreedMark(1, "ACF-001", "A1", None, "M2 had not seen the letters.", None, ""), NOTES)
    close(record, "ACF-001")

    order = PaperOrder("minutes-annex", datetime(2026, 12, 2, tzinfo=UTC), 1, "Coventry")
    found = record.ask(partial(annex_of_marks, order=order))
    item = next(one for one in found.items if one.reference == "ACF-001")
    assert found.combine is combine
    # M1 gave 4, M2 gave 2: the mean and the median are both 3
    assert [line.agreed for line in item.lines] == ["3.00", "0.00", "4.50"]
    assert item.lines[0].reason == "M2 had not seen the letters."


def test_who_declared_by_an_interest_counts_as_declared_on_other_items(record: Record) -> None:
    at_meeting(record)
    here(record, "M1", "M2", "M3")
    found = kept(record)
    items = {item.reference: item for item in meeting_items(scored_round(found.rows), found.members)}

    assert found.deciding(items["ACF-001"]) == ("M1", "M2")
    assert found.deciding(items["ACF-002"]) == ("M1", "M3")


def test_who_abstains_is_there_and_does_not_decide(record: Record) -> None:
    rows = meeting_rows()
    abstains = InterestRow("M1", "ACF-002", InterestKind.ABSTAINED)
    at_meeting(record, replace(rows, interests=(*rows.interests, abstains)))
    agree(record, "ACF-002", 3, 3, 3)
    here(record, "M1", "M2", "M3")

    with pytest.raises(Refused, match="1 of those present"):
        close(record, "ACF-002")


def test_a_schedule_says_that_an_interest_was_declared_after_its_member_had_taken_part(
    record: Record,
) -> None:
    at_meeting(record)
    agree(record, "ACF-002", 3, 3, 4, reason="As said.")
    here(record, "M1", "M2", "M3", "M4")
    close(record, "ACF-002")
    late = InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL, "She lent them a van.")
    record.perform(AddInterest(1, late), NOTES)
    order = PaperOrder("schedule", datetime(2026, 12, 2, tzinfo=UTC), 1)

    found = record.ask(partial(schedule, order=order))

    assert ("ACF-002", "prejudicial interest, declared after taking part") in [
        (row.reference, row.kind) for row in found.stood_aside
    ]


def test_an_interest_declared_at_the_meeting_is_told_as_it_was_and_never_as_taking_no_part(
    record: Record,
) -> None:
    at_meeting(record)
    held = MeetingHeld(date(2026, 11, 3))
    record.perform(SetMeetingHeld(1, "Coventry", held, None), NOTES)
    late = InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL, "She lent them a van.")
    order = PaperOrder("schedule", datetime(2026, 12, 2, tzinfo=UTC), 1)

    outcome = record.perform(AddInterest(1, late), NOTES)

    when = "at the meeting on 3 November 2026"
    assert outcome.words == "The declaration of M1 is recorded. Their sheet on ACF-002 is not counted."
    minutes = record.ask(partial(round_minutes, order=order))
    words = f"Ann Sample declared a prejudicial interest in ACF-002 {when}; their sheet is not counted."
    assert words in minutes_lines(minutes)
    book = record.ask(partial(panel_book, order=replace(order, kind="panel-book")))
    assert {member.name: member.aside for member in book.members} == {
        "Ann Sample": (f"ACF-002 (declared {when}; their sheet is not counted)",),
        "Ravi Example": ("ACF-002",),
        "Sian": ("ACF-001",),
        "Ada": (),
    }
    aside = next(
        row for row in record.ask(partial(schedule, order=order)).stood_aside if row.member == "Ann Sample"
    )
    assert aside[::2] == (
        "ACF-002",
        f"prejudicial interest, declared {when}; their sheet is not counted",
    )
    record.perform(SetMeetingHeld(1, "Coventry", None, held), NOTES)
    undated = minutes_lines(record.ask(partial(round_minutes, order=order)))
    assert words.replace("at the meeting ", "") in undated
