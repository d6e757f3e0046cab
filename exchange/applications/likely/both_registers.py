"""One column of charity and company numbers, told apart row by row."""

import re

from exchange.applications.fields import Reader
from exchange.applications.wording import words_of
from exchange.cells.cell_text import cell_text
from exchange.cells.register_numbers import read_charity, read_company, whole_number
from exchange.reading.sheets import Cell

_OF_A_CHARITY = re.compile(r"(?:SC0|NIC)", re.IGNORECASE)
_OF_A_COMPANY = re.compile(r"[A-Z]{1,2}\s?[0-9]{5,6}|[0-9]{8}|[2-9][0-9]{6}", re.IGNORECASE)
"""Letters and digits, eight digits, or the last seven of them where no charity's number has come so far."""


def asks_both_registers(heading: str) -> bool:
    """Whether a heading asks for a charity's or a company's number, whichever there is."""
    words = words_of(heading)
    return {"charity", "company", "number"} <= frozenset(words)


def charity_of_both(cell: Cell) -> str | None:
    """Read the number of a charity, None where it is a company's."""
    return None if _is_a_companys(cell) else read_charity(cell)


def company_of_both(cell: Cell) -> str | None:
    """Read the number of a company, None where it is a charity's."""
    return read_company(cell) if _is_a_companys(cell) else None


BOTH_REGISTERS: tuple[tuple[str, Reader], ...] = (
    ("charity_number", charity_of_both),
    ("company_number", company_of_both),
)
"""The fields of such a column, with how each reads it."""


def _is_a_companys(cell: Cell) -> bool:
    text = cell_text(cell).strip()
    number = re.search(r"[A-Za-z]{0,3}\s?[0-9][0-9 .-]*$", text)
    bare = re.sub(r"[ -]", "", whole_number(number.group())) if number else text
    return not _OF_A_CHARITY.match(bare) and bool(_OF_A_COMPANY.fullmatch(bare))
