"""What each heading of a table can be, where the others decide it: dates of a form tool and of a project."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice, pairwise

from exchange.applications.fields import is_blank, text_of
from exchange.applications.heading_rows import (
    asked_fields,
    is_label,
    may_be_organisation,
    names_something,
    options_of,
)
from exchange.applications.headings import SURVEY_TOOL, WORDS, Option, is_asked, words_of
from exchange.applications.likeness import judged
from exchange.applications.matching import last_part, name_half, never_of
from exchange.applications.table import NEEDED, FoundTable, Heading, likeliest_needed
from exchange.cells.values import date_column
from exchange.reading.sheets import Cell
from models.values.importing import heading_key, is_of_a_tool, is_of_filling_in
from scoring.written.text import readable

_SETTLED_BESIDE = frozenset({"address", "received_at"})
"""Lines of an address belong to the line before; when a tool sent a form its other columns tell."""


def is_told_by_values(heading: Heading, field: str) -> bool:
    """Say whether neither a rule nor examples know a heading as what it is taken for."""
    if field in _SETTLED_BESIDE or (field == "contact_name" and name_half(heading.parts.text)):
        return False
    return field not in asked_fields(heading.parts, options_of(heading.parts, {}))


_NOBODY, _ENOUGH_TO_TELL = "anonymous", 200


class ColumnValues:
    """The rows that count, column by column, without what is blank and without "anonymous"."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows = rows

    @property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """Return the rows that count."""
        return self._rows

    def of(self, heading: Heading) -> Iterator[Cell]:
        """Return the values below a heading, from the top."""
        at = heading.at
        return (row[at] for row in self._rows if not is_blank(row[at]) and row[at] != _NOBODY)

    def first(self, heading: Heading) -> list[Cell]:
        """Return the first values below a heading: enough to tell what the column holds."""
        return list(islice(self.of(heading), _ENOUGH_TO_TELL))

    def count(self, heading: Heading) -> int:
        return sum(1 for _ in self.of(heading))

    def are_below(self, heading: Heading) -> bool:
        return next(self.of(heading), None) is not None

    def leftmost(self, headings: Sequence[Heading]) -> Heading | None:
        """Return the leftmost heading that has a value below it, else the leftmost."""
        return next(filter(self.are_below, headings), headings[0] if headings else None)

    def name_nobody(self, heading: Heading) -> bool:
        """Whether a form without a sign-in filled a column by itself, with "anonymous" for everybody."""
        values = (row[heading.at] for row in self._rows)
        return {value for value in values if not is_blank(value)} == {_NOBODY}

    def pairs(self, one: Heading, other: Heading) -> Iterator[tuple[Cell, Cell]]:
        """Return what stands below two headings in the first rows, side by side, blanks too."""
        rows = self._rows[:_ENOUGH_TO_TELL]
        return ((row[one.at], row[other.at]) for row in rows)

    def of_rows_with(self, heading: Heading) -> "ColumnValues":
        """Return the values of those rows alone that name something under a heading, else of all.

        Totals and notes do not fill the column of the organisation.
        """
        at = heading.at
        named = [row for row in self._rows if not is_blank(row[at]) and not is_label(text_of(row[at]))]
        return ColumnValues(named or self._rows)


Options = dict[Heading, tuple[Option, ...]]

_STARTS = {frozenset({"start"}), frozenset({"start", "date"}), frozenset({"start", "date", "utc"})}
_ENDS = {frozenset({"end"}), frozenset({"end", "date"}), frozenset({"end", "date", "utc"})}
_CREATED, _MODIFIED = frozenset({"date", "created"}), frozenset({"date", "modified"})
_TIME = re.compile(r"\d:\d\d")
_ACCOUNT_NAME = frozenset({"account", "name"})
_COMPLETION_DATE = frozenset({"completion", "date"})
_LOOKED_AT = 20

_BEGUN = frozenset({"created", "begun", "start", "started", "opened"})
_FROM_US = frozenset({"funder", "pcc", "opcc", "acf", "vf", "commissioner", "fund"})


