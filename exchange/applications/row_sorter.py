"""Tell the rows of a table that are no applications: totals, blanks, notes and repeated headings."""

from collections.abc import Mapping
from datetime import date

from exchange.applications.heading_rows import Parts, Row, is_heading, names_organisation
from exchange.applications.labels import hints_at_label, is_label, is_pure_total, reads_as_note
from exchange.applications.wording import collapsed
from exchange.cells.values import cell_text, is_nothing
from exchange.reading.sheets import Cell

_FIGURE_STARTS = frozenset("£0123456789")
_HINTS = ("(", "e.g", "eg ", "eg:", "example:", '{"importid"')
_FEW = 3

Filled = list[tuple[int, Cell]]


class RowSorter:
    """Tells applications from rows that are passed over, from top to bottom, knowing which columns hold what.

    `parts` are the headings by the index of their column.
    """

    def __init__(
        self, parts: Mapping[int, Parts], organisation: int, amount: int, reference: int | None
    ) -> None:
        self._organisation, self._amount, self._reference = organisation, amount, reference
        self._headings = {index: _forms(part) for index, part in parts.items()}
        self._other_table = 0

    def is_plain(self, row: Row) -> bool:
        """Say quickly that a row has a name and a figure and nothing of a total about it."""
        name, amount = row[self._organisation], row[self._amount]
        figure = (
            type(amount) is float
            or type(amount) is int
            or (type(amount) is str and amount[:1] in _FIGURE_STARTS)
        )
        if not figure or self._other_table:
            return False
        return type(name) is str and name[:1].isalpha() and not hints_at_label(name)

    def is_passed_over(self, row: Row, sums: tuple[int, int], pence: int | None) -> bool:
        """Say whether a row is blank, a note, a total, a heading again or of another table below.

        `sums` are the pence asked so far and since the last total, `pence` this row's amount if exact.
        """
        filled = [(index, cell) for index, cell in enumerate(row) if not _is_empty(cell)]
        if len(filled) < 2:
            return True
        if self._is_heading(row, filled) or self._is_of_other_table(filled):
            return True
        texts = [text for index, cell in filled if index != self._amount and (text := _words(cell))]
        name = cell_text(row[self._organisation])
        if _are_hints(texts) or (_is_total(name, texts) and not self._is_application(row, name, sums, pence)):
            return True
        if not texts and not self._has_reference(row) and not any(isinstance(cell, date) for cell in row):
            return True
        if is_nothing(name):
            return self._is_note(filled, texts) or self._is_sum(row, texts, sums, pence)
        few = len(filled) < _FEW and not self._has_reference(row)
        return few and _is_empty(row[self._amount]) and reads_as_note(name)

    def _is_heading(self, row: Row, filled: Filled) -> bool:
        """Say whether a row is a heading, and remember whether it begins another table."""
        named = {index for index, cell in filled if self._is_repeated(index, cell)}
        again = 2 * len(named) > len(filled) and not named.isdisjoint((self._organisation, self._amount))
        if again or (is_heading(row) and names_organisation(row[self._organisation])):
            self._other_table = 0
            return True
        if is_heading(row):
            self._other_table = len(filled)
            return True
        return False

    def _is_repeated(self, index: int, cell: Cell) -> bool:
        return isinstance(cell, str) and _plain(cell) in self._headings.get(index, ())

    def _is_of_other_table(self, filled: Filled) -> bool:
        """Say whether a row belongs to a table further down, which it does while it is no wider than that."""
        self._other_table = self._other_table if len(filled) <= self._other_table else 0
        return self._other_table > 0

    def _has_reference(self, row: Row) -> bool:
        return self._reference is not None and not _is_empty(row[self._reference])

    def _is_application(self, row: Row, name: str, sums: tuple[int, int], pence: int | None) -> bool:
        """Say whether a row whose name reads as a total has a reference of its own and an amount.

        "Total" with a count where references stand, and a sum, is a total all the same.
        """
        if self._reference is None or not pence or is_nothing(name):
            return False
        reference = cell_text(row[self._reference])
        is_count = reference.isdecimal() and (is_pure_total(name) or pence in sums)
        return bool(reference) and not is_label(reference) and not is_count and not is_nothing(reference)

    def _is_note(self, filled: Filled, texts: list[str]) -> bool:
        """Say whether a row without an organisation has no amount either and holds too little."""
        if any(index == self._amount for index, _ in filled):
            return False
        return len(filled) < _FEW or len(set(texts)) < 2 or any(text.endswith(":") for text in texts)

    def _is_sum(self, row: Row, texts: list[str], sums: tuple[int, int], pence: int | None) -> bool:
        """Say whether a row without an organisation has one word and the sum of what was asked above it."""
        return not self._has_reference(row) and len(texts) < 2 and bool(pence) and pence in sums


def _is_total(name: str, texts: list[str]) -> bool:
    """Say whether a row has the label of a total, and no more beside it than a total has."""
    labels = sum(map(is_label, texts))
    if not labels or labels == len(texts):
        return labels > 0
    return len(texts) < _FEW and (is_nothing(name) or is_pure_total(name))


def _are_hints(texts: list[str]) -> bool:
    """Say whether a row only tells how to fill it in, "(in pounds)", or holds a tool's own marks."""
    return bool(texts) and all(text.casefold().startswith(_HINTS) for text in texts)


def _forms(part: Parts) -> set[str]:
    return {_plain(part.upper), _plain(part.lower), _plain(part.text)} - {""}


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _words(cell: Cell) -> str:
    """Return a cell's text when it has a letter: in a text file figures are text as well."""
    if not isinstance(cell, str) or is_nothing(cell) or not any(map(str.isalpha, cell)):
        return ""
    return cell_text(cell)


def _plain(text: str) -> str:
    return collapsed(text).casefold()
