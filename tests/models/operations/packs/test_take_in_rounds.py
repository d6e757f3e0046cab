"""Rounds of another record: put in as they are, and refused where they are here or no longer fit."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.packs.consolidated import TakeInRounds
from models.packs.consolidation import plan_consolidation
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.store.upkeep import TableRows
from scoring.written.text import Refused
from tests.models.packs.areas_records import applied_record
from tests.models.rounds import OFFICER, assert_replays, load


@pytest.fixture
def operation(record: Record, tmp_path: Path) -> TakeInRounds:
    """What takes a record in that has the reference of an application here."""
    load(record)
    with Record.read_copy(applied_record(tmp_path / "coventry.panel")) as part:
        return plan_consolidation(record, part, "coventry.panel").operation


def test_rounds_come_in_and_what_they_were_called_is_told(record: Record, operation: TakeInRounds) -> None:
    outcome = record.perform(operation, OFFICER)

    assert [line.name for line in record.ask(rounds)] == ["Autumn", "Autumn, Coventry"]
    assert outcome.words == "Imported 1 round of coventry.panel."
    assert operation.detail == (
        "1 application, 0 awards; Round Autumn is Autumn, Coventry here; "
        "Application ACF-001 is ACF-001-COV here"
    )
    assert_replays(record)


def test_it_is_a_barrier(operation: TakeInRounds, record: Record) -> None:
    assert operation.is_barrier
    assert record.perform(operation, OFFICER).inverse is None


def test_a_round_that_is_here_already_is_refused(record: Record, operation: TakeInRounds) -> None:
    record.perform(operation, OFFICER)

    with pytest.raises(Refused, match="is in the record already"):
        record.perform(operation, OFFICER)


@pytest.mark.both_engines
def test_a_number_that_was_taken_since_is_refused(record: Record, operation: TakeInRounds) -> None:
    without = replace(operation, tables=tuple(one for one in operation.tables if one.table != "rounds"))

    with pytest.raises(Refused, match="changed in the meantime"):
        record.perform(without, OFFICER)

    assert len(record.ask(rounds)) == 1


def test_a_table_that_no_record_has_is_refused(record: Record, operation: TakeInRounds) -> None:
    strange = replace(operation, tables=(TableRows("spells", ("id",), ((1,),)),))

    with pytest.raises(Refused, match="a table that the record does not have"):
        record.perform(strange, OFFICER)


def test_a_member_takes_nothing_in(record: Record, operation: TakeInRounds) -> None:
    with pytest.raises(Refused, match="imports the rounds of another record"):
        record.perform(operation, Actor("Ann Sample", "member"))
