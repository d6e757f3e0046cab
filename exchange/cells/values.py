"""Read one cell as what it should be: money, a number, yes or no; with dates and register numbers.

Every reader gives `None` for an empty cell alone and raises `Unreadable` for what it cannot read; whether
"N/A" counts as empty is for the caller to ask, with `is_nothing(cell_text(cell))`.

    read_money("4.5k")        # 450000
    read_money("about 5000")  # Unreadable: “about 5000” is not an exact amount; write it like …
"""

import re
from decimal import Decimal

from exchange.cells.cell_dates import Moment, read_date, read_moment, read_typed_day
from exchange.cells.cell_names import cell_name, column_name, column_number
from exchange.cells.cell_text import (
    Unreadable,
    cell_text,
    exact,
    is_nothing,
    one_line,
    quoted,
    refuse_error,
    tidied,
)
from exchange.cells.register_numbers import read_charity, read_company, read_postcode
from exchange.reading.sheets import Cell

__all__ = [
    "Moment",
    "Unreadable",
    "cell_name",
    "cell_text",
    "column_name",
    "column_number",
    "is_nothing",
    "one_line",
    "read_charity",
    "read_company",
    "read_date",
    "read_decimal",
    "read_moment",
    "read_money",
    "read_plain_money",
    "read_postcode",
    "read_typed_day",
    "read_whole",
    "read_yes_no",
    "tidied",
]

_FLAGS = re.IGNORECASE | re.ASCII
MOST_PENCE = 10**14
"""Sums from a million million pounds up are taken for mistakes."""

_FIGURES = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+"
_POUNDS = r"(?:pounds? sterling|pounds?|sterling|gbp|quid|£)"
_WRITTEN = re.compile(
    rf"['+]?(?:£|gbp|uk£)? ?(?P<figures>{_FIGURES})?(?P<part>\.\d+)?(?:[./][-–—]|\.)? ?"
    rf"(?P<scale>k|thousand|m|mn|million)? ?{_POUNDS}?(?: only)?",
    _FLAGS,
)
_PLAIN = re.compile(r"(?:£ ?)?(?P<figures>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?P<scale>)", _FLAGS)
_SCALES = {"": 1, "k": 1000, "thousand": 1000, "m": 10**6, "mn": 10**6, "million": 10**6}
_MINUS = re.compile(r"(?:[-−–] ?(?:£|gbp)? ?|(?:£|gbp) ?[-−–] ?)[\d.]|\( ?£?[\d., ]+\)", _FLAGS)
_FOREIGN = re.compile(r"[$€¥]|\b(?:usd|eur|euros?|dollars?)\b", _FLAGS)
_PERIOD = re.compile(
    r"\b(?:per|p/?[wma]|pcm|each|(?:a|every) (?:week|month|year)|weekly|monthly|yearly|annually)\b"
    r"|\d ?/ ?[a-z]",
    _FLAGS,
)
_RANGE = re.compile(r"\d[\d,.k]* ?(?:-|–|—|to|or|and) ?£? ?\d", _FLAGS)
_WHOLE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.0+)?", _FLAGS)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})?(?:\.\d{1,15})?", _FLAGS)
_SAYS_YES = frozenset(["yes", "y", "true", "1", "ticked", "checked", "✓", "✔", "☑", "✅"])
_SAYS_NO = frozenset(["no", "n", "false", "0", "unticked", "not ticked", "unchecked", "✗", "✘", "☐", "❌"])
_MOST_WHOLE = 10**15
_LOOKED_AT = 200
"""Characters of a text that is no amount in which is looked for why; all of one could take minutes."""


def read_money(cell: Cell) -> int | None:
    """Read an amount as people write it, in pence: 4500, "£4,500", "4.5k", "4,500 pounds", "GBP 4,500".

    Raises `Unreadable` for anything less than exact, ranges, other currencies, amounts a month, below £0.
    """
    return _money(cell, _WRITTEN)


def read_plain_money(cell: Cell) -> int | None:
    """Read an amount in pence from a number or from text like "£4,500.00", as a round workbook has them."""
    return _money(cell, _PLAIN)


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
    """Read yes or no in the spellings of forms: yes, Y, TRUE, 1, ✓; no, N, FALSE, 0."""
    refuse_error(cell)
    text = one_line(cell_text(cell)).rstrip(".!").casefold()
    if not text:
        return None
    if text in _SAYS_YES:
        return True
    if text in _SAYS_NO:
        return False
    raise Unreadable(f"{quoted(cell)} is neither yes nor no; write yes or no.")


def _money(cell: Cell, grammar: re.Pattern[str]) -> int | None:
    refuse_error(cell)
    if cell is None or cell == "":
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        pounds = exact(cell)
    elif isinstance(cell, str) and not (text := one_line(cell)):
        return None
    elif isinstance(cell, str):
        pounds = _written_pounds(text, grammar)
    else:
        raise _not_money(cell)
    return _pence(pounds, cell)


def _written_pounds(text: str, grammar: re.Pattern[str]) -> Decimal:
    """Read an amount written as text; more than two decimals of a pound are left for the check of pence."""
    found = grammar.fullmatch(text)
    if not found or not (found["figures"] or found["part"]):
        raise _not_money(text)
    scale = (found["scale"] or "").casefold()
    if not scale and len(found["part"] or "") > 3:
        raise _too_fine(text)
    figures = re.sub(r"[, ]", "", found["figures"] or "0")
    return Decimal(figures + (found["part"] or "")) * _SCALES[scale]


def _pence(pounds: Decimal, cell: Cell) -> int:
    pence = pounds * 100
    if pounds < 0:
        raise _not_money(cell)
    if pence >= MOST_PENCE:
        raise Unreadable(f"{quoted(cell)} is more than any fund holds; check the amount.")
    if pence != int(pence):
        raise _too_fine(cell)
    return int(pence)


def _too_fine(cell: Cell) -> Unreadable:
    return Unreadable(f"{quoted(cell)} has more than two decimals of a pound; round it to the penny.")


def _not_money(cell: Cell) -> Unreadable:
    """Say in what way a cell is no exact amount."""
    text = one_line(cell_text(cell))[:_LOOKED_AT]
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if number or _MINUS.match(text):
        return Unreadable(f"{quoted(cell)} is below £0; write an amount of £0 or more.")
    if isinstance(cell, str) and _FOREIGN.search(text):
        return Unreadable(f"{quoted(cell)} is not in pounds; write the amount in pounds.")
    if isinstance(cell, str) and _RANGE.search(text):
        return Unreadable(
            f"{quoted(cell)} is not one amount; write the exact amount, like 4500 or £4,500.00."
        )
    if isinstance(cell, str) and _PERIOD.search(text):
        return Unreadable(f"{quoted(cell)} is an amount for each of something; write the whole amount.")
    return Unreadable(f"{quoted(cell)} is not an exact amount; write it like 4500 or £4,500.00.")


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
    return one_line(cell) if isinstance(cell, str) else ""


def _decimals(places: int) -> str:
    words = {0: "no decimals", 1: "one decimal", 2: "two decimals", 3: "three decimals", 4: "four decimals"}
    return words.get(places, f"{places} decimals")
