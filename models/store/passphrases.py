"""Passphrases of records: what a new one must be, how hard it is to guess, and six random words to offer."""

import math
import re
import secrets
import unicodedata
from collections.abc import Sequence
from functools import cache

import resources
from scoring.written.text import Refused

LONGEST = 128
"""Signs beyond these add nothing to the estimate."""
LIST_WORD, COMMON_WORD, SHORT_WORD, UNKNOWN_WORD = 11.0, 7.0, 4.0, 14.0
"""Bits of a word of the list of 2,048, of one that is guessed first, of one like "the", and of any other."""
LETTER, FIGURE, SIGN = 2.5, 3.3, 4.0
"""Bits of one sign that belongs to nothing; a capital counts as a sign."""
COPY, RUN, YEAR, DAY = 3.0, 5.0, 6.0, 13.0
"""Bits of what stands earlier already, of a run and of its length beside, of a year, and of a date."""
LONGEST_PART, LEAST_OF_RUN, COUNTED_WORDS = 24, 3, 6
_KEYS = (
    "`1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'#",
    "\\zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujmikolp",
    "qawsedrftgyhujikolp",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "0246813579",
)
_STAND_INS = str.maketrans("@4831!05$7", "aabeiiosst")
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_DAY = re.compile(r"\d{1,2}[/. -]?\d{1,2}[/. -]?(?:\d\d){1,2}", re.ASCII)
_LETTERS = re.compile(r"[^\W\d_]+")


def bits(passphrase: str) -> float:
    """Return about how many guesses a passphrase takes, as a power of two."""
    typed = unicodedata.normalize("NFC", passphrase)[:LONGEST]
    text = "".join(sign if len(sign.casefold()) != 1 else sign.casefold() for sign in typed)
    tokens = {(found.start(), found.end()) for found in _LETTERS.finditer(text)}
    least = [0.0]
    for end in range(1, len(text) + 1):
        parts = (
            least[start] + _capitals(typed[start:end]) + cost
            for start in range(end - 1, max(end - 1 - LONGEST_PART, -1), -1)
            if (cost := _cost(text, start, end, is_token=(start, end) in tokens)) is not None
        )
        least.append(min(least[end - 1] + _of_sign(typed[end - 1]), *parts, math.inf))
    return max(least[-1], _drawn(text))


def are_drawn(words: Sequence[str]) -> bool:
    """Whether these are six or more different words of the list, as are drawn at random."""
    return len(set(words)) == len(words) >= COUNTED_WORDS and set(words) <= _listed("passphrase-words")


def _drawn(text: str) -> float:
    """Return the bits of words drawn at random, else nought."""
    words = text.split()
    return LIST_WORD * len(words) if are_drawn(words) else 0.0


def _of_sign(sign: str) -> float:
    if sign.isspace():
        return 0.0
    if sign.isdecimal():
        return FIGURE
    return LETTER if sign.isalpha() and sign == sign.casefold() else SIGN


def _capitals(part: str) -> float:
    """Return the bit that capitals add to a word or run: most stand where everybody puts them."""
    return 1.0 if part != part.casefold() else 0.0


def _cost(text: str, start: int, end: int, *, is_token: bool) -> float | None:
    """Return the bits of a part as one thing, None where it is none."""
    part, length = text[start:end], end - start
    found = [cost for cost in (_of_word(part, is_token=is_token), _of_figures(part)) if cost is not None]
    if length >= LEAST_OF_RUN and part in text[:start]:
        found.append(COPY)
    if length >= LEAST_OF_RUN and _is_run(part):
        found.append(RUN + math.log2(length))
    return min(found, default=None)


def _of_word(part: str, *, is_token: bool) -> float | None:
    plain = part.translate(_STAND_INS)
    more = 0.0 if plain == part else 1.0
    if plain in _listed("guessed-first"):
        return COMMON_WORD + more
    if is_token and part in _listed("short-words"):
        return SHORT_WORD
    if len(plain) >= LEAST_OF_RUN and plain in _listed("passphrase-words"):
        return LIST_WORD + more
    vowels = sum(part.count(vowel) for vowel in "aeiouy")
    is_like_one = is_token and 0.2 <= vowels / len(part) <= 0.65
    return UNKNOWN_WORD if is_like_one else None


def _of_figures(part: str) -> float | None:
    if _YEAR.fullmatch(part):
        return YEAR
    return DAY if _DAY.fullmatch(part) else None


def _is_run(part: str) -> bool:
    return part == part[0] * len(part) or any(part in keys or part[::-1] in keys for keys in _KEYS)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(resources.text(f"words/{name}.txt").split())


LEAST_CHARACTERS = 14
WORDS = 6
_FEWEST_DIFFERENT = 6
WEAKNESS = "Too weak"
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

    One that begins with x' is taken by the engine as a raw key, without stretching.
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
    """Return how strong a passphrase is, or why it is too weak; "" while it is empty."""
    if not passphrase:
        return ""
    try:
        found = checked(passphrase)
    except Refused as no:
        why = str(no).partition(". ")[0].rstrip(".")
        return f"{WEAKNESS}: {why.replace('The passphrase', 'it', 1)}"
    return "Strong" if bits(found) >= STRONG_BITS else "Fair"
