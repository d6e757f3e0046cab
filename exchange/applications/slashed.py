"""Headings of two sides: the same in two languages, or two nouns for one thing.

"Enw'r sefydliad / Organisation name", "Project / activity", "Description / title". One side alone decides
only where the other speaks another language or of the same; sides about different fields decide nothing,
since a column of both is neither.
"""

import re
from collections.abc import Callable, Iterable

from exchange.applications.heading_rules import RULES
from exchange.applications.headings import MONEY_MATTERS, OTHER_MATTERS, SECTION
from exchange.applications.wording import words_of

Found = tuple[tuple[str, bool], ...]
"""Fields, each with whether it is sure."""

_SIDES = re.compile(r"\s*[/|\n\r·•]+\s*|\s[-–—]\s|\s*[()\[\]]\s*")
_KNOWN = frozenset().union(*(rule.allowed for rule in RULES), OTHER_MATTERS, MONEY_MATTERS, SECTION)
_TITLE_AND_TEXT = frozenset({"project", "summary"})
_WORD = re.compile(r"[^\W\d_]+")


def either_side(heading: str, of_part: Callable[[str], Found]) -> Found:
    """Return what a heading can be by its sides; sure where the one is a translation of the other.

    A title that may be a description as well can be either, whichever has no column of its own.
    """
    sides = [side for side in _SIDES.split(heading) if side and _WORD.search(side)]
    if len(sides) < 2:
        return ()
    found = [of_part(side) for side in sides]
    fields = {field for options in found for field, _ in options}
    if _is_about_other_matter(sides) and not (all(found) and len(fields) == 1):
        return ()
    if len(fields) == 1:
        silent = [side for side, options in zip(sides, found, strict=True) if not options]
        is_sure = any(sure for options in found for _, sure in options) and all(map(is_foreign, silent))
        return ((fields.pop(), is_sure),)
    if fields == _TITLE_AND_TEXT:
        return tuple((field, False) for field in sorted(fields))
    return ()


def is_foreign(text: str) -> bool:
    """Say whether a text has several words, most of them none that headings in English are made of.

    One word alone is not enough: "role" and "website" are in no rule either.
    """
    words = _WORD.findall(text)
    return len(words) > 1 and 2 * len({*words_of(text)} & _KNOWN) < len(words)


def _is_about_other_matter(sides: Iterable[str]) -> bool:
    return any(not OTHER_MATTERS.isdisjoint(words_of(side)) for side in sides)
