"""The table of applications in a book: its headings, what is asked and sheets as they come."""

from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, problem_with, read_applications
from exchange.applications.row_reader import Setting
from exchange.reading.sheets import Cell
from models.trouble import Trouble
from tests.exchange.applications.forms import AREAS, take_in

HEADINGS = (
    "Title",
    "Lead officer name",
    "Lead officer email",
    "Category of organisation",
    "Force area",
    "Bid name",
)
FIRST = ("Hope Trust", "Nadia Slater", "a@hope.example", "School", "Coventry", "Summer of Sport")
SECOND = ("Boxing Club", "Lee Hussain", "b@boxing.example", "Charity", "Walsall", "Night Marshals")


@pytest.mark.parametrize("heading", ["Bid value", "Zzz", "Figure (column P of the old sheet)"])
def test_row_of_values_is_no_heading_though_it_has_words_of_headings(heading: str) -> None:
    path = "Path", "sites/grants/bids", "sites/grants/bids"
    rows: list[tuple[Cell, ...]] = [
        (*HEADINGS, heading, path[0]),
        (*FIRST, "£4,500", path[1]),
        (*SECOND, "£920.50", path[2]),
    ]

    reading = take_in(rows)

    assert reading.table.header_row == 1
    found = [(one.organisation, one.requested_pence, one.project) for one in reading.applications]
    assert found == [("Hope Trust", 450000, "Summer of Sport"), ("Boxing Club", 92050, "Night Marshals")]


def test_values_make_no_organisation_of_names_of_persons_or_projects() -> None:
    rows = [
        ("Total cost", "Lead officer email", "Bid name", "Force area", "Post code", "Bid value", "Remarks"),
        ("£5,000", "a@hope.example", "Summer of Sport", "Coventry", "CV1 1AA", "£4,500", "Nadia Slater"),
        ("£1,000", "b@boxing.example", "Night Marshals", "Walsall", "WS1 1TP", "£920.50", "Lee Hussain"),
    ]

    with pytest.raises(Trouble, match="no column that looks like an organisation"):
        take_in(rows)


def test_values_tell_the_organisation_though_its_heading_reads_as_an_amount() -> None:
    rows = [
        ("Bid from", "Lead officer email", "Force area", "Post code", "Need", "Asked for (£)"),
        ("Hope Trust", "a@hope.example", "Coventry", "CV1 1AA", "Nobody else does.", "£4,500"),
        ("Boxing Club", "b@boxing.example", "Walsall", "WS1 1TP", "They asked us.", "£920.50"),
    ]

    assert [one.organisation for one in take_in(rows).applications] == ["Hope Trust", "Boxing Club"]


def test_of_two_titles_that_is_the_project_which_is_as_short_as_one() -> None:
    told = "We will walk with them every Friday night, and on Saturday back again. " * 2
    rows = [
        ("Organisation", "Amount requested", "Project", "Project title"),
        ("Hope Trust", "£4,500", told, "Night Marshals"),
    ]

    assert take_in(rows).applications[0].project == "Night Marshals"


_FORM: tuple[tuple[str, Cell, Cell], ...] = (
    ("Completion time", "04/10/2026 10:01", "05/10/2026 10:02"),
    ("Contact person at your organisation", "Nadia Slater", "Lee Hussain"),
    ("E-mail", "a@hope.example", "b@boxing.example"),
    ("Name of the project", "Summer of Sport", "Night Marshals"),
    ("Which group does what?", "Hope Trust", "Boxing Club"),
    ("Total cost of the project", "£6,100", "£1,240"),
    ("Figure", "£4,500", "£920.50"),
    ("How much is coming from other funders?", "£1,600", "£319.50"),
    ("When will it start?", "04/01/2027", "11/01/2027"),
)


@pytest.mark.parametrize("organisation", ["Which group does what?", "Wording of question 3", "Zzz", "Title"])
@pytest.mark.parametrize("amount", ["Figure", "Wording of question 14", "Qqq", "Column G"])
def test_a_table_of_applications_is_read_whatever_its_two_columns_are_called(
    organisation: str, amount: str
) -> None:
    headings = [one[0] for one in _FORM]
    headings[4], headings[6] = organisation, amount

    reading = take_in([headings, *([one[at] for one in _FORM] for at in (1, 2))])

    found = [(one.organisation, one.requested_pence, one.total_cost_pence) for one in reading.applications]
    assert found == [("Hope Trust", 450000, 610000), ("Boxing Club", 92050, 124000)]
    assert amount in reading.to_check
    assert {*reading.to_check} <= {organisation, amount}


