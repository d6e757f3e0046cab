"""Closing an area once all of it is decided is offered like any other next stage."""

from datetime import date

from models.operations.set_up.areas import MoveArea
from models.queries.set_up.next_stage import next_stages, offer_words, ready_groups, waiting_words
from models.record import Record
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    every_line,
    first_step,
    last_step,
    signed,
)


def offered(record: Record) -> list[str]:
    stages = record.ask(lambda session: next_stages(session, 1, DAY))
    return [offer_words(group) for group in ready_groups(stages)]


def test_an_area_is_closed_once_every_application_of_it_is_decided(record: Record) -> None:
    signed(record)
    assert offered(record) == []
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    assert offered(record) == ["Close deciding: 1 area, 3 applications decided"]
    record.perform(MoveArea(1, "Coventry", "done"), CHAIR)
    assert offered(record) == []


def test_what_an_area_that_is_being_decided_waits_for_is_not_the_chairs_to_do(record: Record) -> None:
    signed(record)

    stages = record.ask(lambda session: next_stages(session, 1, date(2026, 12, 2)))
    assert "close deciding" not in waiting_words(stages)
