"""Read references and telephone numbers, which a spreadsheet may have taken for numbers or dates.

None becomes another one: what cannot be put back for certain is reported.
"""

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from exchange.cells.cell_text import cell_text, quoted, refuse_error
from exchange.reading.sheets import Cell
from scoring.written.days import MONTH_NAMES, full_day
from scoring.written.text import Unreadable, figures_line

_MONTH = f"(?:{'|'.join(name[:3] for name in MONTH_NAMES)})"
_DATE = re.compile(
    rf"\d{{1,2}}[-/ ]{_MONTH}(?:[-/ ]\d{{2,4}})?|{_MONTH}[-/ ]\d{{2,4}}"
    r"|(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
"""A date as programs write it: "01-Mar", "Mar-26", "01/03/2026", "2026-03-01 00:00:00"."""
_POINT_NOUGHT, _POINT = re.compile(r"(\d+)\.0+"), re.compile(r"\d+\.\d*[1-9]\d*")
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_WITHOUT_NOUGHT = re.compile(r"1\d{8,9}|[2378]\d{9}")
"""A telephone number of this country without the 0 in front."""


class ReferenceColumn(Struct, frozen=True):
    """How references are read: where some have figures behind a point, "1.0" is one of them."""

    has_points: bool = False

    def read(self, cell: Cell) -> str:
        """Read a reference as it was written before a spreadsheet took it for a number."""
        text = _unbent(cell, "reference")
        found = None if self.has_points else _POINT_NOUGHT.fullmatch(text)
        return found[1] if found else text


def reference_column(cells: Iterable[Cell]) -> ReferenceColumn:
    """Return how the references of a column are read."""
    return ReferenceColumn(any(isinstance(cell, str) and _POINT.fullmatch(cell.strip()) for cell in cells))


def read_phone(cell: Cell) -> str:
    """Read a telephone number; the 0 that a spreadsheet took off its front is put back."""
    text = _unbent(cell, "telephone number")
    found = _POINT_NOUGHT.fullmatch(text)
    text = found[1] if found else text
    return f"0{text}" if _WITHOUT_NOUGHT.fullmatch(text) else text


def _unbent(cell: Cell, what: str) -> str:
    refuse_error(cell)
    text = figures_line(cell_text(cell))
    if isinstance(cell, date) or _DATE.fullmatch(text):
        day = full_day(cell) if isinstance(cell, date) else quoted(text)
        raise Unreadable(
            f"A spreadsheet made the date {day} of this {what}; type it as it was first written."
        )
    if _SHORTENED.fullmatch(text):
        raise Unreadable(f"A spreadsheet shortened this {what} to {quoted(text)}; type all of its figures.")
    return text
