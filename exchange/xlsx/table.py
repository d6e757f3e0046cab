"""What a table of a workbook is: its columns, sheets and looks; nothing here writes, or loads what does."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache, partial, reduce
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

import resources
from exchange.reading.cell_names import column_name
from exchange.written_text import clean
from scoring import money
from scoring.written.area_label import AREA, AreaLabel

LONGEST_TEXT = 32_767
"""Most characters that a spreadsheet cell holds, counted in UTF-16 units."""
LONGEST_PART = LONGEST_TEXT - 100
"""Most of a part of a longer text, which has room for a note of where the rest stands."""
INK, RULE, TINT, MUTED = "1F2A44", "D5DBE6", "E9EDF4", "5B6579"
ENTRY = "FFF8E1"
"""Behind cells that are to be filled in."""
MONEY = '"£"#,##0.00;[Red]-"£"#,##0.00'
WHOLE_MONEY = '"£"#,##0;[Red]-"£"#,##0'
OWN_MONEY, OWN_WHOLE_MONEY = '"£"#,##0.00;-"£"#,##0.00', '"£"#,##0;-"£"#,##0'
"""Of averages, and of what was printed: apart from the form of money of the paper."""
SCORE = "0.00"
SHARE = '0.00"%"'
WHOLE = "#,##0"
MOMENT = "d mmm yyyy hh:mm"
DATE = "d mmm yyyy"


class Kind(Enum):
    """What a column holds, which decides how it is written."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"


class Formula(NamedTuple):
    """A live formula and the number, as text, that stands beside it until it is recalculated."""

    text: str
    cached: str


class Continuation(NamedTuple):
    """A part of a text that did not fit into its cell, and the sheet and row of that cell."""

    sheet: str
    row: int
    text: str


class Look(Struct, frozen=True):
    """How cells are dressed; `number` is a number format, None for general.

    `entry` is a cell to fill in: tinted, and open where its sheet is locked.
    """

    kind: Kind = Kind.TEXT
    number: str | None = None
    bold: bool = False
    size: float = 10
    wrap: bool = False
    right: bool = False
    muted: bool = False
    heading: bool = False
    indent: int = 0
    ruled: bool = False
    entry: bool = False


HEADING = Look(bold=True, wrap=True, heading=True)
HEADING_APART = Look(bold=True, wrap=True, heading=True, indent=1)
HEADING_RIGHT = Look(bold=True, wrap=True, heading=True, right=True)
TITLE = Look(bold=True, size=15)
NOTE = Look(muted=True)
LABEL = Look(bold=True)
TEXT = Look()
WRAPPED = Look(wrap=True)
WRAPPED_APART = Look(wrap=True, indent=1)
POUNDS = Look(kind=Kind.NUMBER, number=MONEY)
WHOLE_POUNDS = Look(kind=Kind.NUMBER, number=WHOLE_MONEY)
OWN_POUNDS = Look(kind=Kind.NUMBER, number=OWN_MONEY)
OWN_WHOLE_POUNDS = Look(kind=Kind.NUMBER, number=OWN_WHOLE_MONEY)
POUNDS_BOLD = Look(kind=Kind.NUMBER, number=MONEY, bold=True)
POINTS = Look(kind=Kind.NUMBER, number=SCORE)
PERCENT = Look(kind=Kind.NUMBER, number=SHARE)
COUNT = Look(kind=Kind.NUMBER, number=WHOLE)
COUNT_BOLD = Look(kind=Kind.NUMBER, number=WHOLE, bold=True)
DATE_TIME = Look(kind=Kind.MOMENT, number=MOMENT)
DAY = Look(kind=Kind.MOMENT, number=DATE)
CellValue = str | int | float | datetime | Formula | None
TABLE_HEADING_ROW = 4


class SheetChart(NamedTuple):
    """Bars for each row of a table: the columns of their figures, from 0; names are in the first column."""

    title: str
    sentence: str
    figures: tuple[int, ...]
    is_money: bool = False


_SKIPPED = " \u00a0\ufeff\u200b\u200c\u200d\u2060"
_SIGNS = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BREAKS = ("\t", "\r", "\n")


def csv_text(text: str) -> str:
    """Return text as a CSV cell has it, with an apostrophe before what a spreadsheet would run."""
    cleaned = clean(text)
    runs = cleaned.lstrip(_SKIPPED).startswith(_SIGNS) or text.startswith(_BREAKS)
    return f"'{cleaned}" if runs else cleaned


class Shown(NamedTuple):
    """A number or a sum that shows otherwise: 2 under the format "="0 shows as =2."""

    number: float | Formula
    pattern: str


