"""A letter in Word set closer, so that one a little longer than a page comes to one page.

Its type stays as large as it is. Word and LibreOffice lay out letters alike: both have the widths of Arial.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

from docx.document import Document as WordDocument
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph
from msgspec import Struct

from exchange.papers.document.docx import LOGO_HEIGHT
from exchange.papers.document.pdf import CLOSE_LETTERS
from exchange.papers.letters.pages import ROOM_TO_SIGN
from exchange.pdf.type_width import PLAIN, type_width

LINE = 1.15
"""The height of a line of Arial, as a share of the size of its type."""
SPARE = 4.0
"""Points that stay free at the foot of a page."""
USUAL_SIZE = Pt(11)


class _Measured(Struct, frozen=True):
    """A paragraph, its gaps and the height of its lines in points, and the share of a line it asks for."""

    paragraph: Paragraph
    before: float
    after: float
    height: float
    share: float | None


def bring_to_one_page(word: WordDocument, *, has_logo: bool = False) -> None:
    """Set a letter as close as it needs for one page; one that is too long for that stays as it is.

    So does one with tables, which only an office's own template has.
    """
    if word.tables:
        return
    width, room = _room(word, has_logo=has_logo)
    letter = [_measured(each, width) for each in word.paragraphs]
    for gaps, lines in CLOSE_LETTERS:
        if _height(letter, gaps, lines) <= room:
            for each in letter:
                _set_closer(each, gaps, lines)
            return


def _room(word: WordDocument, *, has_logo: bool) -> tuple[float, float]:
    """Return how wide lines are on the first page, and how much of its height is for the letter."""
    section = word.sections[0]
    is_apart = section.different_first_page_header_footer
    head = section.first_page_header if is_apart else section.header
    width = _points(section.page_width) - _points(section.left_margin) - _points(section.right_margin)
    lines = sum(_measured(each, width).height for each in head.paragraphs)
    reached = _points(section.header_distance) + lines + (LOGO_HEIGHT.pt if has_logo else 0)
    above = max(_points(section.top_margin), reached)
    return width, _points(section.page_height) - above - _points(section.bottom_margin) - SPARE


def _points(length: Length | None) -> float:
    return 0.0 if length is None else float(length.pt)


def _measured(paragraph: Paragraph, width: float) -> _Measured:
    size, spacing = _type(paragraph, "size") or USUAL_SIZE, _asked(paragraph, "line_spacing")
    font = f"{PLAIN}-Bold" if _type(paragraph, "bold") else PLAIN
    room = width - _points(_asked(paragraph, "left_indent"))
    lines = sum(_lines(line, size.pt, font, room) for line in paragraph.text.split("\n"))
    is_fixed = isinstance(spacing, Length)
    share = None if is_fixed else float(spacing or 1)
    high = spacing.pt if share is None else size.pt * LINE * share
    before, after = _asked(paragraph, "space_before"), _asked(paragraph, "space_after")
    return _Measured(paragraph, _points(before), _points(after), lines * high, share)


def _styles(paragraph: Paragraph) -> Iterator[Any]:
    style: Any = paragraph.style
    while style is not None:
        yield style
        style = style.base_style


def _asked(paragraph: Paragraph, name: str) -> Any:
    """Return what a paragraph, or the nearest of its styles, asks for; None where none does."""
    formats = chain((paragraph,), _styles(paragraph))
    asked = (getattr(each.paragraph_format, name) for each in formats)
    return next((value for value in asked if value is not None), None)


def _type(paragraph: Paragraph, name: str) -> Any:
    asked = (getattr(style.font, name) for style in _styles(paragraph))
    return next((value for value in asked if value is not None), None)


def _lines(text: str, size: float, font: str, room: float) -> int:
    """Return on how many lines a text stands."""
    lines, reached = 1, 0.0
    for word in text.split(" "):
        wide = type_width(f"{word} ", size, font)
        if reached and reached + wide - type_width(" ", size, font) > room:
            lines, reached = lines + 1, 0.0
        reached += wide
    return lines


def _height(letter: Sequence[_Measured], gaps: float, lines: float) -> float:
    """Return how high a letter is in points; points of a list have no gap between them."""
    text = sum(each.height * (1 if each.share is None else lines) for each in letter)
    between = (
        0
        if _is_point(above) and _is_point(below)
        else _closer(above.after, gaps) + _closer(below.before, gaps)
        for above, below in pairwise(letter)
    )
    return text + _closer(letter[0].before, gaps) + sum(between)


def _closer(gap: float, gaps: float) -> float:
    """Return what is left of a gap; the room in which somebody signs stays."""
    return gap if gap >= ROOM_TO_SIGN else gap * gaps


def _is_point(each: _Measured) -> bool:
    return str(each.paragraph.style and each.paragraph.style.name).startswith("List")


def _set_closer(each: _Measured, gaps: float, lines: float) -> None:
    shape = each.paragraph.paragraph_format
    if gaps < 1:
        shape.space_before, shape.space_after = map(
            Pt, (_closer(each.before, gaps), _closer(each.after, gaps))
        )
    if lines < 1 and each.share is not None:
        shape.line_spacing = each.share * lines
