"""Text into PDFs: the one way to make a paragraph, with a font for each script.

Nothing that an applicant wrote is ever read as markup, fetched or dropped in silence.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from exchange.pdf.fonts import in_print, pieces, shown_by, with_split_words
from exchange.pdf.pdf_tags import Element, marked, tags_of
from exchange.pdf.right_to_left import turned
from exchange.pdf.scripts import SHAPED_FONTS
from exchange.written_text import NO_BREAK, PARTS, unbroken


def para(text: str, style: ParagraphStyle) -> Paragraph:
    """Return a paragraph of plain text in a style whose font is `REGULAR` or `BOLD`.

    White space is made single spaces, words over 80 characters are split; what is read in one piece, such as
    a day, stands on one line.
    """
    written = in_print(text)
    plain = unbroken(with_split_words(written))
    if shown_by(style.fontName).issuperset(plain):
        settled = _Settled("", style, frags=[_frag(style, style.fontName, plain)])
    else:
        frags = list(_frags(style, plain))
        shaped = next((frag.fontName for frag in frags if frag.fontName in SHAPED_FONTS), "")
        settled = _Settled("", _shaping(style, shaped) if shaped else style, frags=frags)
        settled._is_shaped = any(frag.is_backward or frag.fontName in SHAPED_FONTS for frag in frags)
    settled._holds, settled._written = NO_BREAK in plain, written
    return settled


def is_para(flowable: Any) -> bool:
    """Whether a flowable is a paragraph, which a page may part between two lines."""
    return isinstance(flowable, Paragraph)


def _frags(style: ParagraphStyle, plain: str) -> Iterator[ParaFrag]:
    """Yield text by font and by the way it runs."""
    for is_backward, (font, text) in pieces(plain, style.fontName):
        yield _frag(style, font, text, is_backward=is_backward)


class _Settled(Paragraph):  # type: ignore[misc]
    """A paragraph that is broken into lines once for a width; tables ask again and again."""

    _set_at: float | None = None
    _holds = _is_shaped = _is_part = False
    _written = ""
    _wholes: Sequence[tuple[ParaFrag, str]] = ()
    _tagged: list[Element]

    def draw(self) -> None:
        """Draw the paragraph, tagged as its style says; the parts of one that is split are one element.

        On the page all spaces are plain ones, so that a day is found by who looks for it.
        """
        if self._holds:
            self._put_into_lines(NO_BREAK, " ")
        tags = tags_of(self.canv)
        if tags is None:
            super().draw()
            return
        if tags.is_marking:
            tags.say(None if self._is_part else self._written, is_shaped=self._is_shaped)
            super().draw()
            return
        tagged = self.__dict__.setdefault("_tagged", [])
        if not tagged:
            tagged.append(Element(getattr(self.style, "tag", "P"), tags.root))
            tagged[0].texts, tagged[0].is_shaped = [self._written], self._is_shaped
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
            part._tagged, part._holds, part._is_part = tagged, self._holds, True
            part._written, part._is_shaped = self._written, self._is_shaped
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
