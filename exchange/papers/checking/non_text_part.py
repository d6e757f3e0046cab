"""What stands in one part of a file beside its words."""

from typing import NamedTuple


class NonText(NamedTuple):
    """What stands in one part of a file, a page or a sheet, beside its words, in words."""

    where: str
    words: str


def unseen(where: str, words: str) -> NonText:
    """Return that words of a part are there and cannot be seen."""
    return NonText(where, f"words that cannot be seen “{' '.join(words.split())}”")
