"""Workbooks of tables: numbers, days and text as such, widths, values beside formulas, the logo."""

from datetime import UTC, date, datetime
from math import inf
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import Mock
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.xml.constants import SHEET_DRAWING_NS

from exchange.xlsx.table import (
    NOTE,
    TEXT,
    Formula,
    Look,
    Shown,
    TableBook,
    TableColumn,
    TableSheet,
    column_sum,
    column_total,
    csv_text,
)
from exchange.xlsx.table_book import write_table_book, write_table_csv
from exchange.xlsx.xlsx_cells import LINE_HEIGHT, height_of, put_cached_values
from exchange.xlsx.xlsx_sheets import (
    CHARACTER_PX,
    FIRST_PAGE,
    HEIGHT_PX,
    LOGO,
    LOW_PX,
    WIDEST_FOR_A_WORD,
    add_logo,
    holding_words,
)
from tests.paper_text import picture

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


def test_values_are_read_back_as_what_they_are(tmp_path: Path) -> None:
    sheet = written(folder=tmp_path)["Lines"]

    assert [cell.value for cell in sheet[5]] == ["0042", "=HYPERLINK(1)", 1234.56, datetime(2026, 12, 2)]
    assert sheet["B5"].data_type == "s"
    assert sheet["A5"].quotePrefix
    assert sheet["C7"].value == "=SUM(C5:C6)"
    assert sheet.freeze_panes == "B5"
    assert sheet.auto_filter.ref == "A4:D6"


def test_a_sum_stands_beside_its_formula(tmp_path: Path) -> None:
    sheet = written(folder=tmp_path, data_only=True)["Lines"]

    assert [cell.value for cell in sheet[7]] == ["Total", None, 1235, None]  # £1,234.56 + £0.44


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


def test_the_same_table_is_written_as_csv(tmp_path: Path) -> None:
    path = write_table_csv(tmp_path / "a.csv", COLUMNS, ROWS)

    assert path.read_text("utf-8-sig").splitlines() == [
        '"Code","Payee","Amount","Due"',
        '"0042","\'=HYPERLINK(1)","1234.56","2026-12-02"',
        '"0043","Kite Club","0.44",""',
    ]


def test_the_same_values_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_table_book(book(), tmp_path / name) for name in ("a.xlsx", "b.xlsx"))

    assert first.read_bytes() == second.read_bytes()


def test_a_short_text_of_several_lines_is_read_whole() -> None:
    # a line of 13.2 points for each, the blank one too, and 4 beside them
    assert height_of([("1 Example Street\n\nSampleton", 90)]) == 3 * LINE_HEIGHT + 4
    assert height_of([("1 Example Street", 90)]) == LINE_HEIGHT + 4


def test_a_wide_sheet_goes_over_pages_that_name_each_row_and_a_long_title_is_printed_whole(
    tmp_path: Path,
) -> None:
    columns = tuple(TableColumn(str(n), 20, "text", str) for n in range(14))
    wide = TableSheet("Wide", "W", "", columns, ("x",))
    empty = TableSheet("Empty", "E", "Of this year.", columns, ())
    two = (TableColumn("A", 20, "text", str), TableColumn("B", 12, "text", str))
    titled = TableSheet("Titled", "T" * 40, "", two, ())
    title = f"Return, {'Fund ' * 8}, April to September & more"
    sheets = written(wide, empty, titled, folder=tmp_path, title=title)

    # 280 characters: after the first column 260 are left for pages of 180 - 20
    assert sheets["Wide"].page_setup.fitToWidth == 2
    assert (sheets["Wide"].print_title_cols, sheets["Wide"].print_area) == ("$A:$A", "'Wide'!$A$4:$N$5")
    # without a line all headings are on one page, under a note that says so
    assert (sheets["Empty"].page_setup.fitToWidth, sheets["Empty"].print_area) == (1, "'Empty'!$A$1:$N$4")
    assert sheets["Empty"]["A2"].value == "Of this year. There is nothing to list."
    # what is wider than half a page ends at the last comma, and does not run into the marking
    assert sheets["Wide"].oddHeader.left.text == f"Return, {'Fund ' * 8}".rstrip()
    # 40 letters of the title take 56, the table has 32, so three blank columns of 9 are printed
    assert sheets["Titled"].print_area == "'Titled'!$A$1:$E$4"


@pytest.mark.parametrize("above", [(), (("Only", TEXT), ("these", TEXT))])
def test_a_note_longer_than_its_table_is_wide_goes_on_below_across_what_is_printed(
    tmp_path: Path, above: tuple[tuple[str, Look], ...]
) -> None:
    others = (
        TableColumn("Hidden", 40, "text", lambda _: None, is_hidden=True),
        TableColumn("Not printed", 80, "text", lambda _: None),
    )
    columns = (*COLUMNS, *others)
    note = ("The reserve list holds. " * 20).strip()
    lines = TableSheet("Lines", "Lines", note, columns, ROWS, printed_columns=5, above=above)
    sheet = written(lines, folder=tmp_path)["Lines"]

    assert sheet["A2"].value == note
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A2:E2"]
    assert sheet["A2"].alignment.wrap_text
    # 68 characters wide, of which a line has 76 letters: 479 take seven
    assert sheet.row_dimensions[2].height == 7 * LINE_HEIGHT + 4
    assert [cell.value for cell in sheet[3]][:2] == [text for text, _ in above or ((None, NOTE),) * 2]
    assert sheet["A4"].value == "Code"


