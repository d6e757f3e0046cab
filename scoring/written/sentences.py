"""The first sentences of a text that somebody wrote, where there is no room for all of it."""

import re

A_FEW = 400
"""In letters: what a list has room for of a text that tells what an award is for."""
_ENDS = re.compile(r"[.!?…][\"'”’)]*(?=\s)|(?=\n)")
"""Where a sentence may end: at its stop with what closes after it, or with its line."""
_SHORTENED = re.compile(
    r"(?:^|[\s(“\"'])(?:[A-Za-z]|[a-z](?:\.[a-z])+|St|Mr|Mrs|Ms|Dr|Rev|Revd|Sgt|Insp|Supt|No|Nos|approx|etc|incl"
    r"|max|min|vs|hrs?|wks?|mths?|yrs?|inc|Ltd|Co|Rd|Ave|tel)\.$"
)
"""A word with a stop of its own, after which a sentence mostly goes on."""


def first_sentences(text: str, most: int) -> str:
    """Return a text whole where it has at most so many letters, else its first sentences that have.

    Where the first alone is longer, it ends at a word, with an ellipsis.

    >>> first_sentences("Bikes are lent. They are mended too. It is free.", 40)
    'Bikes are lent. They are mended too.'
    """
    text = text.strip()
    if len(text) <= most:
        return text
    ends = [found.end() for found in _ENDS.finditer(text[: most + 1]) if _is_end(text, found.end())]
    if ends:
        return text[: ends[-1]].rstrip()
    at_a_word = text[:most].rsplit(maxsplit=1)[0] if re.search(r"\s", text[:most]) else text[: most - 1]
    return f"{at_a_word.rstrip(' ,;:–-')}…"


def _is_end(text: str, at: int) -> bool:
    """Whether a sentence ends at a place: no shortened word does, nor what goes on with a small letter."""
    after = text[at:].lstrip(" \t")[:1]
    return not after.islower() and not _SHORTENED.search(text[:at])
