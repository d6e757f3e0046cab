"""A file is called what people call the thing, on any system."""

import pytest

from scoring.written.file_names import file_name


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
    ],
)
def test_a_name_holds_nothing_that_a_system_bars(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts) == name