def test_the_sum_of_no_row_is_not_of_itself() -> None:
    assert column_sum(3, 0, 0).text == "=SUM(C4:C4)"
    assert column_total(3, 1, 4).text == "=SUM(C5:C5)"


def test_two_numbers_of_a_line_that_show_alike_are_each_their_own(tmp_path: Path) -> None:
    columns = (TableColumn("One", 10, "figure", "0"), TableColumn("Other", 10, "figure", "1"))
    sheet = TableSheet("Lines", "Lines", "", columns, [(Shown(667_519.0, "#,##0"), Shown(1.0, "#,##0"))])

    found = written(sheet, folder=tmp_path)

    line = next(row for row in found["Lines"].iter_rows(values_only=True) if row[0] in (1, 667_519))
    assert line[:2] == (667_519, 1)


AREA = TableColumn("Area", 14, "wrapped", str)


@given(st.lists(st.text("abc ", max_size=40), max_size=5), st.sampled_from(("wrapped", "apart", "text")))
def test_a_column_of_several_lines_holds_its_words_and_gets_no_narrower(texts: list[str], kind: str) -> None:
    (found,) = holding_words((TableColumn("Area", 8, kind, str),), [(text,) for text in texts])

    assert 8 <= found.width <= WIDEST_FOR_A_WORD
    if kind == "text":
        assert found.width == 8
    else:
        usual = [len(word) for text in texts for word in text.split() if len(word) <= 20]
        assert all(letters < found.width for letters in usual)


def test_what_is_no_text_and_a_word_that_no_cell_holds_change_nothing() -> None:
    assert holding_words((AREA,), [(1,), (None,), ("x" * 60,)]) == (AREA,)
    (found,) = holding_words((AREA,), [("South Worcestershire",), ("x" * 60,)])
    assert found.width == pytest.approx(16.4)


def test_a_column_of_money_holds_its_total() -> None:
    money = TableColumn("Paid", 12, "pounds", str)

    assert holding_words((money,), [(999_999_99,)], [(Formula("=SUM(A1:A2)", "999999.99"),)]) == (money,)
    (found,) = holding_words((money,), [(999_999_999,)], [(Formula("=SUM(A1:A2)", "10034600.38"),)])
    assert found.width == 15  # "£10,034,600.38" has 14 signs


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 7700", "-5", "@x", "|cmd", "%0A", "\uff1d1", " \u00a0=1", "\u200b@x", "\tx", "\nx", "\rx"],
)
def test_what_would_run_is_marked(text: str) -> None:
    assert csv_text(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Elm Group", "a=b", "Siân & Co", "1 = 1", "'quoted'"])
def test_what_would_not_run_stays(text: str) -> None:
    assert csv_text(text) == text


XML = b'<row><c r="A1"><f>1+1</f><v></v></c><c r="B1"><v>5</v></c><c r="C1"><f>A1</f><v /></c></row>'


def test_each_formula_gets_its_value_in_order_however_the_empty_one_is_written() -> None:
    assert put_cached_values(XML, ["2", "2.50"]) == (
        b'<row><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>5</v></c><c r="C1"><f>A1</f><v>2.50</v></c></row>'
    )


@pytest.mark.parametrize("values", [["2"], ["2", "2", "2"]])
def test_another_number_of_values_than_formulas_is_a_mistake(values: list[str]) -> None:
    with pytest.raises(ValueError, match="cached values than formulas"):
        put_cached_values(XML, values)


def test_text_that_looks_like_a_formula_is_left_alone() -> None:
    text = b'<c t="inlineStr"><is><t>&lt;/f&gt;&lt;v /&gt;</t></is></c>'

    assert put_cached_values(text, []) == text


def test_words_say_what_the_picture_is_to_who_hears_the_sheet_read_out(tmp_path: Path) -> None:
    book = Workbook()

    add_logo(book.active, picture(100, 100), [10.0] * 40, ("Title", "Short."), inf)
    book.save(tmp_path / "book.xlsx")

    with ZipFile(tmp_path / "book.xlsx") as archive:
        drawing = ElementTree.fromstring(archive.read("xl/drawings/drawing1.xml"))
    told = [frame.attrib.get("descr") for frame in drawing.iter(f"{{{SHEET_DRAWING_NS}}}cNvPr")]
    assert told == [LOGO]


@pytest.mark.parametrize(
    ("below", "most", "high", "end"),
    [
        ("Short.", inf, HEIGHT_PX, 40 * (10 * CHARACTER_PX + 5)),
        ("x" * 410, inf, LOW_PX, 40 * (10 * CHARACTER_PX + 5)),
        ("Short.", 200, LOW_PX, FIRST_PAGE * CHARACTER_PX),
    ],
)
def test_it_stands_at_the_right_end_and_is_low_beside_a_long_line(
    below: str, most: float, high: int, end: int
) -> None:
    sheet, columns = Mock(), [10.0] * 40

    add_logo(sheet, picture(100, 100), columns, ("Title", below), most)

    (shown,) = sheet.add_image.call_args.args
    place, size = shown.anchor._from, shown.anchor.ext
    left = place.col * (10 * CHARACTER_PX + 5) + place.colOff / 9_525
    assert (size.height / 9_525, left + size.width / 9_525) == (high, end)
