"""Dates are day first unless ISO, and a time is kept as it stands."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.cells.values import DateColumn, date_column, read_date, read_moment, reads_as_day
from exchange.reading.sheets import Cell, CellError, NoSavedValue
from scoring.written.days import Moment, read_day
from scoring.written.text import Unreadable

THIRD_OF_APRIL: list[Cell] = [
    date(2026, 4, 3),
    datetime(2026, 4, 3, 9, 15),
    "03/04/2026",
    "3/4/26",
    "3.4.2026",
    "03-04-2026",
    "2026-04-03",
    "2026/04/03",
    "3 April 2026",
    "3rd Apr 2026",
    "3rd of April, 2026",
    "Friday 3 April 2026",
    "Fri, 3 Apr 26",
    "3-Apr-26",
    "April 3, 2026",
    "Apr 3rd 2026",
    " 3  april\n2026 ",
]
HALF_PAST_TEN = [
    "2026-11-20T10:30:00Z",
    "2026-11-20T10:30:00.123+00:00",
    "2026-11-20T11:30:00+01:00",
    "2026-11-20 05:30:00 EST",
    "2026-11-20 10:30 [Europe/London]",
    "2026-11-20 10:30",
    "20/11/2026 10:30:00",
    "20/11/2026, 10:30",
    "20/11/2026 at 10:30 am",
    "2026/11/20 10:30:00 AM GMT",
    "2026-11-20 10:30:00 UTC",
    "Nov 20, 2026 10:30 AM",
    "Fri Nov 20 2026 10:30:00 GMT+0000 (Greenwich Mean Time)",
]
NO_DATES: list[Cell] = [
    "03/25/2026",
    "00/01/2026",
    "April 2026",
    "3 April",
    "tomorrow",
    "20261120",
    "3/4-2026",
    "1/1/0206",
    "0000-01-01",
    "03/04/2026 25:00",
    "03/04/2026 13:00 pm",
    46_000.0,
    True,
    date(1899, 12, 31),
]


@pytest.mark.parametrize("cell", THIRD_OF_APRIL, ids=repr)
def test_a_date_is_read_day_first_unless_iso(cell: Cell) -> None:
    assert read_date(cell) == date(2026, 4, 3)


@pytest.mark.parametrize("cell", HALF_PAST_TEN)
def test_a_time_is_kept_and_in_winter_that_of_greenwich_is_local(cell: Cell) -> None:
    assert read_moment(cell) == Moment(datetime(2026, 11, 20, 10, 30), True)


def test_a_date_without_a_time_is_at_midnight_and_says_so() -> None:
    assert read_moment("20/11/2026") == Moment(datetime(2026, 11, 20), False)
    assert read_moment(date(2026, 11, 20)) == Moment(datetime(2026, 11, 20), False)


def test_twelve_hour_times_are_understood() -> None:
    noon, midnight = read_moment("20/11/2026 12:05 pm"), read_moment("20/11/2026 12:05am")

    assert noon == Moment(datetime(2026, 11, 20, 12, 5), True)
    assert midnight == Moment(datetime(2026, 11, 20, 0, 5), True)


def test_a_zone_of_a_value_is_turned_into_local_time() -> None:
    aware = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)

    assert read_moment(aware) == Moment(datetime(2026, 8, 1, 0, 30), True)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (("4/3/2026", "4/13/26", "2026-04-05"), (date(2026, 4, 3), date(2026, 4, 13), date(2026, 4, 5))),
        (("4/3/2026", "13/4/2026"), (date(2026, 3, 4), date(2026, 4, 13))),
        (("4/3/2026", "5/6/2026"), (date(2026, 3, 4), date(2026, 6, 5))),
        (("4/3/2026", "13/4/2026", "4/13/2026", "4/4/2026"),
         (None, date(2026, 4, 13), date(2026, 4, 13), date(2026, 4, 4))),
        ((date(2026, 3, 4), date(2026, 5, 5), "4/13/2026"), (None, date(2026, 5, 5), date(2026, 4, 13))),
        ((date(2026, 3, 4), "4/5/2026", "4/13/26"), (date(2026, 3, 4), date(2026, 4, 5), date(2026, 4, 13))),
        ((date(2026, 3, 4), date(2026, 3, 30), "4/13/2026"),
         (date(2026, 3, 4), date(2026, 3, 30), date(2026, 4, 13))),
    ],
    ids=repr,
)  # fmt: skip
def test_the_order_of_day_and_month_is_that_of_the_column(
    cells: tuple[Cell, ...], days: tuple[date | None, ...]
) -> None:
    column = date_column(cells)

    assert [_day_or_none(column, cell) for cell in cells] == list(days)


def _day_or_none(column: DateColumn, cell: Cell) -> date | None:
    try:
        return column.read_date(cell)
    except Unreadable:
        return None


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=1, max_size=20), st.sampled_from("/-. ")
)
def test_a_column_with_the_month_first_is_read_so_or_not_at_all(known: list[date], mark: str) -> None:
    known.append(date(2026, 4, 13))
    cells = [mark.join((str(day.month), str(day.day), str(day.year))) for day in known]
    column = date_column(cells)

    assert [column.read_date(cell) for cell in cells] == known
    assert all(map(reads_as_day, cells))


def test_a_zone_in_a_heading_is_that_of_the_times_that_name_none() -> None:
    column = date_column([], "Completed (UTC)")
    cells: list[Cell] = [
        datetime(2026, 7, 31, 23, 30),
        "2026-07-31 23:30",
        "2026-07-31 23:30 BST",
        "31/07/2026",
    ]

    assert [f"{column.read_moment(cell).at:%d %H:%M}" for cell in cells] == [  # type: ignore[union-attr]
        *("01 00:30", "01 00:30", "31 23:30", "31 00:00"),
    ]


@pytest.mark.parametrize("cell", NO_DATES, ids=repr)
def test_what_is_no_date_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match=r"is not a date; write it day first|has no year; write it in full"):
        read_date(cell)


@pytest.mark.parametrize("cell", [CellError("#REF!"), NoSavedValue()])
def test_a_cell_in_error_is_no_date(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="The cell holds"):
        read_date(cell)


def test_an_empty_cell_is_no_date_and_no_problem() -> None:
    assert [read_date(cell) for cell in (None, "", " ")] == [None, None, None]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_date_comes_back_from_each_of_its_forms(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%d/%m/%y}",
        f"{day.day} {day:%B %Y}",
        f"{day:%a %d %b %Y}",
    )

    assert [read_date(form) for form in forms] == [day] * 5


@given(st.text(max_size=20) | st.text("0123456789/-.: TZapmjun", max_size=20))
def test_any_text_is_a_date_or_unreadable(text: str) -> None:
    answer = moment_or_sentence(text)

    assert answer is None or isinstance(answer, Moment) or answer.endswith(".")


def moment_or_sentence(text: str) -> Moment | str | None:
    try:
        return read_moment(text)
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/06/2026", "June has 30 days"),
        ("31/4/28", "April has 30 days"),
        ("31 Nov 2026", "November has 30 days"),
        ("29/02/2025", "February has 28 days in 2025"),
        ("30/02/2028", "February has 29 days in 2028"),
    ],
)
def test_a_day_that_its_month_lacks_is_told_so(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_date(text)


TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "past", "to_come"),
    [
        ("25 Nov", date(2025, 11, 25), date(2026, 11, 25)),
        ("25/11", date(2025, 11, 25), date(2026, 11, 25)),
        ("20 November", TODAY, TODAY),
        ("Nov 3rd", date(2026, 11, 3), date(2027, 11, 3)),
        ("Mon 2 March", date(2026, 3, 2), date(2027, 3, 2)),
        ("29 Feb", date(2024, 2, 29), date(2028, 2, 29)),
        ("3/4/26", date(2026, 4, 3), date(2026, 4, 3)),
    ],
)
def test_a_typed_day_without_a_year_is_the_last_or_the_next_such_day(
    text: str, past: date, to_come: date
) -> None:
    assert read_day(text, TODAY, is_past=True) == past
    assert read_day(text, TODAY, is_past=False) == to_come


def test_a_typed_day_that_no_year_has_is_refused_and_an_empty_line_is_none() -> None:
    with pytest.raises(Unreadable, match="June has 30 days"):
        read_day("31/6", TODAY, is_past=True)
    for text in ("40/12", "3/13", "soon", "0/5"):
        with pytest.raises(Unreadable, match="day first"):
            read_day(text, TODAY, is_past=False)
    assert read_day("  ", TODAY, is_past=False) is None
