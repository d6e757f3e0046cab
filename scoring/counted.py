"""How a count is said with its noun, and how several things are listed in a sentence."""

import re
from collections.abc import Iterable, Sequence

_BRACKETED = re.compile(r"\([^()]*\)|“[^”]*”")


def noun(number: int, one: str, many: str = "") -> str:
    """Return a noun for so many: "pot", "pots"; `many` where it is no mere "s"."""
    return one if number == 1 else many or f"{one}s"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 application", "1,204 applications"; `many` where it is no mere "s"."""
    return f"{number:,} {noun(number, one, many)}"


def first_few(words: Sequence[str], most: int, one: str, many: str) -> str:
    """Return what is listed, the first few by name: "Mark of W-014; Gate of W-002; and 2 more changes"."""
    named = tuple(dict.fromkeys(words))
    said = "; ".join(named[:most])
    more = len(named) - most
    return said if more <= 0 else f"{said}; and {counted(more, one, many)}"


def first_of(references: Iterable[str], most: int = 3) -> str:
    """Return the first of some references or names, and how many more: "W-001, W-002 and 4 more"."""
    found = tuple(references)
    more = len(found) - most
    return ", ".join(found[:most]) + (f" and {more:,} more" if more > 0 else "")


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a sentence lists them: "W-001, W-002 and W-003"; "" for none. `last` may be "or".

    Names that have commas of their own are parted so that each is seen to be one: "Quayside, Haven and
    Marsh; and The Hundred of Mudlark". Commas in brackets and quotation marks part nothing, nor do those of
    what one may choose between, as an e-mail or an address.
    """
    if last == "and" and len(words) > 1 and any(", " in _BRACKETED.sub("", word) for word in words):
        return f"{'; '.join(words[:-1])}; {last} {words[-1]}"
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
