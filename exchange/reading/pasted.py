"""A block of cells pasted from a spreadsheet, with the areas that its markup merges."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from scoring.budget.limits import PlanLine
from scoring.money import short_pounds
from scoring.round import Area
from scoring.written.amounts import read_money, unit_in
from scoring.written.text import Refused, Unreadable, cardinal, one_line

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
    named = {
        at: cells[2]
        for at, cells in enumerate(map(cells_of, lines))
        if len(cells) == len(OF_PLAN) and _REFERENCE.fullmatch(cells[2])
    }
    plain = (
        line.rpartition(named[at])[0].rstrip(";\t ") if at in named else line for at, line in enumerate(lines)
    )
    table = read_amounts("\n".join(plain), "a purpose", OF_PLAN)
    read = [PlanLine(name, planned, awarded, spent) for name, (planned, awarded, spent) in table]
    heads = len(lines) - len(read)  # a line of headings is passed over
    return tuple(replace(line, award=named.get(at, "")) for at, line in enumerate(read, heads))


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


Row = tuple[str, ...]
AREA_HEADS = (
    ("area", "areas", "npu", "lpu", "lpa", "district", "borough", "unit", "name"),
    ("pot", "pots", "amount", "budget", "money", "allocation", "funding"),
    ("start", "startup", "engagement"),
    ("committed", "commitment", "commitments"),
    ("shared", "sharing", "together"),
)
MEMBER_HEADS = (
    ("name", "member", "names", "members"),
    ("role", "roles"),
    ("organisation", "organization", "employer", "body"),
    ("kind", "type", "category"),
    ("areas", "area", "panel", "panels", "serves"),
)
_TOTALS = ("total", "totals", "grand total", "sum", "all areas", "overall total")
MOST_ROWS = 200


class Pasted(Struct, frozen=True):
    """The rows of a block in the grid's columns, and sentences on what was not taken as a row.

    `warning` says that a row of totals is not what the rows come to, "" that there is none such.
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    warning: str = ""


def is_block(text: str) -> bool:
    """Whether a text is more than goes into one cell."""
    bare = text.strip("\r\n")
    return any(mark in bare for mark in "\t\n\r")


def read_block(text: str, heads: Sequence[Row]) -> Pasted:
    """Return the rows of a block, each with a text for every column.

    A first row of headings says which column is which; without one they stand as in the grid. Blank rows go.
    """
    return _arranged(split_block(text), heads)


def _arranged(cells: Iterable[Row], heads: Sequence[Row]) -> Pasted:
    rows = [tuple(one_line(cell) for cell in row) for row in cells]
    rows = [row for row in rows if any(row)]
    found = _columns(rows[0], heads) if rows else None
    if found is None:
        return _cut([(*row, *[""] * len(heads))[: len(heads)] for row in rows], rows, len(heads))
    picked = [tuple(_at(row, at) for at in found) for row in rows[1:]]
    widest = max(map(len, rows))
    others = [at for at in range(widest) if at not in found and any(_at(row, at) for row in rows[1:])]
    named = ", ".join(f"“{_at(rows[0], at)}”" if _at(rows[0], at) else f"column {at + 1}" for at in others)
    kept = [row for row in picked if any(row)]
    note = f"Left out, since the grid has no such column: {named}."
    return Pasted(tuple(kept[:MOST_ROWS]), (note,) if others else ())


def read_area_block(text: str) -> Pasted:
    """Return the rows of a block of areas and money; a row of totals is checked and left out."""
    typed = (tuple(cells_of(line)) for line in text.splitlines() if line.strip())
    found = _arranged(split_block(text) if "\t" in text else typed, AREA_HEADS)
    totals = [row for row in found.rows if row[0].casefold().rstrip(":") in _TOTALS]
    rows = tuple(row for row in found.rows if row not in totals)
    said = [_compare(row, rows) for row in totals]
    notes = (*found.notes, *(words for words, is_wrong in said if not is_wrong))
    return Pasted(rows, notes, " ".join(words for words, is_wrong in said if is_wrong))


def _compare(total: Row, rows: Sequence[Row]) -> tuple[str, bool]:
    """Return what is said of a row of totals, and whether it is not what the rows come to."""
    said, summed = _pence_of(total[1]), [_pence_of(row[1]) for row in rows]
    if said is None or None in summed:
        return f"The row “{total[0]}” is left out: it is not an area.", False
    real = sum(pence or 0 for pence in summed)
    if real == said:
        words = f"The row “{total[0]}” agrees with the areas, {short_pounds(said)}, and is left out."
        return words, False
    return (
        f"The pasted row “{total[0]}” says {short_pounds(said)}, but the areas come to {short_pounds(real)}. "
        "Check the amounts.",
        True,
    )


def _pence_of(text: str) -> int | None:
    try:
        return read_money(text) or 0
    except Unreadable:
        return None


def split_block(text: str) -> tuple[Row, ...]:
    """Return the cells of each line, parted by tabs as a spreadsheet parts them."""
    rows = csv.reader(io.StringIO(text.strip("\r\n")), delimiter="\t")
    return tuple(tuple(one_line(cell) for cell in row) for row in rows)[:MOST_ROWS]


def _columns(first: Row, heads: Sequence[Row]) -> tuple[int, ...] | None:
    """Return where each of the grid's columns stands (-1: nowhere), None where this is no row of headings."""
    words = [set(cell.casefold().replace("-", " ").replace("£", " ").split()) for cell in first]
    found = []
    for named in heads:
        free = (at for at, own in enumerate(words) if at not in found and own & set(named))
        found.append(next(free, -1))
    if sum(bool(cell) for cell in first) == 1:
        return tuple(range(len(heads))) if first[0].casefold() in heads[0] else None
    if sum(at >= 0 for at in found) < 2 or any(cell and _pence_of(cell) is not None for cell in first):
        return None
    nameless = {at for at in range(len(heads)) if not _at(first, at) and at not in found}
    return tuple(at if place < 0 and at in nameless else place for at, place in enumerate(found))


def _cut(filled: Sequence[Row], rows: Sequence[Row], columns: int) -> Pasted:
    beyond = any(any(row[columns:]) for row in rows)
    notes = (f"Only the first {columns} columns fit in the grid; the others are left out.",) if beyond else ()
    if len(filled) > MOST_ROWS:
        notes = (*notes, f"Only the first {MOST_ROWS} rows are pasted.")
    return Pasted(tuple(filled[:MOST_ROWS]), notes)


def _at(row: Row, at: int) -> str:
    return row[at] if 0 <= at < len(row) else ""
