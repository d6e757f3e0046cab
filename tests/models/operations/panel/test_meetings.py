"""A meeting: when and where, attendance, criteria set aside, items agreed, closed, opened and confirmed."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
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
from models.operations.panel.meetings import SetAttendance, SetMeetingHeld
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.replace import ReplaceRound
from models.papers.minutes import LeftOpen
from models.queries.panel.score_sheets import score_sheets
from models.queries.set_up.next_stage import next_stages
from models.record import Record
from models.values.rounds import MeetingHeld
from scoring.scheme import Combine
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.meetings import (
    CHAIR,
    FINANCE,
    NOTES,
    agreed_on,
    at_meeting,
    here,
    kept,
    meeting_rows,
)
from tests.models.rounds import load, only_round, paper, reader, refuses, set_up_office, undo
from tests.paper_text import minutes_lines


def test_what_a_closed_item_holds_stays_and_a_confirmed_record_until_the_chair_opens_it(
    record: Record,
) -> None:
    here(at_meeting(record), "M1", "M2", "M3")
    record.perform(agreed_on("ACF-001", 3, 0, 4), NOTES)
    record.perform(CloseItem(1, "ACF-001"), NOTES)
    for change, words in (
        (SetAgreedMark(1, "ACF-001", "A1", 2, "", 3, ""), "The item ACF-001 is closed"),
        (SetDissent(1, "ACF-001", "M1 would give 4", ""), "The item ACF-001 is closed"),
        (SetNotApplicable(1, "ACF-001", "A2", "not asked", ""), "The item ACF-001 is closed"),
        (CloseItem(1, "ACF-001"), "closed already"),
        (ConfirmRecord(1, "Coventry"), "1 of 2 items is still open in Coventry"),
        (SetMeetingHeld(1, "Dudley", HELD, HELD), "changed in the meantime"),
    ):
        refuses(record, words, change, CHAIR)
    record.perform(agreed_on("ACF-002", 3, 3, 3), NOTES)
    record.perform(CloseItem(1, "ACF-002"), NOTES)
    back = record.perform(SetWithdrawn(1, "ACF-003", is_withdrawn=False, reason="They go on."), CHAIR)
    refuses(record, "1 of 3 items is still open in Coventry", ConfirmRecord(1, "Coventry"), NOTES)
    assert not record.ask(next_stages, 1, HELD.held_on)[0].waits_to_confirm, "its gate is still to check"
    undo(record, back)
    assert record.ask(next_stages, 1, HELD.held_on)[0].waits_to_confirm

    assert record.perform(ConfirmRecord(1, "Coventry"), NOTES).inverse is None
    assert [(row.area, row.by) for row in kept(record).confirmed] == [("Coventry", "Bea Writes")]
    for change in (
        ConfirmRecord(1, "Coventry"),
        OpenItem(1, "ACF-001"),
        SetAttendance(1, "Coventry", "M1", "absent", "present"),
        SetMeetingHeld(1, "Coventry", HELD, None),
    ):
        refuses(record, "has confirmed the minutes of Coventry", change, NOTES)

    record.perform(OpenRecord(1, "Coventry", "a mark was wrong"), CHAIR)
    assert kept(record).confirmed == ()


def test_items_belong_to_the_meeting(record: Record) -> None:
    load(set_up_office(record), meeting_rows())
    there = SetAttendance(1, "Coventry", "M1", "present", "")
    undo(record, record.perform(there, NOTES))  # as where its marks came in a workbook
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)

    for change in (CloseItem(1, "ACF-001"), there):
        refuses(record, "this belongs to “meeting”", change, CHAIR)


HELD = MeetingHeld(date(2026, 11, 2), "10:00", "12:30", "Example House")
ENDED = replace(HELD, ends="09:00")
ASIDE = SetNotApplicable(1, "ACF-001", "A2", "no outcomes asked", "")
THERE = SetAttendance(1, "Coventry", "M1", "present", "")


def test_what_is_not_allowed_or_out_of_turn_is_refused(gathered: Record) -> None:
    for change, actor, words in (
        (CloseItem(1, "ACF-001"), NOTES, "still needs agreed marks on A1, A2, A6"),
        (CloseItem(1, "ACF-003"), NOTES, "withdrawn or failed a gate"),
        (OpenItem(1, "ACF-001"), NOTES, "The item ACF-001 is open"),
        (AgreeMarks(1, "ACF-001", ()), NOTES, "no mark to agree"),
        (AgreeMarks(1, "ACF-002", agreed_on("ACF-001", 3).marks), NOTES, "not all of ACF-002"),
        (ConfirmRecord(1, "Coventry"), NOTES, "2 of 2 items are still open"),
        (ConfirmRecord(1, "Dudley"), NOTES, "There is no item in Dudley"),
        (OpenRecord(1, "Coventry", "a slip"), CHAIR, "not confirmed yet"),
        (OpenRecord(1, "Coventry", " "), CHAIR, "Say why the minutes of Coventry"),
        (ASIDE, NOTES, "Only the chair sets a criterion aside, not the note-taker"),
        (replace(ASIDE, criterion="B9"), CHAIR, "B9 is not a criterion of the round"),
        (replace(ASIDE, reason="  "), CHAIR, "Say why A2 does not apply"),
        (replace(ASIDE, replacing="else"), CHAIR, "changed in the meantime"),
        (replace(THERE, state="late"), NOTES, "neither present nor absent"),
        (replace(THERE, replacing="absent"), NOTES, "changed in the meantime"),
        (THERE, FINANCE, "not finance"),
        (SetMeetingHeld(1, "Coventry", ENDED, None), NOTES, "ends at 09:00, which is not after 10:00"),
        (SetMeetingHeld(1, "Coventry", replace(HELD, begins="10"), None), NOTES, "hours and minutes"),
        (SetMeetingHeld(1, "Coventry", replace(HELD, begins="noon"), None), NOTES, "no time of day"),
        (SetMeetingHeld(1, "Coventry", replace(HELD, place="a\nb"), None), NOTES, "on one line"),
    ):
        refuses(gathered, words, change, actor)
    # A round that met is not replaced by its workbook.
    gathered.perform(SetAttendance(1, "Coventry", "M1", "present", ""), NOTES)

    with pytest.raises(Refused, match=r"The panel of “Autumn” has met\. Change its marks"):
        put(gathered, ReplaceRound(1, meeting_rows()))


def test_a_scheme_may_forbid_setting_aside(record: Record) -> None:
    rows = meeting_rows()
    at_meeting(record, replace(rows, scheme=replace(rows.scheme, not_applicable_allowed=False)))

    refuses(record, "scheme does not allow", ASIDE, CHAIR)


ON = MoveAreas(1, ("Coventry",), "recommending", minds_items=True)


def test_an_area_leaves_its_meeting_with_items_open_only_with_a_reason(record: Record) -> None:
    here(at_meeting(record, meeting_rows(combine=Combine.MEAN)), "M1", "M2", "M3")
    record.perform(SetMeetingHeld(1, "Coventry", HELD, None), NOTES)
    record.perform(CloseItem(1, "ACF-002"), NOTES)

    refuses(record, r"Coventry: 1 item is not closed: ACF-001\. Close them, or say why", ON, CHAIR)
    refuses(record, "1 of 2 items is still open in Coventry", ConfirmRecord(1, "Coventry"), NOTES)
    record.perform(replace(ON, reason=" the lift  failed "), CHAIR)

    minutes = paper(record, "minutes", datetime(2026, 12, 2, tzinfo=UTC), area="Coventry")
    assert minutes.left_open == (LeftOpen("Coventry", ("ACF-001",), "the lift failed"),)
    assert minutes_lines(minutes)[1].startswith("2 November 2026, from 10:00 to 12:30, Example House. ")
    # Its meeting is over: the panel confirms what it did, with what it left open.
    assert record.ask(next_stages, 1, HELD.held_on)[0].waits_to_confirm
    record.perform(ConfirmRecord(1, "Coventry"), NOTES)
    assert not record.ask(next_stages, 1, HELD.held_on)[0].waits_to_confirm
    record.perform(MoveAreas(1, ("Coventry",), "meeting", "a slip"), CHAIR)
    refuses(record, "confirmed the minutes of Coventry", CloseItem(1, "ACF-001"), NOTES)


AGAIN = SetNotApplicable(1, "ACF-001", "A2", "", "no outcomes asked")


def test_it_is_the_chairs_and_waits_for_scoring(scoring: Record) -> None:
    refuses(scoring, "belongs to “scoring” or “meeting”", replace(ASIDE, application="ACF-002"), CHAIR)

    # It stays aside where a sheet was handed in without it.
    for code in ("A1", "A6"):
        put(scoring, SetMark(1, "M1", "ACF-001", code, 3, None))
    scoring.perform(ASIDE, CHAIR)
    lines = scoring.ask(lambda session: score_sheets(session, 1, reader("M1"))).lines
    line = next(line for line in lines if line.reference == "ACF-001")
    assert line.why_not_applicable == (("A2", "no outcomes asked"),)
    put(scoring, HandIn(1, "M1", "ACF-001"))
    assert only_round(scoring).sheets[0].submitted
    refuses(scoring, "1 sheet is handed in without a mark on A2 of ACF-001", AGAIN, CHAIR)
    scoring.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)
    scoring.perform(AGAIN, CHAIR)  # the panel agrees a mark on it there
