"""Days, times and zones as people write them, and working days between them."""

from datetime import UTC, date, datetime, timedelta, timezone
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


@pytest.mark.parametrize(
    ("text", "is_past", "day"),
    [
        ("25 Nov", True, date(2025, 11, 25)),
        ("25/11", False, date(2026, 11, 25)),
        ("3.4.", False, date(2027, 4, 3)),
        ("29 Feb", False, date(2028, 2, 29)),
        ("3 April '26", True, date(2026, 4, 3)),
        ("2026-04-03 14:32", True, date(2026, 4, 3)),
        ("Today", True, TODAY),
        ("yesterday", False, date(2026, 11, 20)),
        ("tomorrow", True, date(2026, 11, 22)),
        (" ", True, None),
    ],
)
def test_a_day_without_a_year_is_the_one_that_is_meant(text: str, is_past: bool, day: date | None) -> None:
    assert read_day(text, TODAY, is_past=is_past) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 Nov", date(2026, 11, 20)),
        ("1 sep", date(2026, 9, 1)),
        ("20 jan", date(2027, 1, 20)),
        ("21 Nov", TODAY),
        ("today", TODAY),
    ],
)
def test_a_day_that_may_be_past_or_to_come_is_the_nearest(text: str, day: date | None) -> None:
    assert read_near_day(text, TODAY) == day


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


@pytest.mark.parametrize(
    ("many", "words"),
    [
        (1, "on 17 November 2026"),
        (2, "on 17 November 2026 and 18 November 2026"),
        (3, "between 17 November 2026 and 19 November 2026"),
    ],
)
def test_days_are_told_one_by_one_up_to_two(many: int, words: str) -> None:
    assert days.when_on([date(2026, 11, 17 + number) for number in range(many)]) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 12, 2, 14, 32), "02/12/2026 14:32"),
        (datetime(2026, 12, 2, 0, 5), "02/12/2026 00:05"),
        (datetime(2026, 12, 2, 17, 0, 30), "02/12/2026 17:00:30"),
        (datetime(2026, 12, 2), "02/12/2026"),
        (date(2026, 12, 2), "02/12/2026"),
    ],
)
def test_a_day_stands_as_a_spreadsheet_shows_it(at: date, words: str) -> None:
    assert days.sheet_moment(at) == words


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (("3/4/2026", "soon", "2026-03-25"), None),
        (("3/4/2026", "25/3/2026"), Order.DAY_FIRST),
        (("25.3.2026", "3.25.2026"), Order.MIXED),
        (("31/4/2026", "13/13/2026", "3/25/1800"), None),
    ],
)
def test_cells_that_can_be_read_in_one_way_alone_tell_the_order(
    texts: tuple[str, ...], order: Order | None
) -> None:
    assert days.order_of(texts) is order


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


