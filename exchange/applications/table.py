"""Find the table of applications in a book: its sheet, its headings, the rows below.

found = find_table(book)
found.header_row        # the lower heading row, as the spreadsheet counts
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from exchange.applications.heading_rows import (
    HeadingRows,
    Parts,
    Row,
    find_headings,
    is_label,
    options_of,
)
from exchange.applications.needed import find_questions
from exchange.cells.values import column_name, read_money
from exchange.reading.sheets import Book, Cell, SheetTable, filled
from models.trouble import Trouble
from scoring.written.amounts import Unit, unit_in
from scoring.written.text import Unreadable

_ALL_IN = re.compile(
    r"\b(?:figures|amounts|values|sums|costs|budgets)(?: (?:shown|below|requested|stated|here))?(?: are)?"
    r"(?: all)?(?: shown| stated| given)? in\b.{1,40}",
    re.IGNORECASE,
)
_LONGEST_NOTE = 500

Finder = Callable[[SheetTable, Mapping[str, str]], HeadingRows | None]


class Heading(Struct, frozen=True):
    """A column of the table, counted from 1; `text` is its heading in JSON, unlike any other of the table."""

    column: int
    text: str
    parts: Parts


class FoundTable(Struct, frozen=True):
    """A table of applications; `rows` are those below the heading, from `first_row` of the sheet.

    `unit` is that of all amounts, where a note above the heading says so: "All figures in £000s". `hidden`
    are rows that the spreadsheet does not show; `notes` say what else is to be told of the sheet.
    """

    sheet: str
    header_row: int
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    other_sheets: tuple[str, ...] = ()
    unit: Unit | None = None
    hidden: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def first_row(self) -> int:
        """Return the spreadsheet's number of the first row below the heading."""
        return self.header_row + 1


def find_table(
    book: Book,
    *,
    file_name: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> FoundTable:
    """Return the table of the named sheet, or of the visible one with most applications.

    A hidden sheet is taken only when named or when no visible one has a table. Raises `Trouble` without any.
    """
    known = {heading.casefold(): field for heading, field in (mapping or {}).items()}
    file_name = file_name or book.name
    tables = list(_tables(book.sheets, known, find_headings)) or list(
        _tables(book.sheets, known, find_questions)
    )
    chosen = _named(book, tables, file_name, sheet) if sheet is not None else _largest(tables, known)
    if chosen is None:
        raise no_table(file_name, sheet)
    others = tuple(found.sheet for _, found in tables if found is not chosen)
    return replace(chosen, other_sheets=others)


def _tables(
    sheets: Sequence[SheetTable], mapping: Mapping[str, str], find: Finder
) -> Iterator[tuple[SheetTable, FoundTable]]:
    for sheet in sheets:
        table = filled(sheet) if any(bottom > top for top, _, bottom, _ in sheet.merges) else sheet
        headings = find(table, mapping)
        if headings:
            yield sheet, table_below(table, headings.row, headings.parts)


def table_below(table: SheetTable, row: int, parts: Sequence[Parts]) -> FoundTable:
    """Return the table of a sheet below a row of headings, of which `parts` are the words."""
    rows = table.rows[row:]
    return FoundTable(
        table.name,
        row,
        tuple(named_columns(parts, rows)),
        rows,
        unit=unit_above(table.rows[:row]),
        hidden=frozenset(table.hidden),
        notes=table.notes,
    )


def unit_above(rows: Sequence[Row]) -> Unit | None:
    """Return the unit that a note says all amounts are in: "All figures in £000s"."""
    texts = (cell for row in rows for cell in row if isinstance(cell, str) and len(cell) <= _LONGEST_NOTE)
    notes = filter(None, map(_ALL_IN.search, texts))
    return next((unit for note in notes if (unit := unit_in(note[0])) is not None), None)


def named_columns(parts: Sequence[Parts], rows: Sequence[Row]) -> Iterator[Heading]:
    """Name every column: repeats get " (2)", blank ones with values "Column H", empty ones are left out."""
    taken: set[str] = set()
    own = {part.text for part in parts}
    for index, part in enumerate(parts):
        text = part.text
        if not text:
            if all(row[index] is None for row in rows):
                continue
            text = f"Column {column_name(index + 1)}"
        yield Heading(index + 1, _unlike(text, taken, own), part)


def _unlike(text: str, taken: set[str], own: set[str]) -> str:
    """Return a heading that none to its left has, and put it among those taken."""
    unlike, number = text, 1
    while unlike in taken or (number > 1 and unlike in own):
        number += 1
        unlike = f"{text} ({number})"
    taken.add(unlike)
    return unlike


def _named(
    book: Book, tables: list[tuple[SheetTable, FoundTable]], file_name: str, name: str
) -> FoundTable | None:
    names = [sheet.name for sheet in book.sheets]
    if name not in names:
        same = [known for known in names if known.casefold().strip() == name.casefold().strip()]
        if not same:
            listed = ", ".join(f'"{known}"' for known in names[:8])
            raise Trouble(f'"{file_name}" has no sheet "{name}"; it has {listed}. Nothing was imported.')
        name = same[0]
    return next((found for sheet, found in tables if sheet.name == name), None)


def _largest(tables: list[tuple[SheetTable, FoundTable]], mapping: Mapping[str, str]) -> FoundTable | None:
    shown = [found for sheet, found in tables if sheet.visible] or [found for _, found in tables]
    if len(shown) < 2:
        return shown[0] if shown else None
    counts = [_count(found, mapping) for found in shown]
    return shown[counts.index(max(counts))]


def _count(found: FoundTable, mapping: Mapping[str, str]) -> int:
    """Count the rows with an organisation and an amount, near enough to tell which sheet has most."""
    names = _columns_for("organisation", found, mapping)
    amounts = _columns_for("amount_requested", found, mapping)
    return sum(
        any(isinstance(row[i], str) and not is_label(str(row[i])) for i in names)
        and any(_is_amount(row[i]) for i in amounts)
        for row in found.rows
    )


def _columns_for(field: str, found: FoundTable, mapping: Mapping[str, str]) -> list[int]:
    options = {heading.column - 1: options_of(heading.parts, mapping) for heading in found.headings}
    return [index for index, fields in options.items() if any(option.field == field for option in fields)]


def _is_amount(cell: Cell) -> bool:
    try:
        return bool(read_money(cell))
    except Unreadable:
        return False


def no_table(file_name: str, sheet: str | None) -> Trouble:
    """Say that a file or one sheet of it has no applications."""
    where = f'The sheet "{sheet}" of "{file_name}"' if sheet is not None else f'"{file_name}"'
    return Trouble(
        "This is not an application workbook. "
        f"{where} has no column that looks like an organisation or an amount. Head one column "
        "Organisation and one Amount requested, in one row. Nothing was imported."
    )