def all_options(found: FoundTable, given: Container[Heading] = ()) -> Options:
    """Return what each heading can be, bare dates of a form tool told from those of a project.

    Those `given` a field by hand do not count among the headings that may have another.
    """
    headings = found.headings
    filling_in = [one for one in headings if is_of_filling_in(one.text)]
    texts = {heading.parts.text.casefold() for heading in headings}
    survey = bool(texts & SURVEY_TOOL)
    options = {heading: options_of(heading.parts, {}) for heading in headings}
    _settle_survey_dates(found, options, first=survey)
    accounts = [heading for heading in headings if bare_words(heading) == _ACCOUNT_NAME]
    if _is_offered("organisation", (options[heading] for heading in headings if heading not in accounts)):
        options |= dict.fromkeys(accounts, ())  # of a bank
    if not any(may_be_organisation(heading.parts, offered) for heading, offered in options.items()):
        named = [heading for heading in headings if names_something(heading.parts.text)]
        options |= {heading: (*options[heading], Option("organisation", sure=False)) for heading in named}
    _settle_needed(found, options, given)
    lasts = {h: frozenset(words_of(last_part(h.parts.lower))) for h in headings}  # of a project, or of a form
    ends = [h for h, last in lasts.items() if last == _COMPLETION_DATE and not _has_times(found, h)]
    others = [options[h] for h in headings if h not in ends]
    if _is_offered("start_on", others) or _is_offered("received_at", others):
        options |= dict.fromkeys(ends, (Option("end_on", sure=False),))
    return options | dict.fromkeys(filling_in, ())


def _settle_needed(found: FoundTable, options: Options, given: Container[Heading]) -> None:
    """Make of the headings that may be the organisation or the amount the likeliest sure, where none is.

    Of those that no rule knows the values tell, where the headings ask for many other fields.
    """
    offered = {option for each in options.values() for option in each}
    open_to = [field for field in NEEDED if Option(field, sure=True) not in offered]
    if not open_to:
        return
    headings = [heading for heading in options if heading not in given]
    texts = [heading.parts.text for heading in headings]
    known = [asked_fields(heading.parts, options[heading]) for heading in headings]
    rows = [tuple(row[heading.at] for heading in headings) for row in found.rows[:_LOOKED_AT]]
    likeliest = likeliest_needed(texts, known, rows)
    options |= {
        headings[at]: (Option(field, sure=True),) for field, at in likeliest.items() if field in open_to
    }


def _settle_survey_dates(found: FoundTable, options: Options, *, first: bool) -> None:
    """Make the dates at which a form was begun answers, and those at which it ended the time received."""
    seen: set[frozenset[str]] = set()
    has_zone = any(
        bare_words(heading) in (*_STARTS, *_ENDS) and "utc" in bare_words(heading) for heading in options
    )
    for heading in found.headings:
        bare = bare_words(heading)
        if is_asked(heading.text) or (has_zone and "utc" not in bare):
            continue
        tool = (first and bare not in seen and bool(bare)) or _has_times(found, heading)
        if bare in _STARTS or (first and bare == _CREATED):
            options[heading] = () if tool else options[heading]
        elif bare in _ENDS or (first and bare == _MODIFIED):
            options[heading] = (Option("received_at", sure=True),) if tool else options[heading]
        seen.add(bare)


def _has_times(found: FoundTable, heading: Heading) -> bool:
    """Say whether dates come with the time of day, as form tools note them and projects do not."""
    cells = (row[heading.at] for row in found.rows)
    return any(
        isinstance(value, datetime) or (isinstance(value, str) and bool(_TIME.search(value)))
        for value in islice((cell for cell in cells if not is_blank(cell)), _LOOKED_AT)
    )


def _is_offered(field: str, options: Iterable[Iterable[Option]]) -> bool:
    return any(option.field == field for offered in options for option in offered)


def bare_words(heading: Heading) -> frozenset[str]:
    return frozenset(words_of(heading.parts.text))


