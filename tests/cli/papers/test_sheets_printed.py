"""Each sheet of each workbook is fitted to its pages: no row, column or word is printed beside them."""

from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from cli.command import main
from exchange.papers.open_data import DATA
from exchange.round_workbook.layout import SHEETS
from exchange.xlsx.table_book import OF_A_COLUMN
from exchange.xlsx.xlsx_sheets import TABLE_HEADING_ROW
from tests.cli.decided_rounds import decided_record, export_all

NOTHING = "There is nothing to list."
EMPTY = "&A: nothing is entered here."


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return every workbook that is written of a round, with and without rows, by its name."""
    folder = tmp_path_factory.mktemp("books")
    record = decided_record(folder, lambda field: f"Some {field} at length" * (1 + 9 * (field == "need")))
    found = [path for (_, ending), path in export_all(record, folder).items() if ending == ".xlsx"]
    of_round = ("--round", "Autumn")
    for kind, *more in (
        ("tables", "--year", "2026/27", "--issue"),
        ("finance", *of_round, "--issue", "--leave-empty"),
        ("monitoring", *of_round),
        ("disclosure", *of_round, "--with-undecided"),
        ("spending", "--month", "2026-12"),
        ("contracts", "--month", "2026-12"),
        ("subsidies", "--month", "2026-12"),
        ("spending", "--period", "2026/27"),
    ):
        found.append(folder / f"{kind}{len(found)}.xlsx")
        assert main(["export", str(record), kind, *more, "--out", str(found[-1])]) == 0, kind
    found += [folder / "saved.xlsx", folder / "drafts.xlsx"]
    assert main(["save", str(record), *of_round, str(found[-2])]) == 0
    assert main(["recommend", str(record), *of_round, "--drafts", str(found[-1])]) == 0
    return {path.name: openpyxl.load_workbook(path) for path in found}


def sheets(books: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((f"{name}, {sheet.title}", sheet) for name, book in books.items() for sheet in book)


def bounds(sheet: Any) -> tuple[int, int, int, int]:
    """Return the first column and row that are printed, and the last ones."""
    first, top, last, end = range_boundaries(sheet.print_area.partition("!")[2].replace("$", ""))
    assert None not in (first, top, last, end)
    return first, top, last, end  # type: ignore[return-value]


def note(sheet: Any) -> str:
    """Return what stands under a sheet's title, on one line or two."""
    return " ".join(cell.value for cell in (sheet["A2"], sheet["A3"]) if cell.value)


def test_each_sheet_is_fitted_to_the_width_of_its_pages_down_to_its_last_row(books: dict[str, Any]) -> None:
    for name, sheet in sheets(books):
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, name
        assert sheet.page_setup.fitToWidth >= 1, name
        assert sheet.page_setup.orientation == "landscape", name
        first, _, last, end = bounds(sheet)
        rows = [cell.row for line in sheet.iter_rows() for cell in line if cell.value is not None]
        assert first == 1, name
        assert max(rows) <= end or sheet.title == DATA, name
        assert sheet.page_setup.fitToWidth == 1 or last >= sheet.max_column, name


def test_no_words_of_a_paper_run_past_what_is_printed(books: dict[str, Any]) -> None:
    papers = {name: book for name, book in books.items() if name != "saved.xlsx"}
    for name, sheet in sheets(papers):
        _, top, last, end = bounds(sheet)
        wide = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, last + 1)]
        wide = [OF_A_COLUMN if width == 13 else width for width in wide]  # what nobody set
        merged = {str(one).partition(":")[0] for one in sheet.merged_cells.ranges}
        for cell in (cell for line in sheet.iter_rows(top, end, 1, last) for cell in line):
            words = cell.value if isinstance(cell.value, str) and cell.data_type == "s" else ""
            if not cell.alignment.wrap_text and cell.coordinate not in merged:
                room = sum(wide[cell.column - 1 :]) * 1.4
                assert len(words) <= room, (name, cell.coordinate, words)


def test_a_sheet_without_a_row_says_so_where_it_is_printed(books: dict[str, Any]) -> None:
    empty = 0
    for name, sheet in sheets(books):
        is_saved = sheet.title in SHEETS and name.startswith("saved")
        heading = 1 if is_saved else TABLE_HEADING_ROW
        if sheet.max_row <= heading and not (not is_saved and sheet["A1"].value == "Identifier"):
            empty += 1
            said = sheet.oddHeader.left.text if is_saved else note(sheet)
            assert (EMPTY if is_saved else NOTHING) in said or said.startswith("No exception"), name
    assert empty > 1


def test_what_only_a_program_reads_is_not_printed(books: dict[str, Any]) -> None:
    data = [sheet for _, sheet in sheets(books) if sheet.title == DATA]
    assert data
    for sheet in data:
        assert bounds(sheet)[3] < TABLE_HEADING_ROW
        assert "These data are not printed." in note(sheet)
