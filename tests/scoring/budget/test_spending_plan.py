"""Whether a council's share is planned as the fund asks."""

from decimal import Decimal

import pytest

from scoring.budget.spending_plan import SpendingPlan, plan_faults

WHOLE = SpendingPlan("Patrols in the evening", Decimal("72.5"), "", pays_statutory=False)


@pytest.mark.parametrize(
    ("plan", "faults"),
    [
        (WHOLE, []),
        (SpendingPlan("Patrols", Decimal(50), "Prevention in schools", pays_statutory=False), []),
        (SpendingPlan("Patrols", Decimal("50.01"), "", pays_statutory=False), []),
        (SpendingPlan("Patrols", Decimal(50), " ", pays_statutory=False), ["Only 50 % is for frontline"]),
        (SpendingPlan("Patrols", Decimal(80), "", pays_statutory=True), ["It pays for statutory"]),
        (
            SpendingPlan(),
            ["No spending plan", "The share for frontline", "It is not stated whether it pays"],
        ),
    ],
)
def test_each_thing_that_is_missing_or_not_paid_for_is_said(plan: SpendingPlan, faults: list[str]) -> None:
    found = list(plan_faults(plan))

    assert len(found) == len(faults)
    assert all(said.startswith(words) for said, words in zip(found, faults, strict=True))


def test_a_plan_of_which_nothing_is_stated_is_empty() -> None:
    assert SpendingPlan().is_empty
    assert not WHOLE.is_empty
