"""Read postcodes, charity numbers and company numbers, and put them in their usual form."""

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from exchange.cells.cell_text import cell_text, quoted, refuse_error
from exchange.reading.sheets import Cell
from scoring.written.days import MONTH_NAMES, full_day
from scoring.written.text import Unreadable, figures_line

_POSTCODE = re.compile(
    r"GIR 0AA|(?:[A-PR-UWYZ][0-9][0-9]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9]?|[A-PR-UWYZ][0-9][A-HJKPSTUW]|"
    r"[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2}"
)
_CHARITY = re.compile(r"[1-9][0-9]{5,6}(?:-[0-9]{1,2})?|SC0[0-9]{5}|(?:NIC)?1[0-9]{5}")
_COMPANY = re.compile(
    r"(?:AC|CE|CS|FC|FE|GE|GS|IC|LP|NC|NF|NI|NL|NO|NP|OC|OE|PC|R0|RC|SA|SC|SE|SF|SG|SI|SL|SO|SR|SZ|ZC|[0-9]{2})"
    r"[0-9]{6}|(?:IP|SP|RS)[A-Z0-9]{6}|SL[0-9]{5}[0-9A]"
)
_LABEL = re.compile(
    r"(?:(?:UK )?REG(?:ISTERED|ISTRATION|D)?\.? )?(?:CHARITY |COMPANY |CO\.? |CIO |CIC )?"
    r"(?:REG(?:ISTRATION|D)?\.? )?(?:(?:NUMBER|NUM|NO|NR)[.:]? ?|# ?|: ?)?(?=[A-Z]{0,3} ?[0-9])"
)
_POINT_NOUGHT, _POINT = re.compile(r"(?<=[0-9])\.0*$"), re.compile(r"[0-9]\.[0-9]")
_UNREGISTERED = frozenset({"NO", "NOT REGISTERED", "UNREGISTERED", "NOT A CHARITY", "NOT A COMPANY"})
"""What those write who have no number."""


def read_postcode(cell: Cell) -> str | None:
    """Read a postcode: capitals with one space. A bad one is raised as `Unreadable`, kept in capitals."""
    text = _capitals(cell)
    letters = re.sub(r"[^A-Z0-9]", "", text)
    if not text:
        return None
    postcode = f"{letters[:-3]} {letters[-3:]}"
    if _POSTCODE.fullmatch(postcode) and not re.search(r"[^A-Z0-9 .-]", text):
        return postcode
    raise Unreadable(
        f"{quoted(cell)} is not a United Kingdom postcode; check it with the applicant.", kept=text
    )


def read_charity(cell: Cell) -> str | None:
    """Read a charity number of England and Wales, Scotland or Northern Ireland, leading noughts kept."""
    return _registered(cell, _CHARITY, "a charity number")


def read_company(cell: Cell) -> str | None:
    """Read a company number: eight characters; bare digits are filled up with leading zeros."""
    return _registered(cell, _COMPANY, "a company number", width=8)


def whole_number(text: str) -> str:
    """Return a number without spaces and without the ".0" that a program wrote behind it.

    Any other point between figures stays, so that 223344.5 and 1.18E+11 become no other number.
    """
    text = _POINT_NOUGHT.sub("", text.replace(" ", ""))
    return text if _POINT.search(text) else text.replace(".", "")


def _registered(cell: Cell, pattern: re.Pattern[str], name: str, *, width: int = 0) -> str | None:
    text = _capitals(cell)
    if not text or text.rstrip(".") in _UNREGISTERED:
        return None
    number = whole_number(_LABEL.sub("", text, count=1))
    number = number.zfill(width) if number.isdecimal() else number
    if pattern.fullmatch(number) and number.strip("0"):
        return number
    kept = number if number.isdecimal() else text
    raise Unreadable(f"{quoted(cell)} is not {name}; check it with the applicant.", kept=kept)


def _capitals(cell: Cell) -> str:
    refuse_error(cell)
    return figures_line(cell_text(cell)).upper()


_MONTH = f"(?:{'|'.join(name[:3] for name in MONTH_NAMES)})"
_DATE = re.compile(
    rf"\d{{1,2}}[-/ ]{_MONTH}(?:[-/ ]\d{{2,4}})?|{_MONTH}[-/ ]\d{{2,4}}"
    r"|(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
"""A date as programs write it: "01-Mar", "Mar-26", "01/03/2026", "2026-03-01 00:00:00"."""
_WHOLE, _BROKEN = re.compile(r"(\d+)\.0+"), re.compile(r"\d+\.\d*[1-9]\d*")
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_WITHOUT_NOUGHT = re.compile(r"1\d{8,9}|[2378]\d{9}")
"""A telephone number of this country without the 0 in front."""


class ReferenceColumn(Struct, frozen=True):
    """How references are read: where some have figures behind a point, "1.0" is one of them."""

    has_points: bool = False

    def read(self, cell: Cell) -> str:
        """Read a reference as it was written before a spreadsheet took it for a number."""
        text = _unbent(cell, "reference")
        found = None if self.has_points else _WHOLE.fullmatch(text)
        return found[1] if found else text


def reference_column(cells: Iterable[Cell]) -> ReferenceColumn:
    """Return how the references of a column are read."""
    return ReferenceColumn(any(isinstance(cell, str) and _BROKEN.fullmatch(cell.strip()) for cell in cells))


def read_phone(cell: Cell) -> str:
    """Read a telephone number; the 0 that a spreadsheet took off its front is put back."""
    text = _unbent(cell, "telephone number")
    found = _WHOLE.fullmatch(text)
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
