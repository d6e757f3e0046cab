"""Finance's codes and supplier numbers are text, kept by officers and finance, and can be undone."""

import pytest

from models.operation import Operation
from models.operations.awards.finance_codes import SetFinanceCodes, SetSupplierNumber
from models.operations.set_up.area_list import RemoveArea
from models.queries.awards.awards import awards
from models.queries.awards.finance_codes import FinanceCodes, codes_in, finance_codes
from models.record import Record
from scoring.refused import Refused
from tests.models.operations.deciding_rounds import DECIDER, FINANCE, decided, recommended
from tests.models.rounds import OFFICER, assert_replays, undo

WHOLE = FinanceCodes("", "0042", "003100", "P-007")
DUDLEY = FinanceCodes("Dudley", "0043")


@pytest.fixture
def made(record: Record) -> Record:
    """A record with two awards to Coventry, and Dudley with none."""
    decided(record)
    return record


def codes(record: Record) -> tuple[FinanceCodes, ...]:
    return record.ask(lambda session: finance_codes(session, 1))


def test_codes_are_kept_with_their_noughts_and_undone(made: Record) -> None:
    outcome = made.perform(SetFinanceCodes(1, (WHOLE, DUDLEY), ()), FINANCE)

    assert codes(made) == (WHOLE, DUDLEY)
    assert codes_in(codes(made), "Dudley") == FinanceCodes("Dudley", "0043", "003100", "P-007")
    assert codes_in(codes(made), "Coventry").parts == WHOLE.parts
    assert codes_in((), "Coventry").parts == ("", "", "")
    assert_replays(made)

    undo(made, outcome)

    assert codes(made) == ()
    assert_replays(made)


def test_a_row_without_a_code_is_left_out(made: Record) -> None:
    made.perform(SetFinanceCodes(1, (WHOLE, FinanceCodes("Dudley")), ()), OFFICER)

    assert codes(made) == (WHOLE,)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (SetFinanceCodes(1, (), (WHOLE,)), "The finance codes were changed in the meantime"),
        (SetFinanceCodes(1, (FinanceCodes("Sandwell", "1"),), ()), "There is no area Sandwell in the round"),
        (SetFinanceCodes(1, (DUDLEY, DUDLEY), ()), "Each area has its codes once"),
        (SetFinanceCodes(1, (FinanceCodes("", " 0042"),), ()), "A finance code must be on one line"),
        (SetFinanceCodes(1, (FinanceCodes("", "", "", "4\n2"),), ()), "A finance code must be on one line"),
        (SetFinanceCodes(1, (FinanceCodes("", "0" * 41),), ()), "up to 40 characters"),
        (SetSupplierNumber(1, "ACF-001", "1", "9"), "The supplier number of ACF-001 was changed in the mean"),
        (SetSupplierNumber(1, "ACF-001", "1\t", ""), "A supplier number must be on one line"),
        (SetSupplierNumber(1, "ACF-003", "1", ""), "ACF-003 has no award"),
    ],
)
def test_what_is_none_is_refused(made: Record, operation: Operation, words: str) -> None:
    with pytest.raises(Refused, match=words):
        made.perform(operation, FINANCE)

    assert codes(made) == ()


def test_nobody_else_keeps_codes(made: Record) -> None:
    with pytest.raises(Refused, match="An officer or finance manages awards, not the person who decides"):
        made.perform(SetFinanceCodes(1, (WHOLE,), ()), DECIDER)


def test_codes_come_with_the_first_award(record: Record) -> None:
    recommended(record)

    with pytest.raises(Refused, match="No award is made in this round yet"):
        record.perform(SetFinanceCodes(1, (WHOLE,), ()), OFFICER)


def test_an_area_with_codes_of_its_own_is_not_removed(made: Record) -> None:
    made.perform(SetFinanceCodes(1, (DUDLEY,), ()), OFFICER)

    with pytest.raises(Refused, match="Dudley has finance codes of its own"):
        made.perform(RemoveArea(1, "Dudley"), OFFICER)


def test_a_supplier_number_belongs_to_the_payee(made: Record) -> None:
    first = made.perform(SetSupplierNumber(1, "ACF-001", "000123", ""), FINANCE)
    second = made.perform(SetSupplierNumber(1, "ACF-001", "000124", "000123"), OFFICER)

    assert [row.supplier_number for row in made.ask(lambda session: awards(session, 1))] == ["000124", ""]
    assert second.words == "The payee of A-031-01 is supplier 000124."
    assert_replays(made)

    undo(made, second)
    assert undo(made, first).words == "The payee of A-031-01 has no supplier number."
    assert [row.supplier_number for row in made.ask(lambda session: awards(session, 1))] == ["", ""]
