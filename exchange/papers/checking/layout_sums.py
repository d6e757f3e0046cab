"""What an issue keeps of how its paper was laid out: the sum of each page or sheet, in each of its forms.

A copy that another build wrote reads otherwise than today's would; by its sums it is known all the same,
with its headings, its marking, its sentences and what stands beside its words. When it was made is no part.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from itertools import dropwhile

from exchange.papers.paper_reading import Printed
from exchange.papers.schedule.schedule_words import BESIDE_THE_LIST
from scoring.written.days import full_day

PLAIN_DATA = (".csv", ".json")
"""Forms of which an issue keeps the headings alone: what stands below them is compared as values."""
_WHEN = re.compile(
    r"Generated(?:\n[^\n:]*: )?\d{1,2}[A-Z][a-z]{2}\d{4},\d\d:\d\dUTC|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
)
"""When a copy was made; a workbook says so in the cell beside the word."""
_PAGE_NUMBER = re.compile(r"Page \d+ of \d+")
_SPACES = re.compile(r"[\s\u00ad\u2010-]+")
_DATED, _DAY = "Meta", re.compile(r"\d{4}-\d\d-\d\d")
"""The sheet of open data that says on what day a copy was made, and how it does."""


def part_sums(printed: Printed, *, is_letter: bool = False) -> Mapping[str, str]:
    """Return the sum of each part of a file; plain data has its headings for its one part.

    Each copy of a letter bears the day on which it was made, on a line of its own that is no part.
    """
    if printed.ending in PLAIN_DATA:
        return {"the headings": _sum(printed.layout)}
    parts: dict[str, list[str]] = {}
    day = full_day(printed.made_at) if is_letter and printed.made_at else None
    for where, words in printed.places:
        if not _PAGE_NUMBER.fullmatch(words) and words != day:
            parts.setdefault(where.rpartition(", ")[0] or where, []).append(_words_at(printed, where, words))
    sums = {part: [_WHEN.sub("", "".join(words))] for part, words in parts.items()}
    if _DATED in sums:
        sums[_DATED] = [_DAY.sub("", sums[_DATED][0])]
    for one in printed.non_text:
        sums.setdefault(one.where, []).append(one.words)
    return {part: _sum("\n".join(said)) for part, said in sums.items()}


def issue_sums(printed: Printed, *, is_letter: bool = False) -> Mapping[str, str]:
    """Return the sums that an issue keeps of a file: of all its parts but how sure a list is."""
    aside = _aside(printed)
    sums = part_sums(printed, is_letter=is_letter)
    return {part: one for part, one in sums.items() if part not in aside}


def _words_at(printed: Printed, where: str, words: str) -> str:
    """Return words as they count: in a PDF lines and hyphens may break elsewhere, a cell keeps its own."""
    return _SPACES.sub("", words) if printed.ending == ".pdf" else f"{where}: {''.join(words.split())}\n"


def otherwise_laid_out(printed: Printed, laid_out: str) -> tuple[str, ...]:
    """Return the parts of a file that are not as its issue was laid out, those that it lacks among them.

    An issue keeps each form by its ending, or each file of a folder by its name; of one that it does not
    know, all is otherwise. How sure a list is stands behind it in parts of its own, which say that they
    were never issued.
    """
    forms: Mapping[str, Mapping[str, str]] = json.loads(laid_out)
    is_letter = printed.name in forms
    kept = forms.get(printed.name if is_letter else printed.ending, {})
    found = part_sums(printed, is_letter=is_letter)
    aside = _aside(printed)
    found = {part: one for part, one in found.items() if part in kept or part not in aside}
    return tuple(part for part in dict.fromkeys([*kept, *found]) if kept.get(part) != found.get(part))


def _aside(printed: Printed) -> set[str]:
    """Return the parts of a file from the one on that says it stands beside the list."""
    parts = [where.rpartition(", ")[0] or where for where, _ in printed.places]
    beside = {
        part for part, (_, words) in zip(parts, printed.places, strict=True) if words == BESIDE_THE_LIST
    }
    return set(dropwhile(lambda part: part not in beside, dict.fromkeys(parts)))


def _sum(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
