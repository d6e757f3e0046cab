"""An address in several columns: which headings hold one line of it, and which lines belong together."""

import re
from collections.abc import Sequence

from exchange.applications.headings import OTHER_MATTERS
from exchange.applications.wording import MOST_READ, words_of

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_FIRST = frozenset({"street", "road", "building", "house", "premises", "flat", "property"})
_LATER = frozenset(
    ["town", "city", "county", "state", "region", "province", "village", "locality", "suburb", "tref", "sir"]
)
_COUNTY = frozenset({"county", "sir"})
_BESIDE = frozenset({"postcode", "post", "code", "zip", "postal", "country", "uprn", "gwlad"})
_SAID_BESIDE = (
    "address line addr name number no or and the of your what is if any applicable optional please enter full"
    " organisation organization group applicant main contact correspondence registered mailing home"
    " business company charity account billing permanent"
)
_OF_ADDRESS = frozenset(_SAID_BESIDE.split())
_NUMBERS = frozenset({"1", "2", "3", "4", "5"})
_FEWEST = 2


def is_later_line(heading: str) -> bool:
    """Say whether a heading asks for a line of an address that is not its first: "Address line 2", "Town"."""
    tokens = _tokens(heading)
    return _is_line(heading, tokens) and not _is_first(tokens)


def may_be_area(heading: str) -> bool:
    """Say whether a line of an address, where it stands without one, can be an area: in Wales a county is."""
    return not _COUNTY.isdisjoint(_tokens(heading))


def lines_of(headings: Sequence[str], main: int | None) -> tuple[int, ...]:
    """Return where the lines of one address stand, in their order, the one at `main` among them.

    Without a `main` the leftmost run that has a first line and another is the address; () without one.
    """
    starts = range(len(headings)) if main is None else (main,)
    for start in starts:
        tokens = _tokens(headings[start])
        if main is None and not (_is_line(headings[start], tokens) and _is_first(tokens)):
            continue
        run = _run(headings, start, own=tokens)
        if main is not None or len(run) >= _FEWEST:
            return run
    return ()


def _run(headings: Sequence[str], start: int, own: frozenset[str]) -> tuple[int, ...]:
    if not OTHER_MATTERS.isdisjoint(words_of(headings[start])):
        return (start,)
    found = [start]
    for step in (-1, 1):
        index = start + step
        while 0 <= index < len(headings):
            tokens = _tokens(headings[index])
            if _is_line(headings[index], tokens, own):
                found.append(index)
            elif step < 0 or not _is_beside(tokens, own):
                break
            index += step
    return tuple(sorted(found))


def _is_line(heading: str, tokens: frozenset[str], own: frozenset[str] = frozenset()) -> bool:
    """Say whether a heading is of a line of an address and, beside `own`, of nothing else."""
    if ("?" in heading and not own) or not OTHER_MATTERS.isdisjoint(words_of(heading)):
        return False
    is_numbered = bool(tokens & {"line", "address"}) and bool(tokens & _NUMBERS)
    return (
        is_numbered or bool(tokens & (_FIRST | _LATER))
    ) and tokens <= _FIRST | _LATER | _OF_ADDRESS | _NUMBERS | own


def _is_beside(tokens: frozenset[str], own: frozenset[str]) -> bool:
    return bool(tokens & _BESIDE) and tokens <= _BESIDE | _OF_ADDRESS | _LATER | own


def _is_first(tokens: frozenset[str]) -> bool:
    if tokens & _NUMBERS:
        return "1" in tokens
    return bool(tokens & _FIRST) and not tokens & _LATER


def _tokens(heading: str) -> frozenset[str]:
    text = (
        _CAMEL.sub(" ", heading[:MOST_READ].replace("_", " "))
        .casefold()
        .replace("’", "'")
        .replace("'s ", " ")
    )
    return frozenset(_WORD.findall(text))
