"""Whether what stands in a column can be what a heading in doubt is of."""

import re
from collections.abc import Sequence

from exchange.applications.fields import YES_OR_NO, is_readable, text_of
from exchange.applications.wording import words_of
from exchange.cells.values import read_money, read_yes_no
from exchange.reading.sheets import Cell
from scoring.written.names import is_title
from scoring.written.text import Unreadable

_KINDS_OF_ORGANISATION = frozenset(
    [
        "charity",
        "cio",
        "cic",
        "company",
        "group",
        "club",
        "school",
        "college",
        "association",
        "trust",
        "church",
        "faith",
        "enterprise",
        "council",
        "society",
        "organisation",
        "constituted",
        "community",
        "voluntary",
        "limited",
        "partnership",
        "cooperative",
        "parish",
        "body",
        "individual",
        "business",
        "statutory",
        "public",
        "ltd",
        "forum",
        "network",
        "foundation",
        "centre",
        "collective",
        "federation",
    ]
)
_WORDS_IN_NAMES = (
    "academy alliance army athletic band brigade cadets chapel choir cic cio clinic clwb coalition "
    "companions consortium cwmni cymdeithas eglwys fc fellowship grwp gurdwara house institute league "
    "library ministries mission mosque mudiad museum nhs orchestra players primary rangers rescue "
    "residents rfc rovers scouts synagogue temple tenants theatre trustees union united university "
    "watch ymca ymddiriedolaeth"
)
_IN_NAMES = frozenset(_WORDS_IN_NAMES.split())
"""Other words of what organisations are called, each stemmed as `words_of` has it."""
_REFERENCE = re.compile(
    r"([A-Za-z]{2,10}|[A-Za-z](?=\D?\d{3})|20\d\d(?=[-/_.]))"
    r"(?:[-/_.]?\d{2,4}[-/_.])?[-/_.]?(?:[A-Za-z]{1,4}[-/_.])?\d{1,6}"
)
"""Letters or a year, then a number: "ACF26-001", "GR/0012", "2026-014"."""
_SPELL = re.compile(r"\d{1,3}(?::\d{2}){1,2}|\d+(?:\.\d+)?(?: ?(?:s|secs?|seconds|m|mins?|minutes|hours?))?")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_NAME, _LONGEST_TITLE = 60, 250
_MOST_REPEATED, _FEW = 1.25, 3
_LONG_FOR_A_TITLE, _SHORT_TITLE = 100, 45
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_TEXTS = frozenset({"organisation", "project", "summary", "need", "outcomes", "address"})


def is_likely(field: str, cell: Cell) -> bool:
    """Say whether a cell that is not blank can be read as a field and looks like it.

    >>> is_likely("email", "Yes")
    False
    """
    if not is_readable(field, cell):
        return False
    text = text_of(cell)
    if field == "contact_name":
        return _is_of_person(text)
    if field == "organisation_type":
        return names_kind_of_organisation(text)
    if field == "email":
        return bool(_EMAIL.search(text))
    if field == "phone":
        return _FEWEST_DIGITS <= sum(map(str.isdigit, text)) <= _MOST_DIGITS and "@" not in text
    if field in _TEXTS:
        return _is_wording(field, text)
    return field in YES_OR_NO or not isinstance(cell, bool)


def are_repeated(values: Sequence[Cell]) -> bool:
    """Say whether many of the values are the same, as references are not."""
    return _MOST_REPEATED * len({text_of(value) for value in values}) < len(values)


def are_titles(values: Sequence[Cell]) -> bool:
    """Say whether most values say no more than a title does, and not all the same, as that of a form."""
    are_short = 2 * sum(len(text_of(value)) > _LONG_FOR_A_TITLE for value in values) <= len(values)
    return are_short and not are_all_one(values)


def are_all_one(values: Sequence[Cell]) -> bool:
    """Say whether several rows all say the same."""
    return len(values) > _FEW and len({text_of(value) for value in values}) == 1


def are_short_titles(values: Sequence[Cell]) -> bool:
    """Say whether no value says more than a title of a few words, and hardly one is said twice."""
    texts = [text_of(value) for value in values]
    is_short = all(len(text) <= _LONG_FOR_A_TITLE for text in texts) and 2 * sum(
        len(text) <= _SHORT_TITLE for text in texts
    ) > len(texts)
    return len(texts) > _FEW and is_short and not are_repeated(values)


def are_references(values: Sequence[Cell]) -> bool:
    """Say whether each value is another number after the same letters or the same year: "ACF26-001"."""
    found = [_REFERENCE.fullmatch(text_of(value)) for value in values]
    if len(values) < _FEW or None in found or are_repeated(values):
        return False
    beginnings = {match[1].casefold() for match in found if match is not None}
    return len(beginnings) == 1 and len({text_of(value) for value in values}) == len(values)


def is_one_for_all(values: Sequence[Cell]) -> bool:
    """Say whether several rows share what stands in a column, as those of a fund its number."""
    return len(values) > _FEW and 2 * len({text_of(value) for value in values}) <= len(values)


def are_spells(values: Sequence[Cell]) -> bool:
    """Say whether most values say how long something took, "00:12:05" or 725, and not when it was."""
    return 2 * sum(bool(_SPELL.fullmatch(text_of(value))) for value in values) > len(values)


def names_kind_of_organisation(text: str) -> bool:
    """Say whether a text has a word of what organisations are: "Registered charity", "Fell Road Club"."""
    return not _KINDS_OF_ORGANISATION.isdisjoint(words_of(text))


def names_organisation(text: str) -> bool:
    """Say whether a text has a word that organisations are called by: "Fell Neighbourhood Watch"."""
    return len(text) <= _LONGEST_TITLE and not (_KINDS_OF_ORGANISATION | _IN_NAMES).isdisjoint(words_of(text))


def _is_of_person(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and not any(map(str.isdigit, text))
        and "@" not in text
        and not _is_yes_or_no(text)
    )


def _is_wording(field: str, text: str) -> bool:
    """Say whether a text has words of its own: no figure, e-mail address, yes, no or title of a person."""
    if field == "project" and (len(text) > _LONGEST_TITLE or is_title(text)):
        return False
    return (
        bool(_LETTERS.search(text))
        and not _EMAIL.fullmatch(text)
        and not _is_yes_or_no(text)
        and not _is_amount(text)
    )


def _is_yes_or_no(text: str) -> bool:
    try:
        return read_yes_no(text) is not None
    except Unreadable:
        return False


def _is_amount(text: str) -> bool:
    try:
        return read_money(text) is not None
    except Unreadable:
        return False
