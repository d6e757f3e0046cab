"""Words that papers share: dates and sums as they are printed, and where a column has nothing."""

import re
from collections.abc import Iterable
from datetime import date

from scoring import money
from scoring.written import days
from scoring.written.text import with_capital

NONE_GIVEN = "–"
PENCE = re.compile(r"£[\d,]+\.(?!00)\d\d")
NO_AREA = "No area"
"""Where what is of no area stands among areas."""


def short_day(day: date | None) -> str:
    """Return a date as tables have it: "2 Dec 2026"; a dash for none."""
    return NONE_GIVEN if day is None else days.short_day(day)


def day_in_full(day: date | None) -> str:
    """Return a date as sentences have it: "2 December 2026"; a dash for none."""
    return NONE_GIVEN if day is None else days.full_day(day)


def pounds(pence: int | None) -> str:
    """Return a sum as a paper says it: with pence only where one of the paper has some; a dash for none."""
    return NONE_GIVEN if pence is None else money.short_pounds(pence)


def paper_sentence(words: str) -> str:
    """Return a sentence of the record as a paper says it, in the paper's form of money.

    Outside of a paper it is without noughts where no sum in it has pence.
    """
    is_whole = money.has_form_with_pence() is None and PENCE.search(words)
    return words if is_whole else money.in_one_form(words)


def said_rules(rules: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((subject, f"{with_capital(words)}.") for subject, words in rules)


def text_or_dash(text: str) -> str:
    return text.strip() or NONE_GIVEN
