"""What a spreadsheet would run is marked as text; all else stays as it is."""

import pytest

from exchange.xlsx.table_book import csv_text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 7700", "-5", "@x", "|cmd", "%0A", "\uff1d1", " \u00a0=1", "\u200b@x", "\tx", "\nx", "\rx"],
)
def test_what_would_run_is_marked(text: str) -> None:
    assert csv_text(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Elm Group", "a=b", "Siân & Co", "1 = 1", "'quoted'"])
def test_what_would_not_run_stays(text: str) -> None:
    assert csv_text(text) == text
