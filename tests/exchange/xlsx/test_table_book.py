"""Workbooks of tables: numbers, days and text as such, widths, values beside formulas."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from msgspec.structs import replace

from exchange.xlsx.table import (
    Formula,
    Shown,
    TableBook,
    TableColumn,
    TableSheet,
    column_sum,
    column_total,
    csv_text,
)
from exchange.xlsx.table_book import write_table_book, write_table_csv
from exchange.xlsx.xlsx_cells import put_cached_values

COLUMNS = (
    TableColumn("Code", 12, "text", "code"),
    TableColumn("Payee", 30, "wrapped", "payee"),
    TableColumn("Amount", 14, "pounds", "pence", is_summed=True),
    TableColumn("Due", 12, "day", lambda paid: paid.on),
)


class Paid(NamedTuple):
    """A line of the table."""

    code: str
    payee: str
    pence: int
    on: date | None


ROWS = (Paid("0042", "=HYPERLINK(1)", 123_456, date(2026, 12, 2)), Paid("0043", "Kite Club", 44, None))


def book() -> TableBook:
    sheet = TableSheet("Lines", "Finance schedule", "2 lines", COLUMNS, ROWS)
    return TableBook("Finance", "OFFICIAL", "Draft", datetime(2026, 12, 2, 9, tzinfo=UTC), (sheet,))


def written(*sheets: TableSheet, folder: Path, data_only: bool = False, **changes: Any) -> Any:
    """Return the book with these sheets as openpyxl reads it."""
    values = replace(book(), sheets=sheets or book().sheets, **changes)
    return openpyxl.load_workbook(write_table_book(values, folder / "a.xlsx"), data_only=data_only)


def test_values_are_read_back_as_what_they_are_and_give_the_same_bytes_again(tmp_path: Path) -> None:
    sheet = written(folder=tmp_path)["Lines"]

    assert [cell.value for cell in sheet[5]] == ["0042", "=HYPERLINK(1)", 1234.56, datetime(2026, 12, 2)]
    assert sheet["B5"].data_type == "s"
    assert sheet["A5"].quotePrefix
    assert sheet["C7"].value == "=SUM(C5:C6)"
    assert sheet.freeze_panes == "B5"
    assert sheet.auto_filter.ref == "A4:D6"

    first, second = (write_table_book(book(), tmp_path / name) for name in ("a.xlsx", "b.xlsx"))

    assert first.read_bytes() == second.read_bytes()


def test_a_sum_adds_stored_results_and_a_row_of_totals_says_what_its_columns_have_for_it(
    tmp_path: Path,
) -> None:
    columns = (
        TableColumn("Area", 12, "text", "0", total="In all"),
        TableColumn("Paid", 12, "pounds", "1", is_summed=True),
        TableColumn("Lines", 12, "count", lambda _: Formula("=1+1", "2"), is_summed=True),
        TableColumn("Rate", 12, "percent", lambda _: None, total=12.5),
    )
    rows = [("Hill", Formula("=1/4", "0.25")), ("Dale", 75), ("Fen", None)]
    sheet = TableSheet("Lines", "Lines", "", columns, rows)
    bare = replace(sheet, name="Bare", has_total=False)
    found = written(sheet, bare, folder=tmp_path, data_only=True)

    assert [cell.value for cell in found["Lines"][8]] == ["In all", 1, 6, 12.5]  # £0.25 + £0.75; 3 times 2
    assert found["Bare"].max_row == 7


def test_a_table_is_written_as_csv_and_numbers_shown_alike_stay_apart(tmp_path: Path) -> None:
    path = write_table_csv(tmp_path / "a.csv", COLUMNS, ROWS)

    assert path.read_text("utf-8-sig").splitlines() == [
        '"Code","Payee","Amount","Due"',
        '"0042","\'=HYPERLINK(1)","1234.56","2026-12-02"',
        '"0043","Kite Club","0.44",""',
    ]

    columns = (TableColumn("One", 10, "figure", "0"), TableColumn("Other", 10, "figure", "1"))
    sheet = TableSheet("Lines", "Lines", "", columns, [(Shown(667_519.0, "#,##0"), Shown(1.0, "#,##0"))])

    found = written(sheet, folder=tmp_path)

    assert (667_519, 1) in [row[:2] for row in found["Lines"].iter_rows(values_only=True)]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 7700", "-5", "@x", "|cmd", "%0A", "\uff1d1", " \u00a0=1", "\u200b@x", "\tx", "\nx", "\rx"],
)
def test_what_would_run_is_marked(text: str) -> None:
    assert csv_text(text).startswith("'")


XML = b'<row><c r="A1"><f>1+1</f><v></v></c><c r="B1"><v>5</v></c><c r="C1"><f>A1</f><v /></c></row>'


@pytest.mark.parametrize("values", [["2"], ["2", "2", "2"]])
def test_another_number_of_values_than_formulas_is_a_mistake(values: list[str]) -> None:
    with pytest.raises(ValueError, match="cached values than formulas"):
        put_cached_values(XML, values)


def test_text_like_a_formula_is_left_alone_and_the_sum_of_no_row_is_not_of_itself() -> None:
    text = b'<c t="inlineStr"><is><t>&lt;/f&gt;&lt;v /&gt;</t></is></c>'

    assert put_cached_values(text, []) == text

    assert column_sum(3, 0, 0).text == "=SUM(C4:C4)"
    assert column_total(3, 1, 4).text == "=SUM(C5:C5)"
