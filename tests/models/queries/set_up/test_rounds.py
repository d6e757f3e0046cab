"""How a round is found and told, what its next stage waits for, and what a new one starts from."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from models.operation import Actor
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.operations.set_up.load import LoadRound
from models.queries.set_up.next_stage import NextStage, checklist_words, next_stages
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round, rounds, sole_round
from models.record import Record
from models.values.rounds import AreaDates
from models.values.rows import RoundRows
from tests.exchange.round_workbook.rounds import rounds as any_round
from tests.gui.builders import WOLVERHAMPTON, whole_round, without_nair
from tests.models.rounds import assert_replays, load, refused, set_up_office, undo


def test_an_empty_record_says_so(record: Record) -> None:
    refused("It has no round yet", record.ask, lambda s: find_round(s, "Autumn"))
    refused("has no round yet", record.ask, sole_round)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(rows=any_round())
def test_what_is_loaded_is_what_is_asked_and_what_the_journal_makes(record: Record, rows: RoundRows) -> None:
    """What is agreed and not asked for comes in the order of the applications."""
    if not record.head().seq > 1:
        set_up_office(record)

    outcome = load(record, rows)
    (line,) = record.ask(rounds)

    found = record.ask(lambda s: round_rows(s, line.round_id))
    for name in ("agreed", "not_applicable"):
        of = sorted(getattr(found, name), key=lambda row: row.application)
        found = replace(found, **{name: tuple(of)})
    assert found == rows
    assert_replays(record)
    undo(record, outcome)
    assert record.ask(rounds) == ()


TODAY = date(2026, 11, 26)
CHAIR = Actor("Priya Nair", "chair")
OTHER = "Dudley"
YESTERDAY = date(2026, 11, 25)
CLOSED = "; marks closed on Wed 25 November 2026."


def stages(record: Record) -> dict[str, NextStage]:
    found = record.ask(lambda session: next_stages(session, 1, TODAY))
    return {one.area: one for one in found}


def move(record: Record, *stages: str, area: str = WOLVERHAMPTON) -> None:
    for stage in stages:
        record.perform(MoveAreas(1, (area,), stage), CHAIR)


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


def test_an_area_waits_with_recommending_until_those_that_share_its_pot_meet(record: Record) -> None:
    rows = whole_round()
    shared = tuple(
        replace(one, shared_pot="North") if one.name in (WOLVERHAMPTON, OTHER) else one for one in rows.areas
    )
    record.perform(LoadRound(replace(rows, areas=shared)), CHAIR)
    move(record, "scoring", "meeting")
    words = f"{OTHER} shares this pot and has not met: their list is one."

    assert words in stages(record)[WOLVERHAMPTON].held_up_by

    move(record, "scoring", "meeting", area=OTHER)
    assert words not in stages(record)[WOLVERHAMPTON].still_open
