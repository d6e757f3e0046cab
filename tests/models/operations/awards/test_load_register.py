"""An extract of a register is kept in the place of the one before, and goes by undo."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.operations.awards.checks import LoadRegister
from models.queries.awards.registers import loaded_registers
from models.record import Record
from models.values.diligence import Extract, RegisterEntry
from scoring.refused import Refused
from tests.models.operations.awards.checked_awards import EXTRACT, SEAGULLS, load
from tests.models.rounds import OFFICER, undo

FOUND = RegisterEntry(SEAGULLS, 1, SEAGULLS, "WESTMARCH SEAGULLS", "Registered")
LONG = replace(FOUND, what="x" * 2_001)
FIRST = Extract(EXTRACT, "charity.zip", 400_000, 2, (FOUND, RegisterEntry("7654321")))


def test_an_extract_replaces_the_one_before_and_undo_brings_that_back(record: Record) -> None:
    second = replace(FIRST, extract_on=date(2026, 11, 2), rows=1)

    words = record.perform(LoadRegister("charity", FIRST, None), OFFICER)
    later = record.perform(LoadRegister("charity", second, FIRST), OFFICER)

    assert words.words == (
        "The charity register of England and Wales is loaded: the extract of 1 November 2026, 400,000 rows; "
        "it has 1 of the 2 looked for."
    )
    held = record.ask(loaded_registers)["charity"]
    assert (held.extract, held.loaded_by, held.said_of(SEAGULLS)) == (second, OFFICER.name, (FOUND,))
    undo(record, later)
    assert record.ask(loaded_registers)["charity"].extract == FIRST
    assert undo(record, words).words == "The charity register of England and Wales is no longer loaded."
    assert record.ask(loaded_registers) == {}


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        (LoadRegister("land", FIRST, None), "is not a register"),
        (LoadRegister("charity", FIRST, FIRST), "loaded in the meantime"),
        (LoadRegister("charity", replace(FIRST, extract_on=date(2027, 1, 1)), None), "still to come"),
        (LoadRegister("charity", replace(FIRST, file="x" * 2_001), None), "longer than 2,000"),
        (LoadRegister("charity", replace(FIRST, entries=(LONG,)), None), "longer than 2,000"),
        (LoadRegister("charity", replace(FIRST, entries=(FOUND, FOUND)), None), "two entries for one place"),
    ],
)
def test_what_no_extract_can_be_is_refused(record: Record, operation: LoadRegister, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        record.perform(operation, OFFICER)

    assert record.ask(loaded_registers) == {}


def test_the_label_names_the_register(record: Record) -> None:
    assert LoadRegister("sanctions", FIRST, None).label == "Load the UK Sanctions List"
    assert LoadRegister("company", None, FIRST).label == "Remove the companies register"
    assert "looked for" in load(record, FOUND, register="company")
