"""How awards stand beside what was decided: papers show the decision, and say this under it.

What is left of the money, or over a pot, is counted from what stands, and said once.
"""

from collections.abc import Collection, Iterable

from scoring.money import column_money
from scoring.schedule.lines import Awarded


def stands_words(decided_pence: int, now_pence: int) -> str:
    """Return what the awards stand at where that is not what was decided, "" where it is."""
    if now_pence == decided_pence:
        return ""
    show = column_money((decided_pence, now_pence))
    than = "less" if now_pence < decided_pence else "more"
    by = show(abs(now_pence - decided_pence))
    told = f"The awards stand at {show(now_pence)} today, {by} {than} than was decided"
    return f"{told}; what is left is counted from that."


def stands_of(awarded: Iterable[Awarded], references: Collection[str]) -> str:
    """Return the same of the awards to some applications."""
    own = [one for one in awarded if one.reference in references]
    return stands_words(sum(one.amount_pence for one in own), sum(one.now_pence for one in own))
