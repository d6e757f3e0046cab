"""What a decision is held to as it is made, and a journal that is done again is not."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from models.operations.awards.paying import PayInstalment
from models.operations.awards.variations.vary import VaryAward
from models.operations.deciding.at_entry import require_in_order, require_paid_nothing
from models.record import Record
from models.values.award_terms import Terms
from scoring.refused import Refused
from tests.models.operations.deciding.challenges.challenged import ANEW, anew, upheld
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    decided,
    every_line,
    first_step,
    last_step,
    signed,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER

BEFORE = DAY - timedelta(days=1)


def test_a_step_is_not_dated_before_the_step_that_it_follows(record: Record) -> None:
    signed(record).perform(first_step(*every_line()), COMMANDER)

    with pytest.raises(Refused) as no:
        record.perform(replace(last_step(*every_line()), on=BEFORE), DECIDER)

    assert str(no.value) == (
        "Cora Command, NPU commander, signed ACF-001, ACF-002, ACF-003 on 2 December 2026, and this comes "
        "after it, on 1 December 2026. Correct the day."
    )
    record.perform(last_step(*every_line()), DECIDER)


def test_a_new_decision_is_not_dated_before_the_one_whose_place_it_takes(record: Record) -> None:
    upheld(record)

    with pytest.raises(Refused, match="Dan Decides, Chief Executive, signed ACF-003 on 2 December 2026"):
        record.perform(replace(anew(50_000), on=BEFORE), DECIDER)
    record.perform(anew(50_000), DECIDER)
    with pytest.raises(Refused, match="16 December 2026"):
        record.ask(lambda s: require_in_order(s, 1, 1, ANEW - timedelta(days=1), {"ACF-003"}))


def test_who_authorised_a_payment_decides_nothing_in_the_round(record: Record) -> None:
    decided(record)
    record.ask(lambda s: require_paid_nothing(s, 1, FINANCE.name))
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)

    for name in (FINANCE.name, FINANCE.name.upper()):
        with pytest.raises(Refused, match="nobody who authorises payments decides in it"):
            record.perform(replace(anew(50_000), by=name, from_paper=True), OFFICER)
    record.ask(lambda s: require_paid_nothing(s, 1, DECIDER.name))


def test_an_award_is_not_varied_from_a_day_before_it_was_decided(record: Record) -> None:
    decided(record)
    less = VaryAward(1, "ACF-001", 1, Terms(90_000), "less to do", BEFORE)

    with pytest.raises(Refused) as no:
        record.perform(less, OFFICER)

    assert str(no.value) == (
        "A-031-01 was decided on 2 December 2026, after 1 December 2026 on which it is said to be varied. "
        "Correct the day."
    )
    record.perform(replace(less, on=DAY), OFFICER)
