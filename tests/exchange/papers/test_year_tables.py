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

from exchange.papers.document.values import Chart
from exchange.papers.paper_writing import write_paper
from exchange.papers.year_tables import sheet_names, up_to_now, year_tables_document
from models.papers.status import PaperStatus
from models.papers.year.printed import printed_years
from models.papers.year.round_year import round_tables
from models.papers.year.summed_tables import YearTable, YearTables
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
from tests.paper_text import printed

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


def test_differences_are_listed_with_both_figures_and_a_verdict(workbook: Path) -> None:
    book = load_workbook(workbook, data_only=True)
    rows = {row[3]: row[4:] for row in book["Differences"].iter_rows(min_row=5, values_only=True)}

    assert len(rows) == 13
    verdict = "Rounding: the printed total is £1 less than its rows come to"
    assert rows["Sum of Commitment"] == ("£", 667_519, 667_518, 1, verdict)
    assert book["Checks"].max_row - 4 == len(HISTORY.checks)


def test_every_chart_says_in_words_what_it_shows(workbook: Path) -> None:
    with ZipFile(workbook) as archive:
        drawings = [archive.read(name) for name in archive.namelist() if "/drawings/drawing" in name]
    told = [
        frame.attrib.get("descr", "")
        for drawing in drawings
        for frame in ElementTree.fromstring(drawing).iter(f"{{{SHEET_DRAWING_NS}}}cNvPr")
    ]

    assert told
    assert all(words.endswith("Its figures are in the table above it.") for words in told)


def test_text_from_applicants_is_text_in_every_cell_of_the_workbook(tmp_path: Path) -> None:
    path = write_paper("tables", paper(round_tables(hostile_year())), STATUS, tmp_path / "t.xlsx")

    book = load_workbook(path)
    assert_sums_alone(book)
    found = {row[0] for row in book["Appendix 1"].iter_rows(min_row=5, values_only=True)}
    assert set(HOSTILE) <= found
    with ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.casefold()]


def test_the_pdf_holds_every_table_each_total_and_the_differences(tmp_path: Path) -> None:
    words = printed(write_paper("tables", HISTORY, STATUS, tmp_path / "tables.pdf"))

    for table in HISTORY.tables:
        assert " ".join(table.name.split()) in words
    for said in (
        *("10,260,497", "667,519", "−2,469", "17,859,811", "£3,549,244.02", "Draft, not issued"),
        "Rounding: the printed total is £1 less than its rows come to",
        *("circa £3,321,000", "£0.8m", "Each local policing area has an allocation of £30,000", "8.2%"),
        *("• Large number of clients", "£17,859,811 £17,900,000 −£40,189"),
        "£7,713,019.51 £8,175,577.39 −£462,557.88",
    ):
        assert said in words
    assert "10,260,497.00" not in words
    assert "£625,940 17.64%" in words, "whole pounds beside sums with pence, as print has them"
    assert "£625,940.00" not in words


def test_text_from_applicants_and_the_end_of_a_year_are_read_back_from_the_pdf(tmp_path: Path) -> None:
    tables = (*round_tables(hostile_year()), *year_end_tables(ended_year()))
    words = printed(write_paper("tables", paper(tables), STATUS, tmp_path / "t.pdf"))

    for said in ("<b>bold</b> & <para>", "<b>late</b> & more", "−10.95", "small number"):
        assert said in words
    assert '=HYPERLINK("http://x","y")' in words.replace("( ", "(")


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


def test_a_decision_of_a_command_that_named_nobody_names_no_account() -> None:
    decided = YearDecision(5_000, 0, "", "command line, ledger7", date(2027, 4, 9))
    end = LineEnd(None, None, decided, None)
    of = replace(ended_year(), ends={"=1+1": end})

    (decisions,) = (table for table in year_end_tables(of) if table.code == "Year-end decisions")

    assert "Decided by" not in [column.heading for column in decisions.without_empty_columns.columns]


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


def test_what_the_office_gave_is_no_bar_of_spend_against_budget() -> None:
    pots = (YearPot("Dudley", 90_000, contributed_pence=500),)
    of = FundYear("Made-up Fund", "2026/27", pots, (), (YearAsked("Dudley", 1, 5),))
    table = round_tables(of)[0]

    blocks = year_tables_document(paper((table,)), STATUS).blocks

    (chart,) = (block for block in blocks if isinstance(block, Chart))
    assert [row[0] for row in table.rows] == ["Dudley", "Office funding"]
    assert "Office funding is what the office itself gave; it is taken off" in table.base
    assert ([bar.name for bar in chart.bars], chart.caption) == (
        ["Dudley"],
        "Spend against budget – Made-up Fund 2026/27",
    )
