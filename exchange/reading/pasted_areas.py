"""Areas with their money as they are pasted from a spreadsheet or typed, a line each."""

import re

from scoring.refused import Refused
from scoring.round import Area
from scoring.written.amounts import read_money
from scoring.written.text import Unreadable

AMOUNTS = ("pot", "start-up money", "committed already")
HEADS = frozenset({"pot", "pots", "money", "amount", "budget"})
_TYPED = re.compile(r"(?P<name>.*?\D)[\s,:]+(?P<pot>£?\s?\d[\d,]*(?:\.\d+)?)", re.ASCII)
_TYPED_ALL = re.compile(
    r"(?P<name>[^£]*[^£\s,:])(?P<amounts>(?:[\s,:]+£\s?\d[\d,]*(?:\.\d+)?){2,})", re.ASCII
)
_AMOUNT_IN_NAME = re.compile(
    r"£|\s[-−]\s?\d|\s\d[\d,.]*\s?(?:k|m|bn|p|pounds?|gbp|thousand|million)$", re.IGNORECASE
)


def read_areas(text: str) -> tuple[Area, ...]:
    """Return the areas of a pasted table: name, pot, start-up money, committed already.

    Cells are parted by tabs or semicolons; "Coventry £48,000" and "Dudley £30,000 £10,000" will do as well.
    A first line of headings is passed over, an amount that is left out is nought. Raise `Refused` with the
    line that cannot be read: money never stays behind in a name.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    cells = [cells_of(line) for line in lines]
    if cells and len(cells[0]) > 1 and cells[0][1].casefold().split(" ")[0] in HEADS:
        cells = cells[1:]
    return tuple(_area(number, line) for number, line in enumerate(cells, 1))


def cells_of(line: str) -> list[str]:
    """Return the cells of a line as somebody typed it: "Dudley £30,000 £10,000" has three."""
    for mark in ("\t", ";"):
        if mark in line:
            return [cell.strip() for cell in line.split(mark)]
    several = _TYPED_ALL.fullmatch(line.strip())
    if several:
        return [several["name"], *(f"£{amount.strip(' ,:')}" for amount in several["amounts"].split("£")[1:])]
    typed = _TYPED.fullmatch(line.strip())
    return [typed["name"].strip(" ,:"), typed["pot"]] if typed else [line.strip()]


def has_amount(name: str) -> bool:
    """Whether money stands in the name of an area."""
    return _AMOUNT_IN_NAME.search(name) is not None


def _area(number: int, cells: list[str]) -> Area:
    name, amounts, beyond = cells[0], cells[1:4], cells[4:]
    if not name:
        raise Refused(f"Line {number} has no name of an area before its amount.")
    if has_amount(name):
        raise Refused(
            f"Line {number}: “{name}” has an amount in the area's name. Put a tab or semicolon between them."
        )
    if any(beyond):
        raise Refused(f"Line {number} has more than a name and three amounts: {', '.join(AMOUNTS)}.")
    found = [_pence(number, what, cell) for what, cell in zip(AMOUNTS, amounts, strict=False)]
    pot, start_up, committed = (*found, 0, 0, 0)[: len(AMOUNTS)]
    return Area(name, pot, start_up, committed)


def _pence(number: int, what: str, cell: str) -> int:
    try:
        return read_money(cell) or 0
    except Unreadable as error:
        raise Refused(f"Line {number}, {what}: {error}") from error
