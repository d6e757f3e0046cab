"""Tell the rows of a table that are no applications: totals, blanks, notes and repeated headings."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from exchange.applications.heading_rows import (
    LONG_FOR_A_NAME,
    Parts,
    Row,
    is_heading,
    is_label,
    names_organisation,
)
from exchange.applications.headings import collapsed
from exchange.cells.values import cell_text, is_nothing
from exchange.reading.sheets import Cell
from models.values.rows import ApplicationRow
from scoring.written.names import spelling_key


class Kind(StrEnum):
    """What a problem or a check is about."""

    UNREADABLE = "unreadable"
    TO_CHECK = "to check"
    CHOSEN = "chosen"
    NOT_TAKEN = "not imported"
    CLASHING = "clashing"
    OUT_OF_AREA = "out of area"
    HERE = "already here"
    CHANGED = "changed"
    DUPLICATE = "possible duplicate"
    SHARED_NUMBER = "shared number"
    OVER_CAP = "over the cap"
    LATE = "late"
    EARLY = "starts before the decision"
    MOVED_ON = "area has moved on"
    FUNDED_BEFORE = "funded before"
    CORRECTED_BEFORE = "corrected before"


class Point(Struct, frozen=True):
    """Something to look at, at a cell: a fault, or why a row is not taken.

    `cell` says where that is: "F17", the file of a form, "" for the whole row; `column` is its number in the
    table, from 1, 0 for the whole row. One that `is_check` is no fault; one that `is_new_area` names an area
    that the import sets up.
    """

    cell: str
    heading: str
    value: str
    words: str
    kind: Kind = Kind.UNREADABLE
    is_check: bool = False
    is_new_area: bool = False
    column: int = 0


Sameness = tuple[str, str, int]
"""What two applications without references have in common when they are the same."""
WIDTH = 4
"""So many digits a number has where none is in use yet."""


def width_in_use(fund_code: str, used: Iterable[str]) -> int:
    """Return how many digits the fund's numbers mostly have: 3 beside "ACF-001"."""
    number = re.compile(rf"{re.escape(fund_code)}-(\d+)", re.IGNORECASE)
    found = [match for match in map(number.fullmatch, used) if match]
    widths = Counter(len(match.group(1)) for match in found)
    return max(widths, key=lambda width: (widths[width], width), default=WIDTH)


class Known:
    """The applications already in the round and those taken from the file so far."""

    def __init__(self, existing: Iterable[ApplicationRow]) -> None:
        self._organisations: dict[str, str] = {}
        self._alike: dict[Sameness, str] = {}
        self._not_compared: list[ApplicationRow] = []
        for application in existing:
            self.add(application)

    def add(self, application: ApplicationRow) -> None:
        """Remember an application."""
        self._organisations.setdefault(spelling_key(application.reference), application.organisation)
        self._not_compared.append(application)

    def holder(self, reference: str) -> str | None:
        """Return the organisation that has a reference, or None when it is free."""
        return self._organisations.get(spelling_key(reference))

    def alike(self, same: Sameness) -> str | None:
        """Return the reference of one of the same organisation, project and amount, or None."""
        for known in self._not_compared:
            key = sameness(known.organisation, known.project, known.requested_pence)
            self._alike.setdefault(key, known.reference)
        self._not_compared.clear()
        return self._alike.get(same)


class References:
    """Gives out the fund's next free numbers, "ACF-0001", passing over those already used."""

    def __init__(self, fund_code: str, used: Iterable[str], width: int = WIDTH) -> None:
        self._fund_code, self._width = fund_code, width
        self._used = {spelling_key(reference) for reference in used}
        self._number = 0

    def give(self) -> str:
        """Return the next free reference."""
        while True:
            self._number += 1
            reference = f"{self._fund_code}-{self._number:0{self._width}}"
            if spelling_key(reference) not in self._used:
                return reference


def sameness(organisation: str, project: str, requested_pence: int) -> Sameness:
    """Return by what an application without a reference is known, whatever its case and spaces."""
    return spelling_key(organisation), spelling_key(project), requested_pence