def test_two_rows_of_questions_are_one_heading_though_no_rule_knows_the_amount() -> None:
    upper = ["Contact", "", "", "Service", "", "Sums", ""]
    lower = ["Zzz", "Name", "Email", "Title", "Summary", "Total cost", "Qqq"]
    told = "They asked us for it, and so we will walk with them every Friday night. "
    rows = [
        ("Hope Trust", "Nadia Slater", "a@hope.example", "Summer of Sport", told, "£6,100", "£4,500"),
        ("Boxing Club", "Lee Hussain", "b@boxing.example", "Night Marshals", told, "£1,240", "£920.50"),
    ]

    reading = take_in([upper, lower, *rows])

    assert reading.table.header_row == 2
    assert [(one.organisation, one.requested_pence) for one in reading.applications] == [
        *(("Hope Trust", 450000), ("Boxing Club", 92050))
    ]


HEADS = ("Organisation", "Area", "Amount requested")
ROWS = [HEADS, *((f"Example Choir {n}", "Coventry", n * 100) for n in range(1, 7))]
HIDDEN = (3, 5, 6)


def _read(path: Path) -> Reading:
    return read_applications(path, Setting("ACF", AreaNames(AREAS)))


def _xlsx(path: Path) -> None:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    for number in HIDDEN:
        book.active.row_dimensions[number].hidden = True
    book.save(path)


def _xls(path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            page.write(number, column, value)
        page.row(number).hidden = number + 1 in HIDDEN
    book.save(str(path))


def _ods(path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    book.spreadsheet.addElement(table)
    for number, row in enumerate(ROWS, 1):
        line = TableRow(visibility="filter" if number in HIDDEN else "visible")
        for value in row:
            is_text = isinstance(value, str)
            cell = TableCell(valuetype="string") if is_text else TableCell(valuetype="float", value=value)
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    book.save(str(path))


@pytest.mark.parametrize(("write", "ending"), [(_xlsx, "xlsx"), (_xls, "xls"), (_ods, "ods")])
def test_hidden_and_filtered_rows_are_read_counted_and_said(
    write: object, ending: str, tmp_path: Path
) -> None:
    assert callable(write)
    write(tmp_path / f"export.{ending}")

    reading = _read(tmp_path / f"export.{ending}")

    assert len(reading.applications) == 6
    assert reading.notes == (
        "3 rows that are hidden or filtered out in the spreadsheet are read as well: rows 3, 5 and 6.",
    )


def test_one_answer_of_a_million_letters_is_taken_whole(tmp_path: Path) -> None:
    long = "An answer. " * 90_000
    path = tmp_path / "long.csv"
    path.write_text(
        f'Organisation,Area,Amount requested,Anything else?\nExample Choir,Coventry,100,"{long}"\n'
    )

    (row,) = _read(path).applications

    assert dict(row.answers) == {"Anything else?": long.strip()}


def test_a_name_of_thousands_of_letters_is_bounded_reported_and_kept_whole() -> None:
    name, title = "Example Choir " * 220, "Songs " * 200
    reading = take_in(
        [
            ["Organisation", "Area", "Amount requested", "Project title", "Reference"],
            [name, "Coventry", 100, title, "A" * 101],
        ]
    )

    (row,) = reading.applications
    assert (row.organisation[:13], row.organisation[-1]) == ("Example Choir", "…")
    assert max(len(row.organisation), len(row.project), len(row.reference)) <= 301
    assert dict(row.answers)["Organisation"] == name.strip()
    assert [problem.cell for problem in reading.problems] == ["A2", "D2", "E2"]
    assert "has 3,079 letters; write at most 300." in reading.problems[0].words
    assert problem_with("organisation", name.strip()).endswith("write at most 300.")
    assert problem_with("organisation", "Example Choir") == ""
