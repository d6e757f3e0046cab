"""Read a cell as text, and tell text that says nothing."""

import re
from datetime import date
from decimal import Decimal

from exchange.reading.sheets import Cell, CellError, NoSavedValue

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_NOTHING = re.compile(
    r"n\.?/?\\?a\.?|none|nil|null|not applicable|[-–—―‐‑._/~]+",
    re.IGNORECASE,
)
_MOST_SHOWN = 40


class Unreadable(ValueError):
    """A cell that is not what it should be; `str()` is a sentence that names the value and the remedy.

    `kept` is the text to keep all the same ("" when nothing is): a bad postcode or number in capitals.
    """

    def __init__(self, message: str, kept: str = "") -> None:
        super().__init__(message)
        self.kept = kept


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


def tidied(text: str) -> str:
    """Make line ends alike, drop control characters, and take spaces and invisible marks off both ends."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    before = None
    while text != before:
        before, text = text, text.strip().strip(_INVISIBLE)
    return text


def one_line(text: str) -> str:
    """Put a heading or a name on one line, with single spaces."""
    return " ".join(tidied(text).split())


def is_nothing(text: str) -> bool:
    """Say whether a text stands for an empty cell: "", "N/A", "none", "-" and the like."""
    text = one_line(text)
    return not text or bool(_NOTHING.fullmatch(text))


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
    text = one_line(cell_text(cell))
    return f"“{text}”" if len(text) <= _MOST_SHOWN else f"“{text[: _MOST_SHOWN - 1]}…”"
