"""Cells are read as money, numbers, days, yes or no as people write them; what is not exact is refused."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from time import thread_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.cells.values import (
    DateColumn,
    cell_text,
    date_column,
    is_nothing,
    read_date,
    read_decimal,
    read_moment,
    read_money,
    read_whole,
    read_yes_no,
)
from exchange.reading.sheets import Cell, CellError, NoSavedValue
from scoring.written.days import Moment
from scoring.written.text import Unreadable, one_line

read_plain_money = partial(read_money, is_plain=True)
POUNDS_4500: list[Cell] = [
    *(4500, "£4,500", "4.5k", "4,500 pounds", "4 500", "£4,500.", "£4,500.00*", "£__4,500.00__"),
    *("Total: £4,500", "= £4,500", "12 x £375 = £4,500", "£4,000 + £500 = £4,500."),
    "Four thousand, five hundred pounds",
]
PLAIN_4500: list[Cell] = [4500, 4500.0, "4500", "4,500", "£4500", "£4,500.00", " £ 4,500.0 "]
HARMLESS = (
    *("please", "Many thanks!", "in total", "(see overleaf)", "(the maximum grant)", "(lamps and oil only)"),
    *(", breakdown attached", "(as per the enclosed quotes), please", "over 18 months"),
    *("four thousand five hundred pounds", "- we can't light the lane otherwise"),
)
DOUBTFUL = (
    *("(half of it in kind)", "each", "(the most that we can find)", "or so", "(ten lamps)", "(not sure)"),
    *("(see below for what is not in it)", "four thousand six hundred pounds", "per quote"),
    *("- or as near as you can", "+ VAT", "?"),
)
NOT_EXACT: list[Cell] = [
    *("about 5000", "4,50", "1,2,3", "45,000,00", "50p", "We need about £4,500", "3 x £1,000 = £4,500"),
    *("٤٥٠٠", True),
]


@given(st.text(max_size=12) | st.text("£0123456789.,k -", max_size=9))
def test_any_text_is_an_amount_or_unreadable(text: str) -> None:
    answer = or_sentence(read_money, text)

    if isinstance(answer, str):
        assert answer.endswith(".")
    else:
        assert (answer is None) == (one_line(text) == "")


def or_sentence(read: Callable[[Cell], Any], text: str) -> Any:
    try:
        return read(text)
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize("read", [read_money, read_plain_money, read_whole, read_yes_no])
def test_an_empty_cell_is_none_and_one_in_error_is_never_read(read: Callable[[Cell], object]) -> None:
    assert [read(cell) for cell in (None, "", "  ", "\n")] == [None] * 4
    for cell in (CellError("#N/A"), NoSavedValue()):
        with pytest.raises(Unreadable, match="The cell holds"):
            read(cell)


def test_decimals_are_exact_and_their_places_are_counted() -> None:
    assert read_decimal(12.5) == Decimal("12.5")
    assert read_decimal("12.50") == Decimal("12.5")
    assert read_decimal(0.1 + 0.2) == Decimal("0.3")
    with pytest.raises(Unreadable, match="more than two decimals"):
        read_decimal("1.234")


def test_text_loses_control_characters_and_its_numbers_needless_noughts() -> None:
    assert cell_text("\ufeff one\r\ntwo\rthree\x0bfour\x00\t! \u200b") == "one\ntwo\nthree\nfour\t!"

    cells: tuple[Cell, ...] = (4.0, 0.1 + 0.2, 1e16, 7700900123.0, 1e-7, 100)

    assert [cell_text(cell) for cell in cells] == [
        "4",
        "0.3",
        "1" + "0" * 16,
        "7700900123",
        "0.0000001",
        "100",
    ]


def test_words_for_nothing_are_known_and_no_is_not_one() -> None:
    assert all(
        map(is_nothing, ("", " ", "N/A", "n.a.", "NA", "nil", "-", "–", "not applicable", "Amherthnasol"))
    )
    assert not any(map(is_nothing, ("no", "0", "tbc", "n", "a", "-5", "nonesuch")))


def test_a_long_text_that_is_no_amount_is_refused_at_once() -> None:
    began = thread_time()

    for text in ("1," * 16_000, "1 and " * 5_000, "(" * 32_000, "1." * 16_000, "1(" + "a " * 16_000):
        for _ in range(5):
            with pytest.raises(Unreadable):
                read_money(text)

    assert thread_time() - began < 1  # one look at all of the first text took a third of a second or more


THIRD_OF_APRIL: list[Cell] = [
    date(2026, 4, 3),
    datetime(2026, 4, 3, 9, 15),
    "3.4.2026",
    "2026/04/03",
    "3 April 2026",
    "3rd of April, 2026",
    "April 3, 2026",
    " 3  april\n2026 ",
]
HALF_PAST_TEN: list[Cell] = [
    *("2026-11-20T10:30:00Z", "2026-11-20 10:30 [Europe/London]", "20/11/2026 10:30:00"),
    *("2026/11/20 10:30:00 AM GMT", "Nov 20, 2026 10:30 AM"),
    "Fri Nov 20 2026 10:30:00 GMT+0000 (Greenwich Mean Time)",
]
NO_DATES: list[Cell] = [
    "03/25/2026",
    "April 2026",
    "3 April",
    "3/4-2026",
    "03/04/2026 25:00",
    46_000.0,
    date(1899, 12, 31),
]


Read = Callable[[Cell], object]
YES: list[Cell] = ["Yes", "y", True, "✓", "☑", "Do / Yes", "Yes, in 2024", "YES 2024"]
NO: list[Cell] = [
    *("No", "n", "false", False, 0, 0.0, "0", "✗", "☐", "NO!", "Nac oes / No", "No - never"),
    *("No we have not", "No, we haven't", "Never", "No - no lamps are lit"),
]
ALIKE: dict[str, tuple[Read, Sequence[Cell], object]] = {
    "an amount": (read_money, POUNDS_4500, 450_000),
    "an amount, whatever harmless is said": (read_money, [f"£4,500 {one}" for one in HARMLESS], 450_000),
    "a whole number": (read_whole, [1200, 1200.0, "1200", "1200.0", " 1,200 "], 1200),
    "an amount of a round workbook": (read_plain_money, PLAIN_4500, 450_000),
    "yes": (read_yes_no, YES, True),
    "no": (read_yes_no, NO, False),
    "a day, day first unless ISO": (read_date, THIRD_OF_APRIL, date(2026, 4, 3)),
    "a time, in winter": (read_moment, HALF_PAST_TEN, Moment(datetime(2026, 11, 20, 10, 30), True)),
}


@pytest.mark.parametrize(("read", "cells", "value"), ALIKE.values(), ids=ALIKE)
def test_cells_are_read_as_people_write_them(read: Read, cells: Sequence[Cell], value: object) -> None:
    assert [read(cell) for cell in cells] == [value] * len(cells)


UNCLEAR: list[Cell] = [
    *("Yes, but not yet", "No-one", "No we have not, but we will", "Yes, pending", "Yes we don't"),
    *(2, "N/A", "Yes / No", date(2026, 1, 1)),
]
NOT_WHOLE: list[Cell] = [
    *(4.5, "4.5", "200 people", "about 200", True, "1e3", "²", "1,2", date(2026, 1, 1)),
]
LOOSE: list[Cell] = ["4.5k", "4,500 pounds", "GBP 4,500", "4 500", "none", "-1"]
REFUSED: dict[str, tuple[Read, Sequence[Cell], str]] = {
    "no exact amount": (read_money, NOT_EXACT, "not an exact amount"),
    "an amount of which anything else is said": (read_money, [f"£4,500 {one}" for one in DOUBTFUL], "£"),
    "two amounts": (read_money, ["4000-5000"], "not one amount"),
    "other money": (read_money, ["$500"], "not in pounds"),
    "an amount for each": (read_money, ["£500 per month"], "for each of something"),
    "less than nothing": (read_money, ["-500", "(£500)"], "below £0"),
    "parts of a penny": (read_money, ["4.500", 4500.005], "more than two decimals"),
    "too much": (read_money, [1e13], "more than any fund holds"),
    "an error": (read_money, [CellError("#REF!")], "the error #REF!"),
    "a formula": (read_money, [NoSavedValue()], "open the workbook in Excel, save it"),
    "neither yes nor no": (read_yes_no, UNCLEAR, "neither yes nor no"),
    "not whole": (read_whole, NOT_WHOLE, "is not a whole number"),
    "a loose amount of a round workbook": (read_plain_money, LOOSE, r"\.$"),
    "no date": (read_date, NO_DATES, "is not a date; write it day first|has no year; write it in full"),
}


@pytest.mark.parametrize(("read", "cells", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_none_is_refused(read: Read, cells: Sequence[Cell], words: str) -> None:
    for cell in cells:
        with pytest.raises(Unreadable, match=words) as caught:
            read(cell)
        assert str(caught.value).endswith(".")


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


def test_an_empty_cell_is_no_date_and_a_zone_is_turned_into_local_time() -> None:
    assert [read_date(cell) for cell in (None, "", " ")] == [None, None, None]

    aware = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)

    assert read_moment(aware) == Moment(datetime(2026, 8, 1, 0, 30), True)


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
    answer = or_sentence(read_moment, text)

    assert answer is None or isinstance(answer, Moment) or answer.endswith(".")
