"""Names that databases give to columns, whose words stand together without spaces: "cr5a2_hasbankaccount"."""

import re
from functools import cache, lru_cache

import resources

_TABLES = "forms/examples.txt", "forms/headings.txt", "forms/long-questions.txt"
_WORD = re.compile(r"[a-z]+")
_MAKERS = re.compile(r"^(?=\S+$)[a-z]*\d[a-z0-9]*_(?=[A-Za-z]{3})")
"""What a database puts before each name to say whose it is."""
_LETTERS = re.compile(r"[A-Za-z]+")
_SHORTEST, _LONGEST, _FEWEST_LETTERS = 8, 60, 2
_OF_ONE_THING = frozenset({"by", "of", "on", "or", "to", "in", "is", "at", "an", "we", "us", "no", "id"})
"""Words of two letters; others of two are more often the end of a longer word."""


@cache
def _vocabulary() -> frozenset[str]:
    words = {word for table in _TABLES for word in _WORD.findall(resources.text(table).casefold())}
    return frozenset(word for word in words if len(word) > _FEWEST_LETTERS) | _OF_ONE_THING


def parted(text: str) -> str:
    """Return a name without spaces with its known words parted, any other text as it is.

    >>> parted("cr5a2_hasbankaccount")
    'has bank account'
    """
    if any(map(str.isspace, text)) or len(text) < _SHORTEST:
        return text
    return _LETTERS.sub(_words, _MAKERS.sub("", text))


def _words(found: re.Match[str]) -> str:
    """Return letters as the fewest known words they are made of, or as they are."""
    letters = found[0]
    is_one = letters.casefold() in _vocabulary() or not _SHORTEST <= len(letters) <= _LONGEST
    return letters if is_one or not letters[1:].islower() else " ".join(_fewest(letters) or (letters,))


@lru_cache(maxsize=2048)
def _fewest(letters: str) -> tuple[str, ...]:
    """Return the fewest known words that letters are made of, () where they are not."""
    known = _vocabulary()
    best: list[tuple[str, ...] | None] = [(), *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        ways = [
            (*before, letters[start:end])
            for start in range(end)
            if (before := best[start]) is not None and letters[start:end].casefold() in known
        ]
        best[end] = min(ways, key=len, default=None)
    return best[-1] or ()