TableCell = str | int | float | date | datetime | Formula | Shown | None
"""Money is in pence, in a column of pounds; a formula must give pounds."""
OF_A_TITLE, OF_A_COLUMN = 1.4, 9
"""How wide a letter of a title is, and a column that nobody set, in characters of a cell."""
ABOUT = "About"
"""The sheet that says who a workbook is from."""
TOTAL = "Total"
FIGURE = Look(kind=Kind.NUMBER, number="#,##0.00;[Red]-#,##0.00")
MONTH = Look(kind=Kind.MOMENT, number="mmm yyyy", indent=1)
LOOKS = {
    "text": TEXT,
    "wrapped": WRAPPED,
    "apart": WRAPPED_APART,
    "pounds": POUNDS,
    "whole pounds": WHOLE_POUNDS,
    "own pounds": OWN_POUNDS,
    "own whole pounds": OWN_WHOLE_POUNDS,
    "figure": FIGURE,
    "count": COUNT,
    "points": POINTS,
    "percent": PERCENT,
    "day": DAY,
    "month": MONTH,
}


class TableColumn(Struct, frozen=True):
    """A column: heading, width in characters, what it holds, and how its cell is got from a row's fact.

    `get` names a part of the fact ("award.codes.0 or name"), or is a function of it.
    `kind` is text, wrapped (text on several lines), apart (the same beside a figure), pounds (pence given,
    pounds written), whole pounds (the same, shown without pence), own or own whole pounds (the same, apart
    from the form of money of the paper, as averages are), figure (a number of any unit, which its row
    says), count, points (a number with two decimals), percent (the same, with its sign, of hundredths given
    as a whole number), day or month (a day
    of it given).
    Where one is summed, a live sum of its cells stands in a row of totals, whose first cell says so; `total`
    is what stands there else. An entry is to be filled in: its cells are tinted, and every other cell of its
    sheet is locked. One that is hidden keeps its place, where no row has anything in it.
    """

    heading: str
    width: float
    kind: str
    get: str | Callable[[Any], TableCell]
    is_summed: bool = False
    total: TableCell = None
    is_entry: bool = False
    is_hidden: bool = False


class TableSheet(Struct, frozen=True):
    """One sheet: its table of facts, one a row, and below it their totals, which no filter takes in.

    `above` is the row over the headings, each cell in its own look. Of a wide one the first
    `printed_columns` alone are printed, on one page; 0 prints all. A `chart` stands below the totals. Where
    there is no row `nothing` says so after the note, and the headings are on one page however many there are.
    Of one that is not `is_on_paper`, as only a program reads it, the title and its note alone are printed.
    """

    name: str
    title: str
    note: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Any]
    frozen_columns: int = 1
    above: Sequence[tuple[CellValue, Look]] = ()
    printed_columns: int = 0
    chart: SheetChart | None = None
    nothing: str = "There is nothing to list."
    is_on_paper: bool = True
    has_total: bool = True

    def cells(self) -> list[tuple[TableCell, ...]]:
        return row_cells(self.columns, self.rows)


def row_cells(columns: Sequence[TableColumn], rows: Sequence[Any]) -> list[tuple[TableCell, ...]]:
    """Return what stands in the columns for each fact."""
    getters = [_getter(c.get) if isinstance(c.get, str) else c.get for c in columns]
    return [tuple(get(row) for get in getters) for row in rows]


def _getter(path: str) -> Callable[[Any], TableCell]:
    """Return what gets a part of a fact: of several parted by " or " the first in which something stands.

    A number is the place, from 0, in a part that is a tuple, "len" how many stand in it; of a mapping it is
    what stands under the name. Nothing has a part. What is in quotation marks stands there itself.
    """
    ways = list(map(_way, path.split(" or ")))

    def first(fact: Any) -> TableCell:
        found = None
        for way in ways:
            found = found or way(fact)
        return found

    return first if ways[1:] else ways[0]


def _way(path: str) -> Callable[[Any], TableCell]:
    if path.startswith('"'):
        return lambda _: path.strip('"')
    return attrgetter(path) if path.isidentifier() else partial(reduce, _part, path.split("."))


def _part(of: Any, name: str) -> Any:
    if of is None or isinstance(of, Mapping):
        return of and of.get(name)
    if name == "len":
        return len(of)
    return of[int(name)] if name.isdecimal() else getattr(of, name)


