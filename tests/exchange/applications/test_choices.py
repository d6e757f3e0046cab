"""What the reader has to choose is a line to check, and its row is not plain."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, applications_in
from exchange.applications.row_reader import Setting
from exchange.applications.row_sorter import Kind
from exchange.cells.garbled import with_letters
from exchange.reading.sheets import Cell, read_book
from scoring.written.text import Refused
from tests.exchange.applications.forms import AREAS, take_in

HEADS: list[Cell] = ["Ref", "Organisation", "Project", "Area", "Amount requested", "Start date", "Notes"]
ROWS: tuple[list[Cell], ...] = (
    ["C-1", "Example Choir", "Sing", "Coventry", 1000, "01/04/2027", "a"],
    ["C-2", "Example Gym", "Lift", "Walsall", 2000, "13/04/2027", "b"],
)
TODAY = date(2026, 11, 30)


def saved(path: Path, change: Callable[[Worksheet], None]) -> Path:
    """Save a workbook of two applications, changed in one way."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (HEADS, *ROWS):
        sheet.append(row)
    change(sheet)
    book.save(path)
    return path


def read(path: Path, *with_hidden: str) -> Reading:
    setting = Setting("ACF", AreaNames(AREAS), since=TODAY)
    return applications_in(with_letters(read_book(path)), setting, with_hidden=with_hidden)


def merge(at: str) -> Callable[[Worksheet], None]:
    return lambda sheet: sheet.merge_cells(at)


def strike(sheet: Worksheet) -> None:
    for cell in sheet[3]:
        cell.font = Font(strike=True)


def comment(sheet: Worksheet) -> None:
    sheet["E2"].comment = Comment("Withdrawn on the telephone", "An Officer")


def put(**cells: Cell) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for at, value in cells.items():
            sheet[at] = value

    return change


CHOICES: dict[str, tuple[Callable[[Worksheet], None], int, str, str]] = {
    "a merged area": (merge("D2:D3"), 3, "area", "part of the merged cell D2"),
    "a merged name": (merge("B2:B3"), 3, "organisation", "part of the merged cell B2"),
    "a merged answer": (merge("G2:G3"), 3, "Notes", "part of the merged cell G2"),
    "a row crossed out": (strike, 3, "reference", "A3, B3, C3, D3, E3, F3 and G3 are crossed out"),
    "a comment": (comment, 2, "amount_requested", "E2 has a comment"),
    "a name made a date": (
        put(B2=datetime(2026, 8, 11, tzinfo=UTC).replace(tzinfo=None)),
        2,
        "organisation",
        "stands among texts",
    ),
    "a project made true": (put(C3=True), 3, "project", "stands among texts"),
    "a day far off": (put(F3="13/04/2047"), 3, "start_on", "is more than five years from today"),
    "an amount of another column": (
        put(H1="Revised amount", H2=900),
        2,
        "amount_requested",
        "“Revised amount” says 900",
    ),
    "an amount of a second year": (
        put(H1="Year 2 (£)", H2=1000),
        2,
        "amount_requested",
        "“Year 2 (£)” says 1000",
    ),
}


@pytest.mark.parametrize("name", CHOICES)
def test_what_was_chosen_of_a_row_is_told_and_its_row_is_not_plain(tmp_path: Path, name: str) -> None:
    change, row, field, why = CHOICES[name]

    reading = read(saved(tmp_path / "list.xlsx", change))

    told = [one for one in reading.to_check if one.row == row]
    assert [one.field for one in told] == [field]
    assert why in told[0].why
    marked = {one.number: {point.kind for point in one.problems} for one in reading.rows}
    assert marked == {2: set(), 3: set()} | {row: {Kind.CHOSEN}}
    assert reading.problems == ()


def test_a_day_that_either_order_reads_is_told_where_another_column_has_the_month_first() -> None:
    heads = ["Ref", "Organisation", "Amount requested", "Start date", "End date"]
    plain: list[Cell] = ["R-1", "Example Choir", 100, "6/5/2027", "9/30/2027"]
    clear: list[Cell] = ["R-2", "Example Gym", 200, "7/7/2027", "10/31/2027"]

    reading = take_in([heads, plain, clear])

    assert [(one.row, one.field, one.chosen) for one in reading.to_check] == [(2, "start_on", "6/5/2027")]
    assert [one.start_on for one in reading.applications] == [date(2027, 5, 6), date(2027, 7, 7)]
    assert take_in([heads[:4], plain[:4], clear[:4]]).to_check == ()


def test_a_plain_list_has_nothing_to_check(tmp_path: Path) -> None:
    assert read(saved(tmp_path / "list.xlsx", lambda _: None)).to_check == ()


def test_an_amount_merged_over_rows_counts_once(tmp_path: Path) -> None:
    reading = read(saved(tmp_path / "list.xlsx", merge("E2:E3")))

    assert [one.requested_pence for one in reading.applications] == [100_000]
    assert [point.cell for point in reading.problems] == ["E3"]


def test_a_hidden_column_is_named_and_left_out_until_it_is_chosen(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["G"].hidden = True

    path = saved(tmp_path / "list.xlsx", hide)

    (one,) = read(path).to_check
    assert (one.row, one.among, one.chosen) == (0, ("Notes",), "")
    assert [one.answers for one in read(path).applications] == [(), ()]
    assert [one.answers for one in read(path, "notes").applications] == [
        (("Notes", "a"),),
        (("Notes", "b"),),
    ]
    with pytest.raises(Refused, match=r"hides no column “Area”\. It hides Notes\."):
        read(path, "Area")


@pytest.mark.parametrize(
    ("parts", "total", "taken"),
    [
        ([1000, 500], 1500, 150_000),
        ([1000, 500], 1400, 100_000),
        ([1000, None], 1000, 100_000),
    ],
)
def test_a_total_wins_over_its_years_where_they_add_up_in_each_row(
    parts: Sequence[Cell], total: Cell, taken: int
) -> None:
    heads = ["Ref", "Organisation", "Amount requested 2026/27", "Amount requested 2027/28", "Total requested"]

    reading = take_in([heads, ["Y-1", "Example Choir", *parts, total], ["Y-2", "Example Gym", 10, 20, 30]])

    assert reading.applications[0].requested_pence == taken
    assert [one.row for one in reading.to_check][:1] == [0]


def test_a_text_row_with_more_cells_than_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Ref,Organisation,Amount requested,Email\nR-1,Choir,1,500,a@b.example\nR-2,Gym,900,c@d.example\n"
        "R-3,Pool,700,e@f.example,\n"
    )

    reading = read(path)

    assert [one.reference for one in reading.applications] == ["R-2", "R-3"]
    assert [
        (point.cell, "more cells than there are headings" in point.words) for point in reading.problems
    ] == [("E2", True)]


def test_a_column_of_notes_without_a_heading_is_kept_where_most_rows_have_one() -> None:
    rows: list[list[Cell]] = [
        ["R-1", "Choir", 100, "x"],
        ["R-2", "Gym", 200, "y"],
        ["R-3", "Pool", 300, None],
    ]

    reading = take_in([["Ref", "Organisation", "Amount requested", None], *rows])

    assert [dict(one.answers) for one in reading.applications] == [{"Column D": "x"}, {"Column D": "y"}, {}]
