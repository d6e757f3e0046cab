"""Working days: bank holidays of England and Wales as they were proclaimed, and an office's own days."""

from datetime import date

import pytest

from scoring.written.working_days import (
    bank_holidays,
    easter_sunday,
    is_working_day,
    working_day_after,
    working_day_by,
)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # gov.uk/bank-holidays, England and Wales
        (2021, ("01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28")),
        (2024, ("01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26")),
        (2026, ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28")),
        (2027, ("01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28")),
        (2028, ("01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26")),
    ],
)
def test_bank_holidays_are_those_proclaimed(year: int, days: tuple[str, ...]) -> None:
    assert sorted(bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in days]


def test_christmas_on_a_sunday_is_kept_after_boxing_day() -> None:
    # 25 Dec 2022 was a Sunday: Boxing Day kept its Monday, and Christmas was kept on Tuesday the 27th.
    assert {date(2022, 12, 26), date(2022, 12, 27)} <= bank_holidays(2022)


@pytest.mark.parametrize(
    "day", [date(1961, 4, 2), date(2000, 4, 23), date(2019, 4, 21), date(2038, 4, 25), date(2285, 3, 22)]
)
def test_easter_falls_as_the_tables_say(day: date) -> None:
    assert easter_sunday(day.year) == day


def test_the_day_itself_is_not_counted_and_holidays_are_left_out() -> None:
    monday = date(2026, 12, 21)

    assert working_day_after(monday, 5) == date(2026, 12, 30)
    assert working_day_after(monday, 5, (date(2026, 12, 29),)) == date(2026, 12, 31)
    assert working_day_after(date(2026, 12, 19), 1) == monday
    assert not is_working_day(monday, (monday,))


def test_by_a_day_on_which_banks_are_closed_is_the_last_working_day_before_it() -> None:
    assert working_day_by(date(2026, 12, 24)) == working_day_by(date(2026, 12, 27)) == date(2026, 12, 24)
    assert working_day_by(date(2026, 12, 24), [date(2026, 12, 24)]) == date(2026, 12, 23)
