"""Read one cell as what it should be: money, a number, yes or no; with dates and register numbers.

Every reader gives `None` for an empty cell alone and raises `Unreadable` for what it cannot read; whether
"N/A" counts as empty is for the caller to ask, with `is_nothing(cell_text(cell))`.

    read_money("4.5k")        # 450000
    read_money("about 5000")  # Unreadable: “about 5000” is not an exact amount; write it like …
"""

import re
from decimal import Decimal

from msgspec import Struct

from exchange.cells.cell_dates import read_date, read_moment
from exchange.cells.cell_names import cell_name, column_name, column_number
from exchange.cells.cell_text import cell_text, exact, is_nothing, quoted, refuse_error
from exchange.cells.register_numbers import read_charity, read_company, read_postcode
from exchange.reading.sheets import Cell
from scoring.written import amounts
from scoring.written.amounts import Unit, says_pounds
from scoring.written.text import Unreadable, figures_line

__all__ = [
    "cell_name",
    "cell_text",
    "column_name",
    "column_number",
    "is_nothing",
    "is_plain_yes",
    "read_charity",
    "read_company",
    "read_date",
    "read_decimal",
    "read_moment",
    "read_money",
    "read_plain_money",
    "read_postcode",
    "read_whole",
    "read_yes_no",
]

_FLAGS = re.IGNORECASE | re.ASCII
_WHOLE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.0+)?", _FLAGS)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})?(?:\.\d{1,15})?", _FLAGS)
_BEGINS = re.compile(r"(yes|no|oes|do)(?:[,;:]\s|\s[-–—]\s|\s?\()(.+)", re.DOTALL)
_TURNS = re.compile(
    r"\b(?:yes|no|not|but|pending|unless|except|until|expired|applied|will|in progress|sort of)\b|n.t\b"
)
"""What makes an answer after a yes or no another, or none: an officer reads it."""
_SAYS_YES = frozenset(
    [
        "yes",
        "y",
        "oes",
        "ydy",
        "ydym",
        "ydw",
        "do",
        "ie",
        "true",
        "1",
        "ticked",
        "checked",
        "✓",
        "✔",
        "☑",
        "✅",
    ]
)
_SAYS_NO = frozenset(
    [
        "no",
        "n",
        "nac oes",
        "nac ydy",
        "nac ydym",
        "nac ydw",
        "nage",
        "naddo",
        "false",
        "0",
        "unticked",
        "not ticked",
        "unchecked",
        "✗",
        "✘",
        "☐",
        "❌",
    ]
)
_MOST_WHOLE = 10**15


def read_money(cell: Cell) -> int | None:
    """Read an amount as people write it, in pence, as `amounts.read_money` does."""
    return _money(cell, is_plain=False)


def read_plain_money(cell: Cell) -> int | None:
    """Read an amount in pence from a number or from text like "£4,500.00", as a round workbook has them."""
    return _money(cell, is_plain=True)


def read_whole(cell: Cell) -> int | None:
    """Read a whole number: 4, 4.0, "4", "1,200". It may be below nought."""
    number = _number(cell, "a whole number; write it in figures, like 12")
    if number is None:
        return None
    written = _WHOLE.fullmatch(_stripped(cell)) if isinstance(cell, str) else True
    if not written or number != int(number) or abs(number) > _MOST_WHOLE:
        raise Unreadable(f"{quoted(cell)} is not a whole number; write it in figures, like 12.")
    return int(number)


def read_decimal(cell: Cell, places: int, *, percent: bool = False) -> Decimal | None:
    """Read a number of at most `places` decimals; with `percent` the text "25%" is 25."""
    text = _stripped(cell)
    if percent and isinstance(cell, str) and text.endswith("%"):
        cell = text.removesuffix("%").rstrip()
    number = _number(cell, "a number; write it in figures, like 12.5")
    if number is not None and number != round(number, places):
        raise Unreadable(f"{quoted(cell)} has more than {_decimals(places)}; round it.")
    return number


def read_yes_no(cell: Cell) -> bool | None:
    """Read yes or no in the spellings of forms: yes, Y, TRUE, 1, ✓; no, N, FALSE, 0; "Yes, in 2024" is yes.

    What follows must not turn the answer round: "No, but we are writing one" is neither.
    """
    refuse_error(cell)
    text = _answer(cell)
    if not text:
        return None
    said = _said(text)
    if not said and (begins := _BEGINS.fullmatch(text)) and not _TURNS.search(begins[2]):
        said = {_says(begins[1])} - {None}
    if len(said) == 1:
        return said.pop()
    raise Unreadable(f"{quoted(cell)} is neither yes nor no; write yes or no.")


def is_plain_yes(text: str) -> bool:
    """Whether a text is yes in one of these spellings and nothing else: "Yes, in draft" is not."""
    return _said(_answer(text)) == {True}


def _answer(cell: Cell) -> str:
    return figures_line(cell_text(cell)).rstrip(".!").casefold()


def _said(text: str) -> set[bool | None]:
    """Return what a text says as a whole, in one language or in each of two."""
    languages = [part.strip() for part in text.split("/") if len(part.strip()) > 1] or [text]
    return {_says(part) for part in (text, *languages)} - {None}


def _says(text: str) -> bool | None:
    """Return yes or no of one spelling, None of any other; "Oes / Yes" has one in each language.

    A letter is none of a language: "N/A" says neither.
    """
    return True if text in _SAYS_YES else False if text in _SAYS_NO else None


def _money(cell: Cell, *, is_plain: bool) -> int | None:
    refuse_error(cell)
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return amounts.read_money(exact(cell))
    if not isinstance(cell, str):
        raise amounts.not_exact(cell_text(cell))
    return amounts.read_money(cell, is_plain=is_plain)


def _number(cell: Cell, wanted: str) -> Decimal | None:
    refuse_error(cell)
    if cell is None or (isinstance(cell, str) and not _stripped(cell)):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return exact(cell)
    text = _stripped(cell)
    if isinstance(cell, str) and _DECIMAL.fullmatch(text) and text.strip("+-."):
        return Decimal(text.replace(",", ""))
    raise Unreadable(f"{quoted(cell)} is not {wanted}.")


def _stripped(cell: Cell) -> str:
    return figures_line(cell) if isinstance(cell, str) else ""


def _decimals(places: int) -> str:
    words = {0: "no decimals", 1: "one decimal", 2: "two decimals", 3: "three decimals", 4: "four decimals"}
    return words.get(places, f"{places} decimals")


class MoneyColumn(Struct, frozen=True):
    """A column of amounts and the unit that it gives them, None for pounds."""

    unit: Unit | None = None

    def read(self, cell: Cell, currency: Unit | None = None) -> int | None:
        """Read an amount in pence; `currency` is what a column of currencies says of its row.

        Thousands and pence are turned into pounds; any other unit is raised as `Unreadable`, but where the
        cell itself names pounds under a heading, and "£4,500 in all" is that whatever stands about it.
        """
        unit = currency or self.unit
        if unit is None or isinstance(cell, bool) or not isinstance(cell, str | int | float):
            return read_money(cell)
        text = figures_line(cell).casefold() if isinstance(cell, str) else ""
        if text.endswith(amounts.IN_ALL):
            return read_money(cell)
        if unit.times is None and (currency is not None or not (unit.is_foreign and says_pounds(text))):
            raise Unreadable(
                f"{quoted(cell)} is {unit.words}, as is said beside it; "
                "write the whole amount in pounds, like £4,500 in all."
            )
        if unit.times is None:
            return read_money(cell)
        written = cell if isinstance(cell, str) else exact(cell)
        return amounts.read_money(written, times=unit.times)
