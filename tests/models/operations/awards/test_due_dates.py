"""An instalment's due date may change until it is paid, and leaves the others as they are."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.operations.awards.paying import PayInstalment
from models.operations.awards.payment_terms import SetDue
from models.queries.awards.awards import awards
from models.record import Record
from scoring.refused import Refused
from tests.models.operations.deciding_rounds import COMMANDER, DAY, FINANCE, decided
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, assert_replays, undo

MARCH = date(2027, 3, 1)
DUE = SetDue(1, "ACF-001", 2, MARCH, None)


@pytest.fixture
def begun(record: Record) -> Record:
    """An award in three parts, the first paid."""
    decided(record)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)
    return record


def days(record: Record) -> list[date | None]:
    return [part.due_on for part in record.ask(lambda session: awards(session, 1))[0].instalments]


def test_a_later_part_is_given_a_day_while_the_first_is_paid(begun: Record) -> None:
    outcome = begun.perform(DUE, FINANCE)

    assert days(begun) == [None, MARCH, None]
    assert outcome.words == "Instalment 2 of A-031-01 is due on 1 Mar 2027."
    assert_replays(begun)

    assert undo(begun, outcome).words == "Instalment 2 of A-031-01 has no date yet."
    assert days(begun) == [None, None, None]
    assert_replays(begun)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (replace(DUE, number=1), "Instalment 1 of A-031-01 is paid already"),
        (replace(DUE, number=4), "A-031-01 has no instalment 4"),
        (replace(DUE, number=0), "A-031-01 has no instalment 0"),
        (replace(DUE, replacing=DAY), "Instalment 2 was changed in the meantime"),
    ],
)
def test_what_cannot_be_given_a_day_is_refused(begun: Record, operation: SetDue, words: str) -> None:
    with pytest.raises(Refused, match=words):
        begun.perform(operation, OFFICER)

    assert days(begun) == [None, None, None]


def test_nobody_else_says_when_a_payment_is_due(begun: Record) -> None:
    with pytest.raises(Refused, match="An officer or finance manages awards"):
        begun.perform(DUE, COMMANDER)
