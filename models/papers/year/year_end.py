"""What is recorded at the end of a fund's year: expenditure, and decisions about what is left of it."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

CARRY, ALLOCATION, OVER = "carry forward", "allocation", "over-commitment"
DEEDS = (CARRY, ALLOCATION, OVER)
"""What can be decided: what is carried forward, what the next year gets, and that too much was committed."""


class Spent(Struct, frozen=True):
    """What was spent up to a day, start-up money apart, and where the figure is from."""

    pence: int
    start_up_pence: int
    as_at: date
    source: str

    @property
    def whole_pence(self) -> int:
        """Return both together."""
        return self.pence + self.start_up_pence


class YearDecision(Struct, frozen=True):
    """An amount that somebody decided, start-up money apart, with the reason.

    `left_pence` is what was left by subtraction when it was decided, None where nothing is subtracted.
    """

    pence: int
    start_up_pence: int
    reason: str
    decided_by: str
    decided_on: date
    left_pence: int | None = None

    @property
    def whole_pence(self) -> int:
        """Return both together."""
        return self.pence + self.start_up_pence


class YearLine(Struct, frozen=True):
    """A line of a fund's year that is kept without a round, with its money."""

    name: str
    pot_pence: int
    start_up_pence: int = 0
    committed_pence: int = 0


class Allowance(Struct, frozen=True):
    """A tolerance of a round: by what percentage its pots may be passed, and who allows it.

    With an `area` it is what was allowed over that area's pot alone, in pence, and no percentage.
    """

    percent: Decimal
    authority: str
    area: str = ""
    pence: int = 0


class LineEnd(Struct, frozen=True):
    """What was recorded for one line, or one award of it: None where nothing was."""

    spent: Spent | None = None
    carried: YearDecision | None = None
    allocated: YearDecision | None = None
    authority: YearDecision | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded."""
        return (self.spent, self.carried, self.allocated, self.authority) == (None, None, None, None)

    @property
    def only_allocates(self) -> bool:
        """Whether nothing of this year was recorded, at most what the next one gets."""
        return (self.spent, self.carried, self.authority) == (None, None, None)


NOTHING_RECORDED = LineEnd()
