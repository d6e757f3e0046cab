"""Postcodes, charity and company numbers take their usual form; bad ones are kept in capitals."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.applications.fields import charity_of_both, company_of_both
from exchange.cells.values import read_charity, read_company, read_phone, read_postcode, reference_column
from exchange.reading.sheets import Cell, CellError
from scoring.written.text import Unreadable
from tests.exchange.applications.forms import take_in


@pytest.mark.parametrize(
    ("cell", "postcode"),
    [
        ("b46nq", "B4 6NQ"),
        ("B4 6NQ", "B4 6NQ"),
        ("cv1  1aa", "CV1 1AA"),
        ("DY5-3DH", "DY5 3DH"),
        ("w1a0ax", "W1A 0AX"),
        (" EC1A 1BB. ", "EC1A 1BB"),
        ("gir0aa", "GIR 0AA"),
    ],
)
def test_a_postcode_has_capitals_and_one_space(cell: Cell, postcode: str) -> None:
    assert read_postcode(cell) == postcode


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("b4 6nc", "B4 6NC"), ("qq1 1aa", "QQ1 1AA"), ("B4 6CI", "B4 6CI"), (12.0, "12"), ("b4", "B4")],
)
def test_a_bad_postcode_is_reported_and_kept_in_capitals(cell: Cell, kept: str) -> None:
    with pytest.raises(Unreadable, match="is not a United Kingdom postcode") as caught:
        read_postcode(cell)

    assert caught.value.kept == kept


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("279417", "279417"),
        (1090095.0, "1090095"),
        ("1173575-1", "1173575-1"),
        ("sc 042386", "SC042386"),
        ("SC000587", "SC000587"),
        ("100019", "100019"),
        ("nic100048", "NIC100048"),
        ("Charity No. 1164883", "1164883"),
        ("Registered charity number: 1164883", "1164883"),
    ],
)
def test_a_charity_number_of_any_of_the_three_registers_is_read(cell: Cell, number: str) -> None:
    assert read_charity(cell) == number


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("12345", "12345"), ("042386", "042386"), ("applied for", "APPLIED FOR"), ("sc12", "SC12")],
)
def test_a_bad_charity_number_is_reported_and_kept_in_capitals(cell: Cell, kept: str) -> None:
    with pytest.raises(Unreadable, match="is not a charity number") as caught:
        read_charity(cell)

    assert caught.value.kept == kept


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("09506232", "09506232"),
        ("Co. No. 15174084", "15174084"),
        ("no", None),
        ("Not registered", None),
        (7444723.0, "07444723"),
        ("9506232", "09506232"),
        ("sc123456", "SC123456"),
        ("CE012345", "CE012345"),
        ("ip 031455", "IP031455"),
        ("Company number 7444723", "07444723"),
        ("No. 7444723", "07444723"),
    ],
)
def test_a_company_number_has_eight_characters(cell: Cell, number: str | None) -> None:
    assert read_company(cell) == number


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("123456789", "123456789"), ("exempt", "EXEMPT"), ("qq123456", "QQ123456"), (0.0, "00000000")],
)
def test_a_bad_company_number_is_reported_and_kept_in_capitals(cell: Cell, kept: str) -> None:
    with pytest.raises(Unreadable, match="is not a company number") as caught:
        read_company(cell)

    assert caught.value.kept == kept


@given(st.integers(1, 99_999_999))
def test_bare_digits_are_filled_up_to_eight(number: int) -> None:
    assert read_company(str(number)) == f"{number:08}"


@pytest.mark.parametrize("read", [read_postcode, read_charity, read_company])
def test_empty_cells_are_none_and_errors_are_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(Unreadable, match="the error #N/A"):
        read(CellError("#N/A"))

    assert [read(None), read(" ")] == [None, None]


@pytest.mark.parametrize(
    ("digits", "charity", "company"), [("1234567", "1234567", "01234567"), ("223344", "223344", "00223344")]
)
@pytest.mark.parametrize("nought", [".0", ".00", ".", " .0"])
def test_a_point_and_noughts_behind_a_number_make_no_other_number_of_it(
    digits: str, charity: str, company: str, nought: str
) -> None:
    assert read_charity(f"{digits}{nought}") == charity
    assert read_company(f"No. {digits}{nought}") == company
    assert (charity_of_both(f"{digits}{nought}"), company_of_both("12345678.0")) == (charity, "12345678")


@given(
    st.integers(1, 10**8 - 1),
    st.sampled_from(["{}.{}", "{}.{}E+06", "{}E+0{}", "{}.0{}", "-{}.{}"]),
    st.integers(1, 99),
)
def test_a_bent_number_becomes_no_other_one(number: int, form: str, part: int) -> None:
    for read in (read_charity, read_company):
        with pytest.raises(Unreadable, match="check it with the applicant"):
            read(form.format(number, part))


BENT: list[Cell] = [
    *(
        date(2026, 3, 1),
        datetime(2026, 3, 1),
        "01-Mar",
        "1-Mar-26",
        "Mar-26",
        "01/03/2026",
        "2026-03-01 00:00:00",
    ),
    *("1.18E+11", "4.4E11", "1E+05"),
]


@pytest.mark.parametrize("cell", BENT)
def test_what_a_spreadsheet_made_a_date_or_short_is_no_reference_and_no_telephone(cell: Cell) -> None:
    for read in (reference_column([]).read, read_phone):
        with pytest.raises(Unreadable, match="A spreadsheet"):
            read(cell)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("2476000001.0", "02476000001"),
        (7700900123.0, "07700900123"),
        (447700900123.0, "447700900123"),
        ("02476 000 001", "02476 000 001"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("999", "999"),
    ],
)
def test_a_telephone_number_has_the_nought_in_front_that_was_taken_off(cell: Cell, phone: str) -> None:
    assert read_phone(cell) == phone


@given(st.integers(1, 10**12), st.sampled_from(["{}.0", "{}", "{}.00"]))
def test_a_whole_number_is_the_same_reference_with_noughts_behind_a_point(number: int, form: str) -> None:
    assert reference_column([form.format(number)]).read(form.format(number)) == str(number)


def test_where_references_have_points_each_stays_as_it_is() -> None:
    cells: list[Cell] = ["1.0", "1.1", "MAR-26", "ACF-1.0"]
    column = reference_column(cells)

    assert [column.read(cell) for cell in cells] == cells


def test_a_reference_that_became_a_date_is_reported_and_its_row_gets_one() -> None:
    reading = take_in(
        [
            ["Reference", "Organisation", "Amount requested", "Project title"],
            ["MAR-1", "Example Choir", 1000, "Songs"],
            [date(2026, 3, 2), "Example Gym", 1000, "Gym"],
        ]
    )

    assert [row.reference for row in reading.applications] == ["MAR-1", "ACF-0001"]
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("A3", "2026-03-02")]
    assert dict(reading.applications[1].answers) == {"Reference": "2026-03-02"}
