"""Text into PDFs: the one way to make a paragraph, with a font for each script.

Nothing that an applicant wrote is ever read as markup, fetched or dropped in silence. Scripts of India and
their neighbours are shaped, Hebrew and Arabic are turned; a picture that no font shows, such as an emoji,
stands as its name in brackets, Korean in Latin letters, and any other character as the replacement character.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import (
    getFont,
    getRegisteredFontNames,
    registerFont,
    registerFontFamily,
    stringWidth,
)
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

import resources
from exchange.pdf.pdf_tags import Element, marked, tags_of
from exchange.pdf.right_to_left import Stretch, runs_backward, stretches, turned
from exchange.pdf.scripts import BOLD, FILES, REGULAR, SHAPED_FONTS, script_of
from exchange.unbroken import NO_BREAK, PARTS, unbroken
from exchange.written_text import one_line

FALLBACK = "Panel-Fallback"
SUBSTITUTE = "\ufffd"
LONGEST_WORD = 250
"""No name has so many letters. Longer words are split: one takes time that grows with its square."""

_FILES = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    FALLBACK: "DejaVuSans.ttf",
}

_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_TINTS = "".join(map(chr, range(0x1F3FB, 0x1F400)))

Run = tuple[str, str]
"""A font and the text to be set in it."""


def register_fonts() -> None:
    """Load the fonts for one document; those of other scripts come where a text needs them."""
    for name, file in _FILES.items():
        registerFont(_unshaped(name, _file(file)))
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    _shown_by.cache_clear()


def _file(name: str) -> str:
    return str(resources.path(f"fonts/{name}"))


@cache
def _unshaped(name: str, file: str) -> "_Unshaped":
    """Return a font that was read once: reading a file takes 10 ms."""
    return _Unshaped(name, file)


def _load_script(font: str) -> None:
    """Load the font of a script, once: what is shaped keeps its glyphs in the font that was asked first."""
    file = _file(FILES[font])
    registerFont(TTFont(font, file) if font in SHAPED_FONTS else _unshaped(font, file))


def para(text: str, style: ParagraphStyle) -> Paragraph:
    """Return a paragraph of plain text in a style whose font is `REGULAR` or `BOLD`.

    White space is made single spaces, words over 80 characters are split; what is read in one piece, such as
    a day, stands on one line.
    """
    plain = unbroken(_with_split_words(one_line(text)))
    if _shown_by(style.fontName).issuperset(plain):
        settled = _Settled("", style, frags=[_frag(style, style.fontName, plain)])
    else:
        frags = list(_frags(style, plain))
        shaped = next((frag.fontName for frag in frags if frag.fontName in SHAPED_FONTS), "")
        settled = _Settled("", _shaping(style, shaped) if shaped else style, frags=frags)
    settled._holds = NO_BREAK in plain
    return settled


def _frags(style: ParagraphStyle, plain: str) -> Iterator[ParaFrag]:
    """Yield text by font and by the way it runs; a stretch that runs backward is in one font."""
    for is_backward, text in stretches(plain) if runs_backward(plain) else [Stretch(False, plain)]:
        if is_backward and _shown_by(FALLBACK).issuperset(text):
            yield _frag(style, FALLBACK, text, is_backward=True)
        else:
            yield from (_frag(style, font, part) for font, part in runs(text, style.fontName))


def is_plain(text: str, font: str = REGULAR) -> bool:
    """Whether a font shows all of a text, so that it may be drawn without a paragraph."""
    return text.isprintable() and _shown_by(font).issuperset(text)


def printable(text: str) -> str:
    """Return text as `para` prints it, as far as it can be read back: what is not shown is substituted."""
    found = runs(_with_split_words(one_line(text)), REGULAR)
    return "".join(part for _, part in found)


def is_shaped(text: str) -> bool:
    """Whether a text cannot be read back as it stands: it is shaped, turned, or of a script of its own font.

    Versions before these fonts printed the replacement character for most of them.
    """
    if runs_backward(text) or any(map(_is_hangul, text)):
        return True
    return any(font in FILES for font, _ in runs(one_line(text), REGULAR))


def runs(text: str, font: str) -> Iterator[Run]:
    """Yield text in runs by font, word by word: its script's, the style's own, the fallback.

    A word is shaped as a whole, so one that mixes such a script with letters of another is split by spaces.
    """
    current, held = font, ""
    for number, word in enumerate(text.split(" ")):
        for position, (wanted, part) in enumerate(_word_runs(word, font)):
            space = " " if (number and not position) or _parts(position, wanted, current) else ""
            if wanted == current:
                held += space + part
            else:
                if held + space:
                    yield current, held + space
                current, held = wanted, part
    if held:
        yield current, held


def _parts(position: int, wanted: str, current: str) -> bool:
    return position > 0 and wanted != current and not SHAPED_FONTS.isdisjoint((wanted, current))


def _word_runs(word: str, font: str) -> list[Run]:
    scripts = dict.fromkeys(script for script in map(script_of, word) if script and script.is_shaped)
    for script in scripts:
        if _shown_by(script.in_weight_of(font)).issuperset(word):
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
    if letter in _shown_by(font):
        return font, letter
    script = script_of(letter)
    for other in (script.in_weight_of(font), FALLBACK) if script else (FALLBACK,):
        if letter in _shown_by(other):
            return other, letter
    return font, _named(letter)


def _named(letter: str) -> str:
    """Return what stands for what no font shows: 🦊 is "[fox face]", a flag its letters, 한 "han"."""
    if letter in _FLAG_LETTERS:
        return chr(ord("A") + _FLAG_LETTERS.index(letter))
    if letter in _TINTS:
        return ""
    name = unicodedata.name(letter, "").lower()
    if _is_hangul(letter):
        return name.removeprefix("hangul syllable ")
    return f"[{name}]" if name and unicodedata.category(letter) == "So" else SUBSTITUTE


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3"


@cache
def _shown_by(font: str) -> frozenset[str]:
    """Return the characters that a font has a glyph for; the space always."""
    if font in FILES and font not in getRegisteredFontNames():
        _load_script(font)
    return frozenset(map(chr, getFont(font).face.charToGlyph)) | {" ", NO_BREAK}


class _Settled(Paragraph):  # type: ignore[misc]
    """A paragraph that is broken into lines once for a width; tables ask again and again."""

    _set_at: float | None = None
    _holds = False
    _wholes: Sequence[tuple[ParaFrag, str]] = ()
    _tagged: list[Element]

    def draw(self) -> None:
        """Draw the paragraph, tagged as its style says; the parts of one that is split are one element.

        On the page all spaces are plain ones, so that a day is found by who looks for it.
        """
        if self._holds:
            self._put_into_lines(NO_BREAK, " ")
        tags = tags_of(self.canv)
        if tags is None or tags.is_marking:
            super().draw()
            return
        tagged = self.__dict__.setdefault("_tagged", [])
        if not tagged:
            tagged.append(Element(getattr(self.style, "tag", "P"), tags.root))
        with marked(self.canv, tagged[0]):
            super().draw()

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """Return the parts of the paragraph over the end of a page, which stay one element."""
        if not hasattr(self, "blPara"):
            self.wrap(available_width, available_height)
        self._turn()  # its parts are broken into lines anew
        parts: list[Any] = super().split(available_width, available_height)
        self._turn()
        tagged = self.__dict__.setdefault("_tagged", [])
        for part in parts:
            part._tagged, part._holds = tagged, self._holds
        return parts

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the room that the paragraph takes."""
        if self._set_at != available_width or not hasattr(self, "blPara"):
            self._part_what_is_wider(available_width - self.style.leftIndent)
            super().wrap(available_width, available_height)
            self._set_at = available_width
            self._turn()
        return self.width, self.height

    def _part_what_is_wider(self, width: float) -> None:
        """Let lines end within what is read in one piece, or at a hyphen, where it is wider than they are."""
        if not self._wholes:
            self._wholes = [(frag, frag.text) for frag in self.frags if hasattr(frag, "text")]
        for frag, text in self._wholes:
            frag.text = text
            if (NO_BREAK in text or "-" in text) and not _is_narrower(frag, text, width):
                pieces = text.split(" ")
                loose = (p if _is_narrower(frag, p, width) else p.replace(NO_BREAK, " ") for p in pieces)
                words = " ".join(loose).split(" ")
                frag.text = " ".join(part for word in words for part in _at_hyphens(frag, word, width))

    def _put_into_lines(self, old: str, new: str) -> None:
        """Put another character into the words of each line."""
        if not hasattr(self, "blPara"):
            return
        for number, line in enumerate(self.blPara.lines):
            if isinstance(line, tuple):
                self.blPara.lines[number] = (line[0], [word.replace(old, new) for word in line[1]], *line[2:])
            else:
                for frag in line.words:
                    frag.text = frag.text.replace(old, new)

    def _turn(self) -> None:
        """Put the backward words of each line the other way round; a second time, back."""
        if not hasattr(self, "blPara"):  # given up where not a line of it fits
            return
        for number, line in enumerate(self.blPara.lines):
            for frag in getattr(line, "words", ()):
                if getattr(frag, "is_backward", False):
                    frag.text = turned(frag.text)
            if isinstance(line, tuple) and getattr(self.frags[0], "is_backward", False):
                self.blPara.lines[number] = (line[0], line[1][::-1], *line[2:])


