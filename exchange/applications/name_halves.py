"""A person's name in two columns: which headings hold half a name, and which halves belong together."""

import re
from collections.abc import Sequence

from msgspec import Struct

from exchange.applications.headings import OTHER_MATTERS, SECTION
from exchange.applications.wording import words_of

_FIRST = frozenset({"first", "given", "forename", "forenames"})
_LAST = frozenset({"last", "family", "surname"})
_FIRST_NAME = re.compile(
    r"\b(?:first|given) name|name (?:first|given)\b|forename|contact first$|^name(?: \w+){0,5} first$"
)
_LAST_NAME = re.compile(
    r"\b(?:last|family) name|name (?:last|family)\b|surname|contact last$|^name(?: \w+){0,5} last$"
)


class NameHalf(Struct, frozen=True):
    """Half a person's name: the first or the last, and of whom, by the words around it."""

    is_first: bool
    whose: frozenset[str]


def name_half(heading: str) -> NameHalf | None:
    """Return which half of a name a heading asks for, None for a whole name and for anything else."""
    words = words_of(heading)
    text, found = " ".join(words), frozenset(words)
    is_first = bool(_FIRST_NAME.search(text)) and _LAST.isdisjoint(found)
    is_last = bool(_LAST_NAME.search(text)) and _FIRST.isdisjoint(found)
    if is_first == is_last:
        return None
    return NameHalf(is_first, found - _FIRST - _LAST - SECTION - {"name"})


def pair_of(headings: Sequence[str]) -> tuple[int, int] | None:
    """Return where the leftmost first name stands and the last name of the same person, or None.

    Referees, treasurers and second contacts are nobody's main contact.
    """
    halves = [(index, half) for index, text in enumerate(headings) if (half := name_half(text))]
    for first, half in halves:
        if not half.is_first or not OTHER_MATTERS.isdisjoint(half.whose):
            continue
        for last, other in halves:
            if not other.is_first and other.whose == half.whose:
                return first, last
    return None