@pytest.mark.parametrize(
    ("day", "is_far"),
    [
        (date(2021, 11, 20), True),
        (date(2021, 11, 21), False),
        (date(2031, 11, 21), False),
        (date(2031, 11, 22), True),
        (None, False),
    ],
)
def test_a_day_more_than_five_years_from_today_is_asked_about(day: date | None, *, is_far: bool) -> None:
    assert bool(far_words(day, TODAY)) == is_far


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 Rhag. 2027", date(2027, 12, 25)),
        ("1af Chwefror 2027", date(2027, 2, 1)),
        ("3ydd o Fawrth 2027", date(2027, 3, 3)),
        ("11 a Thachwedd 2027", None),
    ],
)
def test_welsh_months_are_read(text: str, expected: date | None) -> None:
    if expected is None:
        with pytest.raises(Unreadable):
            read_moment(text)
    else:
        assert read_moment(text).at.date() == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jan 2027", date(2027, 1, 1), date(2027, 1, 31)),
        ("Chwefror 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("end of March 2027", date(2027, 3, 31), date(2027, 3, 31)),
        ("Start of March 2027", date(2027, 3, 1), date(2027, 3, 1)),
        ("diwedd mis Mawrth 2027", date(2027, 3, 31), date(2027, 3, 31)),
        ("March", None, None),
        ("spring 2027", None, None),
    ],
)
def test_a_month_is_its_first_or_its_last_day(text: str, first: date | None, last: date | None) -> None:
    assert (read_month(text, is_end=False), read_month(text, is_end=True)) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("end of March", date(2027, 3, 31), date(2027, 3, 31)),  # the round closed on 21 November 2026
        ("November", date(2026, 11, 1), date(2026, 11, 30)),
        ("mis Hydref", date(2027, 10, 1), date(2027, 10, 31)),
        ("erbyn diwedd Ragfyr", date(2026, 12, 31), date(2026, 12, 31)),
        ("22 November", date(2026, 11, 22), date(2026, 11, 22)),
        ("March 2029", date(2029, 3, 1), date(2029, 3, 31)),
        ("soon", None, None),
    ],
)
def test_a_month_without_a_year_is_the_first_that_is_not_over(
    text: str, first: date | None, last: date | None
) -> None:
    since = date(2026, 11, 21)

    assert (read_month(text, since, is_end=False), read_month(text, since, is_end=True)) == (first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 April 2027, if the hall is free", date(2027, 4, 1)),
        ("We will begin at the start of March 2027", date(2027, 3, 1)),
        ("some time in March 2027", date(2027, 3, 31)),
        ("April 2027 to March 2028", None),
        ("March or April 2027", None),
        ("4-8 January 2027", None),
        ("w/c 01/06/2027", date(2027, 6, 1)),
        ("6 months from 1 April 2027", date(2027, 9, 30)),
        ("two weeks from 1 April 2027", date(2027, 4, 14)),
        ("01/06/2027 - 31/08/2027", None),
        ("as soon as we can", None),
        ("1 April 2027 " + "and more " * 40, None),
    ],
)
def test_the_one_day_that_prose_names(text: str, expected: date | None) -> None:
    assert likely_day(text, date(2026, 11, 1), is_end=True) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Date received (MM/DD/YYYY)", Order.MONTH_FIRST),
        ("Start date dd/mm/yyyy", Order.DAY_FIRST),
        ("Start (DD MMM YYYY)", None),
        ("Start date", None),
    ],
)
def test_the_order_that_a_heading_names(heading: str, expected: Order | None) -> None:
    assert order_in(heading) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        (" 10 ", "10:00"),
        ("14:15", "14:15"),
        ("2pm", "14:00"),
        ("12 am", "00:00"),
        ("12 p.m.", "12:00"),
        ("1015", "10:15"),
    ],
)
def test_a_time_is_read_as_it_is_meant(typed: str, meant: str) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # gov.uk/bank-holidays, England and Wales
        (2021, ("01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28")),
        (2024, ("01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26")),
        (2027, ("01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28")),
        (2028, ("01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26")),
    ],
)
def test_bank_holidays_are_those_proclaimed(year: int, days: tuple[str, ...]) -> None:
    assert sorted(bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in days]


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
    ("zone", "here"),
    [
        (" BST", "31 23:30"), (" GMT+1", "31 23:30"), (" (UTC+01:00)", "31 23:30"), (" EDT", "01 04:30"),
        ("-0400 (Eastern Daylight Time)", "01 04:30"), ("-05:00", "01 05:30"), (" CEST", "31 22:30"),
        ("+0530", "31 19:00"),
    ],
)  # fmt: skip
def test_the_hours_of_a_zone_count(zone: str, here: str) -> None:
    assert f"{read_moment(f'2026-07-31 23:30{zone}').at:%d %H:%M}" == here


@pytest.mark.parametrize(
    "zone", [" ABC", "+15:00", "+10:75", " BST+1", " (late)", " (+1 UTC)", " (later +1)"]
)
def test_what_is_no_zone_is_not_passed_over(zone: str) -> None:
    with pytest.raises(Unreadable, match="is not a date"):
        read_moment(f"2026-07-31 23:30{zone}")


@pytest.mark.parametrize(
    ("heading", "minutes"),
    [
        ("Submit Date (UTC)", 0), ("Start time GMT+1", 60), ("UTC_time", 0), ("Ended [EST]", -300),
        ("Date received", None), ("Kept by Gmtech", None), ("Time (UTC+19)", None),
    ],
)  # fmt: skip
def test_a_heading_may_name_a_zone(heading: str, minutes: int | None) -> None:
    assert zone_in(heading) == minutes


def test_a_spell_and_the_days_that_prose_names_and_a_day_that_no_month_has() -> None:
    assert days.last_day("3 months or 4 months", TODAY) is None
    assert days.last_day("a year", date(2027, 3, 31)) == date(2028, 3, 30)
    assert days.days_named("from 1 April 2027 to May 2028") == ["1 April 2027", "May 2028"]
    assert [days.is_in_reach(date(year, 6, 1)) for year in (1899, 1900, 2200)] == [False, True, False]

    with pytest.raises(Unreadable):
        read_month("31 February", date(2026, 11, 21), is_end=False)
