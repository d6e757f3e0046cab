"""Dates are read as their whole column tells, times of other zones as local time, and both are said."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from exchange.reading.sheets import Cell
from tests.exchange.applications.forms import take_in

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
        *(None, datetime(2026, 4, 13), datetime(2026, 4, 14)),
    ]
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("E2", "4/3/2026")]
    assert dict(reading.applications[0].answers) == {"Date received": "4/3/2026"}
    assert reading.notes[-1] == "Date received: some dates have the day first, and others the month."


def test_a_column_without_a_sign_of_the_order_has_the_day_first_and_nothing_to_say() -> None:
    reading = take_in(_rows(("1/6/2026", None, "4/3/2026"), ("2/6/2026", None, "5/4/2026")))

    assert [row.received_at for row in reading.applications] == [datetime(2026, 3, 4), datetime(2026, 4, 5)]
    assert reading.notes == ()


def test_a_column_whose_heading_nobody_knows_is_still_one_of_days_with_the_month_first() -> None:
    rows = [["Organisation", "Amount requested", "From when?", "To when?"]]
    rows += [[f"Example Choir {n}", "1000", f"4/{n}/2026", f"9/{n}/2026"] for n in range(20, 28)]

    found = take_in(rows).applications[0]

    assert (found.start_on, found.end_on) == (date(2026, 4, 20), date(2026, 9, 20))


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


def test_a_heading_tells_the_order_where_its_cells_do_not() -> None:
    heads = [
        "Organisation",
        "Amount requested",
        "Date received (MM/DD/YYYY)",
        "Project start date (dd/mm/yyyy)",
    ]
    reading = take_in([heads, ["Example Choir", 100, "4/3/2026", "4/3/2026"]])

    (choir,) = reading.applications
    assert (choir.received_at, choir.start_on) == (datetime(2026, 4, 3), date(2026, 3, 4))
    assert reading.notes == ("Date received (MM/DD/YYYY): dates are read with the month first.",)


def test_a_heading_of_months_first_over_cells_of_days_first_leaves_the_open_ones_to_be_asked_about() -> None:
    heads = ["Organisation", "Amount requested", "Date received (m/d/yy)"]
    reading = take_in([heads, ["Example Choir", 100, "4/3/2026"], ["Example Gym", 100, "14/3/2026"]])

    assert [row.received_at for row in reading.applications] == [None, datetime(2026, 3, 14)]
    assert [problem.cell for problem in reading.problems] == ["C2"]
