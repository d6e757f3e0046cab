"""What is said of an issued version."""

from datetime import UTC, datetime

import pytest

from models.papers.issued import Issued


@pytest.mark.parametrize(
    ("subject", "words"), [("2026-11-01", "November 2026"), ("2026/27-Q3", "2026/27-Q3"), ("", "")]
)
def test_a_month_is_said_as_one_though_it_is_kept_as_its_first_day(subject: str, words: str) -> None:
    issued = Issued(
        1, "spending", None, subject, 1, "ab", "", 1, "cd", "Ann", datetime(2026, 12, 1, tzinfo=UTC), "{}"
    )

    assert issued.subject_words == words