class _Unshaped(TTFont):  # type: ignore[misc]
    """A font whose words are set letter by letter, also in a paragraph that has shaped ones."""

    @property
    def hbFont(self) -> None:  # noqa: N802
        """Refuse, as fonts that cannot be shaped do."""
        raise AttributeError("hbFont")


def _at_hyphens(frag: ParaFrag, word: str, width: float) -> Iterator[str]:
    """Yield a word as it is, or one that is wider than a line in parts that end with a hyphen.

    No two of them fit on one line, so that no space is seen between.
    """
    held = ""
    for part in [word] if _is_narrower(frag, word, width) else PARTS.findall(word):
        if held and not _is_narrower(frag, held + part, width):
            yield held
            held = ""
        held += part
    yield held


def _is_narrower(frag: ParaFrag, text: str, width: float) -> bool:
    return float(stringWidth(text, frag.fontName, frag.fontSize)) <= width


def _frag(style: ParagraphStyle, font: str, text: str, *, is_backward: bool = False) -> ParaFrag:
    """Return text in a font, as reportlab's own reading of markup would leave it."""
    return ParaFrag(
        is_backward=is_backward,
        text=text,
        fontName=font,
        fontSize=style.fontSize,
        textColor=style.textColor,
        bold=0,
        italic=0,
        rise=0,
        greek=0,
        link=[],
        us_lines=[],
    )


def _shaping(style: ParagraphStyle, font: str) -> ParagraphStyle:
    """Return the style with shaping on; reportlab asks the style's own font whether it can be shaped."""
    return ParagraphStyle(f"{style.name} shaped", parent=style, fontName=font, shaping=1)


def _with_split_words(text: str) -> str:
    if len(text) <= LONGEST_WORD:
        return text
    return " ".join(_split(word) if len(word) > LONGEST_WORD else word for word in text.split(" "))


def _split(word: str) -> str:
    return " ".join(word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD))
