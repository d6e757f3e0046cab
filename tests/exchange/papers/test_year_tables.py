"""The year tables as a workbook and as a PDF, read back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.xml.constants import SHEET_DRAWING_NS
from pypdfium2 import PdfDocument

from exchange.papers.paper_writing import write_paper
from exchange.papers.year_tables import sheet_names, up_to_now
from models.papers.status import PaperStatus
from models.papers.year.summed_tables import YearTable, YearTables, printed_years
from models.papers.year.year_end_tables import amounts_table, year_end_tables
from models.papers.year.year_facts import (
    FundAmount,
    FundYear,
    LineEnd,
    Spent,
    YearApplied,
    YearAsked,
    YearAward,
    YearDecision,
    YearPot,
)
from models.reference.shipped_history import PrintedTable, shipped_tables

STATUS = PaperStatus(datetime(2026, 12, 2, 9, 30, tzinfo=UTC), "7f" * 32)
HOSTILE = ('=HYPERLINK("http://x","y")', "+1+1", "@SUM(A1)", "<b>bold</b> & <para>", "-2+3")


def paper(tables: Sequence[YearTable] = (), printed: Sequence[PrintedTable] = ()) -> YearTables:
    found, checks = printed_years().those([table.key for table in printed])
    return YearTables("OFFICIAL", "Year tables", (*found, *tables), tuple(checks))


HISTORY = paper(printed=shipped_tables())


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of every shipped table."""
    return write_paper("tables", HISTORY, STATUS, tmp_path_factory.mktemp("year") / "tables.xlsx")


def assert_sums_alone(book: Workbook) -> None:
    """Assert that a workbook has formulas, and that each of them is a sum."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert formulas
    assert all(words.startswith("=SUM(") for words in formulas)


def hostile_year() -> FundYear:
    awards = tuple(
        YearAward("Dudley", number, words, words, words, 10_000, 10_000, 0, is_known=False, progress=words)
        for number, words in enumerate(HOSTILE)
    )
    pots = (YearPot("=1+1", 5), YearPot("Dudley", 60_000))
    return FundYear("=Fund", "2026/27", pots, awards, (YearAsked("Dudley", 5, 50_000),))


def test_every_shipped_figure_is_a_number_in_its_sheet_and_every_total_is_live(workbook: Path) -> None:
    live, shown = load_workbook(workbook), load_workbook(workbook, data_only=True)
    names = sheet_names(HISTORY.tables)

    for name, table in zip(names, HISTORY.tables, strict=True):
        rows = list(shown[name].iter_rows(min_row=5, values_only=True))
        for row, cells in zip(rows, (*table.rows, table.totals), strict=False):
            for column, cell, value in zip(table.columns, cells, row, strict=False):
                if isinstance(cell, int):
                    scale = 1 if column.kind == "count" else 100
                    assert value == pytest.approx(cell / scale), (name, column.heading)
        for number in table.summed:
            total = live[name].cell(5 + len(table.rows), number + 1)
            assert str(total.value).startswith("=SUM(")
            assert total.data_type == "f"


def test_differences_have_a_verdict_and_every_chart_its_words(
    workbook: Path,
) -> None:
    book = load_workbook(workbook, data_only=True)
    rows = {row[3]: row[4:] for row in book["Differences"].iter_rows(min_row=5, values_only=True)}

    assert len(rows) == 13
    verdict = "Rounding: the printed total is £1 less than its rows come to"
    assert rows["Sum of Commitment"] == ("£", 667_519, 667_518, 1, verdict)
    assert book["Checks"].max_row - 4 == len(HISTORY.checks)

    with ZipFile(workbook) as archive:
        drawings = [archive.read(name) for name in archive.namelist() if "/drawings/drawing" in name]
    told = [
        frame.attrib.get("descr", "")
        for drawing in drawings
        for frame in ElementTree.fromstring(drawing).iter(f"{{{SHEET_DRAWING_NS}}}cNvPr")
    ]

    assert told
    assert all(words.endswith("Its figures are in the table above it.") for words in told)


def test_figures_of_a_year_that_is_not_over_say_up_to_which_day_they_go(tmp_path: Path) -> None:
    """Those of a year that is over, and those that were printed, go up to no day of the paper."""
    now = "The figures of 2026/27 go up to 2 December 2026: the year ends on 31 March 2027."
    after = PaperStatus(datetime(2027, 3, 31, 9, 30, tzinfo=UTC), "7f" * 32)
    running = YearTable("Table 1", "Grants", "Fund", "2026/27", "", (), ())
    kept = (replace(running, year="2025/26"), replace(running, is_printed=True), replace(running, year=""))

    assert up_to_now([running, *kept], STATUS) == now
    assert up_to_now(kept, STATUS) == ""
    assert up_to_now([running], after) == ""
    table = amounts_table("2026/27", [FundAmount("Active Citizens Fund", "2026/27", "", 100)])
    book, pages = (
        write_paper("tables", paper([table]), STATUS, tmp_path / f"t{ending}") for ending in (".xlsx", ".pdf")
    )
    assert now in str(load_workbook(book)["Contents"]["A2"].value)
    with PdfDocument(pages) as document:
        assert now in document[0].get_textpage().get_text_range()


def ended_year() -> FundYear:
    """Return a year in which everything that people write begins like a formula or holds markup."""
    decided = YearDecision(5_000, 100, "<b>late</b> & more", "=Chief()", date(2027, 4, 9), 4_000)
    end = LineEnd(Spent(1_000, 100, date(2027, 3, 31), "+ledger"), decided, decided, decided)
    applied = (
        YearApplied("=1+1", "@type", is_known=False, is_eligible=True, requested_pence=5, awarded_pence=5),
    )
    of = hostile_year()
    return replace(of, ends={"=1+1": end}, applied=applied)


def test_the_end_of_a_year_is_read_back_from_its_sheets(tmp_path: Path) -> None:
    path = write_paper("tables", paper(tuple(year_end_tables(ended_year()))), STATUS, tmp_path / "t.xlsx")

    book = load_workbook(path, data_only=True)
    assert book.sheetnames[1:5] == ["Year end", "Carry forward", "Year-end decisions", "Award rates"]
    (first, _, total, *_) = book["Year end"].iter_rows(min_row=5, values_only=True)
    # Budget 0.05; spent 10 and 1 of start-up: 11 in all, 10.95 over.
    assert first == ("=1+1", 0.05, 0, 0, 0, 11, 1, 0.05, -10.95)
    assert total[:2] == ("Total", 600.05)
    (carried, *_) = book["Carry forward"].iter_rows(min_row=5, values_only=True)
    assert carried == ("=1+1", 0.05, 0, 11, -10.95, 51, 61.95, 51)
    (decision, *_) = book["Year-end decisions"].iter_rows(min_row=5, values_only=True)
    why, who = "<b>late</b> & more", "=Chief()"
    assert decision == ("=1+1", "Carry forward", 51, 1, 40, 11, why, who, "9 Apr 2027")
    assert_sums_alone(load_workbook(path))
