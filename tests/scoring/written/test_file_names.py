"""A file is called what people call the thing, on any system."""

from typing import Literal
from unicodedata import normalize

import pytest

from scoring.written.names import file_name, shortened


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (
            ("Active Citizens Fund", "Round 2", "2026/27", "", "minutes"),
            "Active Citizens Fund Round 2 2026-27 minutes",
        ),
        (('Who? "We": <us>|*',), "Who- -We- -us-"),
        (("  Round\n 2. ",), "Round 2"),
        (("..",), ""),
        (("CON",), "CON-"),
        (("Con.",), "Con-"),
        (("com1.2026",), "com1-.2026"),
        (("LPT³ .x",), "LPT³- .x"),
        (("nul", "minutes"), "nul minutes"),
        (("Console",), "Console"),
        (("Siân",), "Siân"),
    ],
)
def test_a_name_holds_nothing_that_a_system_bars(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts) == name


def test_a_long_name_is_cut_between_words_and_one_word_where_it_must_be() -> None:
    assert shortened("Tenants, Leaseholders", 21) == "Tenants, Leaseholders"
    assert shortened("Tenants, Leaseholders", 20) == "Tenants"
    assert shortened("Leaseholders", 5) == "Lease"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_in_two_compositions_is_one_file(form: Literal["NFC", "NFD"]) -> None:
    assert file_name(normalize(form, "Hâf Ynys Môn"), "minutes") == "Hâf Ynys Môn minutes"
