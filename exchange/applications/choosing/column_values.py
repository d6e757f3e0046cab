"""What stands in the columns of a table, below their headings."""

from collections.abc import Iterator, Sequence
from itertools import islice

from exchange.applications.fields import is_blank, text_of
from exchange.applications.labels import is_label
from exchange.applications.table import Heading
from exchange.reading.sheets import Cell

_NOBODY, _ENOUGH_TO_TELL = "anonymous", 200


class ColumnValues:
    """The rows that count, column by column, without what is blank and without "anonymous"."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows = rows

    def of(self, heading: Heading) -> Iterator[Cell]:
        """Return the values below a heading, from the top."""
        at = heading.column - 1
        return (row[at] for row in self._rows if not is_blank(row[at]) and row[at] != _NOBODY)

    def first(self, heading: Heading) -> list[Cell]:
        """Return the first values below a heading: enough to tell what the column holds."""
        return list(islice(self.of(heading), _ENOUGH_TO_TELL))

    def count(self, heading: Heading) -> int:
        """Return how many values stand below a heading."""
        return sum(1 for _ in self.of(heading))

    def are_below(self, heading: Heading) -> bool:
        """Say whether any value stands below a heading."""
        return next(self.of(heading), None) is not None

    def leftmost(self, headings: Sequence[Heading]) -> Heading | None:
        """Return the leftmost heading that has a value below it, else the leftmost."""
        return next(filter(self.are_below, headings), headings[0] if headings else None)

    def name_nobody(self, heading: Heading) -> bool:
        """Whether a form without a sign-in filled a column by itself, with "anonymous" for everybody."""
        values = (row[heading.column - 1] for row in self._rows)
        return {value for value in values if not is_blank(value)} == {_NOBODY}

    def pairs(self, one: Heading, other: Heading) -> Iterator[tuple[Cell, Cell]]:
        """Return what stands below two headings in the first rows, side by side, blanks too."""
        rows = self._rows[:_ENOUGH_TO_TELL]
        return ((row[one.column - 1], row[other.column - 1]) for row in rows)

    def of_rows_with(self, heading: Heading) -> "ColumnValues":
        """Return the values of those rows alone that name something under a heading, else of all.

        Totals and notes do not fill the column of the organisation.
        """
        at = heading.column - 1
        named = [row for row in self._rows if not is_blank(row[at]) and not is_label(text_of(row[at]))]
        return ColumnValues(named or self._rows)
