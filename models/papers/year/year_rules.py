"""Which columns of a year's tables follow from others, whatever fund or office they are of."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

COMMITTED_LESS = "Budget to Commitment Variance £"
SPENT_LESS = "Budget to Expenditure Variance £"
BUDGET = "Grant Budget including Start-up £"
COMMITMENT = "Commitment £"
EXPENDITURE = "Expenditure £"
LEFT = "Grant less Expenditure £"
SHARE = "Share of total %"
PROJECTS = "No. of Projects"
KNOWN = "No. of Organisations previously received funding"
LOWEST, HIGHEST, AVERAGE = (
    "Lowest Project Cost £",
    "Highest Project Cost £",
    "Average Cost of Projects £",
)

_WHOLE = "Total Grant Amount £"
_GRANTS = ("Grant Amount £", "Grant")


class Rule(Struct, frozen=True):
    """A column that is the sum of some less another; `is_decision` where the printed figure stands.

    Money is carried forward by decision and not by subtraction, so a carry forward is only checked.
    """

    column: int
    plus: tuple[int, ...]
    less: tuple[int, ...]
    is_decision: bool = False

    def of(self, figures: Sequence[int | None]) -> int | None:
        """Return the figure that follows for a row, None where one of its parts is missing."""
        parts = [figures[number] for number in (*self.plus, *self.less)]
        if any(part is None for part in parts):
            return None
        signs = [1] * len(self.plus) + [-1] * len(self.less)
        return sum(sign * part for sign, part in zip(signs, parts, strict=True) if part is not None)


def rules(headings: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules of a table with these headings, in the order in which they are worked out."""
    at = {heading: number for number, heading in enumerate(headings)}
    found: list[Rule] = []
    for heading, less in ((COMMITTED_LESS, COMMITMENT), (SPENT_LESS, EXPENDITURE)):
        if {heading, BUDGET, less} <= at.keys():
            found.append(Rule(at[heading], (at[BUDGET],), (at[less],)))
    grants = [at[name] for name in _GRANTS if name in at]
    brought = carried(headings, _brought_forward)
    if _WHOLE in at and grants and brought is not None:
        found.append(Rule(at[_WHOLE], (grants[0], brought), ()))
        grants = [at[_WHOLE]]
    onward = carried(headings, _carried_on)
    if grants and EXPENDITURE in at and onward is not None:
        found.append(Rule(onward, (grants[0],), (at[EXPENDITURE],), is_decision=True))
    return tuple(found)


def carried(headings: Sequence[str], is_meant: Callable[[Sequence[str], int], bool]) -> int | None:
    """Return the column of money carried forward that is meant, None where there is none."""
    places = [n for n, heading in enumerate(headings) if _is_carry(heading) and is_meant(headings, n)]
    return places[0] if places else None


def _is_carry(heading: str) -> bool:
    return re.fullmatch(r"(\d{4}/\d{2} )?Carry Forward £", heading) is not None


def _brought_forward(headings: Sequence[str], number: int) -> bool:
    """Whether a carry forward comes from the year before: it stands before the whole grant."""
    return _WHOLE in headings[number + 1 :]


def _carried_on(headings: Sequence[str], number: int) -> bool:
    """Whether a carry forward goes to the year after: it stands after the expenditure."""
    return EXPENDITURE in headings[:number]
