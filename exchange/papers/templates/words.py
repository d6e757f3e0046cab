"""The sandbox in which templates are filled, and its filters: the only code that makes words for them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from exchange.papers import paper_words
from scoring import counted as counts
from scoring import money as sums
from scoring.written import days, text
from scoring.written.area_label import AreaLabel

GIVEN = ("first", "join", "last", "length", "list", "map", "rejectattr", "select", "selectattr", "unique")
"""Filters of the library that a template may use."""
TESTS = ("eq", "ge", "gt", "le", "lt", "ne", "none")


def short_moment(at: datetime) -> str:
    """Return a time as papers have it: "2 Dec 2026, 14:32 UTC"."""
    return f"{days.short_moment(at)} UTC"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a sentence lists them: "W-001, W-002 and W-003"."""
    return counts.listed(list(words), last)


def plural(number: int | Sequence[Any], one: str, many: str = "") -> str:
    """Return a noun or a verb for so many, or for the length of a list: "pot", "pots"."""
    return counts.noun(_many(number), one, many)


def counted(number: int | Sequence[Any], one: str, many: str = "") -> str:
    """Return a count with its noun: "1 application", "1,204 applications"."""
    return counts.counted(_many(number), one, many)


def place(of: tuple[int, int, bool] | None) -> str:
    """Return (place, of how many, whether shared) in words: "equal third of six"; "" for no place."""
    return "" if of is None else text.place_in_words(of[0], of[1], tied=of[2])


def each_day(found: Sequence[date]) -> tuple[str, ...]:
    """Return days in full, to be listed."""
    return tuple(map(paper_words.day_in_full, found))


def points(score_1e2: int) -> str:
    """Return points without noughts behind whole ones: "80", "66.67"."""
    return sums.plain_score(score_1e2).removesuffix(".00")


def said(words: str, label: AreaLabel) -> str:
    """Return fixed words in the office's word for an area."""
    return label.said(words)


def _many(number: int | Sequence[Any]) -> int:
    return number if isinstance(number, int) else len(list(number))


def lines(texts: Sequence[str]) -> str:
    """Return texts one below the other, as an office wrote them."""
    return "\n".join(texts)


def average(pence: int | None) -> str:
    """Return an average, or a price a point, with its pence whatever the paper's form; a dash for none."""
    return paper_words.NONE_GIVEN if pence is None else sums.average_pounds(pence)


FILTERS: dict[str, Callable[..., Any]] = {
    "average": average,
    "capital": text.with_capital,
    "cardinal": text.cardinal,
    "counted": counted,
    "days": each_day,
    "day": paper_words.day_in_full,
    "line": text.one_line,
    "lines": lines,
    "listed": listed,
    "moment": short_moment,
    "money": paper_words.pounds,
    "one_form": paper_words.paper_sentence,
    "ordinal": text.ordinal,
    "place": place,
    "percent": sums.decimal_text,
    "plural": plural,
    "points": points,
    "said": said,
    "score": sums.score,
    "sentence": text.as_sentence,
    "sentences": text.as_sentences,
    "short_day": paper_words.short_day,
    "the": text.with_article,
    "weekday": days.long_day,
}


def environment(finalize: Callable[..., Any] | None = None) -> ImmutableSandboxedEnvironment:
    """Return the sandbox in which a template is filled: values are escaped, a name that is missing raises.

    `finalize` is what becomes of each value before it is put in.
    """
    found = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
        finalize=finalize,
    )
    found.globals.clear()
    found.filters = {**{name: found.filters[name] for name in GIVEN}, **FILTERS}
    found.tests = {name: found.tests[name] for name in TESTS}
    return found