_NOTE = re.compile(
    r"(?:notes?|n\.?b\.?|key|source|printed|prepared|exported|generated|produced|please|deadline|contact"
    r"|end of|page \d|confidential|official|©|copyright|\*|filters? applied|report|signed|checked|version"
    r"|updated|date)\b",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"total|sum\b|average|mean|median|count\b|m[ia][nx]\b|balance|remain|budget|pot\b|available|left\b|applications|bids"
    r"|projects|number|no\b|organisations|forward|variance|difference|unallocated|over|shortfall|surplus|deficit|awarded|approved|committed|spent",
)
"""What a name may have of a total, in small letters: to look for any case takes eight times as long."""
_PURE_TOTAL = re.compile(r"(?:grand|overall|sub)?[\s-]*totals?\s*:?", re.IGNORECASE)
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
        self._headings = {
            index: {_plain(text) for text in (part.upper, part.lower, part.text)} - {""}
            for index, part in parts.items()
        }
        self._other_table = 0

    def is_plain(self, row: Row) -> bool:
        """Say quickly that a row has a name and a figure and nothing of a total about it."""
        name, amount = row[self._organisation], row[self._amount]
        figure = (
            type(amount) is float
            or type(amount) is int
            or (isinstance(amount, str) and amount[:1] in _FIGURE_STARTS)
        )
        if not figure or self._other_table:
            return False
        if not isinstance(name, str) or not name[:1].isalpha() or name[0] in "nN":
            return False
        return not _HINT.search(name.casefold())

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
            is_bare = len(texts) < 2 and not self._has_reference(row)
            return self._is_note(filled, texts) or (is_bare and bool(pence) and pence in sums)
        few = len(filled) < _FEW and not self._has_reference(row) and _is_empty(row[self._amount])
        return few and (name.endswith(":") or len(name) > LONG_FOR_A_NAME or bool(_NOTE.match(name)))

    def _is_heading(self, row: Row, filled: Filled) -> bool:
        """Say whether a row is a heading, and remember whether it begins another table."""
        texts = ((index, _plain(cell)) for index, cell in filled if isinstance(cell, str))
        named = {index for index, text in texts if text in self._headings.get(index, ())}
        again = 2 * len(named) > len(filled) and not named.isdisjoint((self._organisation, self._amount))
        if again or (is_heading(row) and names_organisation(row[self._organisation])):
            self._other_table = 0
            return True
        if is_heading(row):
            self._other_table = len(filled)
            return True
        return False

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
        is_count = reference.isdecimal() and (_PURE_TOTAL.fullmatch(name) or pence in sums)
        return bool(reference) and not is_label(reference) and not is_count and not is_nothing(reference)

    def _is_note(self, filled: Filled, texts: list[str]) -> bool:
        """Say whether a row without an organisation has no amount either and holds too little."""
        if any(index == self._amount for index, _ in filled):
            return False
        return len(filled) < _FEW or len(set(texts)) < 2 or any(text.endswith(":") for text in texts)


def _is_total(name: str, texts: list[str]) -> bool:
    """Say whether a row has the label of a total, and no more beside it than a total has."""
    labels = sum(map(is_label, texts))
    if not labels or labels == len(texts):
        return labels > 0
    return len(texts) < _FEW and (is_nothing(name) or bool(_PURE_TOTAL.fullmatch(name)))


def _are_hints(texts: list[str]) -> bool:
    """Say whether a row only tells how to fill it in, "(in pounds)", or holds a tool's own marks."""
    return bool(texts) and all(text.casefold().startswith(_HINTS) for text in texts)


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _words(cell: Cell) -> str:
    """Return a cell's text when it has a letter: in a text file figures are text as well."""
    if not isinstance(cell, str) or is_nothing(cell) or not any(map(str.isalpha, cell)):
        return ""
    return cell_text(cell)


def _plain(text: str) -> str:
    return collapsed(text).casefold()
