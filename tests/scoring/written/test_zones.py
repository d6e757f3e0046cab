"""A time with a zone is turned into what clocks in the United Kingdom show."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.written.days import read_moment
from scoring.written.text import Unreadable
from scoring.written.zones import zone_in

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


@given(TIMES, st.sampled_from(["", " Europe/London", " [Europe/London]", " (local time)", " UK time"]))
def test_local_time_stays_as_it_is(at: datetime, zone: str) -> None:
    assert read_moment(f"{at:%Y-%m-%d %H:%M:%S}{zone}").at == at


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
