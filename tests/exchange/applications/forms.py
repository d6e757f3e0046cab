"""Builders: exports as form tools and offices write them, and the door they are read through."""

from collections.abc import Iterable, Mapping, Sequence

from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, applications_in
from exchange.applications.row_reader import Setting
from exchange.cells.garbled import with_letters
from exchange.reading.sheets import Book, Cell, Merge, SheetTable
from models.reference.defaults import UsualArea
from models.values.rows import ApplicationRow

AREAS = (
    UsualArea("Birmingham East", ("B'ham East", "East Birmingham")),
    UsualArea("Coventry", ("Cov",)),
    UsualArea("Walsall"),
    UsualArea("Wolverhampton", ("W'ton",)),
)

Rows = Sequence[Sequence[Cell]]


def sheet(
    rows: Rows, *, name: str = "Sheet1", visible: bool = True, merges: Iterable[Merge] = ()
) -> SheetTable:
    """Return a sheet of these rows, made equally long."""
    width = max(map(len, rows), default=0)
    return SheetTable(
        name, visible, tuple((*row, *[None] * (width - len(row))) for row in rows), tuple(merges)
    )


def take_in(
    rows: Rows,
    *,
    existing: tuple[ApplicationRow, ...] = (),
    mapping: Mapping[str, str] | None = None,
    round_areas: tuple[str, ...] = (),
) -> Reading:
    """Take in the applications of one sheet."""
    return take_in_book([sheet(rows)], existing, mapping, round_areas)


def take_in_book(
    sheets: Sequence[SheetTable],
    existing: tuple[ApplicationRow, ...] = (),
    mapping: Mapping[str, str] | None = None,
    round_areas: tuple[str, ...] = (),
    *,
    named: str | None = None,
) -> Reading:
    """Take in the applications of a book."""
    setting = Setting("ACF", AreaNames(AREAS, round_areas), existing, round_areas)
    return applications_in(Book("export", "xlsx", tuple(sheets)), setting, mapping, named)


def take_in_garbled(rows: Rows) -> Reading:
    """Take in the applications of one sheet as it is read from a file, garbled letters put right."""
    book = with_letters(Book("export", "csv", (sheet(rows),)))
    return applications_in(book, Setting("ACF", AreaNames(AREAS)))