_, *_SHEETS = resources.text("forms/columns.txt").strip().split("\n\n")
LAYOUT = {name: tuple(lines) for name, *lines in map(str.splitlines, _SHEETS)}
"""The lines of `resources/forms/columns.txt` by the sheet that they are of."""
_GIVEN = re.compile(r"\((\w+)\)")
_IN_BRACES = re.compile(r"\{([^{}]+)\}")
Ranges = Callable[[str], str]
"""Says where the cells of a column of a sheet stand, by both names: "payment Amount"."""
NO_LETTERS: Mapping[str, str] = {}
_ENDS: Mapping[str, Mapping[str, Any]] = {"": {}, "sum": {"is_summed": True}, "entry": {"is_entry": True}}
"""What stands behind a column, and what it makes of it."""


def columns_of(
    sheet: str, rows: Sequence[Any] = (), ranges: Ranges | None = None, **given: Any
) -> tuple[TableColumn, ...]:
    """Return the columns of a sheet as `resources/forms/columns.txt` has them.

    What stands in brackets there is `given` by that name: a heading, a width, a kind, or a function of a
    row's fact. A column with a "~" is hidden unless one of the `rows` has something in it. `ranges` says
    where a column of another sheet stands; a fact with formulas says in which `row` it stands itself.
    """
    letters = letters_of(sheet)
    return tuple(_laid_out(line, rows, given, partial(_live, letters, ranges)) for line in LAYOUT[sheet])


@cache
def letters_of(sheet: str) -> Mapping[str, str]:
    """Return the letters of a sheet's columns by their headings."""
    heads = (line.partition(" | ")[0].rstrip("~") for line in LAYOUT[sheet])
    return {head: column_name(number) for number, head in enumerate(heads, 1)}


def _laid_out(
    line: str, rows: Sequence[Any], given: Mapping[str, Any], live: Callable[..., Formula]
) -> TableColumn:
    parts = (part.strip() for part in f"{line}|".split("|")[:5])
    cells = (given[found[1]] if (found := _GIVEN.fullmatch(part)) else part for part in parts)
    heading, width, kind, get, said = cells
    if isinstance(get, str) and get.startswith("="):
        get = partial(live, kind, *get.rsplit(" : ", 1))
    column = TableColumn(heading.rstrip("~"), int(width), kind, get)
    is_hidden = heading.endswith("~") and not any(cell for (cell,) in row_cells((column,), rows))
    return replace(column, is_hidden=is_hidden, **_ENDS.get(said, {"total": said}))


def _live(
    letters: Mapping[str, str], ranges: Ranges | None, kind: str, formula: str, stored: str, fact: Any
) -> Formula:
    """Return a live formula in the row of a fact, with what it comes to there."""
    live = in_formula(formula, fact, letters, ranges)
    if stored.isdecimal():
        return Formula(live, stored)
    found = attrgetter(stored)(fact)
    return Formula(live, money.plain_pounds(found) if kind == "pounds" else str(found))


def in_formula(
    formula: str, fact: Any, letters: Mapping[str, str] = NO_LETTERS, ranges: Ranges | None = None
) -> str:
    """Return a formula with what its braces name: cells in the row of a fact, its parts, other columns."""

    def put(named: re.Match[str]) -> str:
        heading = named[1].removeprefix("$")
        if heading in letters:
            return f"{'$' * (heading != named[1])}{letters[heading]}{fact.row}"
        if heading.startswith("."):
            return str(attrgetter(heading[1:])(fact))
        assert ranges is not None, f"nobody says where {heading} stands"
        return ranges(heading)

    return _IN_BRACES.sub(put, formula)


class TableBook(Struct, frozen=True):
    """A whole workbook, and what stands at the head of each printed page; `made_at` is UTC.

    The same values give the same bytes. `area` is the office's own word for an area, in which headings say
    it; `logo` its picture as PNG, which stands on the sheet that is seen first and on the one that says who
    the workbook is from.
    """

    title: str
    marking: str
    status: str
    made_at: datetime
    sheets: tuple[TableSheet, ...] = ()
    area: AreaLabel = AREA
    logo: bytes = b""


def column_sum(column: int, rows: int, pence: int) -> Formula:
    """Return the live sum of a column of pounds (1 the first) over its rows, which must be these pence."""
    return Formula(_sum(column, rows), money.plain_pounds(pence))


def column_total(column: int, rows: int, count: int) -> Formula:
    """Return the live sum of a column of counts (1 the first) over its rows, which must be this many."""
    return Formula(_sum(column, rows), str(count))


def _sum(column: int, rows: int) -> str:
    """Return the formula; without a row it is of the heading, which is no number: else of itself."""
    letters = column_name(column)
    first = TABLE_HEADING_ROW + (1 if rows else 0)
    return f"=SUM({letters}{first}:{letters}{TABLE_HEADING_ROW + rows})"
