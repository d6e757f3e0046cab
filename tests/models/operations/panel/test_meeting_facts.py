"""Attendance, and criteria that the chair sets aside."""

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.applications.applications import RemoveApplications
from models.operations.panel.agreed import SetNotApplicable
from models.operations.panel.meetings import SetAttendance
from models.queries.panel.meeting import meeting
from models.record import Record
from models.values.rows import NotApplicableRow
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.meetings import CHAIR, FINANCE, NOTES, at_meeting, meeting_rows
from tests.models.rounds import assert_replays, undo

ASIDE = SetNotApplicable(1, "ACF-001", "A2", "no outcomes asked", "")
THERE = SetAttendance(1, "Coventry", "M1", "present", "")


def test_attendance_is_recorded_changed_and_taken_back(record: Record) -> None:
    at_meeting(record)

    first = record.perform(THERE, NOTES)
    second = record.perform(SetAttendance(1, "Coventry", "M1", "absent", "present"), NOTES)
    rows = record.ask(lambda session: meeting(session, 1))
    assert rows.attendance == (("Coventry", "M1", "absent"),)
    assert rows.members == ("M1", "M2", "M3")  # M4 is an adviser

    undo(record, second)
    undo(record, first)
    assert record.ask(lambda session: meeting(session, 1)).attendance == ()
    assert_replays(record)


def test_a_criterion_is_set_aside_and_counted_again(record: Record) -> None:
    at_meeting(record)

    outcome = record.perform(ASIDE, CHAIR)
    put(record, SetNotApplicable(1, "ACF-002", "A6", "no price", ""))
    rows = record.ask(lambda session: meeting(session, 1)).rows
    assert rows.not_applicable == (
        NotApplicableRow("ACF-001", "A2", "no outcomes asked"),
        NotApplicableRow("ACF-002", "A6", "no price"),
    )

    undone = record.perform(outcome.inverse, CHAIR) if outcome.inverse else None
    assert undone is not None
    assert undone.words == "Counted A2 of ACF-001 again."
    assert len(record.ask(lambda session: meeting(session, 1)).rows.not_applicable) == 1
    assert_replays(record)


@pytest.mark.parametrize(
    ("change", "actor", "words"),
    [
        (ASIDE, NOTES, "Only the chair sets a criterion aside, not the note-taker"),
        (replace(ASIDE, criterion="B9"), CHAIR, "B9 is not a criterion of the round"),
        (replace(ASIDE, reason="  "), CHAIR, "Say why A2 does not apply"),
        (replace(ASIDE, replacing="else"), CHAIR, "changed in the meantime"),
        (replace(THERE, state="late"), NOTES, "neither present nor absent"),
        (replace(THERE, replacing="absent"), NOTES, "changed in the meantime"),
        (THERE, FINANCE, "not finance"),
    ],
)
def test_what_is_not_allowed_is_refused(record: Record, change: Operation, actor: Actor, words: str) -> None:
    at_meeting(record)

    with pytest.raises(Refused, match=words):
        record.perform(change, actor)


def test_a_scheme_may_forbid_setting_aside(record: Record) -> None:
    rows = meeting_rows()
    at_meeting(record, replace(rows, scheme=replace(rows.scheme, not_applicable_allowed=False)))

    with pytest.raises(Refused, match="scheme does not allow"):
        record.perform(ASIDE, CHAIR)


def test_an_area_where_the_panel_met_stays_in_the_workbook(record: Record) -> None:
    at_meeting(record, replace(meeting_rows(), interests=(), sheets=()))
    record.perform(THERE, NOTES)

    put(record, RemoveApplications(1, ("ACF-001", "ACF-002", "ACF-003"), ("Coventry",)))

    assert "Coventry" in [area.name for area in record.ask(lambda session: meeting(session, 1)).line.areas]
