"""Pots and stages."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.set_up.areas import MoveArea, MoveAreas, SetPot
from models.queries.set_up.round_facts import areas
from models.queries.set_up.rounds import rounds
from models.record import Record
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.rounds import OFFICER, assert_replays, import_operation, load, set_up_office, undo

CHAIR = Actor("Ravi Example", "chair")
DUDLEY = Area("Dudley", 1_000_000, 100_000, 5_000)
RICHER = Area("Dudley", 1_500_000, 0, 0)


def stage(record: Record, name: str) -> str:
    return next(area.stage for area in record.ask(rounds)[0].areas if area.name == name)


def test_a_pot_is_set_and_set_back(record: Record) -> None:
    load(set_up_office(record))

    outcome = record.perform(SetPot(1, RICHER, DUDLEY), OFFICER)
    assert record.ask(lambda s: areas(s, 1))[0] == RICHER

    undo(record, outcome)
    assert record.ask(lambda s: areas(s, 1))[0] == DUDLEY
    assert_replays(record)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (SetPot(1, replace(RICHER, committed_pence=-1), DUDLEY), "cannot be below"),
        (SetPot(1, RICHER, RICHER), "changed in the meantime"),
        (SetPot(1, Area("Walsall", 1), Area("Walsall", 0)), "no area Walsall"),
        (SetPot(9, RICHER, DUDLEY), "no longer in the record"),
    ],
)
def test_a_pot_that_cannot_be_set_is_refused(record: Record, operation: SetPot, words: str) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(operation, OFFICER)


def test_the_chair_moves_an_area_on_and_back_with_a_reason(record: Record) -> None:
    load(set_up_office(record))

    record.perform(MoveArea(1, "Dudley", "scoring"), CHAIR)
    assert (stage(record, "Dudley"), stage(record, "Coventry")) == ("scoring", "intake")

    outcome = record.perform(MoveArea(1, "Dudley", "intake", "two more came by post"), CHAIR)
    assert stage(record, "Dudley") == "intake"
    assert outcome.inverse is None
    assert MoveArea.is_barrier
    assert_replays(record)


@pytest.mark.parametrize(
    ("operation", "actor", "words"),
    [
        (
            MoveArea(1, "Dudley", "scoring"),
            OFFICER,
            r"Only the chair moves an area on, not the officer\. The chair is Ravi Example",
        ),
        (MoveArea(1, "Dudley", "meeting"), CHAIR, "one after the other"),
        (MoveArea(1, "Dudley", "intake"), CHAIR, "one after the other"),
        (MoveArea(1, "Dudley", "lunch"), CHAIR, "“lunch” is not one of"),
        (MoveArea(1, "Walsall", "scoring"), CHAIR, "no area Walsall"),
    ],
)
def test_a_move_that_is_not_the_next_step_is_refused(
    record: Record, operation: MoveArea, actor: Actor, words: str
) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(operation, actor)


def test_going_back_needs_a_reason(record: Record) -> None:
    load(set_up_office(record))
    record.perform(MoveArea(1, "Dudley", "scoring"), CHAIR)

    with pytest.raises(Refused, match="Say why Dudley goes back"):
        record.perform(MoveArea(1, "Dudley", "intake", " "), CHAIR)


def test_areas_do_not_move_before_the_round_is_open(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)

    with pytest.raises(Refused, match="still being set up"):
        record.perform(MoveArea(1, "Dudley", "scoring"), CHAIR)


def test_moving_no_area_is_refused(record: Record) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match="at least one area"):
        record.perform(MoveAreas(1, (), "scoring"), CHAIR)
