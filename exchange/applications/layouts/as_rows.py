"""Lay out a file that has no table of applications as one that has, where it holds applications otherwise.

laid_out = as_rows(book)
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from exchange.applications.layouts.answers_in_cells import unpacked
from exchange.applications.layouts.forms import records_in
from exchange.applications.layouts.records import AS_ROWS, Record, table_of
from exchange.applications.likely.asked_rows import asks_for_application
from exchange.applications.table import FoundTable, find_table
from exchange.reading.sheets import Book, Cell, SheetTable, filled
from models.trouble import Trouble


def find_applications(
    book: Book,
    *,
    file_name: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> tuple[Book, FoundTable]:
    """Return the table of applications, and the book that has it: laid out anew where it had none.

    Raises `Trouble` where neither has any.
    """
    try:
        return book, find_table(book, file_name=file_name, sheet=sheet, mapping=mapping)
    except Trouble:
        laid_out = as_rows(book, mapping or {}, sheet)
        if laid_out is None:
            raise
    return laid_out, find_table(
        replace(laid_out, sheets=laid_out.sheets[:1]), file_name=file_name, mapping=mapping
    )


def as_rows(book: Book, mapping: Mapping[str, str], sheet: str | None = None) -> Book | None:
    """Return the book with one sheet more, its applications one a row, or None where it holds none.

    Only the named sheet is looked at, else those that are seen. The new one is named after its sheet.
    """
    shown = [one for one in book.sheets if sheet in (None, one.name) and (one.visible or sheet is not None)]
    if any(one.name.endswith(AS_ROWS) for one in book.sheets):
        return None
    table = next(_unpacked(shown, mapping), None) or _of_forms(shown, mapping)
    if table is None:
        return None
    notes = tuple(note for one in shown for note in one.notes)
    return replace(book, sheets=(replace(table, notes=notes), *book.sheets))


def _unpacked(sheets: Iterable[SheetTable], mapping: Mapping[str, str]) -> Iterator[SheetTable]:
    for sheet in sheets:
        table = unpacked(sheet)
        if table is not None and asks_for_application(_texts(table.rows[0]), mapping):
            yield table


def _of_forms(sheets: Iterable[SheetTable], mapping: Mapping[str, str]) -> SheetTable | None:
    """Return the forms of all sheets as one table, named after the sheet where it is one."""
    found = {sheet.name: records for sheet in sheets if (records := records_in(filled(sheet), mapping))}
    every: list[Record] = [record for records in found.values() for record in records]
    name = next(iter(found)) if len(found) == 1 else f"{len(found)} sheets"
    return table_of(f"{name}, {AS_ROWS}", every) if every else None


def _texts(row: Iterable[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in row]
