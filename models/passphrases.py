"""Passphrases of records: what a new one must be, and six random words to offer."""

import secrets
import unicodedata

import resources
from scoring.refused import Refused

LEAST_CHARACTERS = 14
WORDS = 6
_FEWEST_DIFFERENT = 6
_WORD_BITS = 11
_COMMON_BITS = 2.5
"""What a character of a passphrase that a person made up is worth at best, in bits."""


def suggested() -> str:
    """Return six words drawn at random from 2,048: 66 bits, and easy to read out."""
    words = resources.text("words/passphrase-words.txt").split()
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def checked(passphrase: str) -> str:
    """Return a new passphrase in its one spelling (NFC); raises Refused where it would not protect.

    One that begins with x' is taken by the engine as a raw key, without stretching (safety.md B1).
    """
    found = unicodedata.normalize("NFC", passphrase)
    if not found.strip():
        raise Refused("The passphrase is empty. Nothing was made; choose one, or take the six words offered.")
    if "\0" in found or found.lower().startswith("x'"):
        raise Refused("A passphrase cannot begin with x' or hold a nought byte. Choose another one.")
    if len(found) < LEAST_CHARACTERS:
        raise Refused(
            f"The passphrase has {len(found)} characters and needs at least {LEAST_CHARACTERS}. "
            "Several words are easier to keep than signs."
        )
    if found != found.strip():
        raise Refused("The passphrase begins or ends with a space, which nobody sees on paper. Take it off.")
    words = found.casefold().split()
    if len(words) > 1 and 2 * len(set(words)) <= len(words):
        raise Refused("The passphrase repeats the same words. Choose one of several different words.")
    if len(set(found.casefold())) < _FEWEST_DIFFERENT:
        raise Refused("The passphrase repeats the same few characters. Choose one of several words.")
    return found


def strength_words(passphrase: str) -> str:
    """Return how strong a passphrase is, in a word or two; "" while it is empty."""
    if not passphrase:
        return ""
    try:
        found = checked(passphrase)
    except Refused:
        return "Too weak"
    bits = max(len(found.split()) * _WORD_BITS if " " in found else 0, len(found) * _COMMON_BITS)
    return "Strong" if bits >= WORDS * _WORD_BITS else "Fair"
