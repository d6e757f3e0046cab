"""The report of a regional book as a workbook: offices side by side, in tables and two charts."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from exchange.xlsx.table_book import (
    TableBook,
    TableCell,
    TableColumn,
    TableSheet,
    write_table_book,
)
from exchange.xlsx.xlsx_sheets import SheetChart
from models.papers.kinds import KINDS
from models.papers.paper_kind import has_pence
from models.papers.region import (
    Awarded,
    OfficeAward,
    OfficeRate,
    Region,
    by_office,
    by_office_fund_and_year,
    by_year,
    whole_rate,
)
from models.papers.year.year_end_tables import Rate
from scoring.money import one_form
from scoring.written.days import full_day

TITLE, OFFICIAL = "Regional book", "OFFICIAL"
_AS_ISSUED = "As the offices issued it; each file was verified against its seal."
_NOTHING_ASKED = (
    "Asked is as submitted, and awards for which nobody applied count under Awarded and not under Asked."
)
_OF_OFFICES = ("Awarded by office", "What each office awarded, in pounds.")
_OF_YEARS = ("Awarded by year", "What all offices awarded in each financial year, in pounds.")
_OFFICE = TableColumn("Office", 44, "wrapped", "office")
_FUND = TableColumn("Fund", 34, "wrapped", "fund")
_YEAR = TableColumn("Year", 10, "text", "year")
_WIDE_YEAR = TableColumn("Year", 24, "text", "year")
"""As wide as the chart below the table needs."""
_AWARDED = (
    TableColumn("Awards", 10, "count", "awards", is_summed=True),
    TableColumn("Asked", 18, "pounds", "asked_pence", is_summed=True),
    TableColumn("Awarded", 18, "pounds", "awarded_pence", is_summed=True),
    TableColumn("Average award", 18, "own pounds", "average_pence"),
)


def write_region_report(region: Region, made_at: datetime, path: Path) -> Path:
    """Write the workbook and return the path it really has."""
    with one_form(has_pence=has_pence(region)):
        return _write(region, made_at, path)


def _write(region: Region, made_at: datetime, path: Path) -> Path:
    offices = region.awarded(by_office)
    years = region.awarded(by_year)
    funds = region.awarded(by_office_fund_and_year)
    sheets = (
        _sums(
            "Offices", "Awards by office", (_OFFICE,), offices, SheetChart(*_OF_OFFICES, (3,), is_money=True)
        ),
        _sums("Years", "Awards by year", (_WIDE_YEAR,), years, SheetChart(*_OF_YEARS, (3,), is_money=True)),
        _sums("Funds", "Awards by office, fund and year", (_OFFICE, _FUND, _YEAR), funds),
        _rates(region),
        _money(region),
        *((_shared(region),) if region.shared else ()),
        _lines(region.awards),
        _files(region),
    )
    title = f"{TITLE}, {full_day(made_at)}"
    return write_table_book(TableBook(title, OFFICIAL, _AS_ISSUED, made_at, sheets), path)


def _sums(
    name: str,
    title: str,
    names: tuple[TableColumn, ...],
    lines: Sequence[Awarded],
    chart: SheetChart | None = None,
) -> TableSheet:
    columns = (*(replace(one, get=partial(_name, n)) for n, one in enumerate(names)), *_AWARDED)
    note = f"From open data. {_AS_ISSUED}"
    if sum(line.asked_pence for line in lines) < sum(line.awarded_pence for line in lines):
        note += f" {_NOTHING_ASKED}"
    return TableSheet(name, title, note, columns, lines, chart=chart)


def _name(number: int, line: Awarded) -> str:
    return line.names[number]


def _rates(region: Region) -> TableSheet:
    whole = whole_rate([line.rate for line in region.rates])
    columns = (replace(_OFFICE, total="All"), _FUND, _YEAR, *_rate_columns(whole))
    note = (
        "From year tables: applications that were not withdrawn and are decided. What was awarded without a "
        f"competition is not counted here. What was asked for is as each office corrected it. {_AS_ISSUED}"
    )
    return TableSheet("Award rates", "Award rates by office, fund and year", note, columns, region.rates)


def _rate_columns(whole: Rate) -> Iterator[TableColumn]:
    """Yield the columns of a rate, with that of all in the row of totals."""
    figures: tuple[tuple[str, int, str, Callable[[Rate], TableCell]], ...] = (
        ("Applied", 10, "count", attrgetter("applied")),
        ("Eligible", 10, "count", attrgetter("eligible")),
        ("Awards", 10, "count", attrgetter("awarded")),
        ("Award rate %", 12, "percent", lambda rate: _points(rate.rate)),
        ("Asked", 18, "pounds", attrgetter("asked_pence")),
        ("Awarded", 18, "pounds", attrgetter("awarded_pence")),
        ("Share of money asked %", 14, "percent", lambda rate: _points(rate.money_rate)),
    )
    for heading, width, kind, get in figures:
        yield TableColumn(heading, width, kind, partial(_of_rate, get), total=get(whole))


def _of_rate(get: Callable[[Rate], TableCell], line: OfficeRate) -> TableCell:
    return get(line.rate)


def _money(region: Region) -> TableSheet:
    columns = (
        *(_OFFICE, _FUND, _YEAR),
        TableColumn("Budget with start-up", 20, "pounds", "budget_pence", is_summed=True),
        TableColumn("Committed", 20, "pounds", "committed_pence", is_summed=True),
        TableColumn("Spent", 20, "pounds", "spent_pence", is_summed=True),
        TableColumn("Committed %", 12, "percent", lambda line: _points(line.committed_share)),
    )
    note = (
        "From year tables, at the year's end or as it stood on the day of issue. Start-up money is in the "
        "budget and counts as committed in the percentage, which is of the budget and what was brought "
        f"forward. {_AS_ISSUED}"
    )
    return TableSheet("Money", "Money by office, fund and year", note, columns, region.money)


class _Shared(NamedTuple):
    """What one of several offices awarded to a recipient."""

    number: str
    recipient: str
    office: Awarded


def _shared(region: Region) -> TableSheet:
    columns = (
        TableColumn("Registered as", 20, "text", "number"),
        TableColumn("Recipient", 44, "wrapped", "recipient"),
        replace(_OFFICE, get=lambda one: one.office.names[0]),
        TableColumn("Awards", 10, "count", "office.awards"),
        TableColumn("Awarded", 18, "pounds", "office.awarded_pence"),
    )
    rows = [_Shared(number, name, one) for number, name, offices in region.shared for one in offices]
    note = f"Matched by their number with the regulator, never by name. {_AS_ISSUED}"
    sheet = TableSheet("Several offices", "Recipients of several offices", note, columns, rows)
    return replace(sheet, nothing="No recipient has awards of several offices.")


def _lines(awards: Sequence[OfficeAward]) -> TableSheet:
    columns = (
        TableColumn("Office", 26, "wrapped", "office"),
        TableColumn("Award", 30, "wrapped", "award.identifier"),
        TableColumn("Fund", 24, "wrapped", "award.fund"),
        TableColumn("Area", 18, "wrapped", "award.area"),
        TableColumn("Recipient", 34, "wrapped", "award.recipient"),
        TableColumn("Title", 38, "wrapped", "award.title"),
        TableColumn("Awarded on", 12, "day", "award.awarded_on"),
        TableColumn("Asked", 16, "pounds", "award.asked_pence"),
        TableColumn("Awarded", 16, "pounds", "award.awarded_pence"),
    )
    return TableSheet("Awards", "Every award", _AS_ISSUED, columns, awards)


def _files(region: Region) -> TableSheet:
    columns = (
        TableColumn("Office", 36, "wrapped", "office"),
        TableColumn("Paper", 20, "text", lambda paper: KINDS[paper.kind].words),
        TableColumn("Of", 54, "wrapped", "paper"),
        TableColumn("Version", 9, "count", "version"),
        TableColumn("Made on", 12, "day", lambda paper: paper.made_at.date()),
        TableColumn("Awards", 9, "count", lambda paper: len(paper.awards) or None),
        TableColumn("SHA-256 of the data", 70, "text", "sha256"),
    )
    note = "The files that count, each with the SHA-256 of its data, which its office's own record has too."
    bare = [
        f"{paper.office}, {paper.paper.rstrip(': ')}" for paper in region.current if not paper.has_figures
    ]
    if bare:
        note = f"{note} Kept as printed, so nothing of them is compared: {'; '.join(bare)}."
    return TableSheet("Files", "The files", note, columns, region.current)


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100
