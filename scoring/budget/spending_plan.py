"""Whether a council's share is planned as the fund asks: mostly frontline, and nothing that is statutory.

Source paper S0, Community Safety Fund: the majority is spent on frontline delivery, any deviance needs a
clear rationale, and nothing pays for statutory services or for posts that partners must provide by law.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

MAJORITY = Decimal(50)


@dataclass(frozen=True, slots=True)
class SpendingPlan:
    """How one share is to be spent; what is not stated yet is "" or None.

    `frontline_percent` is the share for frontline delivery, 0 to 100. `rationale` is why it is not the
    majority. `pays_statutory` says whether it pays for what a partner must provide by law.
    """

    plan: str = ""
    frontline_percent: Decimal | None = None
    rationale: str = ""
    pays_statutory: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is stated."""
        return self == SpendingPlan()


def plan_faults(plan: SpendingPlan) -> Iterator[str]:
    """Yield a sentence for each thing that is missing, or that the fund does not pay for."""
    if not plan.plan.strip():
        yield "No spending plan is recorded."
    if plan.frontline_percent is None:
        yield "The share for frontline delivery is not stated."
    elif plan.frontline_percent <= MAJORITY and not plan.rationale.strip():
        yield (
            f"Only {plan.frontline_percent.normalize():f} % is for frontline delivery. "
            "Say how the rest reduces crime or makes the area safer."
        )
    if plan.pays_statutory is None:
        yield "It is not stated whether it pays for statutory services or posts."
    elif plan.pays_statutory:
        yield "It pays for statutory services or posts, which partners must provide by law."
