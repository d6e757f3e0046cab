"""Give the fields that no rule found a column for to the columns that are likeliest to hold them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from msgspec import Struct

from exchange.applications.fields import YES_OR_NO
from exchange.applications.headings import OF_OTHERS
from exchange.applications.likely.likeness import is_strange, likenesses
from exchange.applications.likely.looks import look_of, weight_of_look
from exchange.applications.table import Heading
from exchange.applications.two_sided_headings import sides_of
from exchange.applications.wording import words_of
from exchange.reading.sheets import Cell

_LEAST = 3.5
"""How much must speak for a field, as the logarithm of odds; below it the officer is asked."""
_LEAST_WHERE_DOUBTED = 6.0
"""The same where a rule knew the heading but its values, or a surer heading, spoke against it."""
_LEAST_IN_WORDS = 0.5
"""How much of it the words of the heading must say: values alone make no field."""
_OF_OTHERS_WEIGHS = 5.0
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
) -> list[tuple[Heading, str]]:
    """Return which columns are likeliest to hold which of the fields, each field and column once.

    The likeliest pair of all goes first, so that a column goes where it fits best and not to whichever
    field is asked for first.
    """
    shared = Counter(heading.parts.upper for heading in columns if heading.parts.upper)
    wanted = tuple(fields)
    pairs = [
        pair
        for heading, values in columns.items()
        for pair in _pairs(heading, values, wanted, holds_areas, is_shared=shared[heading.parts.upper] > 1)
        if pair.weight >= (_LEAST_WHERE_DOUBTED if heading in doubted else _LEAST)
    ]
    found: dict[Heading, str] = {}
    for pair in sorted(pairs, key=_by_weight):
        is_free = pair.heading not in found and pair.field not in found.values()
        if is_free and (pair.field in _BY_LOOK or pair.look == "tick" or fits(pair.heading, pair.field)):
            found[pair.heading] = pair.field
    return list(found.items())


def _words_of_sides(text: str) -> Mapping[str, float]:
    """Return how like each field a heading is; of one in two languages, by the side that says more."""
    whole, sides = likenesses(text), sides_of(text)
    known = [likenesses(side) for side in sides if not is_strange(side)]
    if not known or len(known) == len(sides):
        return whole
    return {field: max(weight, *(side[field] for side in known)) for field, weight in whole.items()}


def _by_weight(pair: Likely) -> tuple[float, int]:
    return -pair.weight, pair.heading.column


def _pairs(
    heading: Heading,
    values: Values,
    fields: Sequence[str],
    holds_areas: Callable[[Values], bool],
    *,
    is_shared: bool,
) -> Iterable[Likely]:
    lower = heading.parts.lower
    look = "area" if holds_areas(values) else look_of(values, lower)
    says_it_all = look == "tick" or not heading.parts.upper or (is_shared and len(words_of(lower)) > 1)
    text = lower if says_it_all else heading.parts.text
    words = _words_of_sides(text)
    against = _OF_OTHERS_WEIGHS if OF_OTHERS & {*words_of(heading.parts.text)} else 0.0
    for field in fields:
        if look == "tick" and field not in YES_OR_NO:
            continue
        weight = words[field] + weight_of_look(field, look) - against
        if words[field] >= _LEAST_IN_WORDS:
            yield Likely(weight, heading, field, look)
