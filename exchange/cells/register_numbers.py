"""Read postcodes, charity numbers and company numbers, and put them in their usual form."""

import re

from exchange.cells.cell_text import cell_text, quoted, refuse_error
from exchange.reading.sheets import Cell
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
