"""When and where a panel met, and leaving its meeting with items open."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from models.operations.panel.agreed import CloseItem, ConfirmRecord
from models.operations.panel.meetings import SetMeetingHeld
from models.operations.set_up.areas import MoveArea, MoveAreas
from models.papers.minutes import LeftOpen, Minutes
from models.papers.order import PaperOrder
from models.queries.panel.meeting import dates_with_meetings
from models.queries.papers.minutes import round_minutes
from models.record import Record
from models.values.rounds import MeetingHeld
from scoring.scheme import Combine
from scoring.written.text import Refused
from tests.models.operations.meetings import CHAIR, NOTES, at_meeting, here, meeting_rows
from tests.models.operations.panel.test_meeting_items import agree
from tests.models.rounds import assert_replays, undo
from tests.paper_text import minutes_lines

HELD = MeetingHeld(date(2026, 11, 2), "10:00", "12:30", "Example House")
SAID = "2 November 2026, from 10:00 to 12:30, Example House"
ON = MoveArea(1, "Coventry", "recommending", minds_items=True)


def minuted(record: Record, area: str | None = "Coventry") -> Minutes:
    order = PaperOrder("minutes", datetime(2026, 12, 2, tzinfo=UTC), round_id=1, area=area)
    return record.ask(lambda session: round_minutes(session, order))


def met(record: Record, area: str | None = "Coventry") -> MeetingHeld | None:
    """Return the first meeting that the minutes tell of, None where they tell no day."""
    sat = minuted(record, area).sittings[0]
    return None if sat.held_on is None else MeetingHeld(sat.held_on, sat.begins, sat.ends, sat.place)


def test_the_minutes_say_when_and_where_the_panel_met(record: Record) -> None:
    at_meeting(record)

    outcome = record.perform(SetMeetingHeld(1, "Coventry", HELD, None), NOTES)

    assert met(record) == HELD
    days = record.ask(lambda session: dates_with_meetings(session, 1))
    assert days["Coventry"].meets_on == HELD.held_on, "the overview tells the day that was recorded"
    assert {one.meets_on for name, one in days.items() if name != "Coventry"}.isdisjoint({HELD.held_on})
    assert met(record, None) == HELD
    other = replace(HELD, begins="", place="")
    changed = record.perform(SetMeetingHeld(1, "Coventry", other, HELD), NOTES)
    assert met(record) == other
    assert minutes_lines(minuted(record))[1].startswith("2 November 2026, until 12:30. ")
    undo(record, changed)
    undo(record, outcome)
    assert met(record) is None
    assert_replays(record)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (replace(HELD, ends="09:00"), "ends at 09:00, which is not after 10:00"),
        (replace(HELD, begins="10"), "hours and minutes"),
        (replace(HELD, begins="noon"), "no time of day"),
        (replace(HELD, place="a\nb"), "on one line"),
    ],
)
def test_what_is_no_meeting_is_refused(record: Record, held: MeetingHeld, words: str) -> None:
    at_meeting(record)

    with pytest.raises(Refused, match=words):
        record.perform(SetMeetingHeld(1, "Coventry", held, None), NOTES)


def test_confirmed_minutes_and_a_change_in_the_meantime_hold_it_still(record: Record) -> None:
    here(at_meeting(record), "M1", "M2", "M3")
    with pytest.raises(Refused, match="changed in the meantime"):
        record.perform(SetMeetingHeld(1, "Dudley", HELD, HELD), NOTES)
    for reference in ("ACF-001", "ACF-002"):
        record.perform(agree(reference, 3, 0, 4), NOTES)
        record.perform(CloseItem(1, reference), NOTES)
    record.perform(ConfirmRecord(1, "Coventry"), NOTES)

    with pytest.raises(Refused, match="confirmed the minutes of Coventry"):
        record.perform(SetMeetingHeld(1, "Coventry", HELD, None), NOTES)


def test_an_area_leaves_its_meeting_with_items_open_only_with_a_reason(record: Record) -> None:
    here(at_meeting(record, meeting_rows(combine=Combine.MEAN)), "M1", "M2", "M3")
    record.perform(SetMeetingHeld(1, "Coventry", HELD, None), NOTES)
    record.perform(CloseItem(1, "ACF-002"), NOTES)

    with pytest.raises(Refused, match=r"Coventry: 1 item is not closed: ACF-001\. Close them, or say why"):
        record.perform(ON, CHAIR)
    with pytest.raises(Refused, match="1 item is not closed"):
        record.perform(MoveAreas(1, ("Coventry",), "recommending", minds_items=True), CHAIR)
    record.perform(replace(ON, reason=" the lift  failed "), CHAIR)

    assert minuted(record).left_open == (LeftOpen("Coventry", ("ACF-001",), "the lift failed"),)
    assert minutes_lines(minuted(record))[1].startswith(f"{SAID}. ")
    assert_replays(record)


def test_an_area_whose_items_are_closed_moves_on_without(record: Record) -> None:
    here(at_meeting(record), "M1", "M2", "M3")
    for reference in ("ACF-001", "ACF-002"):
        record.perform(agree(reference, 3, 0, 4), NOTES)
        record.perform(CloseItem(1, reference), NOTES)

    record.perform(replace(ON, reason="none is open"), CHAIR)

    assert minuted(record, None).left_open == ()
