"""When two names are the same: three rules, each for its own question, and no fourth.

Same text: the same words in any case and spacing; who it is, where money or a right hangs on it.
Same spelling: the same letters, wherever spaces stand; what is written down twice, such as a reference.
Alike: what is left without marks and words such as "Ltd"; what a person should look at, never acted on.

Accents are taken off before one of them is asked where a name may be written by somebody else: on a list, or
in a question what is held on a person. Signs are made those of a keyboard where somebody types who it is.
"""

import re
from functools import lru_cache
from unicodedata import normalize

_ACCENTED = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
"""The Latin letters that may be another with a mark on it."""
_CROSSED = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
"""Letters that are another with a stroke, which Unicode does not take apart."""
_MARKS = range(0x300, 0x370)
"""Marks that stand behind the letter which they go with."""
_KEYBOARD = {**dict.fromkeys(map(ord, "‘’ʼ′`´"), "'"), **dict.fromkeys(map(ord, "‐‑‒–"), "-")}
"""The apostrophes and hyphens of print, which Word and Excel put for those of a keyboard."""
_NOT_WORDS = re.compile(r"[^0-9a-z]+")
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_SIGNS = re.compile(r"[\W_]+")
_BEFORE_NAME = (", ", " of ", " for ")
"""What stands before the name of an organisation for which somebody speaks."""
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "sir", "madam", "dame", "lord", "lady", "dr", "prof", "professor"}
    | {"cllr", "councillor", "rev", "revd", "reverend", "pc", "pcso"}
)
"""What stands before a name, and names nobody by itself."""
_MERE_FORMS = frozenset(
    {"the", "a", "of", "and", "for", "cic", "cio", "co", "company", "ltd", "limited", "plc", "uk"}
    | {"charity", "trust", "group", "club", "society"}
)


@lru_cache(maxsize=4096)
def text_key(name: str) -> str:
    """Return what names of the same text share: "Canal  SCOUTS " and "canal scouts"."""
    return " ".join(name.casefold().split())


@lru_cache(maxsize=1024)
def spelling_key(name: str) -> str:
    """Return what names of the same spelling share: "ACF 001", "acf001" and its full-width letters."""
    return "".join(normalize("NFKC", name).casefold().split())


def alike_key(name: str) -> str:
    """Return what names that are alike share: "The Canal Scouts Ltd." and "canal-scouts"."""
    plain = _INITIALS.sub(lambda found: found[0].replace(".", ""), name.replace("'", "").replace("’", ""))
    words = plain_words(plain).split()
    return " ".join(word for word in words if word not in _MERE_FORMS) or " ".join(words)


def plain_words(text: str) -> str:
    """Return the words of a text in small letters without any marks."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def unaccented(text: str) -> str:
    """Return a text with each letter bare of its accent or stroke: "Krol" for "Król".

    It is as long as `composed`, but for marks that go with no one letter.
    """
    return text if text.isascii() else composed(text).translate(_bare_letters())


def composed(text: str) -> str:
    """Return a text in which a letter and its accent are one character."""
    return normalize("NFC", text)


def typed(text: str) -> str:
    """Return a text as a keyboard writes it: composed letters, straight apostrophes, plain hyphens."""
    return composed(text).translate(_KEYBOARD)


@lru_cache(maxsize=1)
def _bare_letters() -> dict[int, str]:
    """Return the bare letter of each accented or crossed one, and nothing for a mark."""
    bare = {letter: normalize("NFD", chr(letter))[0] for letter in _ACCENTED}
    crossed = {**_CROSSED, **{letter.upper(): to.upper() for letter, to in _CROSSED.items()}}
    return {**bare, **dict.fromkeys(_MARKS, ""), **{ord(letter): to for letter, to in crossed.items()}}


def sought(text: str) -> str:
    """Return a text as searching compares it: "Sian" finds "Siân", and "O'Brien" finds "O’BRIEN"."""
    return text_key(unaccented(typed(text)))


def search_words(text: str) -> list[str]:
    """Return the words of a text as searching compares them, in any script and without signs."""
    return _SIGNS.sub(" ", sought(text)).split()


def typed_key(name: str) -> str:
    """Return what names share that are of the same text as a keyboard writes them."""
    return text_key(typed(name))


def untitled(name: str) -> str:
    """Return a name of two words or more without the title before it: "Jo Example" for "Mrs. Jo Example"."""
    first, *rest = name.split() or [""]
    return " ".join(rest) if len(rest) > 1 and is_title(first) else name


def is_title(word: str) -> bool:
    """Whether a word is a title: "Dr" or "dr."."""
    return word.casefold().rstrip(".") in TITLES


def is_same_text(one: str, other: str) -> bool:
    """Whether two names are of the same text."""
    return text_key(one) == text_key(other)


def is_same_typed(one: str, other: str) -> bool:
    """Whether two names are of the same text as a keyboard writes them."""
    return typed_key(one) == typed_key(other)


def is_nearly_same(one: str, other: str) -> bool:
    """Whether two names are of the same text but for accents: "Zoe O'Brien" and "Zoë O’Brien"."""
    return is_same_text(unaccented(typed(one)), unaccented(typed(other)))


def is_same_spelling(one: str, other: str) -> bool:
    """Whether two names are of the same spelling."""
    return spelling_key(one) == spelling_key(other)


def speaks_for(who: str, name: str) -> bool:
    """Whether who is named is an organisation, or ends with it: "Jo Example, Hope", "the chair of Hope".

    The name has to be whole: "Sam Hopeful, Rival Trust" does not speak for Hope.
    """
    said, whole = (text_key(typed(text)).strip(" .") for text in (who, name))
    before, found, after = said.rpartition(whole) if whole else (said, "", "")
    before = before.removesuffix("the ")
    is_end = not after and (not before or before.endswith(_BEFORE_NAME))
    return bool(found) and (is_end or (not before and after.startswith(" (")))


def round_names(fund: str, name: str, year: str = "") -> tuple[str, ...]:
    """Return fund, round and year as titles join them, without a fund or a year that the round's name says.

    The round "Victims Fund autumn" of the Victims Fund in 2026/27 is ("Victims Fund autumn", "2026/27").
    """
    is_said = bool(fund) and f" {fund.casefold()} " in f" {name.casefold()} "
    return tuple(filter(None, ("" if is_said else fund, name, "" if year and year in name else year)))


def person_words(name: str) -> tuple[str, ...]:
    """Return what spellings of one person's name share: "Ames, Ann", "Dr Ann AMES" and "Ann Ames"."""
    return tuple(sorted(search_words(untitled(" ".join(name.split())))))
