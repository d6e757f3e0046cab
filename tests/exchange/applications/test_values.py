"""What cells become under their field, in whichever unit, and the document that `import --json` prints."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cli.applications.importing import document
from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, applications_in, read_applications
from exchange.applications.row_reader import Setting
from exchange.reading.sheets import Book, Cell, CellError, NoSavedValue
from models.values.applications import FIELDS
from models.values.rounds import FORCE_WIDE
from tests.exchange.applications.forms import AREAS, sheet, take_in
from tests.exchange.good_files import open_spreadsheet

BASE = ["Organisation", "Amount requested"]
CHOIR: list[Cell] = ["Example Choir", 1000]


def _one(heading: str, cell: Cell) -> tuple[object, dict[str, str], list[str]]:
    """Return the application, its answers and the cells in trouble for one value under a heading."""
    reading = take_in([[*BASE, heading], [*CHOIR, cell]])
    application = reading.applications[0]
    return application, dict(application.answers), [problem.cell for problem in reading.problems]


@pytest.mark.parametrize(
    ("heading", "cell", "slot", "value"),
    [
        ("Minimum amount", "£500", "minimum_pence", 50_000),
        ("Total project cost", 1234.56, "total_cost_pence", 123_456),
        ("Match funding", 0, "match_funding_pence", 0),
        ("Match funding", "none", "match_funding_pence", None),
        ("Number of beneficiaries", "60 children and young people", "beneficiaries", 60),
        ("Number of beneficiaries", "Total: 60.", "beneficiaries", 60),
        ("Project end date", "31/3/28", "end_on", date(2028, 3, 31)),
        ("Previously funded", "Y", "previously_funded", True),
        ("Do you have a constitution?", "no", "constitution_held", False),
        ("Bank account held", True, "bank_account_held", True),
        ("Postcode", "wv1 1sh", "postcode", "WV1 1SH"),
        ("Charity number", 1090095.0, "charity_number", "1090095"),
        ("Charity number", "sc042386", "charity_number", "SC042386"),
        ("Company number", 7444723.0, "company_number", "07444723"),
        ("Telephone", "01902 555 001", "phone", "01902 555 001"),
        ("Project summary", "One\nTwo & <three>", "summary", "One\nTwo & <three>"),
        ("Project title", 2027.0, "project", "2027"),
        ("Area", "COVENTRY (LPA)", "area", "Coventry"),
        ("Area", "Wton", "area", "Wolverhampton"),
        ("Area", "Birmingham - East", "area", "Birmingham East"),
        ("Area", "Bham East", "area", "Birmingham East"),
    ],
)
def test_value_is_read_as_its_field(heading: str, cell: Cell, slot: str, value: object) -> None:
    application, answers, troubled = _one(heading, cell)

    assert getattr(application, slot) == value
    assert (answers, troubled) == ({}, [])


@pytest.mark.parametrize("word", ["N/A", "Not applicable", "none", "-"])
def test_not_applicable_to_a_question_for_yes_or_no_is_an_answer_and_a_dash_is_none(word: str) -> None:
    application, answers, troubled = _one("Do you have a safeguarding policy?", word)

    assert application.safeguarding_policy is None  # type: ignore[attr-defined]
    assert (list(answers.values()), troubled) == ([word] * (word != "-"), [])


@pytest.mark.parametrize(
    ("heading", "cell", "slot", "kept"),
    [
        ("Number of beneficiaries", "lots", "beneficiaries", "lots"),
        ("Number of beneficiaries", "60 children and 5 adults", "beneficiaries", "60 children and 5 adults"),
        ("Project start date", "13/25/2026", "start_on", "13/25/2026"),
        ("Project start date", "spring", "start_on", "spring"),
        ("Total project cost", "£500-£600", "total_cost_pence", "£500-£600"),
        ("Minimum amount", 0, "minimum_pence", "0"),
        ("Match funding", "4,50", "match_funding_pence", "4,50"),
        ("Previously funded", "Maybe", "previously_funded", "Maybe"),
        ("Total project cost", CellError("#DIV/0!"), "total_cost_pence", "#DIV/0!"),
    ],
)
def test_unreadable_value_is_null_reported_and_kept_as_an_answer(
    heading: str, cell: Cell, slot: str, kept: str
) -> None:
    application, answers, troubled = _one(heading, cell)

    assert getattr(application, slot) is None
    assert answers == {heading: kept}
    assert troubled == ["C2"]


@pytest.mark.parametrize("cell", ["N/A", "none", "-", " ", "n/a"])
@pytest.mark.parametrize(
    "heading", ["Charity number", "Number of beneficiaries", "Project start date", "Email"]
)
def test_nothing_in_an_optional_field_is_null_and_no_problem(heading: str, cell: str) -> None:
    application, answers, troubled = _one(heading, cell)

    assert application == take_in([BASE, CHOIR]).applications[0]
    assert (answers, troubled) == ({}, [])


def test_unsaved_formula_under_an_answer_is_not_lost_silently() -> None:
    _, answers, troubled = _one("Anything else?", NoSavedValue())

    assert (answers, troubled) == ({}, ["C2"])


def test_an_area_that_is_not_known_or_blank_is_reported_and_a_file_without_any_has_one() -> None:
    reading = take_in([[*BASE, "Area"], [*CHOIR, "Atlantis"]])

    assert reading.applications[0].area == "Atlantis"
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("C2", "Atlantis")]

    reading = take_in([[*BASE, "Area"], [*CHOIR, None], ["Example Gym", 5, "Walsall"]])

    assert [a.area for a in reading.applications] == [None, "Walsall"]
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("C2", "")]
    assert reading.areas == ("Walsall",)

    assert take_in([BASE, CHOIR]).areas == (FORCE_WIDE,)
    assert take_in([BASE, CHOIR], round_areas=("Walsall",)).applications[0].area == "Walsall"


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


@pytest.mark.parametrize(
    "unit", ["€", "zł", "kr", "USD", "in euros", "per month", "per year", "p.a.", "£m", "each week"]
)
@pytest.mark.parametrize("cell", [4500, "4,500", "4.5k"])
def test_any_other_unit_is_a_problem_in_each_row(unit: str, cell: Cell) -> None:
    reading = _amounts(f"Amount requested ({unit})", cell, "£4,500.50 in all", cell)

    assert _pence(reading) == [450_050]
    assert [problem.cell for problem in reading.problems] == ["D2", "D4"]
    assert reading.problems[0].words.endswith("write the whole amount in pounds, like £4,500 in all.")


@pytest.mark.parametrize("cell", ["£4500", "4500 pounds", "GBP 45.00"])
def test_pounds_in_a_cell_are_never_taken_for_pence(cell: str) -> None:
    assert _pence(_amounts("Amount requested (pence)", cell, "450000")) == [450_000]


@pytest.mark.parametrize("heading", ["Ccy", "Paid in", "Currency code"])
def test_a_column_that_holds_nothing_but_currencies_counts_by_whatever_name(heading: str) -> None:
    cells = (("4500", "GBP"), ("4500", "EUR"), ("£4,500", "USD"), ("4500", None), ("4.5", "£000"))
    rows = [[f"Example Choir {n}", "Coventry", f"Songs {n}", *two] for n, two in enumerate(cells)]

    reading = take_in([[*HEADS, "Amount requested", heading], *rows])

    assert _pence(reading) == [450_000] * 3
    assert [problem.cell for problem in reading.problems] == ["D3", "D4"], "a sign beside USD is in doubt"


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


@pytest.mark.parametrize(
    ("unit", "pence"), [("£000", [400_000]), ("(pence)", [4]), ("£", [400]), ("EUR", [])]
)
def test_a_row_of_units_below_the_headings_gives_each_to_its_column(unit: str, pence: list[int]) -> None:
    heads = [[*HEADS, "Amount requested", "Total cost"], [None, None, None, unit, "£"]]
    reading = take_in([*heads, ["Example Choir", "Coventry", "Songs", 4, 9]])

    assert _pence(reading) == pence
    assert [row.total_cost_pence for row in reading.applications] == [900 for _ in pence]
    assert [one.cell for one in reading.problems] == ([] if pence else ["D3"])


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("column", [0, 3])
def test_a_note_in_a_row_of_its_own_gives_a_unit_to_all_amounts(at: int, column: int) -> None:
    rows: list[list[Cell]] = [[*HEADS, "Amount requested", "Total cost"]]
    rows.append(["Example Choir", "Coventry", "Songs", 4, 9])
    rows.insert(at, [*[None] * column, "All figures are in £000s"])
    reading = take_in(rows)

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
    heads = ("Organisation", "Amount requested")
    old = xlwt.Workbook()
    page = old.add_sheet("Sheet1")
    for column, heading in enumerate(heads):
        page.write(0, column, heading)
    for number, code in enumerate(("[$€-2] #,##0.00", "#,##0", '0.0,"k"'), 1):
        page.write(number, 0, f"Example Choir {number}")
        page.write(number, 1, 4500, xlwt.easyxf(num_format_str=code))
    old.save(str(tmp_path / "old.xls"))
    euros = open_spreadsheet((heads, ("Example Gym", ("GBP", 900)), ("Example Band", ("EUR", 900))))
    (tmp_path / "open.ods").write_bytes(euros)

    read = [
        read_applications(tmp_path / name, Setting("ACF", AreaNames(AREAS)))
        for name in ("old.xls", "open.ods")
    ]

    assert [_pence(one) for one in read] == [[450_000, 450_000], [90_000]]
    assert [one.problems[0].value for one in read] == ["€ 4500", "EUR 900"]


MATCHING_HEADS = {
    "database": ("Address_Line1", "Address_Line2", "Address_City", "Address_State"),
    "office": ("Address 1", "Address 2", "Town", "County"),
}


@pytest.mark.parametrize("tool", MATCHING_HEADS)
def test_lines_of_an_address_are_joined_past_its_postcode(tool: str) -> None:
    street, second, town, county = MATCHING_HEADS[tool]
    reading = take_in(
        [
            ["Organisation", street, second, town, "Postcode", county, "Ward", "Amount requested"],
            ["Lantern Club", "1 Fell Road, Upton", None, "Upton", "B4 6NQ", "Westmarch", "Dale", 900],
            ["Lamp Club", "2 Fell Road", "Back Row", "Upton", "B4 6NQ", None, "Dale", 800],
        ]
    )

    rows = reading.applications
    assert [row.address for row in rows] == ["1 Fell Road, Upton, Westmarch", "2 Fell Road, Back Row, Upton"]
    assert [row.postcode for row in rows] == ["B4 6NQ", "B4 6NQ"]
    assert rows[0].answers == (("Ward", "Dale"),)


def test_a_number_that_all_rows_share_is_no_reference() -> None:
    heads = ["Organisation", "Amount requested", "Grant reference"]
    names = ["Choir", "Band", "Club", "Trust"]

    shared = take_in([heads, *([name, 5, "ACF26"] for name in names)])
    own = take_in([heads, *([name, 5, f"ACF26-{name}"] for name in names)])

    assert len(shared.applications) == 4
    assert shared.kept_as_answers == ("Grant reference",)
    assert own.applications[0].reference == "ACF26-Choir"


def test_every_field_stands_in_the_document_in_its_json_form() -> None:
    reading = take_in(
        [
            ["Ref", "Organisation", "Amount requested", "Total cost", "Date received", "Project start date",
             "Number of beneficiaries", "Previously funded", "Comments", "Area"],
            ["R1", "Example Choir", "£4,500", 5000.5, datetime(2026, 10, 1, 9, 30), date(2027, 1, 2), 40,
             "Yes", "Hello", "Cov"],
            ["R1", "Example Choir", 1, None, None, None, None, None, None, "Cov"],
        ],
    )  # fmt: skip

    made = json.loads(json.dumps(document(reading)))

    assert (made["imported"], made["duplicates"], made["header_row"], made["sheet"]) == (1, 1, 1, "Sheet1")
    assert made["kept_as_answers"] == ["Comments"]
    assert made["problems"] == []
    assert made["other_sheets"] == []
    application = made["applications"][0]
    assert list(application) == [*FIELDS, "answers"]
    present = {field: value for field, value in application.items() if value is not None}
    assert present == {
        "reference": "R1",
        "organisation": "Example Choir",
        "area": "Coventry",
        "amount_requested": "4500.00",
        "total_cost": "5000.50",
        "beneficiaries": 40,
        "start_on": "2027-01-02",
        "received_at": "2026-10-01T09:30:00",
        "previously_funded": True,
        "answers": {"Comments": "Hello"},
    }


def test_a_total_cost_in_prose_is_asked_about_where_a_criterion_is_worked_out_from_it() -> None:
    rows = [["Organisation", "Amount requested", "Total cost"], ["Example Choir", 100, "£900 over two years"]]

    setting = Setting("ACF", AreaNames(()), sums_total_cost=True)
    (found,) = applications_in(Book("export", "csv", (sheet(rows),)), setting).applications

    assert found.total_cost_pence is None


def test_a_value_that_is_only_read_from_prose_is_marked_to_check() -> None:
    made = document(
        take_in(
            [
                [
                    "Organisation",
                    "Amount requested",
                    "Match funding",
                    "Total project cost",
                    "Project start date",
                ],
                ["Example Choir", "4.5k", "500 own funds", "£9,000 for the year", "Jan 2027"],
                ["Example Gym", 100, 50, 200, date(2027, 1, 2)],
            ]
        )
    )

    choir, gym = made["applications"]
    assert (choir["match_funding"], choir["total_cost"], choir["start_on"]) == (
        "500.00",
        "9000.00",
        "2027-01-01",
    )
    assert choir["to_check"] == ["match_funding", "total_cost", "start_on"]
    assert "to_check" not in gym


@pytest.mark.parametrize(
    ("address", "own", "postcode"),
    [
        ("1 Fell Road, Fictonham, fm99 1aa.", None, "FM99 1AA"),
        ("1 Fell Road\nFictonham\nFM991AA", "", "FM99 1AA"),
        ("1 Fell Road, Fictonham, FM99 1AA", "FM99 2BB", "FM99 2BB"),
        ("1 Fell Road, FM99 1AA, Fictonham", None, ""),
        ("Unit B2 1AD", None, "B2 1AD"),
        ("Flat 4 Block C3 12", None, ""),
    ],
)
def test_an_address_that_ends_with_the_postcode_says_it_where_nothing_else_does(
    address: str, own: str | None, postcode: str
) -> None:
    head = ["Organisation", "Amount requested", "Address (including postcode)", "Postcode"]

    (application,) = take_in([head, ["Example Choir", 5, address, own]]).applications

    assert (application.address, application.postcode) == (address, postcode)


UNSEEN = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u202a\u202e\u2060\u2066\u2069\ufe0f\ufeff\U000e0020"
)


SEEN: list[tuple[str, str, str, object]] = [
    ("Minimum amount", "£1,200.50", "minimum_pence", 120_050),
    ("Number of beneficiaries", "1,200", "beneficiaries", 1200),
    ("Project start date", "03/04/2027", "start_on", date(2027, 4, 3)),
    ("Date received", "2026-10-01 17:05", "received_at", datetime(2026, 10, 1, 17, 5)),
    ("Previously funded", "Yes", "previously_funded", True),
    ("Charity number", "1090095", "charity_number", "1090095"),
    ("Company number", "SC123465", "company_number", "SC123465"),
    ("Reference", "ACF-001", "reference", "ACF-001"),
]


@given(st.sampled_from(SEEN), st.data())
def test_marks_that_nobody_sees_change_no_value(
    seen: tuple[str, str, str, object], data: st.DataObject
) -> None:
    heading, text, slot, value = seen
    for mark in data.draw(st.lists(st.sampled_from(UNSEEN), min_size=1, max_size=4)):
        at = data.draw(st.integers(0, len(text)))
        text = f"{text[:at]}{mark}{text[at:]}"

    application, answers, troubled = _one(heading, text)

    assert getattr(application, slot) == value
    assert (answers, troubled) == ({}, [])


@pytest.mark.parametrize("word", ["Yes", "no", "No."])
def test_tick_is_no_organisation(word: str) -> None:
    reading = take_in([BASE, CHOIR, [word, 900]])

    assert [one.organisation for one in reading.applications] == ["Example Choir"]
    assert [problem.cell for problem in reading.problems] == ["A3"]
    assert "has no organisation; write its name" in str(reading.problems)
