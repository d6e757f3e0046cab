"""Amounts in thousands and pence become pounds and are said; every other unit is a problem in each row."""

from pathlib import Path

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, read_applications
from exchange.applications.row_reader import Setting
from exchange.reading.sheets import Cell
from tests.exchange.applications.forms import AREAS, take_in

HEADS = ["Organisation", "Area", "Project title"]


def _amounts(heading: str, *cells: Cell) -> Reading:
    rows = [[f"Example Choir {n}", "Coventry", "Songs", cell] for n, cell in enumerate(cells)]
    return take_in([[*HEADS, heading], *rows])


def _pence(reading: Reading) -> list[int]:
    return [row.requested_pence for row in reading.applications]


@pytest.mark.parametrize(
    ("heading", "cell", "pence", "words"),
    [
        ("Amount requested (£000s)", 4.5, 450_000, "in thousands of pounds"),
        ("Amount requested (£'000)", "£4.125", 412_500, "in thousands of pounds"),
        ("Amount requested in pence", "450,000", 450_000, "in pence"),
    ],
)
def test_thousands_and_pence_are_turned_into_pounds_and_said(
    heading: str, cell: Cell, pence: int, words: str
) -> None:
    reading = _amounts(heading, cell, cell)

    assert _pence(reading) == [pence, pence]
    assert reading.notes == (f"{heading}: amounts are {words} and are turned into pounds.",)


@pytest.mark.parametrize("unit", ["€", "USD", "in euros", "per month", "per year", "p.a.", "£m", "each week"])
@pytest.mark.parametrize("cell", [4500, "4,500", "4.5k"])
def test_any_other_unit_is_a_problem_in_each_row(unit: str, cell: Cell) -> None:
    reading = _amounts(f"Amount requested ({unit})", cell, "£4,500.50 in all", cell)

    assert _pence(reading) == [450_050]
    assert [problem.cell for problem in reading.problems] == ["D2", "D4"]
    assert reading.problems[0].words.endswith("write the whole amount in pounds, like £4,500 in all.")


def test_pounds_in_a_cell_count_under_a_heading_of_euros_and_not_under_one_of_months() -> None:
    assert _pence(_amounts("Amount requested (€)", "£400", "GBP 50")) == [40_000, 5_000]
    assert _pence(_amounts("Amount requested (per month)", "£400", "GBP 50")) == []


def test_a_column_of_currencies_counts_row_by_row_and_for_every_amount() -> None:
    reading = take_in(
        [
            [*HEADS, "Amount requested", "Total cost", "Minimum amount", "Match funding", "Currency"],
            ["Example Choir", "Coventry", "Songs", 1200, 2000, 0, 0, "GBP"],
            ["Example Gym", "Coventry", "Gym", 1200, 2000, 900, 0, "EUR"],
            ["Example Club", "Coventry", "Club", "£1,200 in all", 2000, "£900 in all", "£0 in all", "EUR"],
            ["Example Band", "Coventry", "Band", 1200, 2000, None, None, None],
        ]
    )

    assert [row.organisation for row in reading.applications] == [
        "Example Choir",
        "Example Club",
        "Example Band",
    ]
    club = reading.applications[1]
    assert (club.minimum_pence, club.total_cost_pence, club.match_funding_pence) == (90_000, None, 0)
    assert [problem.cell for problem in reading.problems] == ["F2", "D3", "E4"]
    assert dict(club.answers) == {"Total cost": "2000", "Currency": "EUR"}


@pytest.mark.parametrize("heading", ["Ccy", "Paid in", "Currency code"])
def test_a_column_that_holds_nothing_but_currencies_counts_by_whatever_name(heading: str) -> None:
    cells = (("4500", "GBP"), ("4500", "EUR"), ("£4,500", "USD"), ("4500", None), ("4500", "£"))
    rows = [[f"Example Choir {n}", "Coventry", f"Songs {n}", *two] for n, two in enumerate(cells)]

    reading = take_in([[*HEADS, "Amount requested", heading], *rows])

    assert [row.project for row in reading.applications] == ["Songs 0", "Songs 3", "Songs 4"]
    assert [problem.cell for problem in reading.problems] == ["D3", "D4"], "a sign beside USD is in doubt"


