"""Hebrew and Arabic words put in the order, and the shapes, in which they are seen from left to right.

A paper is written from left to right; within it such words run the other way, a number among them does not,
and an Arabic letter has another shape at each place in its word (Unicode Standard Annex 9 and chapter 9.2, as
far as names and sentences need them). Which words share a line is known once the lines are broken, so words
stay in the order in which they are read, and `turned` puts those of one line the other way round.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

_BACKWARD = frozenset({"R", "AL"})
_ALEFS, _LAM, _TATWEEL = "\u0622\u0623\u0625\u0627", "\u0644", "\u0640"
_EDGES = re.compile(r"([^\w]*)(.*?)([^\w]*)", re.DOTALL)
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1-\u05c7]")
"""The points of Hebrew vowels, which the font cannot place; words are read without them."""
_PIECE = re.compile(r"\d+(?:[.,:/-]\d+)*%?|.")
_FORMS = (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))
_SHAPES = ("isolated", "initial", "medial", "final")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


class Stretch(NamedTuple):
    """Words that run one way; of those from right to left, the letters stand as they are seen."""

    is_backward: bool
    text: str


def runs_backward(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in _BACKWARD for letter in text)


def stretches(text: str) -> Iterator[Stretch]:
    """Yield the stretches of a text of single spaces, which they make up together.

    Numbers between two backward words go with them.
    """
    words = text.split(" ")
    ways = [_way(word) for word in words]
    for number, way in enumerate(ways):
        if way is None and True in ways[:number]:
            before = next(one for one in ways[number - 1 :: -1] if one is not None)
            after = next((one for one in ways[number:] if one is not None), False)
            ways[number] = before and after
    at = 0
    for is_backward, found in groupby(map(bool, ways)):
        end = at + len(list(found))
        stretch = " ".join(words[at:end]) + " " * (end < len(words))
        yield from _backward(stretch) if is_backward else [Stretch(False, _by_word(stretch))]
        at = end


def _backward(text: str) -> Iterator[Stretch]:
    """Yield a stretch that runs backward; marks at its ends belong to the words around it."""
    before, core, after = _EDGES.fullmatch(text).groups()  # type: ignore[union-attr]
    yield from (
        Stretch(is_backward, part)
        for is_backward, part in ((False, before), (True, _by_word(core)), (False, after))
        if part
    )


def _by_word(text: str) -> str:
    return " ".join(in_visual_order(word) if runs_backward(word) else word for word in text.split(" "))


def _way(word: str) -> bool | None:
    """Return whether a word runs backward; None for one without a letter, which goes with its neighbours."""
    ways = {unicodedata.bidirectional(letter) for letter in word}
    return None if ways.isdisjoint(_BACKWARD | {"L"}) else "L" not in ways


def turned(words: str) -> str:
    """Return the words of a line the other way round, the spaces about them where they were."""
    core = words.strip(" ")
    before, after = words[: len(words) - len(words.lstrip(" "))], words[len(words.rstrip(" ")) :]
    return before + " ".join(reversed(core.split(" "))) + after if core else words


def in_visual_order(word: str) -> str:
    """Return a word in visual order: backward letters joined and turned, others of it as they were."""
    if any(unicodedata.bidirectional(letter) == "L" for letter in word):
        parts = ((backward, "".join(letters)) for backward, letters in groupby(word, runs_backward))
        return "".join(in_visual_order(part) if backward else part for backward, part in parts)
    pieces: list[str] = []
    for piece in _PIECE.findall(_in_shape(_POINTS.sub("", word))):
        if pieces and unicodedata.combining(piece[0]):
            pieces[-1] += piece
        else:
            pieces.append(piece.translate(_MIRRORED))
    return "".join(reversed(pieces))


def _in_shape(word: str) -> str:
    """Return a word with each Arabic letter in the shape that its neighbours give it."""
    letters = list(word)
    bases = [at for at, letter in enumerate(letters) if not unicodedata.combining(letter)]
    is_held = False
    for at, after in zip(bases, [*bases[1:], None], strict=True):
        letter, following = letters[at], "" if after is None else letters[after]
        if letter == _LAM and following and following in _ALEFS and after is not None:
            letters[at], letters[after] = _forms()[letter + following]["final" if is_held else "isolated"], ""
            is_held = False
            continue
        holds = _joins(letter, "initial") and _joins(following, "final")
        is_held = is_held and _joins(letter, "final")
        shape = ("medial" if holds else "final") if is_held else ("initial" if holds else "isolated")
        letters[at] = _forms().get(letter, {}).get(shape, letter)
        is_held = holds
    return "".join(letters)


def _joins(letter: str, shape: str) -> bool:
    return letter == _TATWEEL or shape in _forms().get(letter, {})


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return the shapes of each Arabic letter, and of lam with alef, which is one; as Unicode names them."""
    found: dict[str, dict[str, str]] = {}
    for code in _FORMS:
        shape, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        text = "".join(chr(int(letter, 16)) for letter in letters)
        if shape.strip("<>") in _SHAPES and (len(text) == 1 or (text[0] == _LAM and text[1] in _ALEFS)):
            found.setdefault(text, {})[shape.strip("<>")] = chr(code)
    return found
