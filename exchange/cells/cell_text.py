"""Read a cell as text, and tell text that says nothing."""

import re
from datetime import date
from decimal import Decimal

from exchange.reading.sheets import Cell, CellError, NoSavedValue
from scoring.written import text
from scoring.written.text import Unreadable, figures_line, tidied

_NOTHING = re.compile(
    r"n\.?/?\\?a\.?|none|nil|null|not applicable|[-–—―‐‑._/~]+",
    re.IGNORECASE,
)


def cell_text(cell: Cell) -> str:
    """Give a cell's text as submitted, without spaces around it.

    Line breaks and characters are kept, line ends made alike, control characters dropped. A whole number has
    no ".0", dates are ISO, booleans TRUE and FALSE, an error is its own text, an unsaved formula "".
    """
    if isinstance(cell, str):
        return tidied(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return f"{exact(cell):f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.text if isinstance(cell, CellError) else ""


def is_nothing(words: str) -> bool:
    """Say whether a text stands for an empty cell: "", "N/A", "none", "-" and the like."""
    line = figures_line(words)
    return not line or bool(_NOTHING.fullmatch(line))


def exact(number: int | float) -> Decimal:
    """Give the number a spreadsheet means: its first fifteen significant digits, without trailing noughts."""
    value = Decimal(format(number, ".15g")) if isinstance(number, float) else Decimal(number)
    return value.to_integral_value() if value == value.to_integral_value() else value


def refuse_error(cell: Cell) -> None:
    """Raise `Unreadable` for a cell in error and for a formula that was never calculated."""
    if isinstance(cell, CellError):
        raise Unreadable(f"The cell holds the error {cell.text}; correct its formula or type the value.")
    if isinstance(cell, NoSavedValue):
        raise Unreadable(
            "The cell holds a formula without a saved value; "
            "open the workbook in Excel, save it and try again."
        )


def quoted(cell: Cell) -> str:
    """Show a cell's value within a sentence, shortened when long."""
    return text.quoted(cell_text(cell))
