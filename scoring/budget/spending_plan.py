"""Whether a council's share is planned as the fund asks: mostly frontline, and nothing that is statutory.

Source paper S0, Community Safety Fund: the majority is spent on frontline delivery, any deviance needs a
clear rationale, and nothing pays for statutory services or for posts that partners must provide by law.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from scoring.money import pounds
from scoring.refused import Refused

MAJORITY = Decimal(50)
HUNDRED = Decimal(100)
MOST_PLACES = 2


class PlanLine(Struct, frozen=True):
    """A purpose of a share, with what of it is planned, awarded by the partner, and spent, in pence.

    Where an `award` of the record is named by its reference, what is awarded and spent is drawn from it.
    """

    purpose: str
    planned_pence: int
    awarded_pence: int = 0
    spent_pence: int = 0
    award: str = ""

    @property
    def left_pence(self) -> int:
        """Return what of the plan is not spent; below nothing where it is overspent."""
        return self.planned_pence - self.spent_pence


class SpendingPlan(Struct, frozen=True):
    """How one share is to be spent; what is not stated yet is "" or None.

    `frontline_percent` is the share for frontline delivery, 0 to 100. `rationale` is why it is not the
    majority. `pays_statutory` says whether it pays for what a partner must provide by law.
    """

    plan: str = ""
    frontline_percent: Decimal | None = None
    rationale: str = ""
    pays_statutory: bool | None = None
    lines: tuple[PlanLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is stated."""
        return self == SpendingPlan()


def read_share(text: str) -> Decimal | None:
    """Read the share for frontline delivery, "80" or "80%", None for nothing; refused for anything else."""
    plain = text.strip().removesuffix("%").strip()
    try:
        found = Decimal(plain) if plain else None
    except InvalidOperation:
        found = Decimal("NaN")
    check_share(found)
    return found


def check_share(percent: Decimal | None) -> None:
    """Refuse a share that is no percentage of up to two places; None is not stated yet."""
    if percent is None:
        return
    exponent = percent.as_tuple().exponent
    is_plain = isinstance(exponent, int) and -exponent <= MOST_PLACES
    if not (is_plain and 0 <= percent <= HUNDRED):
        raise Refused("The share for frontline delivery is a percentage from 0 to 100, like 80. Correct it.")


def plan_faults(plan: SpendingPlan, allocated_pence: int | None = None) -> Iterator[str]:
    """Yield a sentence for each thing that is missing, that is too much, or that the fund does not pay for.

    `allocated_pence` is what the share has in the year, None where nothing is allocated.
    """
    if not (plan.plan.strip() or plan.lines):
        yield "No spending plan is recorded."
    if plan.frontline_percent is None:
        yield "The share for frontline delivery is not stated."
    elif plan.frontline_percent <= MAJORITY and not plan.rationale.strip():
        yield (
            f"Only {plan.frontline_percent.normalize():f}% is for frontline delivery. "
            "Say how the rest reduces crime or makes the area safer."
        )
    if plan.pays_statutory is None:
        yield "It is not stated whether it pays for statutory services or posts."
    elif plan.pays_statutory:
        yield "It pays for statutory services or posts, which partners must provide by law."
    yield from _line_faults(plan, allocated_pence)


def _line_faults(plan: SpendingPlan, allocated_pence: int | None) -> Iterator[str]:
    planned = sum(line.planned_pence for line in plan.lines)
    if allocated_pence is not None and planned > allocated_pence:
        yield f"{pounds(planned)} is planned, more than the {pounds(allocated_pence)} that it has."
    over = [line.purpose for line in plan.lines if line.left_pence < 0]
    if over:
        yield f"More is spent than planned on {', '.join(over)}."
