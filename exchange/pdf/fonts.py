"""Which font shows what: text in runs by font, and what stands for a letter that none has.

Scripts of India and their neighbours are shaped, Hebrew and Arabic are turned; a picture that no font shows,
such as an emoji, stands as its name in brackets, Korean in Latin letters, a letter in a fancy form as the
letters that it stands for, and any other character as the replacement character.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from reportlab.pdfbase.pdfmetrics import getFont, getRegisteredFontNames, registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

import resources
from exchange.written_text import one_line, without_invisible

REGULAR, BOLD = "Panel", "Panel-Bold"


class Script(NamedTuple):
    """A font for some scripts, in both weights; a shaped one sets words as a whole."""

    regular: str
    bold: str
    is_shaped: bool

    def in_weight_of(self, font: str) -> str:
        return self.bold if font == BOLD else self.regular


def _shaped(name: str) -> Script:
    return Script(f"Panel-{name}", f"Panel-{name}-Bold", is_shaped=True)


GURMUKHI, BENGALI = _shaped("Gurmukhi"), _shaped("Bengali")
_ETHIOPIC, _HAN = (Script(name, name, is_shaped=False) for name in ("Panel-Ethiopic", "Panel-Han"))
_BLOCK = 128
"""Scripts of India and their neighbours begin with a new block of so many letters."""
_BLOCKS = {
    0x0900: _shaped("Devanagari"),
    0x0980: BENGALI,
    0x0A00: GURMUKHI,
    0x0A80: _shaped("Gujarati"),
    0x0B80: _shaped("Tamil"),
    0x0C00: _shaped("Telugu"),
    0x0C80: _shaped("Kannada"),
    0x0D00: _shaped("Malayalam"),
    0x0D80: _shaped("Sinhala"),
    0x0E00: _shaped("Thai"),
    0x1780: _shaped("Khmer"),
}
_RANGES = (
    (0x1200, 0x139F, _ETHIOPIC),
    (0x2D80, 0x2DDF, _ETHIOPIC),
    (0x2E80, 0x9FFF, _HAN),
    (0xAB00, 0xAB2F, _ETHIOPIC),
    (0xF900, 0xFAFF, _HAN),
    (0xFE30, 0xFE4F, _HAN),
    (0xFF00, 0xFFEF, _HAN),
)
FILES = {
    **{one.regular: f"NotoSans{one.regular.removeprefix('Panel-')}-Regular.ttf" for one in _BLOCKS.values()},
    **{one.bold: f"NotoSans{one.regular.removeprefix('Panel-')}-Bold.ttf" for one in _BLOCKS.values()},
    _ETHIOPIC.regular: "NotoSansEthiopic-Regular.ttf",
    _HAN.regular: "DroidSansFallbackFull.ttf",
}
"""The file of each font; that of Chinese and Japanese has one weight, as has that of Ethiopic."""
SHAPED_FONTS = frozenset(font for one in _BLOCKS.values() for font in one[:2])


def script_of(letter: str) -> Script | None:
    """Return the font that has the script of a letter, None where none is kept for it."""
    number = ord(letter)
    found = _BLOCKS.get(number - number % _BLOCK)
    return found or next((one for first, last, one in _RANGES if first <= number <= last), None)


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


FALLBACK = "Panel-Fallback"
SUBSTITUTE = "\ufffd"
LONGEST_WORD = 250
"""No name has so many letters. Longer words are split: one takes time that grows with its square."""

_FILES = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    FALLBACK: "DejaVuSans.ttf",
}

_MARKED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_UNSEEN = "".join(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0))))
"""What only says how the sign before it looks: a skin, whose flag it is, which form of a letter."""

Run = tuple[str, str]
"""A font and the text to be set in it."""


def register_fonts() -> None:
    """Load the fonts for one document; those of other scripts come where a text needs them."""
    for name in _FILES:
        registerFont(_font(name))
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    shown_by.cache_clear()


@cache
def _font(name: str) -> TTFont:
    """Return a font that was read once: reading a file takes 10 ms."""
    file = resources.path(f"fonts/{_FILES.get(name) or FILES[name]}")
    return (TTFont if name in SHAPED_FONTS else _Unshaped)(name, str(file))


def is_plain(text: str, font: str = REGULAR) -> bool:
    """Whether a font shows all of a text, so that it may be drawn without a paragraph."""
    return text.isprintable() and shown_by(font).issuperset(text) and not _MARKED.search(text)


def in_print(text: str) -> str:
    """Return a text on one line, in the letters that papers have for it.

    What no page shows is left out. A letter that its accents follow, as some computers write é, is one with
    them; one that no font has stands as the letters that it is a form of: 𝗕 as B, ﷺ as its words.
    """
    line = one_line(without_invisible(text))
    if line.isascii():
        return line
    whole = _MARKED.sub(lambda found: unicodedata.normalize("NFC", found[0]), line)
    return "".join(map(_plain_letter, whole))


@cache
def _plain_letter(letter: str) -> str:
    if letter.isascii() or not _is_missing(letter):
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    return letter if any(map(_is_missing, plain)) else plain


def printable(text: str) -> str:
    """Return text as `para` prints it, as far as it can be read back: what is not shown is substituted."""
    found = runs(with_split_words(in_print(text)), REGULAR)
    return "".join(part for _, part in found)


def words_not_shown(text: str) -> tuple[str, ...]:
    """Return the words in which a sign stands for a letter that no font has, each once, in their order."""
    if REGULAR not in getRegisteredFontNames():
        register_fonts()
    missing = {letter for letter in set(text) if _is_missing(letter)}
    line = one_line(without_invisible(text))
    words = dict.fromkeys(word for word in line.split(" ") if not missing.isdisjoint(word))
    return tuple(
        word for word in words if any(SUBSTITUTE in part for _, (_, part) in pieces(in_print(word), REGULAR))
    )


def _is_missing(letter: str) -> bool:
    return SUBSTITUTE in _font_of(letter, REGULAR)[1] and letter != SUBSTITUTE


def pieces(plain: str, font: str) -> Iterator[tuple[bool, Run]]:
    """Yield text in runs, and whether each runs backward; a stretch that does is in one font."""
    for is_backward, text in stretches(plain) if runs_backward(plain) else [Stretch(False, plain)]:
        if is_backward and shown_by(FALLBACK).issuperset(text):
            yield True, (FALLBACK, text)
        else:
            yield from ((False, run) for run in runs(text, font))


def runs(text: str, font: str) -> Iterator[Run]:
    """Yield text in runs by font, word by word: its script's, the style's own, the fallback.

    A word is shaped as a whole, so one that mixes such a script with letters of another is split by spaces.
    """
    current, held = font, ""
    for number, word in enumerate(text.split(" ")):
        for position, (wanted, part) in enumerate(_word_runs(word, font)):
            is_shaped = not SHAPED_FONTS.isdisjoint((wanted, current))
            space = " " if (wanted != current and is_shaped if position else number) else ""
            if wanted == current:
                held += space + part
            else:
                if held + space:
                    yield current, held + space
                current, held = wanted, part
    if held:
        yield current, held


def _word_runs(word: str, font: str) -> list[Run]:
    scripts = dict.fromkeys(script for script in map(script_of, word) if script and script.is_shaped)
    for script in scripts:
        if shown_by(script.in_weight_of(font)).issuperset(word):
            return [(script.in_weight_of(font), word)]
    found: list[Run] = []
    for letter in word:
        wanted, shown = _font_of(letter, font)
        if found and found[-1][0] == wanted:
            found[-1] = (wanted, found[-1][1] + shown)
        else:
            found.append((wanted, shown))
    return found or [(font, "")]


def _font_of(letter: str, font: str) -> Run:
    if letter in shown_by(font):
        return font, letter
    script = script_of(letter)
    for other in (script.in_weight_of(font), FALLBACK) if script else (FALLBACK,):
        if letter in shown_by(other):
            return other, letter
    return font, _named(letter)


def _named(letter: str) -> str:
    """Return what stands for what no font shows: 🦊 is "[fox face]", a flag its letters, 한 "han"."""
    if letter in _FLAG_LETTERS:
        return chr(ord("A") + _FLAG_LETTERS.index(letter))
    if letter in _UNSEEN:
        return ""
    name = unicodedata.name(letter, "").lower()
    if name.startswith("hangul syllable "):
        return name.removeprefix("hangul syllable ")
    return f"[{name}]" if name and unicodedata.category(letter) == "So" else SUBSTITUTE


@cache
def shown_by(font: str) -> frozenset[str]:
    """Return the characters that a font has a glyph for; the space always."""
    if font in FILES and font not in getRegisteredFontNames():
        registerFont(_font(font))
    return frozenset(map(chr, getFont(font).face.charToGlyph)) | {" "}


class _Unshaped(TTFont):  # type: ignore[misc]
    """A font whose words are set letter by letter, also in a paragraph that has shaped ones."""

    @property
    def hbFont(self) -> None:  # noqa: N802
        """Refuse, as fonts that cannot be shaped do."""
        raise AttributeError("hbFont")


def with_split_words(text: str) -> str:
    """Return text in which no word is longer than any name is."""
    if len(text) <= LONGEST_WORD:
        return text
    return " ".join(_split(word) if len(word) > LONGEST_WORD else word for word in text.split(" "))


def _split(word: str) -> str:
    return " ".join(word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD))
