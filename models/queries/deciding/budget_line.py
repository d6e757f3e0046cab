"""One area's money as the overview tells it, and whether that is recommended or decided."""

from collections.abc import Iterable

from msgspec import Struct

RECOMMENDED, DECIDED, EITHER = "recommended", "decided", "recommended or decided"


class BudgetLine(Struct, frozen=True):
    """An area's money in pence: recommended, still to consider within the pot, and the pot.

    `pot` is without what was committed before, and never with `tolerance`. `beyond` is what nobody allows,
    `by` says who allows what is over the pot. What is decided counts as it was decided, and `told` says which
    it is: "recommended", "decided", or "recommended or decided" where some of it waits.
    """

    area: str
    recommended: int
    consider: int
    pot: int
    tolerance: int = 0
    beyond: int = 0
    by: str = ""
    told: str = RECOMMENDED

    @property
    def over(self) -> int:
        """Return by how much the recommendations are over the pot."""
        return max(self.recommended - self.pot, 0)


def told(are_decided: Iterable[bool]) -> str:
    """Return what money is called of which each part is decided, or only recommended."""
    found = set(are_decided)
    if len(found) > 1:
        return EITHER
    return DECIDED if found == {True} else RECOMMENDED


def told_of(lines: Iterable[BudgetLine]) -> str:
    """Return what the money of several areas is called together; one that gives none yet says nothing."""
    found = {line.told for line in lines if line.recommended} or {RECOMMENDED}
    return found.pop() if len(found) == 1 else EITHER
