"""How a letter begins and ends, by the name that its recipient gave."""

from typing import NamedTuple

from scoring.written.contact_names import names_a_post, spoken_name
from scoring.written.names import is_title

_HONOURED, _RANKS = ("hon", "honourable"), ("very", "most", "right", "rt", "venerable", "ven")
_CLERGY, _BEHIND = ("rev", "revd", "reverend"), ("canon", "prebendary", "father", "fr")


class Salutation(NamedTuple):
    """The first line of a letter, and the line before its signature."""

    opening: str
    closing: str


FORMAL = Salutation("Dear Sir or Madam", "Yours faithfully")
"""How a letter greets whom nobody named."""


def salutation(name: str) -> Salutation:
    """Return how a letter greets somebody: by name and title as given, by post where that was given.

    "Mrs Pat Example" is "Dear Mrs Pat Example", with "treasurer" behind a comma too; "The secretary" is "Dear
    Secretary", which ends "Yours faithfully", as a letter to nobody by name does, or to a title alone.
    """
    given = spoken_name(name)
    if given.casefold().startswith("dear "):
        given = given[5:].strip()
    words, is_post = given.split(), names_a_post(given)
    if len(words) > 1 and words[0].casefold() == "the":
        words, is_post = words[1:], is_post or len(words) == 2
    if all(map(is_title, words)):
        return FORMAL
    words = [_written(word) for word in words]
    said = " ".join(words)
    if is_post:
        return Salutation(f"Dear {said[:1].upper()}{said[1:]}", FORMAL.closing)
    return Salutation(f"Dear {' '.join(_as_addressed(words))}", "Yours sincerely")


def _written(word: str) -> str:
    """Return a word of a name as a letter writes it: "/" is "and", "dr." is "Dr."."""
    return "and" if word == "/" else word.capitalize() if word.islower() and is_title(word) else word


def _as_addressed(words: list[str]) -> list[str]:
    """Return a name with its title as one addresses somebody, without "The".

    "The Hon." is for envelopes alone, "Revd" gives way to a title behind it, and "Sir" and "Dame" stand
    before the first name. Who is "The Venerable" is so without "The".
    """
    bare = [word.casefold().rstrip(".") for word in words]
    honoured = next((at for at, word in enumerate(bare[:2], 1) if word in _HONOURED), 0)
    if honoured and len(words) > honoured:
        words = words[honoured:]
    elif bare[0] in _RANKS:
        return words
    elif bare[0] in _CLERGY and len(words) > 2 and (is_title(words[1]) or bare[1] in _BEHIND):
        words = words[1:]
    is_knight = words[0].casefold() in ("sir", "dame") and len(words) > 2
    return words[:2] if is_knight and len(words[1].rstrip(".")) > 1 else words
