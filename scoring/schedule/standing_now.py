"""How awards stand beside what was decided: papers show the decision, and say this under it."""

from collections.abc import Collection, Iterable

from scoring.money import column_money
from scoring.schedule.lines import Awarded


def stands_words(decided_pence: int, now_pence: int) -> str:
    """Return what the awards stand at where that is not what was decided, "" where it is."""
    if now_pence == decided_pence:
        return ""
    show = column_money((decided_pence, now_pence))
    than, left = ("less", "more") if now_pence < decided_pence else ("more", "less")
    by = show(abs(now_pence - decided_pence))
    return (
        f"The awards stand at {show(now_pence)} today, {by} {than} than was decided, "
        f"and that much {left} of the money is left."
    )


def stands_of(awarded: Iterable[Awarded], references: Collection[str]) -> str:
    """Return the same of the awards to some applications."""
    own = [one for one in awarded if one.reference in references]
    return stands_words(sum(one.amount_pence for one in own), sum(one.now_pence for one in own))
