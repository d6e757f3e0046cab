"""A paper in prose as a Word document: real headings, lists and table heads, for Word and screen readers."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Emu, Pt

from exchange.atomic import laid_out_by, write_beside
from exchange.papers.document.docx_blocks import add_block, add_logo
from exchange.papers.document.docx_keeping import close_up, keep_ends, keep_last_rows
from exchange.papers.document.docx_links import link_contents
from exchange.papers.document.docx_styles import MARKING, RUNNING, add_line, new_document
from exchange.papers.document.docx_text import add_field, hold_whole, plain, put
from exchange.papers.document.grouping import is_sum_below, kept_together
from exchange.papers.document.reached import reached_lines
from exchange.papers.document.values import Block, Contents, Document, Picture, Together
from exchange.xlsx.xlsx_book import check_book, write_deterministic

Tick = Callable[[int, int], None] | None
"""Called with (done, total) in blocks; may raise to cancel."""

A4_WIDTH, A4_HEIGHT, SIDE, ABOVE, BELOW = Cm(21), Cm(29.7), Cm(2), Cm(2.2), Cm(2.4)
UNDER_THE_FOOT = Cm(0.9)
AT_HAND, LOOKED_BACK = 64, 8
"""So many elements stand in the document while it is written; these are looked at as others follow."""


def write_document_docx(document: Document, path: Path, tick: Tick = None) -> Path:
    """Write a paper and return the path it really has (another when the file is open elsewhere)."""
    return write_beside(path, partial(_write, document, tick), check_book)


def _write(document: Document, tick: Tick, part: Path) -> None:
    word = new_document()
    _properties(word, document)
    _page(word, document)
    _first_head(word, document)
    _blocks(word, document, tick)
    for block in document.blocks:
        if isinstance(block, Contents):
            link_contents(word, block, _pages(document))
    keep_ends(word)
    close_up(word)
    finished = BytesIO()
    hold_whole(word)
    word.save(finished)
    write_deterministic(finished, part)


def _blocks(word: WordDocument, document: Document, tick: Tick) -> None:
    """Add the blocks; what was added before is put aside meanwhile.

    The library looks through all that stands there for each line that it adds, and nothing else of the
    program runs while it does: for 20 ms and more where 1,000 applications are told of. It numbers pictures
    by those that stand there, so a paper with pictures keeps all.
    """
    body, aside = word.element.body, list[Any]()
    most = sys.maxsize if any(map(_is_picture, document.blocks)) else AT_HAND
    above: Block | None = None
    blocks = tuple(kept_together(document.blocks, flowing=False))
    for done, block in enumerate(blocks, 1):
        if is_sum_below(block, above):
            keep_last_rows(word)
        add_block(word, block)
        above = block
        for element in body[:-LOOKED_BACK] if len(body) > most else ():
            body.remove(element)
            aside.append(element)
        if tick is not None:
            tick(done, len(blocks))
    first = body[0]
    for element in aside:  # all in one call would keep everybody waiting as well
        first.addprevious(element)


def _is_picture(block: Block) -> bool:
    return isinstance(block, Picture) or (isinstance(block, Together) and any(map(_is_picture, block.blocks)))


def _pages(document: Document) -> Mapping[str, int]:
    """Return the pages of headings, as the same paper has them as a PDF."""
    from exchange.papers.document.pdf import heading_pages  # a paper without contents needs no second layout

    return heading_pages(document)


def _properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.author = plain(document.title)[:255], "Grant Panel"
    properties.subject, properties.language = plain(document.subtitle)[:255], "en-GB"
    properties.created = properties.modified = document.made_at.replace(tzinfo=None, microsecond=0)
    properties.last_modified_by, properties.revision, properties.comments = "Grant Panel", 1, ""
    properties.keywords = laid_out_by()


def _page(word: WordDocument, document: Document) -> None:
    section = word.sections[0]
    wide = document.is_landscape
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (A4_HEIGHT, A4_WIDTH) if wide else (A4_WIDTH, A4_HEIGHT)
    section.left_margin = section.right_margin = SIDE
    section.top_margin, section.bottom_margin, section.footer_distance = ABOVE, BELOW, UNDER_THE_FOOT
    head = section.header.paragraphs[0]
    head.style = word.styles[MARKING]
    put(head, document.marking)
    foot = section.footer.paragraphs[0]
    foot.style = word.styles[RUNNING]
    said = (document.title, document.status, *document.below)
    put(foot, " · ".join(part.rstrip(".") for part in said if part))
    add_page_numbers(section.footer.add_paragraph(style=RUNNING))


def add_page_numbers(paragraph: Any) -> None:
    """Put "Page 1 of 3" into a paragraph, which Word works out."""
    paragraph.add_run("Page ")
    add_field(paragraph.add_run(), "PAGE", "1")
    paragraph.add_run(" of ")
    add_field(paragraph.add_run(), "NUMPAGES", "1")


def _first_head(word: WordDocument, document: Document) -> None:
    if document.logo:
        add_logo(word.add_paragraph(), document.logo, document.above)
    if document.above:
        office = add_line(word, "Strong Line")
        put(office, document.above)
        office.paragraph_format.space_after = Pt(2 if document.reached else 8)
    if document.reached:
        width = A4_HEIGHT if document.is_landscape else A4_WIDTH
        lines = reached_lines(document.reached, Emu(width - 2 * SIDE).pt)
        for number, line in enumerate(lines, 1):
            reached = add_line(word, "Small")
            put(reached, line)
            reached.paragraph_format.space_after = Pt(8 if number == len(lines) else 0)
    put(add_line(word, "Title"), document.title)
    if document.subtitle:
        put(add_line(word, "Subtitle"), document.subtitle)
    if document.status:
        put(add_line(word, "Draft Line" if document.is_draft else "Strong Line"), document.status)