def test_a_column_of_units_turns_thousands_row_by_row_and_says_so() -> None:
    rows = [
        ["Example Choir", "Coventry", "Songs", 4.5, "£000"],
        ["Example Gym", "Coventry", "Gym", 1200, "£"],
    ]

    reading = take_in([[*HEADS, "Amount requested", "Unit"], *rows])

    assert _pence(reading) == [450_000, 120_000]
    assert reading.notes == ("Unit: amounts in thousands or in pence are turned into pounds.",)


def test_a_column_of_figures_or_of_how_often_is_no_column_of_currencies() -> None:
    rows = [["Example Choir", "Coventry", "Songs", 4500, "weekly", "£500"]]

    assert _pence(take_in([[*HEADS, "Amount requested", "How often?", "Hall hire"], *rows])) == [450_000]


def test_a_note_above_the_headings_gives_a_unit_to_all_amounts() -> None:
    heads = [*HEADS, "Amount requested", "Total cost"]
    reading = take_in(
        [["All figures are in £000s", None], [], heads, ["Example Choir", "Coventry", "Songs", 4, 9]]
    )

    (found,) = reading.applications
    assert (found.requested_pence, found.total_cost_pence) == (400_000, 900_000)
    assert len(reading.notes) == 2


@given(
    st.integers(1, 10**7), st.sampled_from(["(£000s)", "(in thousands)", "£k", "('000)", "(GBP thousands)"])
)
def test_no_penny_is_lost_in_thousands(pence: int, unit: str) -> None:
    thousands = f"{pence // 100_000}.{pence % 100_000:05d}"

    assert _pence(_amounts(f"Amount requested {unit}", thousands)) == [pence]


FORMATS = (
    ("[$€-2] #,##0.00", None),
    ("$#,##0", None),
    ("[$USD] #,##0", None),
    ('#,##0" per month"', None),
    ('#,##0\\ "kr"', None),
    ('0.0,"k"', 450_000),
    ('0"p"', None),
    ('"£"#,##0.00;[Red]-"£"#,##0.00', 450_000),
    ("_-[$£-809]* #,##0.00_-", 450_000),
    ("General", 450_000),
)


def _workbook(path: Path) -> Path:
    book = Workbook()
    book.active.append(["Organisation", "Area", "Amount requested"])
    for number, (code, _) in enumerate(FORMATS, 2):
        book.active.append([f"Example Choir {number}", "Coventry", 4500])
        book.active.cell(number, 3).number_format = code
    book.save(path)
    return path


def test_a_number_format_counts_as_its_unit(tmp_path: Path) -> None:
    reading = read_applications(_workbook(tmp_path / "formats.xlsx"), Setting("ACF", AreaNames(AREAS)))

    assert _pence(reading) == [pence for _, pence in FORMATS if pence is not None]
    assert [problem.cell for problem in reading.problems] == ["C2", "C3", "C4", "C5", "C6", "C8"]
    assert reading.problems[0].value == "€ 4500"


def test_the_formats_of_an_old_workbook_and_of_an_open_one_count_as_well(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    for column, heading in enumerate(["Organisation", "Area", "Amount requested"]):
        page.write(0, column, heading)
    for number, code in enumerate(("[$€-2] #,##0.00", "#,##0", '"k"0', '0.0,"k"'), 1):
        style = xlwt.easyxf(num_format_str=code)
        for column, value in enumerate([f"Example Choir {number}", "Coventry", 4500 + number]):
            page.write(number, column, value, style)
    book.save(str(tmp_path / "old.xls"))
    euros = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    euros.spreadsheet.addElement(table)
    table.addElement(line := TableRow())
    for heading in ("Organisation", "Area", "Amount requested"):
        line.addElement(cell := TableCell(valuetype="string"))
        cell.addElement(P(text=heading))
    for currency in ("GBP", "EUR"):
        table.addElement(line := TableRow())
        for text in (f"Example Gym {currency}", "Coventry"):
            line.addElement(cell := TableCell(valuetype="string"))
            cell.addElement(P(text=text))
        line.addElement(TableCell(valuetype="currency", currency=currency, value=900))
    euros.save(str(tmp_path / "open.ods"))

    old = read_applications(tmp_path / "old.xls", Setting("ACF", AreaNames(AREAS)))
    new = read_applications(tmp_path / "open.ods", Setting("ACF", AreaNames(AREAS)))

    assert (_pence(old), [problem.value for problem in old.problems]) == (
        *([450_200, 450_300, 450_400], ["€ 4501"]),
    )
    assert (_pence(new), [problem.value for problem in new.problems]) == ([90_000], ["EUR 900"])
