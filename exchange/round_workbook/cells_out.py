"""Cells of a round workbook as they are written: exact figures, real dates, text that stays text."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment

from exchange.round_workbook.content import Pounds, Value
from exchange.round_workbook.layout import REST, rest_note
from exchange.xlsx.xlsx_cells import (
    LONGEST_PART,
    LONGEST_TEXT,
    MONEY,
    Continuation,
    Kind,
    Look,
    Rows,
    dress,
    in_parts,
    put_text,
    units,
)
from scoring.money import decimal_text

WORDS = Look()
PROSE = Look(wrap=True)
_FIGURE = Look(kind=Kind.NUMBER)
_MONEY = Look(kind=Kind.NUMBER, number=MONEY)
_DAY = Look(kind=Kind.MOMENT, number="dd/mm/yyyy")
_MOMENT = Look(kind=Kind.MOMENT, number="dd/mm/yyyy hh:mm:ss")

FIRST_SAFE_DAY = date(1900, 3, 1)
"""Spreadsheets count a day that never was, 29 February 1900, so earlier dates are written as text."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SURROGATES = re.compile("[\ud800-\udfff]")


class CellMaker:
    """Makes the cells of one write-only sheet, dressing each look once for each column.

    A row must be handed to the sheet before the next one is made, since its cells are used again.
    """

    def __init__(self, rows: Rows, *, figures_left: bool = False) -> None:
        self._sheet, self._rows = rows.sheet, rows
        self._figures_left = figures_left
        self._dressed: dict[tuple[int, Look], Any] = {}

    def cell(self, column: int, value: Value, look: Look = WORDS) -> Any:
        """Return a cell for a value, None for a blank; `look` is that of text.

        A figure or moment that a spreadsheet would not hold exactly is written as text.
        """
        if value is None or value == "":
            return None
        if isinstance(value, Pounds):
            return self._fill(column, _MONEY, Decimal(value.pence).scaleb(-2))
        if (isinstance(value, Decimal) and _is_held_exactly(value)) or isinstance(value, int):
            return self._fill(column, _FIGURE, value)
        if isinstance(value, date) and _is_plain(value):
            return self._fill(column, _MOMENT if isinstance(value, datetime) else _DAY, value)
        return self._fill(column, look, self._fitting(_as_text(value)))

    def _fill(self, column: int, look: Look, value: object) -> Any:
        cell = self._dressed.get((column, look))
        if cell is None:
            cell = self._dressed[column, look] = WriteOnlyCell(self._sheet)
            dress(cell, look)
            if self._figures_left and look.kind is not Kind.TEXT:
                cell.alignment = Alignment(horizontal="left", vertical="top")
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        return cell

    def _fitting(self, text: str) -> str:
        """Return text as a cell can hold it; the rest of a longer one is kept for the sheet Long texts."""
        if not _fits(text, LONGEST_TEXT):
            assert self._rows.continuations is not None, "a round workbook has room for what is too long"
            text, *rest = in_parts(text, lambda part: _fits(part, LONGEST_PART))
            first = len(self._rows.continuations) + 1
            at = self._sheet.title, self._rows.row + 1
            self._rows.continuations += [Continuation(*at, part) for part in rest]
            text += rest_note(first, len(self._rows.continuations))
        return _SURROGATES.sub("\ufffd", _escaped(text))


def _fits(text: str, most: int) -> bool:
    """Whether a cell holds a text whole; one that ends as if it went on elsewhere is not left so."""
    return (len(text) <= most // 7 or units(_escaped(text)) <= most) and not REST.search(text)


def _escaped(text: str) -> str:
    return _UNWRITABLE.sub(_escape, _LOOKS_ESCAPED.sub("_x005F_", text))


def _as_text(value: str | Decimal | date) -> str:
    if isinstance(value, str):
        return str(value)
    return decimal_text(value) if isinstance(value, Decimal) else value.isoformat()


def _is_plain(value: date) -> bool:
    if isinstance(value, datetime):
        is_whole = not value.microsecond and value.time() != datetime.min.time()
        return is_whole and value.date() >= FIRST_SAFE_DAY
    return value >= FIRST_SAFE_DAY


def _is_held_exactly(value: Decimal) -> bool:
    return Decimal(format(float(value), ".15g")) == value


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
