"""The columns of the How scored sheet, laid out from left to right; formulas name those already there."""

from collections.abc import Callable
from typing import NamedTuple

from exchange.cells.cell_names import column_name
from exchange.papers.schedule.how_scored.facts import Facts, Weights
from exchange.xlsx.xlsx_cells import CellValue, Kind, Look
from scoring.schedule.values import AwardSchedule
from scoring.scheme import Criterion, Side

MAXIMUM, QUALITY_WEIGHT, COST_WEIGHT = "$B$4", "$B$5", "$B$6"
"""The cells above the table that hold the scale's maximum and the two sides' weights."""

WEIGHT_ROW = {Side.QUALITY: 5, Side.COST: 6}
"""The rows above the headings that hold each criterion's weight, on its own side."""

HEADING_ROW = 7
WHOLE_NUMBER = Look(kind=Kind.NUMBER)

CellOf = Callable[[Facts], CellValue]


class Column(NamedTuple):
    """One column: its heading, width, look and what stands in it, with the weight of its criterion."""

    heading: str
    width: float
    look: Look
    cell: CellOf
    criterion: Criterion | None = None


def of_criterion(code: str) -> str:
    """Return the name of the column of a criterion's value, which is no other column's whatever the code."""
    return f"criterion {code}"


def of_numerator(index: int) -> str:
    """Return the name of the column of a judged criterion's whole numerator."""
    return f"numerator {index}"


class Grid:
    """The columns so far, by the names that formulas know them under.

    `sets_aside` says whether a criterion is not applicable to any line.
    """

    def __init__(self, schedule: AwardSchedule) -> None:
        self.schedule = schedule
        self.scheme = schedule.scheme
        self.weights = Weights(self.scheme)
        self.sets_aside = any(None in line.worked.values_1e2 for line in schedule.lines)
        self.columns: list[Column] = []
        self._letters: dict[str, str] = {}

    def add(self, name: str, column: Column) -> str:
        """Put a column at the right and return its letter."""
        assert name not in self._letters, f"two columns are known as {name}"
        self.columns.append(column)
        self._letters[name] = column_name(len(self.columns))
        return self._letters[name]

    def also(self, name: str, letter: str) -> None:
        """Let a column be known under another name."""
        assert name not in self._letters, f"two columns are known as {name}"
        self._letters[name] = letter

    def has(self, name: str) -> bool:
        """Whether a column is there."""
        return name in self._letters

    def letter(self, name: str) -> str:
        """Return a column's letter."""
        return self._letters[name]

    def cell(self, name: str, facts: Facts) -> str:
        """Return the cell of a column in a row, such as F17."""
        return f"{self._letters[name]}{facts.row}"

    def area(self, name: str, facts: Facts) -> str:
        """Return a column's cells in the rows of the same area, such as F$7:F$19."""
        return f"{self._letters[name]}${facts.first}:{self._letters[name]}${facts.last}"

    @property
    def sides(self) -> list[Side]:
        """Return the sides that have weight."""
        return [side for side in Side if self.weights.sides[side]]


def times(*factors: str) -> str:
    """Return factors as a product in a formula, without those that are blank."""
    return "*".join(factor for factor in factors if factor)
