"""What the year's money and a council's share do not allow, in sentences with figures.

The Community Safety Fund of 2019/20 published the rule: the majority is spent on frontline delivery, any
deviance needs a clear rationale, and nothing pays for statutory services or for posts that partners must
provide by law.
"""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from msgspec import Struct
from msgspec.structs import replace

from scoring.budget.figures import AreaBudget, FundBudget, proposed_words, together, whole
from scoring.money import pounds, short_pounds
from scoring.written.text import Refused, counted

REMEDY = (
    "Take less, or have an officer or finance first raise its allocation, move money to it, or record who "
    "allows it and by how much, on Budget."
)


def spending_refusal(
    before: AreaBudget, after: AreaBudget, year: str, stood: AreaBudget | None = None
) -> str:
    """Return why a step takes too much of an area's project money, "" where it may be done.

    A step that commits and decides no more than before is never refused, nor one in an area without an
    allocation. What an authority allows is on top of the project money. A pot that was loaded past the money
    is committed already: what is decided of it is held against the money all the same. A pot that is raised
    to awards that were allowed for themselves is held against it too: the pot stays once they go. `stood` is
    the area with what the step takes held already, None where nothing is: what others were allowed beside
    that is theirs.
    """
    held = [then for then, _ in _steps(stood or before, after)]
    found = (
        _step_refusal(after, then, now, year, stood)
        for (then, now), stood in zip(_steps(before, after), held, strict=True)
    )
    return next(filter(None, found), "")


def _steps(before: AreaBudget, after: AreaBudget) -> tuple[tuple[int, int], ...]:
    """Return what was and is committed and used of an area's project money, and held by its pots.

    Nothing without an allocation.
    """
    if after.project_pence is None:
        return ()
    return (
        (before.project_committed_pence, after.project_committed_pence),
        (before.project_used_pence, after.project_used_pence),
        (before.project_pots_pence, after.project_pots_pence),
    )


def _step_refusal(area: AreaBudget, then: int, now: int, year: str, stood: int | None = None) -> str:
    """Return why a sum of an area may not rise so far, "" where it may, or does not rise."""
    money, taken, stood = area.project_pence or 0, now - then, then if stood is None else stood
    beyond = max(min(taken, _lacking_pence(area, stood, now)), 0)
    if not beyond:
        return ""
    area = _as_usable(area, stood)
    had = money - then
    words = f"{area.area} has {pounds(had)} left of its money for {year}"
    if had < 0:
        words = f"{area.area} is {pounds(-had)} over its money for {year} already"
    return f"{words}, and this takes {pounds(taken)}. {_not_allowed(area, beyond)} {REMEDY}"


def _lacking_pence(area: AreaBudget, then: int, now: int) -> int:
    """Return how far a sum is above an area's money and what is allowed above that; less is below nothing."""
    return now - (area.project_pence or 0) - _as_usable(area, then).allowed_pence


def _as_usable(area: AreaBudget, then: int) -> AreaBudget:
    """Return an area with what a step may use: what is allowed for others covers what was over before."""
    was_over = max(then - (area.project_pence or 0), 0)
    return replace(area, allowed_pence=area.allowed_pence - max(area.tied_pence - was_over, 0), tied_pence=0)


def spending_refusals(before: FundBudget, after: FundBudget) -> str:
    """Return why a step takes too much of the first area of a fund where it does, "" where it may be done.

    Areas that share a pot are looked at together: what the one list gives each may pass its own allocation.
    Start-up money is each area's own.
    """
    pots = dict.fromkeys(after.sharing(area.area) for area in after.areas)
    found = (
        *(
            spending_refusal(together([before.of(one.area) for one in pot]), together(pot), after.year)
            for pot in pots
        ),
        *(
            start_up_refusal(before.of(area.area), area.start_up_held_pence, after.year)
            for area in after.areas
        ),
    )
    return next(filter(None, found), "")


