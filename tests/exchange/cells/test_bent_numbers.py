"""References and telephone numbers that a spreadsheet bent are put back for certain, or reported."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.cells.register_numbers import read_phone, reference_column
from exchange.reading.sheets import Cell
from scoring.written.text import Unreadable
from tests.exchange.applications.forms import take_in

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
