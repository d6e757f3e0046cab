"""What of a Word document stays together on a page: what is a whole, and the lines and rows that end a part.

How high something is can only be guessed: which face shows it, and where its lines break, is known where the
document is opened.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from exchange.papers.document.docx_styles import GAP
from exchange.papers.document.docx_tables import height_of, inner_width
from exchange.papers.document.docx_text import keep_with_next
from exchange.papers.document.grouping import MOST_ROWS
from exchange.papers.document.values import Block, Heading, Pairs, Para, Table

WITH_THE_END = 3
"""So many lines or rows, the last among them, stand on the last page at least."""
MOST_WHOLE, FIRST_ROWS = 10, 2
"""A table of more rows begins below what it stands with, its first rows together, and goes over pages.

So does one that is higher than a third of a page with what it stands with: on the next it would leave so much
of this one empty.
"""
HEAD_POINTS, WORDS_LINE_POINTS, POINTS_OF_A_LETTER = 28.0, 16.0, 4.6
"""About how high a heading and a line of a paragraph are, and how wide a letter, whatever face shows it."""


def is_whole(word: WordDocument, block: Block, rows: int, above: float = 0.0) -> bool:
    """Whether a table or list of so many rows stands on one page: what says all of one thing does."""
    return rows <= (MOST_ROWS if isinstance(block, Pairs) else MOST_WHOLE) and _is_low(word, block, above)


def words_height(word: WordDocument, block: Block) -> float:
    """Return about how many points high a heading or paragraph is, nought for what else may stand there."""
    if isinstance(block, Heading):
        return HEAD_POINTS
    letters = max(1.0, inner_width(word) / Pt(1) / POINTS_OF_A_LETTER)
    return WORDS_LINE_POINTS * (1 + len(block.text) // letters) if isinstance(block, Para) else 0.0


def keep_ends(word: WordDocument) -> None:
    """Keep what ends a paper, or stands before a new page, with the lines or rows above it.

    A page with a line or two alone looks left behind.
    """
    part: list[Any] = []
    body = word.element.body
    for element in islice(body.iterchildren(), len(body) - 1):
        if element.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
            _keep_end(part)
            part = []
        else:
            part.append(element)
    _keep_end(part)


def keep_last_rows(word: WordDocument) -> None:
    """Keep the last rows of the table that ends a document so far with the sentence that sums it below."""
    gap = word.element.body[-2]
    rows = list(word.tables[-1]._tbl.iter(qn("w:tr")))[-WITH_THE_END:]
    keep_with_next(paragraph for line in (*rows, gap) for paragraph in line.iter(qn("w:p")))


def close_up(word: WordDocument) -> None:
    """Take the height from the gap below a table that ends a paper: a full page would leave a blank one."""
    body = word.element.body
    if len(body) > 1 and is_gap(body[-2]):
        Paragraph(body[-2], word).paragraph_format.line_spacing = Pt(1)


def is_gap(element: Any) -> bool:
    """Whether an element is the gap that stands below a table."""
    return bool(element.tag == qn("w:p") and element.style == GAP)


def _is_low(word: WordDocument, block: Block, above: float) -> bool:
    """Whether a page that has no room for a table, and what is above it, is left less than a third empty."""
    section = word.sections[0]
    edges = (section.top_margin or 0) + (section.bottom_margin or 0)
    page = ((section.page_height or 0) - edges) / Pt(1)
    return not isinstance(block, Table) or above + height_of(word, block) <= page / 3


def _keep_end(part: Sequence[Any]) -> None:
    """Keep the last elements of a part together, and with them the gaps below tables among them."""
    told = [number for number, element in enumerate(part) if not is_gap(element)]
    for element in part[told[-WITH_THE_END:][0] : told[-1]] if told else ():
        lines = list(element.iter(qn("w:tr"))) or [element]
        keep_with_next(paragraph for line in lines[-WITH_THE_END:] for paragraph in line.iter(qn("w:p")))
