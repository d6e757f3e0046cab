"""Words that papers share: dates, sums and lists as they are printed, and sentences made by templates.

A file of `resources/sentences` holds macros, each of which says one thing:

    YEAR = Sentences("year")
    YEAR.by_area(of)               # what the macro `by_area` of `year.j2` says of a fund's year
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import resources
from scoring import money as sums
from scoring.written import days, text
from scoring.written.area_label import AreaLabel

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

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
    return NONE_GIVEN if pence is None else sums.short_pounds(pence)


def paper_sentence(words: str) -> str:
    """Return a sentence of the record as a paper says it, in the paper's form of money.

    Outside of a paper it is without noughts where no sum in it has pence.
    """
    is_whole = sums.has_form_with_pence() is None and PENCE.search(words)
    return words if is_whole else sums.in_one_form(words)


def said_rules(rules: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((subject, f"{text.with_capital(words)}.") for subject, words in rules)


def text_or_dash(written: str) -> str:
    return written.strip() or NONE_GIVEN


GIVEN = ("first", "join", "last", "length", "list", "map", "rejectattr", "select", "selectattr", "unique")
"""Filters of the library that a template may use."""
TESTS = ("eq", "ge", "gt", "le", "lt", "ne", "none")


def short_moment(at: datetime) -> str:
    return f"{days.short_moment(at)} UTC"


def listed(words: Sequence[str], last: str = "and") -> str:
    return text.listed(list(words), last)


def plural(number: int | Sequence[Any], one: str, many: str = "") -> str:
    """Return a noun or a verb for so many, or for the length of a list: "pot", "pots"."""
    return text.noun(_many(number), one, many)


def counted(number: int | Sequence[Any], one: str, many: str = "") -> str:
    return text.counted(_many(number), one, many)


def place(of: tuple[int, int, bool] | None) -> str:
    """Return (place, of how many, whether shared) in words: "equal third of six"; "" for no place."""
    return "" if of is None else text.place_in_words(of[0], of[1], tied=of[2])


def all_pounds(pence: int | None) -> str:
    """Return a sum with its pence outside of a paper, in it in the paper's form; a dash for none."""
    return NONE_GIVEN if pence is None else sums.pounds(pence)


def each_day(found: Sequence[date]) -> tuple[str, ...]:
    return tuple(map(day_in_full, found))


def points(score_1e2: int) -> str:
    """Return points without noughts behind whole ones: "80", "66.67"."""
    return sums.plain_score(score_1e2).removesuffix(".00")


def said(words: str, label: AreaLabel) -> str:
    """Return fixed words in the office's word for an area."""
    return label.said(words)


def figure(number: int) -> str:
    return f"{number:,}"


def _many(number: int | Sequence[Any]) -> int:
    return number if isinstance(number, int) else len(list(number))


def without_capital(words: str) -> str:
    """Return a text as a sentence goes on; what follows its first letter stays as it is."""
    return words[:1].lower() + words[1:]


def total(awards: Sequence[Any]) -> int:
    """Return what lines that each have an amount come to, in pence."""
    return sum(one.amount_pence for one in awards)


def added(pence: Sequence[int]) -> int:
    return sum(pence)


def lines(texts: Sequence[str]) -> str:
    """Return texts one below the other, as an office wrote them."""
    return "\n".join(texts)


def average(pence: int | None) -> str:
    """Return an average, or a price a point, with its pence whatever the paper's form; a dash for none."""
    return NONE_GIVEN if pence is None else sums.average_pounds(pence)


FILTERS: dict[str, Callable[..., Any]] = {
    "added": added,
    "average": average,
    "capital": text.with_capital,
    "cardinal": text.cardinal,
    "counted": counted,
    "figure": figure,
    "first_of": text.first_of,
    "days": each_day,
    "day": day_in_full,
    "line": text.one_line,
    "lines": lines,
    "listed": listed,
    "moment": short_moment,
    "money": pounds,
    "one_form": paper_sentence,
    "ordinal": text.ordinal,
    "place": place,
    "says_nothing": text.says_nothing,
    "percent": sums.decimal_text,
    "plural": plural,
    "points": points,
    "pounds": all_pounds,
    "said": said,
    "score": sums.score,
    "sentence": text.as_sentence,
    "sentences": text.as_sentences,
    "short_day": short_day,
    "the": text.with_article,
    "total": total,
    "uncapital": without_capital,
    "weekday": days.long_day,
    "within_quotes": text.within_quotes,
}


def environment(finalize: Callable[..., Any] | None = None) -> "ImmutableSandboxedEnvironment":
    """Return the sandbox in which a template is filled: values are escaped, a name that is missing raises.

    `finalize` is what becomes of each value before it is put in.
    """
    from jinja2 import StrictUndefined  # the library takes a moment, and no list waits for it
    from jinja2.sandbox import ImmutableSandboxedEnvironment

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


_BREAK, _OWN = re.compile(r"[ \t]*\n\s*"), "\ue003"
"""The end of a line of a template, and what stands for one that a fact has."""
_MACRO = re.compile(r"\{% (macro .*?|endmacro) %\}")


OF_PAPERS: Mapping[str, Callable[..., Any]] = {}


class Sentences:
    """The macros of a file, each called with its facts; the end of a line is a space.

    `filters` are what its own facts need beside those of papers.
    """

    def __init__(self, name: str, filters: Mapping[str, Callable[..., Any]] = OF_PAPERS) -> None:
        self._name, self._filters = name, filters

    def __getattr__(self, macro: str) -> Callable[..., str]:
        return partial(_said, getattr(self._macros, macro))

    def lines(self, macro: str, *facts: Any) -> tuple[str, ...]:
        """Return the lines of what a macro says of its facts, without those that say nothing."""
        said = getattr(self._macros, macro)(*facts).split("\n")
        return tuple(line.strip().replace(_OWN, "\n") for line in said if line.strip())

    @cached_property
    def _macros(self) -> Any:
        source = _MACRO.sub(r"{%- \1 -%}", resources.text(f"sentences/{self._name}.j2"))
        filled = environment(_value)
        filled.filters |= self._filters
        return filled.from_string(source).module


def _said(macro: Callable[..., str], *facts: Any, **more: Any) -> str:
    return _BREAK.sub(" ", macro(*facts, **more)).strip().replace(_OWN, "\n")


def _value(value: object) -> object:
    from markupsafe import Markup  # what stands there already is a macro's own

    return value if isinstance(value, Markup) else Markup(str(value).replace("\n", _OWN))