def lowered_words(before: FundBudget, after: FundBudget) -> str:
    """Tell whose project money was lowered below what is committed of it, and how far; "" where none was.

    (A step that lowers money is never refused.)
    """
    words = (
        f"{one.area} is {pounds(one.project_committed_pence - one.project_pence)} over its money for "
        f"{after.year}: {pounds(one.project_committed_pence)} of it is committed."
        for one in after.areas
        if one.project_pence is not None
        and one.project_pence < min(before.of(one.area).project_pence or 0, one.project_committed_pence)
    )
    return " ".join(words)


def direct_refusal(area: AreaBudget, taken: int, year: str, *, is_start_up: bool) -> str:
    """Return why an award without a competition may not take so much (pence), "" where it may.

    Start-up money is a purse of its own, which no authority adds to; where nothing is allocated only that
    purse is refused.
    """
    if is_start_up:
        return start_up_refusal(area, area.start_up_held_pence + taken, year)
    if area.project_pence is None:
        return ""
    then = area.project_committed_pence
    return _step_refusal(area, then, then + taken, year)


def direct_beyond_pence(area: AreaBudget, taken: int) -> int:
    """Return how much nobody allows once an award takes so much (pence); 0 without an allocation."""
    then = area.project_committed_pence
    step = ((then, then + taken),)
    return 0 if area.project_pence is None else _unallowed_pence(area, step, step)


def _unallowed_pence(
    area: AreaBudget, steps: Sequence[tuple[int, int]], stood: Sequence[tuple[int, int]]
) -> int:
    """Return how much somebody has to allow for what rises past an area's money, 0 where nothing does.

    What passed it before is in it: an authority is for all that is above the money. `stood` are the steps
    from what is held already: what others were allowed beside that is theirs.
    """
    past = (
        _lacking_pence(area, held, now)
        for (then, now), (held, _) in zip(steps, stood, strict=True)
        if now > then
    )
    return max([0, *past])


def start_up_refusal(area: AreaBudget, now: int, year: str) -> str:
    """Return why an area may not commit so much start-up money, "" where it may, or does already."""
    then, purse = area.start_up_held_pence, area.start_up_pence or 0
    if now <= max(then, purse):
        return ""
    if not purse:
        return (
            f"{area.area} has no start-up money for {year}. Record it on Budget first: nothing else pays for "
            "start-up."
        )
    return (
        f"{area.area} has {pounds(max(purse - then, 0))} left of its start-up money for {year}, and this "
        f"takes {pounds(now - then)}. Take less: no other money pays for it."
    )


def decision_beyond_pence(
    budget: FundBudget, area: str, round_name: str, more_pence: int, held_pence: int = 0
) -> int:
    """Return how much nobody allows once so much more is decided in an area of a round, 0 for nothing.

    So much of it is held already: a variation that is proposed is signed for.
    """
    before, after = _around(budget, area, round_name, more_pence, held_pence)
    stood, _ = _around(budget, area, round_name, more_pence)
    return _unallowed_pence(after, _steps(before, after), _steps(stood, after))


def signing_refusal(budget: FundBudget, area: str, round_name: str, more_pence: int, held_pence: int) -> str:
    """Return why what takes so much more, some of it held already, may not be signed, "" where it may.

    It passes the check of its proposal again: the budget may be lower than it was then.
    """
    stood, _ = _around(budget, area, round_name, 0)
    around = _around(budget, area, round_name, more_pence, held_pence)
    return spending_refusal(*around, budget.year, stood)


def _around(
    budget: FundBudget, area: str, round_name: str, more_pence: int, held_pence: int = 0
) -> tuple[AreaBudget, AreaBudget]:
    """Return the money that an area draws on before and after more is decided, of which some is held."""

    def drawn(pence: int) -> AreaBudget:
        areas = budget.sharing(area)
        return together([_with_decided(one, round_name, pence) if one.area == area else one for one in areas])

    return drawn(-held_pence), drawn(more_pence - held_pence)


def _with_decided(area: AreaBudget, round_name: str, more_pence: int) -> AreaBudget:
    """Return an area as it would be with more decided in one of its rounds."""
    rounds = (
        replace(one, decided_pence=one.decided_pence + more_pence) if one.name == round_name else one
        for one in area.rounds
    )
    return replace(area, rounds=tuple(rounds))


