"""What the cells of a round workbook may hold, read strictly: no guesses, exact figures.

Each reader takes a cell that is not blank and gives its value, or raises `Unreadable`.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from exchange.cells.cell_dates import local_moment
from exchange.cells.values import read_plain_money
from exchange.reading.sheets import Cell, CellError
from scoring.written.amounts import not_exact, not_money, read_figure
from scoring.written.text import Unreadable

Word = TypeVar("Word", bound=StrEnum)

LONGEST_SHOWN = 60
LONGEST_NUMBER = 24
MOST_WHOLE = 10**9
PLACES_OF_WEIGHT = 4

_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[-+][0-9]{2}:?[0-9]{2})?)?"
)
_YEAR = re.compile(r"(20[0-9]{2})/([0-9]{2})")


def is_blank(cell: Cell) -> bool:
    """Whether a cell is empty or holds nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text(cell: Cell) -> str:
    """Return a cell as trimmed text; a whole number has no ".0", a date is in ISO form."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number_text(_exact(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds" if cell.second else "minutes")
    if isinstance(cell, CellError):
        return cell.text
    return "" if cell is None else str(cell)


def shown(cell: Cell) -> str:
    """Return a cell as a fault quotes it: one line, shortened, text within quotation marks."""
    words = " ".join(text(cell).split())
    if len(words) > LONGEST_SHOWN:
        words = words[: LONGEST_SHOWN - 1] + "…"
    return f'"{words}"' if isinstance(cell, str) else words


def number(cell: Cell) -> Decimal:
    """Return an exact number; a spreadsheet's own is taken at 15 significant digits."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _exact(cell)
    if isinstance(cell, str) and len(cell.strip()) <= LONGEST_NUMBER and _NUMBER.fullmatch(cell.strip()):
        return Decimal(cell.strip().replace(",", ""))
    raise Unreadable(f"{shown(cell)} is not a number.")


def number_within(low: int, high: int | None = None) -> Callable[[Cell], Decimal]:
    """Return a reader of numbers from `low` up to `high`, both included."""

    def read(cell: Cell) -> Decimal:
        value = number(cell)
        if value < low or (high is not None and value > high):
            raise Unreadable(f"{shown(cell)} is not a number {_span(low, high)}.")
        return value

    return read


def whole_within(low: int, high: int | None = None) -> Callable[[Cell], int]:
    """Return a reader of whole numbers from `low` up to `high`, both included; "4" and 4.0 are whole."""
    top = MOST_WHOLE if high is None else high

    def read(cell: Cell) -> int:
        try:
            value = number(cell)
        except Unreadable:
            value = None
        if value is None or value != int(value) or not low <= value <= top:
            raise Unreadable(f"{shown(cell)} is not a whole number {_span(low, high)}.")
        return int(value)

    return read


def weight(cell: Cell) -> int:
    """Return a weight above 0 in ten-thousandths; more than four decimal places are refused."""
    value = number(cell)
    if value <= 0:
        raise Unreadable(f"{shown(cell)} is not above 0; a weight is a share of 100.")
    scaled = value.scaleb(PLACES_OF_WEIGHT)
    if scaled != int(scaled):
        raise Unreadable(f"{shown(cell)} has more than four decimal places.")
    return int(scaled)


def figure(cell: Cell) -> Decimal:
    """Return a bound of a criterion, £0 or more: a number, or text like "£4,500.00"."""
    value = read_figure(cell) if isinstance(cell, str) else number(cell)
    if value < 0:
        raise not_money(text(cell))
    return value


def money_from_nought(cell: Cell) -> int:
    """Return an amount of £0.00 or more, in pence."""
    pence = read_plain_money(cell)
    if pence is None:
        raise not_exact(text(cell))
    return pence


def money_above_nought(cell: Cell) -> int:
    """Return an amount above £0, in pence."""
    pence = money_from_nought(cell)
    if not pence:
        raise Unreadable(f"{shown(cell)} is not above £0.")
    return pence


def moment(cell: Cell) -> tuple[datetime, bool]:
    """Return when something came in, and whether a time was given; one of another zone in local time."""
    if isinstance(cell, datetime):
        when = _whole_second(cell)
        return when, when.time() != datetime.min.time()
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day), False
    match = _ISO.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if isinstance(cell, str) and match is not None:
        with suppress(ValueError):
            return local_moment(datetime.fromisoformat(cell.strip())), match["time"] is not None
    raise Unreadable(f"{shown(cell)} is not a date; use an Excel date or the form 2026-11-20.")


def day(cell: Cell) -> date:
    """Return a date; a time beside it is left off."""
    return moment(cell)[0].date()


def yes_no(cell: Cell) -> bool:
    """Return a yes or no, in any case, or the spreadsheet's own TRUE or FALSE."""
    if isinstance(cell, bool):
        return cell
    word = cell.strip().casefold() if isinstance(cell, str) else ""
    if word not in ("yes", "no", "true", "false"):
        raise Unreadable(f"{shown(cell)} is not yes or no.")
    return word in ("yes", "true")


def one_of(words: type[Word]) -> Callable[[Cell], Word]:
    """Return a reader of one of the words of a list, spelt exactly."""

    def read(cell: Cell) -> Word:
        try:
            return words(text(cell))
        except ValueError:
            raise Unreadable(f"{shown(cell)} is not one of {', '.join(words)}.") from None

    return read


def financial_year(cell: Cell) -> str:
    """Return a financial year as "2026/27", the second year following the first."""
    match = _YEAR.fullmatch(text(cell))
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise Unreadable(f"{shown(cell)} is not a financial year like 2026/27.")
    return match[0]


def _exact(value: float) -> Decimal:
    return Decimal(format(value, ".15g"))


def _number_text(value: Decimal) -> str:
    return format(value.normalize(), "f") if value != int(value) else str(int(value))


def _whole_second(when: datetime) -> datetime:
    if when.microsecond == 0:
        return when
    return (when + timedelta(microseconds=500_000)).replace(microsecond=0)


def _span(low: int, high: int | None) -> str:
    return f"from {low} to {high}" if high is not None else f"from {low}"
