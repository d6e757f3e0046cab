"""Taking names, contacts and accounts out of words that are given out."""

import re
from collections.abc import Iterable, Iterator

from models.papers.mail import without_mail
from scoring.written.names import is_title

WITHHELD = "(withheld)"
_TELEPHONE = re.compile(r"\+?\d[\d ()-]{8,}\d")
_SHORTEST = 3
_AND = ("and", "&")
_APOSTROPHES, _HYPHENS = "'’‘ʼ`", "-‐‑–—"
_ALIKE = dict.fromkeys(_APOSTROPHES, f"[{_APOSTROPHES}]?") | dict.fromkeys(_HYPHENS, rf"[{_HYPHENS}\s]")
"""What stands for a letter of a name that is typed in several ways."""
_NUMBER = re.compile(r"(?=.*\d)[\w ]{3,12}", re.ASCII)
"""A postcode, or a number of a register."""
_PARTS = re.compile(r"[,;/&()\n]|\s(?:and|or|[-–])\s", re.IGNORECASE)
"""What stands between a name and a post, or between two names."""


def names_in(said: str) -> Iterator[str]:
    """Yield what a name goes by: for "Mrs Jo Example, Chair" also "Jo Example" and "Mrs Example"."""
    yield said
    for part in _PARTS.split(said):
        words = part.split()
        title = [words.pop(0)] if words and is_title(words[0]) else []
        if len(words) > 1:
            yield " ".join(words)
            yield from (f"{one} {words[-1]}" for one in title)


class Withheld:
    """What must not be told, whatever text it stands in: found whole, in any case and punctuation.

    What is `told` anyway stays whole where a secret is a part of it: "O'Brien" in "O'Brien's Boat Yard".
    """

    def __init__(self, secrets: Iterable[str], told: Iterable[str] = ()) -> None:
        known, kept = _longest_first(secrets), _longest_first(told)
        secret, name = (_any_of(known), _any_of(one for one in kept if one not in known))
        together = f"(?P<told>{name})|{secret}" if name and secret else secret
        self._secrets = re.compile(together, re.IGNORECASE) if together else None

    def without(self, text: str) -> str:
        """Return a text with a note in the place of each name, e-mail address and telephone number."""
        told = text if self._secrets is None else self._secrets.sub(_noted, text)
        return _TELEPHONE.sub(WITHHELD, without_mail(told))


def _noted(found: re.Match[str]) -> str:
    return found.groupdict().get("told") or WITHHELD


def _longest_first(names: Iterable[str]) -> list[str]:
    every = {" ".join(one.split()) for one in names}
    return sorted((one for one in every if len(one) >= _SHORTEST), key=len, reverse=True)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(rf"(?<!\w){_spelt(one)}(?!\w)" for one in names)


def _spelt(secret: str) -> str:
    """Return the pattern of a secret as people write it: "Woman's" also "Womans", "B1 1BB" also "B11BB"."""
    words = secret.split()
    if _NUMBER.fullmatch(secret):
        return r"\s*".join(map(re.escape, "".join(words)))
    return r"\s+".join(map(_word, words))


def _word(word: str) -> str:
    if word.casefold() in _AND:
        return f"(?:{'|'.join(_AND)})"
    return "".join(_ALIKE.get(letter, re.escape(letter)) for letter in word)
