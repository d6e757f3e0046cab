"""Which sheet, heading row and columns are chosen, and what a mapping file changes."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from time import thread_time

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, problem_with, read_applications, read_mapping
from exchange.applications.row_reader import Setting
from exchange.reading.sheets import Cell
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.exchange.applications.forms import AREAS, sheet, take_in, take_in_book
from tests.exchange.good_files import open_spreadsheet

HEAD = ["Organisation", "Amount requested"]


def test_of_headings_alike_the_leftmost_is_mapped_and_others_get_names_of_their_own() -> None:
    reading = take_in(
        [["Email", "Organisation", "Amount requested", "Contact email", "Email address"],
         [None, "Example Choir", 5, "b@example.org", "c@example.org"]]
    )  # fmt: skip

    assert ("Contact email", "email") in reading.mapped
    assert reading.kept_as_answers == ("Email", "Email address")
    assert reading.applications[0].answers == (("Email address", "c@example.org"),)

    reading = take_in([[*HEAD, "Notes", "Notes", None, None], ["Example Choir", 5, "a", "b", "c", None]])

    assert reading.kept_as_answers == ("Notes", "Notes (2)", "Column E")
    assert dict(reading.applications[0].answers) == {"Notes": "a", "Notes (2)": "b", "Column E": "c"}


def test_a_question_for_a_figure_or_a_yes_that_is_answered_in_words_stays_an_answer() -> None:
    head = [*HEAD, "How many people will benefit?", "Do you have a safeguarding policy?"]
    rows = [["Example Choir", 5, "twenty young people", "We follow the church's"],
            ["Sample Club", 6, "30 residents, perhaps", "On our website"],
            ["Fell Road Trust", 7, "12", "Yes, since 2019"]]  # fmt: skip

    few, many = take_in([head, *rows[1:]]), take_in([head, *rows])

    assert {"beneficiaries", "safeguarding_policy"} <= {field for _, field in few.mapped}
    assert {field for _, field in many.mapped} == {"organisation", "amount_requested"}
    assert dict(many.applications[2].answers)["How many people will benefit?"] == "12"
    assert not many.problems


def test_column_that_holds_the_rounds_areas_is_the_area_whatever_the_office_calls_it() -> None:
    rows = [[*HEAD, "Beat", "Home town"], ["Choir", 5, "Northfield", "Northfield"], ["Band", 6, "Ely", "Rye"]]

    known = take_in(rows, round_areas=("Northfield", "Ely"))
    unknown = take_in(rows, round_areas=("Leyton", "Stoke"))
    said = take_in(
        [[*HEAD, "Beat", "Area"], ["Choir", 5, "Ely", "Northfield"]], round_areas=("Northfield", "Ely")
    )

    assert [one.area for one in known.applications] == ["Northfield", "Ely"]
    assert known.kept_as_answers == ("Home town",)
    assert unknown.kept_as_answers == ("Beat", "Home town")
    assert take_in([[*HEAD, "Sir / County"], ["Choir", 5, "Ely"]]).applications[0].area == "Ely"
    assert ("Area", "area") in said.mapped


def test_bare_start_date_is_the_projects_unless_it_has_the_time_of_day() -> None:
    plain = take_in(
        [[*HEAD, "Start date", "End date"], ["Example Choir", 5, date(2027, 1, 1), date(2027, 2, 1)]]
    )
    begun, ended = datetime(2026, 1, 1, 9, 5), datetime(2026, 1, 1, 9, 45)
    timed = take_in([[*HEAD, "Start date", "End date"], ["Example Choir", 5, begun, ended]])

    assert dict(plain.mapped)["Start date"] == "start_on"
    assert dict(plain.mapped)["End date"] == "end_on"
    assert "Start date" in timed.kept_as_answers
    assert dict(timed.mapped)["End date"] == "received_at"


def test_visible_sheet_with_most_applications_is_read_and_a_hidden_one_when_named_or_alone() -> None:
    few = sheet([HEAD, ["A", 1]], name="Old")
    most = sheet([HEAD, ["B", 1], ["C", 2]], name="Round")
    hidden = sheet([HEAD, ["D", 1], ["E", 1], ["F", 1]], name="Secret", visible=False)
    other = sheet([["Key"], ["x"]], name="Key")

    reading = take_in_book([few, most, hidden, other])

    assert reading.table.sheet == "Round"
    assert reading.table.other_sheets == ("Old", "Secret")

    shown = sheet([HEAD, ["A", 1]], name="Shown")
    hidden = sheet([HEAD, ["D", 1]], name="Hidden", visible=False)

    assert take_in_book([shown, hidden], named="hidden").applications[0].organisation == "D"
    assert take_in_book([sheet([["Key"]]), hidden]).table.sheet == "Hidden"


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["Item", "In stock"], ["Pens", 4]],
        [["Organisation", "Item"], ["A", "Pens"]],
        [["Amount requested"]],
    ],
)
def test_book_without_a_table_is_refused_in_a_sentence(rows: list[list[str]]) -> None:
    with pytest.raises(Trouble, match=r"not an application workbook.*Nothing was imported"):
        take_in(rows)


def test_mapping_goes_before_every_guess() -> None:
    reading = take_in(
        [["Who", "Organisation", "Ask (£)", "Notes"], ["Example Choir", "ignored", 5, "x"]],
        mapping={"who": "organisation", "Ask (£)": "amount_requested", "Notes": "summary", "Gone": "need"},
    )

    assert reading.applications[0].organisation == "Example Choir"
    assert reading.applications[0].summary == "x"
    assert reading.kept_as_answers == ("Organisation",)
    assert reading.columns.unused == ("Gone",)


def test_mapping_file_is_read_and_what_is_none_or_unknown_is_refused(tmp_path: Path) -> None:
    good, bad, broken = (tmp_path / name for name in ("good.toml", "bad.toml", "broken.toml"))
    good.write_text('"Ask (£)" = "amount_requested"\n', encoding="utf-8")
    bad.write_text('"Ask (£)" = "amount"\n', encoding="utf-8")
    broken.write_text("Ask = \n", encoding="utf-8")

    assert read_mapping(good) == {"Ask (£)": "amount_requested"}
    with pytest.raises(Refused, match=r'maps "Ask \(£\)" to \'amount\', which is not a field'):
        read_mapping(bad)
    with pytest.raises(Trouble, match="could not be read"):
        read_mapping(broken)
    with pytest.raises(Trouble, match="could not be read"):
        read_mapping(tmp_path / "missing.toml")

    picture = tmp_path / "picture.toml"
    picture.write_bytes(b"\x89PNG\r\n")

    with pytest.raises(Trouble, match="is not plain text; write each line"):
        read_mapping(picture)
    with pytest.raises(Trouble, match="could not be read; check its name"):
        read_mapping(tmp_path)
    with pytest.raises(Trouble, match="could not be read; check its name"):
        read_mapping(Path("/dev/zero"))


def test_headings_as_long_as_cells_take_no_time() -> None:
    headings = ["Organisation", "Amount requested", *("x" * 32_000 + str(number) for number in range(60))]
    began = thread_time()

    reading = take_in([headings, ["Example Allotments", 4500, *("y" for _ in range(60))]])

    assert len(reading.applications) == 1
    assert thread_time() - began < 4  # it took minutes


HEADS = ["Organisation", "Amount requested", "Project start date", "Project end date", "Date received"]


def _rows(*rows: tuple[Cell, ...]) -> list[list[Cell]]:
    return [[*HEADS], *([f"Example Choir {n}", 1000, *row] for n, row in enumerate(rows, 1))]


def test_a_column_with_the_month_first_is_read_so_and_one_beside_it_that_may_be_is_named() -> None:
    reading = take_in(
        _rows(
            ("6/5/2026", "9/30/2026", "4/3/2026 5:01:00 PM"),
            ("6/5/2026", "10/1/2026", "4/13/2026 9:15:00 AM"),
        )
    )

    first, second = reading.applications
    assert (first.start_on, first.end_on) == (date(2026, 5, 6), date(2026, 9, 30))
    assert first.received_at == datetime(2026, 4, 3, 17, 1)
    assert (second.end_on, second.received_at) == (date(2026, 10, 1), datetime(2026, 4, 13, 9, 15))
    assert reading.problems == ()
    assert reading.notes == (
        "Project start date: nothing in it shows whether the day or the month comes first; dates are read "
        "with the day first, though another column has the month first: check them.",
        "Project end date: dates are read with the month first.",
        "Date received: dates are read with the month first.",
    )


def test_in_a_column_of_both_orders_each_open_cell_is_a_problem_and_no_column_becomes_an_answer() -> None:
    reading = take_in(
        _rows(
            ("1/6/2026", None, "4/3/2026"), ("2/6/2026", None, "4/13/2026"), ("3/6/2026", None, "14/4/2026")
        )
    )

    assert [row.received_at for row in reading.applications] == [
        *(None, datetime(2026, 4, 13), datetime(2026, 4, 14))
    ]
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("E2", "4/3/2026")]
    assert dict(reading.applications[0].answers) == {"Date received": "4/3/2026"}
    assert reading.notes[-1] == "Date received: some dates have the day first, and others the month."


def test_a_heading_of_months_first_over_cells_of_days_first_leaves_the_open_ones_to_be_asked_about() -> None:
    heads = ["Organisation", "Amount requested", "Date received (m/d/yy)"]
    reading = take_in([heads, ["Example Choir", 100, "4/3/2026"], ["Example Gym", 100, "14/3/2026"]])

    assert [row.received_at for row in reading.applications] == [None, datetime(2026, 3, 14)]


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), min_size=1, max_size=8))
def test_times_with_the_month_first_are_all_read_or_all_said(known: list[datetime]) -> None:
    known = [at.replace(second=0, microsecond=0) for at in known]
    rows = _rows(*(("1/6/2026", None, f"{at.month}/{at.day}/{at.year} {at:%H:%M}") for at in known))
    reading = take_in(rows)

    read = [row.received_at for row in reading.applications]
    shows = any(at.day > 12 for at in known)
    turned = [at.replace(day=at.month, month=at.day) if not shows else at for at in known]
    assert read == turned
    assert bool(reading.notes) == shows


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


@pytest.mark.parametrize("organisation", ["Which group does what?", "Zzz"])
@pytest.mark.parametrize("amount", ["Figure", "Column G"])
def test_a_table_of_applications_is_read_whatever_its_two_columns_are_called(
    organisation: str, amount: str
) -> None:
    headings = [one[0] for one in _FORM]
    headings[4], headings[6] = organisation, amount

    reading = take_in([headings, *([one[at] for one in _FORM] for at in (1, 2))])

    found = [(one.organisation, one.requested_pence, one.total_cost_pence) for one in reading.applications]
    assert found == [("Hope Trust", 450000, 610000), ("Boxing Club", 92050, 124000)]
    to_check = {one.chosen for one in reading.to_check}
    assert amount in to_check
    assert to_check <= {organisation, amount}


TABLE_HEADS = ("Organisation", "Area", "Amount requested")
ROWS = [TABLE_HEADS, *((f"Example Choir {n}", "Coventry", n * 100) for n in range(1, 7))]
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
    path.write_bytes(open_spreadsheet(ROWS, filtered=HIDDEN))


@pytest.mark.parametrize(("write", "ending"), [(_xlsx, "xlsx"), (_xls, "xls"), (_ods, "ods")])
def test_hidden_and_filtered_rows_are_read_counted_and_said(
    write: Callable[[Path], None], ending: str, tmp_path: Path
) -> None:
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