def purse_of(budget: FundBudget, source: str, target: str) -> AreaBudget:
    """Return the money that a move takes from: the area's, or what is left of all that share a pot with it.

    A move between two that share a pot takes nothing from them together.
    """
    areas = budget.sharing(source)
    own = budget.of(source)
    if target in {area.area for area in areas}:
        return own
    return min(own, together(areas), key=lambda one: one.project_left_pence or 0)


def move_refusal(source: AreaBudget, amount_pence: int, year: str) -> str:
    """Return why money cannot be moved out of an area, "" where it can: no authority adds to what is left."""
    left = source.project_left_pence
    if left is None:
        return f"{source.area} has no allocation for {year}, so there is nothing to move. Record one first."
    if amount_pence <= left:
        return ""
    return (
        f"{source.area} has {pounds(max(left, 0))} of project money left for {year}, and "
        f"{pounds(amount_pence)} is more than that. Move less."
    )


def allocation_refusal(before: FundBudget, after: FundBudget) -> str:
    """Return why allocations are more than a fund has for its year, "" where they are not, or fall."""
    if after.amount_pence is None or after.shared_pence <= max(after.amount_pence, before.shared_pence):
        return ""
    return (
        f"{after.fund} has {pounds(after.amount_pence)} for {after.year}, and "
        f"{pounds(after.shared_pence)} would be allocated, "
        f"{pounds(after.shared_pence - after.amount_pence)} more. Lower an allocation, or correct the fund's "
        "amount."
    )


def over_year(area: AreaBudget, year: str) -> str:
    """Say by how much an area goes past its money and what is allowed above it, "" where it does not."""
    left = area.project_left_pence
    over = 0 if left is None else -left - area.allowed_pence
    if over <= 0:
        return ""
    return (
        f"{area.area} is {pounds(over)} over its money for {year}, and nobody allows it. Money that is over "
        "is not decided."
    )


def year_money(budget: FundBudget | None, areas: Collection[str]) -> str:
    """Say the five figures of some areas' money of the year, "" where none of them has an allocation.

    Where it is not all that is allocated, it is said of which area or of how many areas it is. What of it is
    left for start-up alone is said too: nothing else is paid from it. So is what proposed variations will
    free or add, and what the office itself gave, which is taken off what is committed, decided and paid.
    """
    found = () if budget is None else [one for one in budget.with_allocation if one.area in areas]
    money = whole([area.figures for area in found])
    if budget is None or money.allocated_pence is None or money.left_pence is None:
        return ""
    where = found[0].area if len(found) == 1 else counted(len(found), "area")
    of = "" if len(found) == len(budget.with_allocation) else f", {where}"
    left = money.left_pence
    start_up = sum(one.start_up_left_pence for one in found)
    kept = f", {short_pounds(start_up)} of it for start-up" if 0 < start_up <= left else ""
    given = sum(one.contributed_pence for one in found)
    waits = proposed_words(sum(one.adds_pence for one in found), sum(one.frees_pence for one in found))
    proposed = f". Of what is held {waits.rstrip('.')}" if waits else ""
    proposed += f". {budget.without_words.rstrip('.')}" if budget.without else ""
    took = f". The office itself gave {short_pounds(given)}, taken off what is committed, decided and paid"
    return (
        f"{budget.year}{of}: {short_pounds(money.allocated_pence)} allocated, "
        f"{short_pounds(money.committed_pence)} committed or held, "
        f"{short_pounds(money.decided_pence)} decided, "
        f"{short_pounds(money.paid_pence)} paid less returned, "
        f"{short_pounds(abs(left))} {'left' if left >= 0 else 'over'}{kept}{proposed}{took if given else ''}"
    )


def _not_allowed(area: AreaBudget, beyond_pence: int) -> str:
    if not area.allowed_pence:
        return f"Nobody allows the {pounds(beyond_pence)} above it."
    return f"{pounds(area.allowed_pence)} above it is allowed, and {pounds(beyond_pence)} more is not."


MAJORITY = Decimal(50)
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
    if not (is_plain and 0 <= percent <= 100):
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
