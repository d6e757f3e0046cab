"""Hidden rows are said, a long answer is taken whole, a name of thousands of letters is bounded."""

from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from exchange.applications.document import problem_with
from exchange.applications.importer import Reading, read_applications
from tests.exchange.applications.forms import AREAS, take_in

HEADS = ("Organisation", "Area", "Amount requested")
ROWS = [HEADS, *((f"Example Choir {n}", "Coventry", n * 100) for n in range(1, 7))]
HIDDEN = (3, 5, 6)


def _read(path: Path) -> Reading:
    return read_applications(path, fund_code="ACF", usual_areas=AREAS)


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
    assert "has 3,079 letters; write at most 300." in reading.problems[0].message
    assert problem_with("organisation", name.strip()).endswith("write at most 300.")
    assert problem_with("organisation", "Example Choir") == ""
