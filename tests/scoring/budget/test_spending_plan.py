"""Whether a council's share is planned as the fund asks."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from scoring.budget.spending_plan import PlanLine, SpendingPlan, plan_faults, read_share
from scoring.refused import Refused

WHOLE = SpendingPlan("Patrols in the evening", Decimal("72.5"), "", pays_statutory=False)


@pytest.mark.parametrize(
    ("plan", "faults"),
    [
        (WHOLE, []),
        (SpendingPlan("Patrols", Decimal(50), "Prevention in schools", pays_statutory=False), []),
        (SpendingPlan("Patrols", Decimal("50.01"), "", pays_statutory=False), []),
        (SpendingPlan("Patrols", Decimal(50), " ", pays_statutory=False), ["Only 50% is for frontline"]),
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


def test_more_planned_than_there_is_or_spent_than_planned_is_said() -> None:
    lines = (PlanLine("Wardens", 60_000, 50_000, 40_000), PlanLine("Outreach", 50_000, 50_000, 50_001))
    plan = replace(WHOLE, plan="", lines=lines)

    assert list(plan_faults(plan, 100_000)) == [
        "£1,100.00 is planned, more than the £1,000.00 that it has.",  # 600 + 500
        "More is spent than planned on Outreach.",
    ]
    assert lines[0].left_pence == 20_000
    assert list(plan_faults(replace(plan, lines=lines[:1]), 60_000)) == []


@pytest.mark.parametrize(
    ("text", "share"), [("80", Decimal(80)), (" 72.5 % ", Decimal("72.5")), ("", None), ("%", None)]
)
def test_a_share_is_read_as_it_is_typed(text: str, share: Decimal | None) -> None:
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["most", "-1", "100.01", "33.333", "NaN"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="a percentage from 0 to 100"):
        read_share(text)