def rules_out(heading: Heading, field: str) -> bool:
    """Say whether the words of a heading speak against a field, whatever its values look like."""
    words = bare_words(heading)
    if field == "contact_name":  # what a person is, and not who it is: "Contact - Job title"
        return "name" not in words and not _POSTS.isdisjoint(words)
    if is_of_filling_in(heading.text) or heading_key(heading.text) in _OF_NO_FIELD:
        return True
    if field == "reference":
        return never_of(heading.parts.lower) == field
    if field != "received_at" and is_of_a_tool(heading.text):  # of the form, and not of the project
        return True
    if field == "minimum_amount":  # and not a line of the budget
        return _OF_LEAST.isdisjoint(words) or not _OF_BUDGET.isdisjoint(words)
    if field == "total_cost":
        if _VAT in words and "amount_requested" in asked_fields(heading.parts, options_of(heading.parts, {})):
            return True  # the amount requested, with tax or without
        return "total" not in words and not _OF_BUDGET.isdisjoint(heading_key(heading.text).split())
    return field == "project" and not _OF_PERSONS.isdisjoint(words)


_VAT = "vat"
_OF_LEAST = WORDS["of least"]
_OF_BUDGET = WORDS["of budget"]
_OF_NO_FIELD = WORDS["of no field"]
_OF_SUBMITTING = WORDS["of submitting"]
_POSTS = frozenset({"job", "role", "position", "post"})
_OF_PERSONS = WORDS["of persons"]


def likeliest_first(field: str, headings: Sequence[Heading]) -> Sequence[Heading]:
    """Return of several headings for a field those first that are it rather than the others.

    Of amounts that are asked these say from whom, "How much from us?", of days when something came in, not
    when it was begun, and when it was submitted rather than completed.
    """
    if field == "amount_requested":
        return sorted(headings, key=lambda heading: _FROM_US.isdisjoint(bare_words(heading)))
    if field == "received_at":
        return sorted(headings, key=lambda one: (is_begun(one), not is_sent(one)))
    return headings


def is_begun(heading: Heading) -> bool:
    """Whether a heading says when a form was begun."""
    return not _BEGUN.isdisjoint(bare_words(heading))


def is_sent(heading: Heading) -> bool:
    """Whether a heading says when an applicant sent a form: "Submitted at", and not "Completed"."""
    return not _OF_SUBMITTING.isdisjoint(bare_words(heading))


def is_of_sign_in(heading: Heading, found: FoundTable) -> bool:
    """Say whether a column stands among those that a form's tool fills in before the first question."""
    before = [one for one in found.headings if one.column < heading.column]
    return bool(before) and all(is_of_a_tool(one.text) for one in before)


_LEAST_OF_A_SPAN = -2.5
_FROM, _TO = re.compile(r"\bfrom\b"), re.compile(r"\b(?:to|until|till)\b(?=\W*$)")


def span_of(days: Mapping[Heading, Sequence[Cell]]) -> dict[Heading, str]:
    """Return the two columns of days side by side of which no first day is after the second."""
    for (first, begun), (second, ended) in pairwise(days.items()):
        between = min(max(judged(h.parts.lower)[f] for f in ("start_on", "end_on")) for h in (first, second))
        is_ordered = len(begun) == len(ended) and all(
            one <= other for one, other in zip(_days(begun), _days(ended), strict=True)
        )
        is_span = between >= _LEAST_OF_A_SPAN or _is_from_and_to(first.parts.lower, second.parts.lower)
        if second.column == first.column + 1 and is_ordered and is_span:
            return {first: "start_on", second: "end_on"}
    return {}


def _is_from_and_to(first: str, second: str) -> bool:
    """Say whether headings differ in their last words alone, "Open from" and "Open to"."""
    begun, ended = _FROM.sub("", first.casefold()), _TO.sub("", second.casefold())
    return begun == ended and begun != first.casefold()


def _days(cells: Sequence[Cell]) -> Iterator[date]:
    column = date_column(cells)
    return (readable(column.read_date, cell) or date.max for cell in cells)
