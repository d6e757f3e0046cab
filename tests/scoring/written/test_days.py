"""Days, times and zones as people write them, and working days between them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.written import days
from scoring.written.days import (
    Order,
    far_words,
    likely_day,
    order_in,
    read_day,
    read_moment,
    read_month,
    read_near_day,
)
from scoring.written.text import Unreadable
from scoring.written.working_days import (
    bank_holidays,
    is_working_day,
    working_day_after,
    working_day_by,
)
from scoring.written.zones import read_time, zone_in

TODAY = date(2026, 11, 21)


def month(text: str, since: date | None = None) -> tuple[date | None, date | None]:
    """Return what a month is read as where it is a beginning, and where it is an end."""
    return read_month(text, since, is_end=False), read_month(text, since, is_end=True)


def holidays(year: int) -> list[str]:
    return [f"{day:%m-%d}" for day in sorted(bank_holidays(year))]


READ: dict[str, tuple[Callable[[Any], object], dict[Any, object]]] = {
    "a day of the past without a year": (
        partial(read_day, today=TODAY, is_past=True),
        {
            "25 Nov": date(2025, 11, 25),
            "3 April '26": date(2026, 4, 3),
            "2026-04-03 14:32": date(2026, 4, 3),
            "Today": TODAY,
            "tomorrow": date(2026, 11, 22),
            " ": None,
        },
    ),
    "a day to come without a year": (
        partial(read_day, today=TODAY, is_past=False),
        {
            "25/11": date(2026, 11, 25),
            "3.4.": date(2027, 4, 3),
            "29 Feb": date(2028, 2, 29),
            "yesterday": date(2026, 11, 20),
        },
    ),
    "a day that may be past or to come is the nearest": (
        lambda text: read_near_day(text, TODAY),
        {
            "20 Nov": date(2026, 11, 20),
            "1 sep": date(2026, 9, 1),
            "20 jan": date(2027, 1, 20),
            "21 Nov": TODAY,
            "today": TODAY,
        },
    ),
    "days are told one by one up to two": (
        lambda many: days.when_on([date(2026, 11, 17 + number) for number in range(many)]),
        {
            1: "on 17 November 2026",
            2: "on 17 November 2026 and 18 November 2026",
            3: "between 17 November 2026 and 19 November 2026",
        },
    ),
    "as a spreadsheet shows it": (
        days.sheet_moment,
        {
            datetime(2026, 12, 2, 14, 32): "02/12/2026 14:32",
            datetime(2026, 12, 2, 0, 5): "02/12/2026 00:05",
            datetime(2026, 12, 2, 17, 0, 30): "02/12/2026 17:00:30",
            datetime(2026, 12, 2): "02/12/2026",
            date(2026, 12, 3): "03/12/2026",
        },
    ),
    "cells that can be read in one way alone tell the order": (
        days.order_of,
        {
            ("3/4/2026", "soon", "2026-03-25"): None,
            ("3/4/2026", "25/3/2026"): Order.DAY_FIRST,
            ("25.3.2026", "3.25.2026"): Order.MIXED,
            ("31/4/2026", "13/13/2026", "3/25/1800"): Order.DAY_FIRST,
            ("13/13/2026", "3/25/1800", "32/4/2026"): None,
            ("31/2/2026", "3/25/2026"): Order.MIXED,
        },
    ),
    "more than five years from today is far": (
        lambda day: bool(far_words(day, TODAY)),
        {
            date(2021, 11, 20): True,
            date(2021, 11, 21): False,
            date(2031, 11, 21): False,
            date(2031, 11, 22): True,
            None: False,
        },
    ),
    "Welsh months": (
        lambda text: read_moment(text).at.date(),
        {
            "25 Rhag. 2027": date(2027, 12, 25),
            "1af Chwefror 2027": date(2027, 2, 1),
            "3ydd o Fawrth 2027": date(2027, 3, 3),
        },
    ),
    "a month is its first or its last day": (
        month,
        {
            "Jan 2027": (date(2027, 1, 1), date(2027, 1, 31)),
            "Chwefror 2028": (date(2028, 2, 1), date(2028, 2, 29)),
            "end of March 2027": (date(2027, 3, 31), date(2027, 3, 31)),
            "Start of March 2027": (date(2027, 3, 1), date(2027, 3, 1)),
            "diwedd mis Mawrth 2027": (date(2027, 3, 31), date(2027, 3, 31)),
            "March": (None, None),
            "spring 2027": (None, None),
        },
    ),
    "a month without a year is the first that is not over": (
        partial(month, since=TODAY),
        {
            "end of March": (date(2027, 3, 31), date(2027, 3, 31)),
            "November": (date(2026, 11, 1), date(2026, 11, 30)),
            "mis Hydref": (date(2027, 10, 1), date(2027, 10, 31)),
            "erbyn diwedd Ragfyr": (date(2026, 12, 31), date(2026, 12, 31)),
            "22 November": (date(2026, 11, 22), date(2026, 11, 22)),
            "March 2029": (date(2029, 3, 1), date(2029, 3, 31)),
            "soon": (None, None),
        },
    ),
    "the one day that prose names": (
        partial(likely_day, since=date(2026, 11, 1), is_end=True),
        {
            "1 April 2027, if the hall is free": date(2027, 4, 1),
            "We will begin at the start of March 2027": date(2027, 3, 1),
            "some time in March 2027": date(2027, 3, 31),
            "w/c 01/06/2027": date(2027, 6, 1),
            "6 months from 1 April 2027": date(2027, 9, 30),
            "two weeks from 1 April 2027": date(2027, 4, 14),
            "April 2027 to March 2028": None,
            "March or April 2027": None,
            "4-8 January 2027": None,
            "01/06/2027 - 31/08/2027": None,
            "as soon as we can": None,
            "1 April 2027 " + "and more " * 40: None,
        },
    ),
    "the order that a heading names": (
        order_in,
        {
            "Date received (MM/DD/YYYY)": Order.MONTH_FIRST,
            "Start date dd/mm/yyyy": Order.DAY_FIRST,
            "Start (DD MMM YYYY)": None,
            "Start date": None,
        },
    ),
    "the zone that a heading names": (
        zone_in,
        {
            "Submit Date (UTC)": 0,
            "Start time GMT+1": 60,
            "UTC_time": 0,
            "Ended [EST]": -300,
            "Date received": None,
            "Kept by Gmtech": None,
            "Time (UTC+19)": None,
        },
    ),
    "a time as it is meant": (
        read_time,
        {
            "": "",
            " 10 ": "10:00",
            "14:15": "14:15",
            "2pm": "14:00",
            "12 am": "00:00",
            "12 p.m.": "12:00",
            "1015": "10:15",
        },
    ),
    "the hours of a zone": (
        lambda zone: f"{read_moment(f'2026-07-31 23:30{zone}').at:%d %H:%M}",
        {
            " BST": "31 23:30",
            " GMT+1": "31 23:30",
            " (UTC+01:00)": "31 23:30",
            " EDT": "01 04:30",
            "-0400 (Eastern Daylight Time)": "01 04:30",
            "-05:00": "01 05:30",
            " CEST": "31 22:30",
            "+0530": "31 19:00",
        },
    ),
    "bank holidays of England and Wales as proclaimed, by gov.uk/bank-holidays": (
        holidays,
        {
            2021: ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"],
            2024: ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"],
            2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
            2028: ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"],
        },
    ),
}


@pytest.mark.parametrize(("read", "told"), READ.values(), ids=READ)
def test_days_and_times_are_read_as_people_write_them(
    read: Callable[[Any], object], told: dict[Any, object]
) -> None:
    assert {said: read(said) for said in told} == told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/6", "June has 30 days"),
        ("30 Feb", "February has 29 days|February has 28 days in 2026"),
        ("31/6/2026", "June has 30 days"),
        ("29/2/2026", "February has 28 days in 2026"),
        ("1/1/1800", "is not a date"),
        ("1/1/2026 13:00 pm", "is not a date"),
        ("soon", "is not a date"),
        ("11 a Thachwedd 2027", "is not a date"),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_day(text, TODAY, is_past=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/6", "“31/6” is no day: June has 30 days."),
        ("30/2", "“30/2” is no day: February has 29 days at most."),
        ("25/11", "“25/11” has no year; write it in full, like 3 April 2026."),
        ("32/1", "“32/1” is not a date; write it day first, like 03/04/2026 or 3 April 2026."),
    ],
)
def test_a_cell_without_a_year_is_told_what_is_wrong_with_it(text: str, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_moment(text)

    assert str(refused.value) == words


def test_a_time_is_kept_where_it_is_given() -> None:
    assert read_moment("2 November 2026 2:05 pm") == (datetime(2026, 11, 2, 14, 5), True)
    assert read_moment("02/11/2026") == (datetime(2026, 11, 2), False)
    assert read_moment("Mon, 02/11/2026 - 14:05").at == datetime(2026, 11, 2, 14, 5)
    assert read_moment("02/11/2026 12:05:09 am").at == datetime(2026, 11, 2, 0, 5, 9)


def test_a_day_is_printed_in_few_ways_and_a_year_off_not_without_its_year() -> None:
    at = datetime(2026, 12, 2, 14, 5)

    assert [
        *(days.short_day(at), days.full_day(at), days.long_day(at), days.short_date(at), days.full_date(at)),
        *(days.short_month(at), days.full_month(at), days.short_moment(at), days.full_moment(at)),
    ] == [
        *("2 Dec 2026", "2 December 2026", "Wed 2 December 2026", "2 Dec", "2 December"),
        *("Dec 2026", "December 2026", "2 Dec 2026, 14:05", "2 December 2026, 14:05"),
    ]

    known = [days.is_year_plain(date(2026 + ahead, 11, 20), TODAY) for ahead in (-1, 0, 1)]

    assert known == [False, True, False]
    assert days.is_year_plain(date(2027, 4, 30), TODAY)


def test_a_day_is_open_or_none_and_one_that_can_be_two_is_refused_with_both() -> None:
    assert [days.is_open(text) for text in ("4/3/2026", "4/04/2026", "13/4/2026", "2026-04-03")] == [
        *(True, False, False, False)
    ]
    assert [days.reads_as_day(text) for text in ("4/13/2026", "13/4/2026", "13/13/2026")] == [
        True,
        True,
        False,
    ]

    with pytest.raises(Unreadable) as refused:
        read_moment("4/3/2026", Order.MIXED)

    assert str(refused.value) == (
        "“4/3/2026” is 4 March 2026 or 3 April 2026: other dates of this column have the day first, and "
        "others the month; write the month in letters."
    )


def test_working_days_leave_out_holidays_the_day_itself_and_days_on_which_banks_are_closed() -> None:
    monday = date(2026, 12, 21)

    assert working_day_after(monday, 5) == date(2026, 12, 30)
    assert working_day_after(date(2026, 12, 19), 1) == monday
    assert not is_working_day(monday, (monday,))

    # 25 Dec 2022 was a Sunday: Boxing Day kept its Monday, and Christmas was kept on Tuesday the 27th.
    assert {date(2022, 12, 26), date(2022, 12, 27)} <= bank_holidays(2022)

    assert working_day_by(date(2026, 12, 24)) == working_day_by(date(2026, 12, 27)) == date(2026, 12, 24)
    assert working_day_by(date(2026, 12, 24), [date(2026, 12, 24)]) == date(2026, 12, 23)


LONDON = ZoneInfo("Europe/London")
TIMES = st.datetimes(datetime(1996, 1, 2), datetime(2199, 12, 30)).map(lambda at: at.replace(microsecond=0))
AWAY = st.integers(-12 * 60, 14 * 60)


@given(
    TIMES,
    AWAY,
    st.sampled_from(
        ["{:%Y-%m-%dT%H:%M:%S}{}", "{:%d/%m/%Y %H:%M:%S} GMT{}", "{:%d %b %Y, %I:%M:%S %p} UTC{}"]
    ),
)
def test_a_time_of_any_zone_is_the_same_moment_here(at: datetime, minutes: int, form: str) -> None:
    aware = at.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    sign, hours, rest = "-" if minutes < 0 else "+", abs(minutes) // 60, abs(minutes) % 60
    written = form.format(at, f"{sign}{hours:02d}:{rest:02d}")

    assert read_moment(written).at == aware.astimezone(LONDON).replace(tzinfo=None)


@given(
    TIMES, st.sampled_from(["Z", " UTC", "+00:00", " GMT", " (Coordinated Universal Time)", " +0000", "−00"])
)
def test_universal_time_is_written_in_many_ways(at: datetime, zone: str) -> None:
    here = at.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None)

    assert read_moment(f"{at:%Y-%m-%d %H:%M:%S}{zone}").at == here


@pytest.mark.parametrize(
    "zone", [" ABC", "+15:00", "+10:75", " BST+1", " (late)", " (+1 UTC)", " (later +1)"]
)
def test_what_is_no_zone_is_not_passed_over(zone: str) -> None:
    with pytest.raises(Unreadable, match="is not a date"):
        read_moment(f"2026-07-31 23:30{zone}")


def test_a_spell_and_the_days_that_prose_names_and_a_day_that_no_month_has() -> None:
    assert days.last_day("3 months or 4 months", TODAY) is None
    assert days.last_day("a year", date(2027, 3, 31)) == date(2028, 3, 30)
    assert days.days_named("from 1 April 2027 to May 2028") == ["1 April 2027", "May 2028"]
    assert [days.is_in_reach(date(year, 6, 1)) for year in (1899, 1900, 2200)] == [False, True, False]

    with pytest.raises(Unreadable):
        read_month("31 February", date(2026, 11, 21), is_end=False)
