"""A time of day as somebody types it."""

import pytest

from scoring.written.text import Unreadable
from scoring.written.zones import read_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        (" 10 ", "10:00"),
        ("9.30", "09:30"),
        ("14:15", "14:15"),
        ("2pm", "14:00"),
        ("2:05 PM", "14:05"),
        ("12 am", "00:00"),
        ("12 p.m.", "12:00"),
        ("1015", "10:15"),
    ],
)
def test_a_time_is_read_as_it_is_meant(typed: str, meant: str) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["noon", "25:00", "10:75", "13 pm", "0 am", "10:5"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable, match="no time of day"):
        read_time(typed)
