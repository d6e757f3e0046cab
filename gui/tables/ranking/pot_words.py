"""An area's pot on screen: what is left of it, what is over it, and where its tolerance ends."""

from collections.abc import Sequence

from gui.text import column_money, listed
from models.queries.deciding.round_list import Listed, Mark
from scoring import money
from scoring.allocating.over_pot import BEFORE
from scoring.ranking import PotUse

NOT_SHOWN = "What is left is not shown to you"
PART_OF = "part-fund would give"


def left_words(use: PotUse) -> str:
    """Return what is left of a pot: "£3,600 left", "£2,140 over", "£996.50 over, within tolerance"."""
    show = money.short_pounds
    if use.closed:
        return NOT_SHOWN
    if not use.over_pence:
        return f"{show(use.left_pence)} left"
    if use.is_past:
        return f"{show(use.over_pence)} over"
    is_within = use.over_pence <= use.tolerance_pence
    return f"{show(use.over_pence)} over, {'within tolerance' if is_within else 'allowed'}"


def budget_words(use: PotUse) -> str:
    """Return the budget line in words: the pot, what was committed before, and what is left or over."""
    show = column_money((use.pot_pence, use.committed_pence, use.left_pence))
    others = [name for name in use.shared_with if name != use.area]
    parts = [f"{show(use.pot_pence)} {f'of the pot shared with {listed(others)}' if others else 'pot'}"]
    if use.committed_pence:
        parts.append(f"{show(use.committed_pence)} committed before")
    is_named = use.over_pence and not use.tolerance_pence and use.allowances and not use.closed
    named = f"{money.short_pounds(use.over_pence)} over, {_by_whom(use, use.over_pence)}"
    parts.append(named if is_named else left_words(use))
    if use.stopped_by_tie:
        parts.append("a tie stops here, the chair decides")
    return " · ".join(parts)


def part_words(left_pence: int, below: Sequence[Listed]) -> str:
    """Return what a part-fund at the line would give the first below it that may still get money, "" none."""
    first = next((line for line in below if line.mark in (Mark.RESERVE, Mark.OPEN)), None)
    if first is None or not 0 < left_pence < first.standing.requested_pence:
        return ""
    show = column_money((left_pence, first.standing.requested_pence))
    gives = f"{first.standing.reference} {show(left_pence)} of {show(first.standing.requested_pence)}"
    return f" · {PART_OF} {gives}"


def tolerance_words(use: PotUse) -> str:
    """Return the line where the tolerance ends in words: how much it is, and what is left or past it."""
    show = money.short_pounds
    past = use.over_pence - use.tolerance_pence
    left = min(use.tolerance_pence, -past)
    told = f"{show(left)} of it left" if past <= 0 else f"{show(past)} past it, {_by_whom(use, past)}"
    return f"{show(use.tolerance_pence)} tolerance · {told}"


def _by_whom(use: PotUse, pence: int) -> str:
    """Return who allows the part of what is over that is past the tolerance."""
    if use.is_before:
        return BEFORE
    if use.beyond_pence == pence:
        return "not allowed by anybody yet"
    if use.beyond_pence:
        return f"{money.short_pounds(use.beyond_pence)} of that not allowed by anybody yet"
    return "allowed by " + listed([f"{one.name}, {one.post}" for one in use.allowances])
