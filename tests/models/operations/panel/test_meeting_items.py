"""Agreeing, closing and opening the items of a meeting, and confirming its record."""

import pytest

from models.operation import Operation
from models.operations.panel.agreed import (
    AgreeMarks,
    CloseItem,
    ConfirmRecord,
    OpenItem,
    OpenRecord,
    SetAgreedMark,
    SetDissent,
    SetNotApplicable,
)
from models.operations.panel.meetings import SetAttendance
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.replace import ReplaceRound
from models.queries.panel.meeting import MeetingRows, meeting
from models.record import Record
from models.values.rows import AgreedRow
from scoring.scheme import Combine
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.meetings import CHAIR, FINANCE, NOTES, at_meeting, here, meeting_rows
from tests.models.rounds import assert_replays, load, set_up_office, undo


def agree(reference: str, *marks: int) -> AgreeMarks:
    """Return the agreed marks of the three criteria."""
    given = zip(("A1", "A2", "A6"), marks, strict=False)
    return AgreeMarks(
        1, reference, tuple(SetAgreedMark(1, reference, c, m, "said", None, "") for c, m in given)
    )


def kept(record: Record) -> MeetingRows:
    return record.ask(lambda session: meeting(session, 1))


def test_several_marks_are_agreed_with_one_undo(record: Record) -> None:
    at_meeting(record)

    outcome = record.perform(agree("ACF-002", 3, 3, 3), NOTES)
    assert kept(record).rows.agreed == (AgreedRow("ACF-002", (3, 3, 3), ("said",) * 3),)

    undone = undo(record, outcome)
    assert kept(record).rows.agreed == ()
    undo(record, undone)
    assert kept(record).rows.agreed == (AgreedRow("ACF-002", (3, 3, 3), ("said",) * 3),)
    assert_replays(record)


def test_an_item_closes_once_all_is_agreed_and_opens_again(record: Record) -> None:
    here(at_meeting(record), "M1", "M2")
    record.perform(agree("ACF-001", 3, 0, 4), NOTES)

    outcome = record.perform(CloseItem(1, "ACF-001"), NOTES)
    assert kept(record).closed == {"ACF-001"}

    undone = undo(record, outcome)
    assert kept(record).closed == frozenset()
    undo(record, undone)
    assert kept(record).closed == {"ACF-001"}
    assert_replays(record)


def test_outside_consensus_only_what_is_flagged_must_be_settled(record: Record) -> None:
    here(at_meeting(record, meeting_rows(combine=Combine.MEAN)), "M1", "M2", "M3")
    record.perform(CloseItem(1, "ACF-002"), NOTES)

    with pytest.raises(Refused, match=r"ACF-001: note what was said of A1 first\."):
        record.perform(CloseItem(1, "ACF-001"), NOTES)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (SetAgreedMark(1, "ACF-001", "A1", 2, "", 3, ""), "The item ACF-001 is closed"),
        (SetDissent(1, "ACF-001", "M1 would give 4", ""), "The item ACF-001 is closed"),
        (SetNotApplicable(1, "ACF-001", "A2", "not asked", ""), "The item ACF-001 is closed"),
        (CloseItem(1, "ACF-001"), "closed already"),
        (ConfirmRecord(1, "Coventry"), "1 of 2 items is still open in Coventry"),
    ],
)
def test_what_a_closed_item_holds_stays(record: Record, change: Operation, words: str) -> None:
    here(at_meeting(record), "M1", "M2")
    record.perform(agree("ACF-001", 3, 0, 4), NOTES)
    record.perform(CloseItem(1, "ACF-001"), NOTES)

    with pytest.raises(Refused, match=words):
        record.perform(change, CHAIR)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (CloseItem(1, "ACF-001"), "still needs agreed marks on A1, A2, A6"),
        (CloseItem(1, "ACF-003"), "withdrawn or failed a gate"),
        (OpenItem(1, "ACF-001"), "The item ACF-001 is open"),
        (AgreeMarks(1, "ACF-001", ()), "no mark to agree"),
        (AgreeMarks(1, "ACF-002", agree("ACF-001", 3).marks), "not all of ACF-002"),
        (ConfirmRecord(1, "Coventry"), "2 of 2 items are still open"),
        (ConfirmRecord(1, "Dudley"), "There is no item in Dudley"),
        (OpenRecord(1, "Coventry", "a slip"), "not confirmed yet"),
        (OpenRecord(1, "Coventry", " "), "Say why the minutes of Coventry"),
    ],
)
def test_the_meeting_refuses_what_is_out_of_turn(record: Record, change: Operation, words: str) -> None:
    at_meeting(record)

    with pytest.raises(Refused, match=words):
        put(record, change)


def test_an_item_needs_its_quorum_in_the_room(record: Record) -> None:
    at_meeting(record)
    record.perform(agree("ACF-001", 3, 0, 4), NOTES)
    here(record, "M2", "M3")

    # M3 stands aside, M1 is not there: M2 alone, and the quorum is 2
    with pytest.raises(Refused, match="1 of those present have declared and have no interest in ACF-001"):
        record.perform(CloseItem(1, "ACF-001"), NOTES)


def test_others_do_not_keep_the_meeting(record: Record) -> None:
    at_meeting(record)

    with pytest.raises(Refused, match="not finance"):
        record.perform(ConfirmRecord(1, "Coventry"), FINANCE)
    with pytest.raises(Refused, match="Only the chair opens confirmed minutes again, not the note-taker"):
        record.perform(OpenRecord(1, "Coventry", "a slip"), NOTES)


def test_a_confirmed_record_holds_until_the_chair_opens_it(record: Record) -> None:
    here(at_meeting(record), "M1", "M2", "M3")
    for reference, marks in (("ACF-001", (3, 0, 4)), ("ACF-002", (3, 3, 3))):
        record.perform(agree(reference, *marks), NOTES)
        record.perform(CloseItem(1, reference), NOTES)

    assert record.perform(ConfirmRecord(1, "Coventry"), NOTES).inverse is None
    assert [(row.area, row.by) for row in kept(record).confirmed] == [("Coventry", "Bea Writes")]
    for refused in (
        ConfirmRecord(1, "Coventry"),
        OpenItem(1, "ACF-001"),
        SetAttendance(1, "Coventry", "M1", "absent", "present"),
    ):
        with pytest.raises(Refused, match="has confirmed the minutes of Coventry"):
            record.perform(refused, NOTES)

    record.perform(OpenRecord(1, "Coventry", "a mark was wrong"), CHAIR)
    assert kept(record).confirmed == ()
    assert_replays(record)


def test_a_round_that_met_is_not_replaced_by_its_workbook(record: Record) -> None:
    at_meeting(record)
    record.perform(SetAttendance(1, "Coventry", "M1", "present", ""), NOTES)

    with pytest.raises(Refused, match=r"The panel of “Autumn” has met\. Change its marks"):
        put(record, ReplaceRound(1, meeting_rows()))


def test_items_belong_to_the_meeting(record: Record) -> None:
    load(set_up_office(record), meeting_rows())
    there = SetAttendance(1, "Coventry", "M1", "present", "")
    undo(record, record.perform(there, NOTES))  # as where its marks came in a workbook
    record.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)

    for refused in (CloseItem(1, "ACF-001"), there):
        with pytest.raises(Refused, match="this belongs to “meeting”"):
            record.perform(refused, CHAIR)
