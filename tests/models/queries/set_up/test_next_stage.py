"""What the next stage of each area waits for, worked out below the window."""

from datetime import date

from msgspec.structs import replace

from models.operation import Actor
from models.operations.set_up.areas import MoveArea, MoveAreas, SetAreaDates
from models.operations.set_up.load import LoadRound
from models.queries.set_up.next_stage import (
    NextStage,
    checklist_words,
    next_stages,
    offer_words,
    ready_groups,
    waiting_words,
)
from models.record import Record
from models.values.rounds import AreaDates
from tests.gui.builders import WOLVERHAMPTON, whole_round, without_nair

TODAY = date(2026, 11, 26)
CHAIR = Actor("Priya Nair", "chair")
OTHER = "Dudley"
YESTERDAY, TOMORROW = date(2026, 11, 25), date(2026, 11, 27)
CLOSED = "; marks closed on Wed 25 November 2026."


def stages(record: Record) -> dict[str, NextStage]:
    found = record.ask(lambda session: next_stages(session, 1, TODAY))
    return {one.area: one for one in found}


def move(record: Record, *stages: str) -> None:
    for stage in stages:
        record.perform(MoveArea(1, WOLVERHAMPTON, stage), CHAIR)


def test_each_stage_has_its_checklist(record: Record) -> None:
    record.perform(LoadRound(without_nair(whole_round())), CHAIR)
    at_first = stages(record)[WOLVERHAMPTON]
    move(record, "scoring")
    scoring = stages(record)[WOLVERHAMPTON]
    record.perform(SetAreaDates(1, WOLVERHAMPTON, AreaDates(marks_close_on=YESTERDAY), AreaDates()), CHAIR)
    closed = stages(record)[WOLVERHAMPTON]
    move(record, "meeting")
    meeting = stages(record)[WOLVERHAMPTON]
    move(record, "recommending")
    listed = stages(record)[WOLVERHAMPTON]
    move(record, "deciding")
    deciding = stages(record)[WOLVERHAMPTON]

    # fourteen applications; Hale has an interest in one and handed nothing in, Nair thirteen of fourteen
    assert (at_first.verb, at_first.is_ready) == ("Open scoring", True)
    assert at_first.still_open == ("1 member has not declared.",)
    assert scoring.still_open == ("14 score sheets are not handed in.",)
    assert closed.still_open == (f"14 score sheets are not handed in{CLOSED}",)
    assert not closed.is_ready, "one application has no sheet at all"
    few = "1 application has fewer score sheets than the quorum of 1: the list leaves it out."
    assert meeting.still_open == ("1 item is left to agree.", few, "14 items are not closed.")
    assert listed.still_open == ("13 ranked applications have no recommendation.",)
    assert checklist_words((meeting,)) == "0 of 14 applications settled"
    assert deciding.verb == "Close deciding", "the button beside it closes the box"
    assert deciding.still_open == ("14 applications are not decided.",)
    assert checklist_words((deciding,)) == "14 applications", "not one of them is decided"
    assert not any(one.is_ready for one in (scoring, meeting, listed, deciding))


def test_after_marks_closed_or_when_the_panel_meets_a_missing_sheet_holds_no_quorate_meeting_up(
    record: Record,
) -> None:
    rows = whole_round()
    first = next(one for one in rows.sheets if one.submitted)
    every = [one.reference for one in rows.applications if one.area == WOLVERHAMPTON]
    sheets = tuple(replace(first, application=reference) for reference in every)
    record.perform(LoadRound(replace(rows, sheets=sheets)), CHAIR)
    move(record, "scoring")
    said, stood = [], AreaDates()
    for dates in (
        AreaDates(),
        AreaDates(meets_on=TOMORROW, marks_close_on=TODAY),
        AreaDates(meets_on=TODAY, marks_close_on=TODAY),
        AreaDates(meets_on=YESTERDAY),
        AreaDates(meets_on=TOMORROW, marks_close_on=YESTERDAY),
    ):
        record.perform(SetAreaDates(1, WOLVERHAMPTON, dates, stood), CHAIR)
        stood, found = dates, stages(record)[WOLVERHAMPTON]
        said.append((*found.still_open, found.is_ready))

    # Nair's fourteen are in, the quorum is one, and Hale handed in none of thirteen
    left = "13 score sheets are not handed in"
    assert said == [
        (f"{left}.", False),
        (f"{left}.", False),
        (f"{left}; the panel meets today.", True),
        (f"{left}; the panel was to meet on Wed 25 November 2026.", True),
        (f"{left}{CLOSED}", True),
    ]


def test_areas_at_one_stage_are_offered_together_and_moved_together(record: Record) -> None:
    record.perform(LoadRound(without_nair(whole_round())), CHAIR)
    move(record, "scoring")
    found = tuple(stages(record).values())

    (group,) = ready_groups(found)
    # seven areas of four applications each are left
    assert offer_words(group) == "Open scoring: 7 areas, 28 applications ready, 1 of 2 declared"
    waits = "To open the meeting in Wolverhampton: 14 score sheets are not handed in."
    assert waiting_words(found) == waits
    done = record.perform(MoveAreas(1, tuple(one.area for one in group), "scoring"), CHAIR)
    assert done.words == "Scoring is open in 7 areas."
    assert {one.stage for one in stages(record).values()} == {"scoring"}


def test_an_area_waits_with_recommending_until_those_that_share_its_pot_meet(record: Record) -> None:
    rows = whole_round()
    shared = tuple(
        replace(one, shared_pot="North") if one.name in (WOLVERHAMPTON, OTHER) else one for one in rows.areas
    )
    record.perform(LoadRound(replace(rows, areas=shared)), CHAIR)
    move(record, "scoring", "meeting")
    words = f"{OTHER} shares this pot and has not met: their list is one."

    assert words in stages(record)[WOLVERHAMPTON].held_up_by

    for stage in ("scoring", "meeting"):
        record.perform(MoveArea(1, OTHER, stage), CHAIR)
    assert words not in stages(record)[WOLVERHAMPTON].still_open
