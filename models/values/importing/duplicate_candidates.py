"""Find applications that may be the same one twice, or of the same applicant; nothing is ever done by it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from msgspec import Struct

from models.values.rows import ApplicationRow
from scoring.counted import listed
from scoring.written.names import alike_key, plain_words

NEAR_NAME = 0.85
"""From how alike two names count as one name written twice (1 is the same)."""

_FIGURES = re.compile(r"\d+")
_LEAST_TEXT = 60
_MOST_ALIKE = 12
"""A value that more applications share than this is a form's own words and says nothing."""


class DuplicateCandidate(Struct, frozen=True):
    """Two applications by reference, the earlier first, and in what they are alike."""

    first: str
    second: str
    why: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two references."""
        return self.first, self.second

    @property
    def words(self) -> str:
        """Return in what they are alike: "same name, postcode and text"."""
        if not all(why.startswith("same ") for why in self.why):
            return ", ".join(self.why)
        return f"same {listed([why.removeprefix('same ') for why in self.why])}"


def duplicate_candidates(rows: Sequence[ApplicationRow]) -> tuple[DuplicateCandidate, ...]:
    """Return the pairs that may be duplicates, in the order of the applications; withdrawn ones are left out.

    A pair needs the same or nearly the same name with the same project, amount, postcode, contact or
    text; or another applicant's very text.
    """
    there = [row for row in rows if not row.withdrawn]
    place = {row.reference: number for number, row in enumerate(there)}
    by_reference = {row.reference: row for row in there}
    found = []
    for first, second in sorted(_candidates(there), key=lambda pair: (place[pair[0]], place[pair[1]])):
        why = tuple(_why(by_reference[first], by_reference[second]))
        if why:
            found.append(DuplicateCandidate(first, second, why))
    return tuple(found)


def _candidates(rows: Sequence[ApplicationRow]) -> set[tuple[str, str]]:
    """Return pairs that share a value, or whose names stand side by side and are nearly the same."""
    sharing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        for key in _keys(row):
            sharing[key].append(row.reference)
    place = {row.reference: number for number, row in enumerate(rows)}
    found = {
        pair
        for of in sharing.values()
        if len(of) <= _MOST_ALIKE
        for pair in combinations(dict.fromkeys(of), 2)
    }
    by_name = sorted(rows, key=lambda row: alike_key(row.organisation))
    for one, other in pairwise(by_name):
        first, second = sorted((one.reference, other.reference), key=place.__getitem__)
        found.add((first, second))
    return found


def _keys(row: ApplicationRow) -> Iterator[tuple[str, str]]:
    yield "name", alike_key(row.organisation)
    for what, value in (("charity", row.charity_number), ("company", row.company_number)):
        if value:
            yield what, value
    for what, value in (("postcode", row.postcode), ("email", row.email.casefold())):
        if value:
            yield what, value
    for text in _texts(row):
        yield "text", text


def _why(one: ApplicationRow, other: ApplicationRow) -> Iterator[str]:
    """Yield in what two applications are alike, nothing when that is not enough to ask about them."""
    names = _names(one, other)
    same = list(_same(one, other))
    if names and same:
        yield from (names, *same)
    elif "same text" in same:
        yield from same


def _names(one: ApplicationRow, other: ApplicationRow) -> str:
    first, second = alike_key(one.organisation), alike_key(other.organisation)
    if first == second:
        return "same name"
    if _shared(one.charity_number, other.charity_number) or _shared(one.company_number, other.company_number):
        return "same registered number"
    if _FIGURES.findall(first) != _FIGURES.findall(second):
        return ""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    is_near = matcher.real_quick_ratio() >= NEAR_NAME and matcher.ratio() >= NEAR_NAME
    return "nearly the same name" if is_near else ""


def _same(one: ApplicationRow, other: ApplicationRow) -> Iterator[str]:
    if one.project and alike_key(one.project) == alike_key(other.project):
        yield "same project"
    if one.reference != other.reference and _number(one.reference) == _number(other.reference):
        yield "same reference but for zeros in front"
    if one.requested_pence == other.requested_pence:
        yield "same amount"
    if _shared(one.postcode, other.postcode):
        yield "same postcode"
    if _shared(one.email.casefold(), other.email.casefold()):
        yield "same e-mail address"
    if not set(_texts(one)).isdisjoint(_texts(other)):
        yield "same text"


def _number(reference: str) -> str:
    """Return a reference without the zeros that a spreadsheet drops from one of figures alone."""
    return reference.strip().lstrip("0") if reference.strip().isdecimal() else reference


def _shared(one: str, other: str) -> bool:
    return bool(one) and one == other


def _texts(row: ApplicationRow) -> Iterable[str]:
    """Return the longer texts of an application without case and marks; short ones are alike by chance."""
    texts = (row.summary, row.need, row.outcomes, *(text for _, text in row.answers))
    return [plain for text in texts if len(text) >= _LEAST_TEXT and (plain := plain_words(text))]
