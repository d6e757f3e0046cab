"""When two names are the same: three rules, each for its own question, and no fourth.

Same text: the same words in any case and spacing; who it is, where money or a right hangs on it.
Same spelling: the same letters, wherever spaces stand; what is written down twice, such as a reference.
Alike: what is left without marks and words such as "Ltd"; what a person should look at, never acted on.
"""

import re
from functools import lru_cache
from unicodedata import normalize

_NOT_WORDS = re.compile(r"[^0-9a-z]+")
_MERE_FORMS = frozenset(
    {"the", "a", "of", "and", "for", "cic", "cio", "ltd", "limited", "plc", "uk"}
    | {"charity", "trust", "group", "club", "society"}
)


def text_key(name: str) -> str:
    """Return what names of the same text share: "Canal  SCOUTS " and "canal scouts"."""
    return " ".join(name.casefold().split())


@lru_cache(maxsize=1024)
def spelling_key(name: str) -> str:
    """Return what names of the same spelling share: "ACF 001", "acf001" and its full-width letters."""
    return "".join(normalize("NFKC", name).casefold().split())


def alike_key(name: str) -> str:
    """Return what names that are alike share: "The Canal Scouts Ltd." and "canal-scouts"."""
    words = plain_words(name.replace("'", "").replace("’", "")).split()
    return " ".join(word for word in words if word not in _MERE_FORMS) or " ".join(words)


def plain_words(text: str) -> str:
    """Return the words of a text in small letters without any marks."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def is_same_text(one: str, other: str) -> bool:
    """Whether two names are of the same text."""
    return text_key(one) == text_key(other)


def is_same_spelling(one: str, other: str) -> bool:
    """Whether two names are of the same spelling."""
    return spelling_key(one) == spelling_key(other)
