"""Names with their money, such as areas, as they are pasted from a spreadsheet or typed, a line each."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from scoring.budget.spending_plan import PlanLine
from scoring.refused import Refused
from scoring.round import Area
from scoring.written.amounts import read_money, unit_in
from scoring.written.text import Unreadable, cardinal

AMOUNTS = ("pot", "start-up money", "committed already")
OF_PLAN = ("planned", "awarded", "spent")
HEADS = frozenset({"planned", "pot", "pots", "money", "amount", "budget"})
_REFERENCE = re.compile(r"[A-Za-z][\w-]*-\d[\w-]*", re.ASCII)
"""An award or application: "A-030-01", "CSF-D26-001"."""
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
    return tuple(
        Area(name, pot, start_up, committed)
        for name, (pot, start_up, committed) in read_amounts(text, "an area", AMOUNTS)
    )


def read_amounts(text: str, what: str, amounts: tuple[str, ...]) -> Iterator[tuple[str, list[int]]]:
    """Yield each name of a pasted table with its amounts in pence, of which the last may be left out.

    `what` is what has the name ("an area"), `amounts` what the columns of amounts are.
    """
    cells = [cells_of(line) for line in text.splitlines() if line.strip()]
    if cells and len(cells[0]) > 1 and cells[0][1].casefold().split(" ")[0] in HEADS:
        unit = next(filter(None, map(unit_in, cells[0][1:])), None)
        if unit is not None:
            raise Refused(f"Line 1 says that amounts are {unit.words}. Paste whole amounts in pounds.")
        cells = cells[1:]
    for number, line in enumerate(cells, 1):
        yield _named(number, line, what, amounts)


def read_plan(text: str) -> tuple[PlanLine, ...]:
    """Return the lines of a pasted spending plan: purpose, planned, awarded, spent.

    After what is planned an award of the record may be named instead: "Wardens; 120,000; A-030-01".
    """
    lines = [line for line in text.splitlines() if line.strip()]
    named = {at: cells[2] for at, cells in enumerate(map(cells_of, lines)) if _is_of_award(cells)}
    plain = (
        line.rpartition(named[at])[0].rstrip(";\t ") if at in named else line for at, line in enumerate(lines)
    )
    table = read_amounts("\n".join(plain), "a purpose", OF_PLAN)
    read = [PlanLine(name, planned, awarded, spent) for name, (planned, awarded, spent) in table]
    heads = len(lines) - len(read)  # a line of headings is passed over
    return tuple(replace(line, award=named.get(at, "")) for at, line in enumerate(read, heads))


def _is_of_award(cells: Sequence[str]) -> bool:
    return len(cells) == len(OF_PLAN) and _REFERENCE.fullmatch(cells[2]) is not None


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


def _named(number: int, cells: list[str], what: str, amounts: tuple[str, ...]) -> tuple[str, list[int]]:
    name, typed, beyond = cells[0], cells[1 : len(amounts) + 1], cells[len(amounts) + 1 :]
    if not name:
        raise Refused(f"Line {number} has no name of {what} before its amount.")
    if has_amount(name):
        of = what.split(" ", 1)[1]
        raise Refused(
            f"Line {number}: “{name}” has an amount in the {of}'s name. Put a tab or semicolon between them."
        )
    if any(beyond):
        count = cardinal(len(amounts))
        raise Refused(f"Line {number} has more than a name and {count} amounts: {', '.join(amounts)}.")
    found = [_pence(number, one, cell) for one, cell in zip(amounts, typed, strict=False)]
    return name, [*found, *[0] * (len(amounts) - len(found))]


def _pence(number: int, what: str, cell: str) -> int:
    try:
        return read_money(cell) or 0
    except Unreadable as error:
        raise Refused(f"Line {number}, {what}: {error}") from error
