"""Import applications from a spreadsheet: the one door to finding, mapping and reading.

reading = read_applications(Path("round 3.xlsx"), fund_code="ACF", usual_areas=areas)
reading.applications     # the new ones
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from exchange.applications.areas import AreaNames
from exchange.applications.columns import map_headings
from exchange.applications.layouts.as_rows import find_applications
from exchange.applications.reading import Reading, Setting, Tick, read_rows
from exchange.applications.table import no_table
from exchange.cells.garbled import with_letters
from exchange.reading.sheets import Book, read_book
from models.reference.fund_defaults import UsualArea
from models.values.rows import ApplicationRow


def read_applications(
    path: Path,
    *,
    fund_code: str,
    usual_areas: tuple[UsualArea, ...],
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    existing: tuple[ApplicationRow, ...] = (),
    round_areas: tuple[str, ...] = (),
    since: date | None = None,
    sums_total_cost: bool = False,
    tick: Tick | None = None,
) -> Reading:
    """Return the applications of a file that are not among the round's `existing` ones.

    Nothing is written. Raises `Trouble` when the file cannot be read or has no table of applications.
    """
    areas = AreaNames(usual_areas, round_areas)
    setting = Setting(fund_code, areas, existing, round_areas, since, sums_total_cost)
    return applications_in(
        with_letters(read_book(path, tick=tick)),
        setting,
        mapping=mapping,
        sheet=sheet,
        tick=tick,
        name=path.name,
    )


def applications_in(
    book: Book,
    setting: Setting,
    *,
    name: str | None = None,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    tick: Tick | None = None,
) -> Reading:
    """Return the new applications of a book already read; `name` is what to call the file in a refusal."""
    book, found = find_applications(book, file_name=name, sheet=sheet, mapping=mapping)
    columns = map_headings(found, mapping, setting.areas)
    if columns.of("organisation") is None or columns.of("amount_requested") is None:
        raise no_table(name or book.name, sheet)
    return replace(read_rows(found, columns, setting, tick), sha256=book.sha256)
