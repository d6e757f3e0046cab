"""The report of a regional book as a workbook: offices side by side, in tables and two charts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from exchange.xlsx.table_book import (
    TableBook,
    TableCell,
    TableColumn,
    TableSheet,
    column_sum,
    column_total,
    write_table_book,
)
from exchange.xlsx.xlsx_sheets import SheetChart
from models.papers.kinds import KINDS
from models.papers.paper_kind import has_pence
from models.papers.region.side_by_side import (
    Awarded,
    OfficeAward,
    Region,
    by_office,
    by_office_fund_and_year,
    by_year,
    whole_rate,
)
from models.papers.year.year_rates import Rate
from scoring.money import one_form
from scoring.written.days import full_day

TITLE, OFFICIAL = "Regional book", "OFFICIAL"
_AS_ISSUED = "As the offices issued it; each file was verified against its seal."
_NOTHING_ASKED = (
    "Asked is as submitted, and awards for which nobody applied count under Awarded and not under Asked."
)
_OF_OFFICES = ("Awarded by office", "What each office awarded, in pounds.")
_OF_YEARS = ("Awarded by year", "What all offices awarded in each financial year, in pounds.")
_OFFICE = TableColumn("Office", 44, "wrapped")
_FUND = TableColumn("Fund", 34, "wrapped")
_YEAR = TableColumn("Year", 10)
_WIDE_YEAR = TableColumn("Year", 24)
"""As wide as the chart below the table needs."""
_AWARDED = (
    TableColumn("Awards", 10, "count"),
    TableColumn("Asked", 18, "pounds"),
    TableColumn("Awarded", 18, "pounds"),
    TableColumn("Average award", 18, "own pounds"),
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
    rows: list[list[TableCell]] = [
        [*line.names, line.awards, line.asked_pence, line.awarded_pence, line.average_pence] for line in lines
    ]
    many = len(names)
    totals: list[TableCell] = [
        "Total",
        *[None] * (many - 1),
        column_total(many + 1, len(rows), sum(line.awards for line in lines)),
        column_sum(many + 2, len(rows), sum(line.asked_pence for line in lines)),
        column_sum(many + 3, len(rows), sum(line.awarded_pence for line in lines)),
        None,
    ]
    note = f"From open data. {_AS_ISSUED}"
    if sum(line.asked_pence for line in lines) < sum(line.awarded_pence for line in lines):
        note += f" {_NOTHING_ASKED}"
    return TableSheet(name, title, note, (*names, *_AWARDED), rows, [totals], chart=chart)


def _rates(region: Region) -> TableSheet:
    columns = (
        _OFFICE,
        _FUND,
        _YEAR,
        TableColumn("Applied", 10, "count"),
        TableColumn("Eligible", 10, "count"),
        TableColumn("Awards", 10, "count"),
        TableColumn("Award rate %", 12, "percent"),
        TableColumn("Asked", 18, "pounds"),
        TableColumn("Awarded", 18, "pounds"),
        TableColumn("Share of money asked %", 14, "percent"),
    )
    lines = region.rates
    rows = [(line.office, line.fund, line.year, *_rate(line.rate)) for line in lines]
    totals = ("All", None, None, *_rate(whole_rate([line.rate for line in lines])))
    note = (
        "From year tables: applications that were not withdrawn and are decided. What was awarded without a "
        f"competition is not counted here. What was asked for is as each office corrected it. {_AS_ISSUED}"
    )
    return TableSheet("Award rates", "Award rates by office, fund and year", note, columns, rows, [totals])


def _rate(rate: Rate) -> tuple[TableCell, ...]:
    counts = (rate.applied, rate.eligible, rate.awarded)
    return *counts, _points(rate.rate), rate.asked_pence, rate.awarded_pence, _points(rate.money_rate)


def _money(region: Region) -> TableSheet:
    headings = ("Budget with start-up", "Committed", "Spent")
    columns = (
        _OFFICE,
        _FUND,
        _YEAR,
        *(TableColumn(heading, 20, "pounds") for heading in headings),
        TableColumn("Committed %", 12, "percent"),
    )
    lines = region.money
    sums = [(line.budget_pence, line.committed_pence, line.spent_pence) for line in lines]
    rows: list[list[TableCell]] = [
        [line.office, line.fund, line.year, *figures, _points(line.committed_share)]
        for line, figures in zip(lines, sums, strict=True)
    ]
    totals: list[TableCell] = ["Total", None, None]
    totals += [column_sum(n + 4, len(rows), sum(figures[n] for figures in sums)) for n in range(3)]
    note = (
        "From year tables, at the year's end or as it stood on the day of issue. Start-up money is in the "
        "budget and counts as committed in the percentage, which is of the budget and what was brought "
        f"forward. {_AS_ISSUED}"
    )
    return TableSheet("Money", "Money by office, fund and year", note, columns, rows, [[*totals, None]])


def _shared(region: Region) -> TableSheet:
    columns = (
        TableColumn("Registered as", 20),
        TableColumn("Recipient", 44, "wrapped"),
        _OFFICE,
        TableColumn("Awards", 10, "count"),
        TableColumn("Awarded", 18, "pounds"),
    )
    rows: list[tuple[TableCell, ...]] = [
        (number, name, *office.names, office.awards, office.awarded_pence)
        for number, name, offices in region.shared
        for office in offices
    ]
    note = f"Matched by their number with the regulator, never by name. {_AS_ISSUED}"
    sheet = TableSheet("Several offices", "Recipients of several offices", note, columns, rows)
    return replace(sheet, nothing="No recipient has awards of several offices.")


def _lines(awards: Sequence[OfficeAward]) -> TableSheet:
    columns = (
        TableColumn("Office", 26, "wrapped"),
        TableColumn("Award", 30, "wrapped"),
        TableColumn("Fund", 24, "wrapped"),
        TableColumn("Area", 18, "wrapped"),
        TableColumn("Recipient", 34, "wrapped"),
        TableColumn("Title", 38, "wrapped"),
        TableColumn("Awarded on", 12, "day"),
        TableColumn("Asked", 16, "pounds"),
        TableColumn("Awarded", 16, "pounds"),
    )
    return TableSheet("Awards", "Every award", _AS_ISSUED, columns, [tuple(_line(one)) for one in awards])


def _line(one: OfficeAward) -> Iterator[TableCell]:
    award = one.award
    yield from (one.office, award.identifier, award.fund, award.area, award.recipient, award.title)
    yield from (award.awarded_on, award.asked_pence, award.awarded_pence)


def _files(region: Region) -> TableSheet:
    columns = (
        TableColumn("Office", 36, "wrapped"),
        TableColumn("Paper", 20),
        TableColumn("Of", 54, "wrapped"),
        TableColumn("Version", 9, "count"),
        TableColumn("Made on", 12, "day"),
        TableColumn("Awards", 9, "count"),
        TableColumn("SHA-256 of the data", 70),
    )
    rows = [
        (
            paper.office,
            KINDS[paper.kind].words,
            paper.paper,
            paper.version,
            paper.made_at.date(),
            len(paper.awards) or None,
            paper.sha256,
        )
        for paper in region.current
    ]
    note = "The files that count, each with the SHA-256 of its data, which its office's own record has too."
    bare = [
        f"{paper.office}, {paper.paper.rstrip(': ')}" for paper in region.current if not paper.has_figures
    ]
    if bare:
        note = f"{note} Kept as printed, so nothing of them is compared: {'; '.join(bare)}."
    return TableSheet("Files", "The files", note, columns, rows)


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100
