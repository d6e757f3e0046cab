"""Give the fields that no rule found a column for to the columns that are likeliest to hold them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import pairwise

from msgspec import Struct

from exchange.applications.fields import YES_OR_NO
from exchange.applications.heading_rows import asked_fields, options_of
from exchange.applications.headings import OF_OTHERS
from exchange.applications.likeness import judged, look_of, weight_of_look
from exchange.applications.matching import name_half
from exchange.applications.table import Heading
from exchange.applications.wording import words_of
from exchange.cells.cell_dates import date_column
from exchange.reading.sheets import Cell
from models.values.applications import FIELDS
from scoring.written.text import Unreadable

_LEAST = 3.5
"""How much must speak for a field, as the logarithm of odds; below it the officer is asked."""
_LEAST_WHERE_DOUBTED = 6.0
"""The same where a rule knew the heading but its values, or a surer heading, spoke against it."""
_LEAST_WHERE_UNKNOWN = 5.0
"""The same for an area, whose values may be none of those known here."""
_IN_ORDER = 1.0
_ORDERS = (
    ("organisation", "organisation_type", "charity_number", "company_number"),
    ("contact_name", "email", "phone"),
    ("address", "postcode"),
    ("project", "summary", "need", "outcomes", "beneficiaries"),
    ("amount_requested", "total_cost", "match_funding"),
    ("start_on", "end_on"),
)
_FOLLOWS = frozenset(two for order in _ORDERS for two in pairwise(order))
"""Fields of which the second is often asked right after the first."""
_LEAST_IN_WORDS = 0.5
"""How much of it the words of the heading must say: values alone make no field."""
_MUCH_MORE = 8.0
"""By how much another field, though it has its column, must be likelier for a column to be none."""
_OF_OTHERS_WEIGHS = 5.0
_UNMISTAKABLE = frozenset({"email", "phone", "postcode"})
_OF_POSTS = frozenset(
    ["safeguarding", "police", "pcso", "sergeant", "councillor", "bank", "supplier", "insurance", "ip"]
)
"""Words of those who have telephones besides the applicant."""
_LEAST_OF_SOLE = -0.5
_LEAST_OF_A_SPAN = -2.5
_FROM, _TO = re.compile(r"\bfrom\b"), re.compile(r"\b(?:to|until|till)\b(?=\W*$)")
_BY_LOOK = frozenset({"area"})
"""Fields whose values need not be known: an area that is not one of the round's is asked about."""

Values = Sequence[Cell]


class Likely(Struct, frozen=True):
    """A column that may hold a field, with how much speaks for it."""

    weight: float
    heading: Heading
    field: str
    look: str


def likely_fields(
    columns: Mapping[Heading, Values],
    fields: Iterable[str],
    doubted: Set[Heading],
    holds_areas: Callable[[Values], bool],
    fits: Callable[[Heading, str], bool],
    known: Mapping[int, str],
) -> list[tuple[Heading, str]]:
    """Return which columns are likeliest to hold which of the fields, each field and column once.

    The likeliest pair of all goes first, so that a column goes where it fits best and not to whichever
    field is asked for first. `known` has the fields of columns that rules found: forms ask in an order.
    """
    shared = Counter(heading.parts.upper for heading in columns if heading.parts.upper)
    looks = {h: "area" if holds_areas(v) else look_of(v, h.parts.lower) for h, v in columns.items()}
    sole = {look for look, times in Counter(looks.values()).items() if times == 1}
    wanted = tuple(fields)
    pairs = [
        pair
        for heading, look in looks.items()
        for pair in _pairs(
            heading, look, wanted, is_sole=look in sole, is_shared=shared[heading.parts.upper] > 1
        )
        if pair.weight + _by_order(pair, known) >= _least(pair, is_doubted=heading in doubted)
    ]
    found: dict[Heading, str] = {}
    for pair in sorted(pairs, key=_by_weight):
        is_free = pair.heading not in found and pair.field not in found.values()
        if is_free and (pair.field in _BY_LOOK or pair.look == "tick" or fits(pair.heading, pair.field)):
            found[pair.heading] = pair.field
    if {"start_on", "end_on"} <= {*wanted} - {*found.values()}:
        days = [h for h, look in looks.items() if look == "day" and h not in found and h not in doubted]
        found |= span_of({heading: columns[heading] for heading in days})
    return list(found.items())


def _least(pair: Likely, *, is_doubted: bool) -> float:
    """Return how much must speak for a field: more where a rule doubts it, as its values may have."""
    if not is_doubted:
        return _LEAST
    return _LEAST_WHERE_UNKNOWN if pair.field in _BY_LOOK else _LEAST_WHERE_DOUBTED


def _by_order(pair: Likely, known: Mapping[int, str]) -> float:
    """Return what the columns beside one tell: forms ask for the need after the summary."""
    column = pair.heading.column
    beside = (known.get(column - 1), pair.field), (pair.field, known.get(column + 1))
    return _IN_ORDER if any(two in _FOLLOWS for two in beside) else 0.0


def span_of(days: Mapping[Heading, Values]) -> dict[Heading, str]:
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


def _days(cells: Values) -> Iterator[date]:
    column = date_column(cells)
    for cell in cells:
        try:
            yield column.read_date(cell) or date.max
        except Unreadable:
            yield date.max


def _by_weight(pair: Likely) -> tuple[float, int]:
    return -pair.weight, pair.heading.column


def _pairs(
    heading: Heading, look: str, fields: Sequence[str], *, is_sole: bool, is_shared: bool
) -> Iterable[Likely]:
    """Yield how likely each field is; the one column of telephone numbers needs less of its heading."""
    lower = heading.parts.lower
    says_it_all = look == "tick" or not heading.parts.upper or (is_shared and len(words_of(lower)) > 1)
    words = judged(lower if says_it_all else heading.parts.text)
    against = _OF_OTHERS_WEIGHS if OF_OTHERS & {*words_of(heading.parts.text)} else 0.0
    most = max(words[field] + weight_of_look(field, look) for field in FIELDS)
    of_posts = not _OF_POSTS.isdisjoint(words_of(heading.parts.text))
    for field in fields:
        if look == "tick" and field not in YES_OR_NO:
            continue
        is_only = is_sole and look == field and look in _UNMISTAKABLE and not of_posts
        said = max(words[field], _LEAST_OF_SOLE) if is_only else words[field]
        weight = said + weight_of_look(field, look) - against
        is_rather_another = most - said - weight_of_look(field, look) > _MUCH_MORE
        if (words[field] >= _LEAST_IN_WORDS and not is_rather_another) or is_only:
            yield Likely(weight, heading, field, look)


_SETTLED_BESIDE = frozenset({"address", "received_at"})
"""Lines of an address belong to the line before; when a tool sent a form its other columns tell."""


def is_told_by_values(heading: Heading, field: str) -> bool:
    """Say whether neither a rule nor examples know a heading as what it is taken for."""
    if field in _SETTLED_BESIDE or (field == "contact_name" and name_half(heading.parts.text)):
        return False
    return field not in asked_fields(heading.parts, options_of(heading.parts, {}))
