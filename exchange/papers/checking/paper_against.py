"""A file against another one: its words place by place, and what adds or hides some. Layout is no matter."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import dropwhile, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from exchange.papers.paper_reading import NO_VALUE, PAGE_NUMBER, Printed
from exchange.papers.schedule.schedule_words import BESIDE_THE_LIST

SHOWN = 120
"""The most letters of a place that a difference quotes."""


class Difference(Struct, frozen=True):
    """A place in which a paper and the record part; "" where one has nothing there."""

    where: str
    paper: str = ""
    record: str = ""

    @property
    def words(self) -> str:
        """Return the difference in a sentence."""
        paper, record = _around(self.paper, self.record)
        return f"{self.where}: {paper} on the paper, {record} in the record."


def compared(printed: Printed, expected: Printed) -> tuple[Difference, ...]:
    """Return every place in which a paper says or hides something else than it is expected to.

    How sure a list is stands behind it in parts of its own, which say that they were never issued.
    """
    return tuple(_differences(_listed(printed), _listed(expected)))


def _differences(printed: Printed, expected: Printed) -> Iterator[Difference]:
    known = set(expected.non_text)
    yield from (Difference(one.where, one.words) for one in printed.non_text if one not in known)
    if not printed.is_running:
        yield from _by_place(printed, expected)
    elif _flow(printed) != _flow(expected):
        yield from _in_order(printed, expected)


def _listed(printed: Printed) -> Printed:
    """Return a paper without the parts from the one on that says it stands beside the list."""
    parts = [where.rpartition(", ")[0] or where for where, _ in printed.places]
    pairs = tuple(zip(parts, printed.places, strict=True))
    beside = {part for part, (_, words) in pairs if words == BESIDE_THE_LIST}
    aside = set(dropwhile(lambda part: part not in beside, dict.fromkeys(parts)))
    places = tuple(place for part, place in pairs if part not in aside)
    return replace(
        printed, places=places, non_text=tuple(one for one in printed.non_text if one.where not in aside)
    )


def _by_place(printed: Printed, expected: Printed) -> Iterator[Difference]:
    ours, theirs = dict(expected.places), dict(printed.places)
    for where in dict.fromkeys([*ours, *theirs]):
        paper, record = theirs.get(where, ""), ours.get(where, "")
        if paper != record and NO_VALUE not in (paper, record):  # what it is worked out from is compared
            yield Difference(where, paper, record)


def _in_order(printed: Printed, expected: Printed) -> Iterator[Difference]:
    """Yield where two running texts part, line by line; lines that take another's place are paired."""
    theirs = [words for _, words in printed.places]
    ours = [words for _, words in expected.places]
    for tag, start, end, other, other_end in SequenceMatcher(
        None, theirs, ours, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        places = printed.places[start:end] or printed.places[max(start - 1, 0) : start]
        for number, (paper, record) in enumerate(
            zip_longest(theirs[start:end], ours[other:other_end], fillvalue="")
        ):
            yield Difference(places[min(number, len(places) - 1)][0] if places else "the text", paper, record)


def _flow(printed: Printed) -> tuple[set[str], list[str]]:
    """Return what every page of a running text says, and apart from that its words in order.

    A paper whose pages end elsewhere, and are numbered otherwise, says the same.
    """
    pages: dict[str, set[str]] = {}
    for where, words in printed.places:
        pages.setdefault(where, set()).add(words)
    on_each = set.intersection(*pages.values()) if len(pages) > 1 else set()
    lines = (PAGE_NUMBER.sub("", words) for _, words in printed.places if words not in on_each)
    return on_each, " ".join(lines).split()


def _around(paper: str, record: str) -> tuple[str, str]:
    """Quote two texts from shortly before the point where they part."""
    parted = next((n for n, (a, b) in enumerate(zip(paper, record, strict=False)) if a != b), 0)
    start = max(parted - SHOWN // 3, 0) if max(len(paper), len(record)) > SHOWN else 0
    return _quoted(paper, start), _quoted(record, start)


def _quoted(text: str, start: int) -> str:
    if not text:
        return "nothing"
    cut = text[start : start + SHOWN]
    before, after = "…" if start else "", "…" if start + SHOWN < len(text) else ""
    return f"“{before}{cut}{after}”"
