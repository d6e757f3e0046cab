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
_CHOICES = re.compile(r"\([^()]*[/,][^()]*\)|\([^()]*\betc\b[^()]*\)")
"""A list of answers in brackets, which are not what a heading is of."""
_LINES = re.compile(r"\s*\n\s*")
_SLASHES = re.compile(r"\s*[/|\n\r]+\s*")
_ENGLISH = frozenset(
    [
        "about",
        "after",
        "age",
        "agreed",
        "all",
        "also",
        "answer",
        "approval",
        "approved",
        "are",
        "back",
        "band",
        "before",
        "being",
        "below",
        "both",
        "but",
        "category",
        "chair",
        "check",
        "children",
        "code",
        "comment",
        "comments",
        "committee",
        "councillor",
        "day",
        "days",
        "decision",
        "did",
        "each",
        "end",
        "ethnicity",
        "first",
        "form",
        "from",
        "further",
        "gender",
        "grade",
        "had",
        "half",
        "has",
        "head",
        "held",
        "hour",
        "hours",
        "how",
        "if",
        "income",
        "into",
        "job",
        "key",
        "lead",
        "level",
        "list",
        "made",
        "manager",
        "member",
        "members",
        "month",
        "months",
        "new",
        "next",
        "notes",
        "not",
        "office",
        "officer",
        "on",
        "only",
        "or",
        "order",
        "other",
        "our",
        "out",
        "over",
        "paid",
        "panel",
        "part",
        "people",
        "per",
        "person",
        "plan",
        "policy",
        "position",
        "post",
        "primary",
        "priority",
        "quarter",
        "rank",
        "rate",
        "reason",
        "result",
        "role",
        "same",
        "score",
        "secondary",
        "secretary",
        "see",
        "session",
        "sessions",
        "set",
        "sheet",
        "staff",
        "status",
        "support",
        "team",
        "than",
        "that",
        "theme",
        "them",
        "then",
        "they",
        "this",
        "time",
        "times",
        "treasurer",
        "trustee",
        "under",
        "unit",
        "up",
        "user",
        "users",
        "venue",
        "visit",
        "volunteer",
        "volunteers",
        "ward",
        "was",
        "website",
        "week",
        "weeks",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
        "within",
        "year",
        "years",
        "yes",
        "you",
        "young",
        "your",
    ]
)
"""Common words of English headings that no field is called by."""
_KNOWN = frozenset().union(*(rule.allowed for rule in RULES), OTHER_MATTERS, MONEY_MATTERS, SECTION, _ENGLISH)
_TITLE_AND_TEXT = frozenset({"project", "summary"})
_WORD = re.compile(r"[^\W\d_]+")


def either_side(heading: str, of_part: Callable[[str], Found]) -> Found:
    """Return what a heading can be by its sides; sure where the one is a translation of the other.

    A title that may be a description as well can be either, whichever has no column of its own.
    """
    heading = _CHOICES.sub(" ", heading)
    lines = _LINES.split(heading)
    is_wrapped = not heading.islower() and any(line[:1].islower() for line in lines)
    if len(lines) > 1 and (is_wrapped or not any(_is_strange(line) for line in lines)):
        heading = " ".join(lines)
    return _by_sides(_SLASHES.split(heading), of_part) or _by_sides(_SIDES.split(heading), of_part)


def sides_of(heading: str) -> list[str]:
    """Return the parts of a heading that stand on lines of their own or between slashes."""
    return [side for side in _SLASHES.split(heading) if _WORD.search(side)]


def _by_sides(parts: Iterable[str], of_part: Callable[[str], Found]) -> Found:
    sides = [side for side in parts if side and _WORD.search(side)]
    if len(sides) < 2:
        return ()
    found = [of_part(side) for side in sides]
    fields = {field for options in found for field, _ in options}
    silent = [side for side, options in zip(sides, found, strict=True) if not options]
    if _is_about_other_matter(silent if len(fields) == 1 else sides):
        return ()
    if len(fields) == 1:
        is_sure = any(sure for options in found for _, sure in options) and all(map(is_foreign, silent))
        return ((fields.pop(), is_sure),)
    if fields == _TITLE_AND_TEXT:
        return tuple((field, False) for field in sorted(fields))
    speaking = [options for options in found if options]
    if len(speaking) == 1 and all(map(is_foreign, silent)):
        return speaking[0]
    return ()


def _is_strange(text: str) -> bool:
    """Say whether a line has a word that no heading in English is made of, as in another language."""
    return not {word.casefold() for word in _WORD.findall(text)} <= _KNOWN


def is_foreign(text: str) -> bool:
    """Say whether a text has several words, most of them none that headings in English are made of.

    One word alone is not enough: "role" and "website" are in no rule either.
    """
    words = _WORD.findall(text)
    return len(words) > 1 and 2 * len({*words_of(text)} & _KNOWN) < len(words)


def _is_about_other_matter(sides: Iterable[str]) -> bool:
    return any(not OTHER_MATTERS.isdisjoint(words_of(side)) for side in sides)
