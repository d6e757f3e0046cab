"""Tell the rows of a sheet that are no applications: totals, blanks, notes and repeated headings."""

import re
from collections.abc import Sequence
from datetime import date

from exchange.applications.heading_rows import Parts, Row
from exchange.applications.wording import collapsed
from exchange.cells import cell_text, is_nothing
from exchange.sheets import Cell

_TOTAL = re.compile(
    r"(?:grand|overall|running|page|column|fund|round|area|npu|final|combined|the)?[\s-]*"
    r"(?:sub[\s-]*)?(?:totals?|sum|average|mean|median|count|minimum|maximum|min|max|balance|remaining"
    r"|remainder)"
    r"(?:\s*(?:requested|request|requests|amounts?|asked|applied|applications?|cost|costs|bids?|of all"
    r"|of|for|in|to date|so far|funding|pot|budget|available|carried forward|brought forward|all"
    r"|the)\b.{0,40})?"
    r"\s*(?:\(.{0,40}\))?\s*[:=.]?"
    r"(?:\s*£?[\d,.]+)?"
    r"|.{1,40}\b(?:sub[\s-]?totals?|totals?)\s*[:=.]?"
    r"|(?:number|no\.?|count) of (?:applications|bids|projects|organisations)\b.{0,20}"
    r"|\d+ (?:applications|bids|projects|organisations)"
    r"|(?:budget|pot|fund|funding|money|amount|total)?\s*(?:available|remaining|left|budget|pot"
    r"|carried forward|brought forward|unallocated|difference|variance|shortfall|surplus"
    r"|deficit|awarded|approved|committed|spent|over[\s/-]*under(?:spend)?)\s*[:=.]?",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(
    r"(?:notes?|n\.?b\.?|key|source|printed|prepared|exported|generated|produced|please|deadline|contact"
    r"|end of|page \d|confidential|official|©|copyright|\*|filters? applied|report|signed|checked|version"
    r"|updated|date)\b",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"total|sum\b|average|mean|median|count\b|m[ia][nx]\b|balance|remain|budget|pot\b|available|left\b|applications|bids"
    r"|projects|number|no\b|organisations|forward|variance|difference|unallocated|over|shortfall|surplus|deficit|awarded|approved|committed|spent|^[-–/.nN]",
    re.IGNORECASE,
)
_PURE_TOTAL = re.compile(r"(?:grand|overall|sub)?[\s-]*totals?\s*:?", re.IGNORECASE)
_FIGURE_STARTS = frozenset("£0123456789")
_QUALTRICS = '{"ImportId"'
_LONG_FOR_A_NAME = 100
_FEW = 3


def is_label(text: str) -> bool:
    """Say whether a text is the label of a row of totals, "Grand total" or "Coventry subtotal"."""
    return len(text) <= _LONG_FOR_A_NAME and bool(_TOTAL.fullmatch(collapsed(text)))


class RowSorter:
    """Tells applications from rows that are passed over, knowing which columns hold what."""

    def __init__(self, parts: Sequence[Parts], organisation: int, amount: int, reference: int | None) -> None:
        self._organisation, self._amount, self._reference = organisation, amount, reference
        self._headings = [
            {_plain(part.upper), _plain(part.lower), _plain(part.text)} - {""} for part in parts
        ]

    def is_plain(self, row: Row) -> bool:
        """Say quickly that a row has a name and a figure and nothing of a total about it."""
        name, amount = row[self._organisation], row[self._amount]
        figure = (
            type(amount) is float
            or type(amount) is int
            or (type(amount) is str and amount[:1] in _FIGURE_STARTS)
        )
        return figure and type(name) is str and name[:1].isalpha() and not _HINT.search(name)

    def is_passed_over(self, row: Row, sums: tuple[int, int], pence: int | None) -> bool:
        """Say whether a row is blank, a note, a total or the heading again.

        `sums` are the pence asked so far and since the last total, `pence` this row's amount if exact.
        """
        filled = [(index, cell) for index, cell in enumerate(row) if not _is_empty(cell)]
        if len(filled) < 2 or self._is_heading(filled):
            return True
        texts = [text for index, cell in filled if index != self._amount and (text := _words(cell))]
        name = cell_text(row[self._organisation])
        if self._is_total(name, texts) or any(text.startswith(_QUALTRICS) for text in texts):
            return True
        if not texts and not self._has_reference(row) and not any(isinstance(cell, date) for cell in row):
            return True
        if is_nothing(name):
            return self._is_note(filled, texts) or self._is_sum(row, texts, sums, pence)
        return _is_empty(row[self._amount]) and len(filled) <= _FEW and _reads_as_note(name)

    def _is_total(self, name: str, texts: list[str]) -> bool:
        """Say whether a row has the label of a total, and no more beside it than a total has."""
        labels = sum(map(is_label, texts))
        if not labels:
            return False
        beside = labels == len(texts) or len(texts) < _FEW
        return labels == len(texts) or (beside and (is_nothing(name) or bool(_PURE_TOTAL.fullmatch(name))))

    def _has_reference(self, row: Row) -> bool:
        return self._reference is not None and not _is_empty(row[self._reference])

    def _is_heading(self, filled: list[tuple[int, Cell]]) -> bool:
        same = sum(isinstance(cell, str) and _plain(cell) in self._headings[index] for index, cell in filled)
        named = {index for index, cell in filled if _plain(cell_text(cell)) in self._headings[index]}
        return 2 * same > len(filled) and (self._organisation in named or self._amount in named)

    def _is_note(self, filled: list[tuple[int, Cell]], texts: list[str]) -> bool:
        """Say whether a row without an organisation has no amount either and holds too little."""
        if any(index == self._amount for index, _ in filled):
            return False
        return len(filled) < _FEW or len(set(texts)) < 2 or any(text.endswith(":") for text in texts)

    def _is_sum(self, row: Row, texts: list[str], sums: tuple[int, int], pence: int | None) -> bool:
        """Say whether a row without an organisation has one word and the sum of what was asked above it."""
        return not self._has_reference(row) and len(texts) < 2 and bool(pence) and pence in sums


def _reads_as_note(name: str) -> bool:
    return name.endswith(":") or len(name) > _LONG_FOR_A_NAME or bool(_NOTE.match(name))


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _words(cell: Cell) -> str:
    """Return a cell's text when it has a letter: in a text file figures are text as well."""
    if not isinstance(cell, str) or is_nothing(cell) or not any(map(str.isalpha, cell)):
        return ""
    return cell_text(cell)


def _plain(text: str) -> str:
    return collapsed(text).casefold()
