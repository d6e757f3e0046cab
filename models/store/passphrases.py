"""Passphrases of records: what a new one must be, and six random words to offer."""

import secrets
import unicodedata

import resources
from models.store.guessing import are_drawn, bits
from scoring.refused import Refused

LEAST_CHARACTERS = 14
WORDS = 6
_FEWEST_DIFFERENT = 6
LEAST_BITS, STRONG_BITS = 40.0, 66.0
"""What a passphrase needs to be taken, and to be as strong as six words drawn at random."""
WEAK = (
    "The passphrase of {0} can be guessed more easily than a new one may be. Choose another on Settings, "
    "with “Change the passphrase…”."
)


def suggested() -> str:
    """Return six different words drawn at random from 2,048: 66 bits, and easy to read out."""
    words = resources.text("words/passphrase-words.txt").split()
    return " ".join(secrets.SystemRandom().sample(words, WORDS))


def one_spelling(passphrase: str) -> str:
    """Return a passphrase as it becomes a key: in NFC, words drawn at random without capitals."""
    found = unicodedata.normalize("NFC", passphrase)
    words = found.casefold().split()
    return " ".join(words) if are_drawn(words) else found


def is_weak(passphrase: str) -> bool:
    """Whether a passphrase in use is easier to guess than a new one may be."""
    return bits(passphrase) < LEAST_BITS


def checked(passphrase: str) -> str:
    """Return a new passphrase in its one spelling; raises Refused where it would not protect.

    One that begins with x' is taken by the engine as a raw key, without stretching (safety.md B1).
    """
    found = one_spelling(passphrase)
    if not found.strip():
        raise Refused("The passphrase is empty. Nothing was made; choose one, or use the six words offered.")
    if "\0" in found or found.lower().startswith("x'"):
        raise Refused("A passphrase cannot begin with x' or contain a zero byte. Choose another one.")
    if len(found) < LEAST_CHARACTERS:
        raise Refused(
            f"The passphrase has {len(found)} characters and needs at least {LEAST_CHARACTERS}. "
            "Several words are easier to remember than symbols."
        )
    if found != found.strip():
        raise Refused("The passphrase begins or ends with a space, which nobody sees on paper. Remove it.")
    words = found.casefold().split()
    if len(words) > 1 and 2 * len(set(words)) <= len(words):
        raise Refused("The passphrase repeats the same words. Choose one of several different words.")
    if len(set(found.casefold())) < _FEWEST_DIFFERENT:
        raise Refused("The passphrase repeats the same few characters. Choose one of several words.")
    if is_weak(found):
        raise Refused(
            "The passphrase is easy to guess: it is made of common words, repeats, dates, or characters "
            "that are side by side on the keyboard or in the alphabet. Choose several words that have "
            "nothing to do with each other, or use the six words offered."
        )
    return found


def strength_words(passphrase: str) -> str:
    """Return how strong a passphrase is, in a word or two; "" while it is empty."""
    if not passphrase:
        return ""
    try:
        found = checked(passphrase)
    except Refused:
        return "Too weak"
    return "Strong" if bits(found) >= STRONG_BITS else "Fair"
