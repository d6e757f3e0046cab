"""A block of cells as it comes from a spreadsheet's clipboard, put into the columns of a small grid."""

import csv
import io
from collections.abc import Iterable, Sequence

from msgspec import Struct

from exchange.reading.pasted_areas import cells_of
from scoring.money import short_pounds
from scoring.written.amounts import read_money
from scoring.written.text import Unreadable, one_line

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
        return _cut([_fill(row, len(heads)) for row in rows], rows, len(heads))
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
    said, summed = _pence(total[1]), [_pence(row[1]) for row in rows]
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


def _pence(text: str) -> int | None:
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
    if sum(at >= 0 for at in found) < 2 or any(map(_is_figure, first)):
        return None
    nameless = {at for at in range(len(heads)) if not _at(first, at) and at not in found}
    return tuple(at if place < 0 and at in nameless else place for at, place in enumerate(found))


def _is_figure(text: str) -> bool:
    return bool(text) and _pence(text) is not None


def _cut(filled: Sequence[Row], rows: Sequence[Row], columns: int) -> Pasted:
    beyond = any(any(row[columns:]) for row in rows)
    notes = (f"Only the first {columns} columns fit in the grid; the others are left out.",) if beyond else ()
    if len(filled) > MOST_ROWS:
        notes = (*notes, f"Only the first {MOST_ROWS} rows are pasted.")
    return Pasted(tuple(filled[:MOST_ROWS]), notes)


def _fill(row: Row, columns: int) -> Row:
    return (*row, *[""] * columns)[:columns]


def _at(row: Row, at: int) -> str:
    return row[at] if 0 <= at < len(row) else ""
