"""The blocks of a paper as Word's own paragraphs, lists and tables."""

from io import BytesIO
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from msgspec.structs import replace

from exchange.papers.document.docx_keeping import FIRST_ROWS, WITH_THE_END, is_gap, is_whole, words_height
from exchange.papers.document.docx_links import put_link
from exchange.papers.document.docx_styles import add_line
from exchange.papers.document.docx_tables import add_pairs, add_signature, add_table
from exchange.papers.document.docx_text import keep_with_next, plain, put
from exchange.papers.document.values import (
    BlankLines,
    Block,
    Bullets,
    Chart,
    Column,
    Contents,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Picture,
    Signature,
    Table,
    Together,
)
from exchange.written_text import clean

STYLES = {
    Look.BODY: "Normal",
    Look.CLOSE: "Normal",
    Look.LEAD: "Lead",
    Look.SMALL: "Small",
    Look.STRONG: "Strong Line",
    Look.SUBJECT: "Strong Line",
}
NUMBER_INDENT = Cm(1.1)
LOGO_WIDTH, LOGO_HEIGHT = Cm(4.6), Cm(1.6)
PICTURE_WIDTH, PICTURE_HEIGHT = Cm(17), Cm(11)
ABOVE_BY_HAND = 4.0
"""Points above words that stand with lines to write on, the only gap: the lines have the room of a hand."""


def add_block(word: WordDocument, block: Block) -> None:
    """Add a block at the end of a document."""
    match block:
        case Heading():
            put(add_line(word, f"Heading {min(max(block.level, 1), 3)}"), block.text)
        case Para():
            _paragraphs(word, block)
        case Bullets():
            _bullets(word, block)
        case Pairs():
            add_pairs(word, block)
        case Table():
            add_table(word, block)
        case Chart():
            _chart(word, block)
        case Signature():
            add_signature(word, block)
        case BlankLines():
            for _ in range(block.lines):
                _line_to_write_on(word.add_paragraph())
        case NewPage():
            _new_page(word.add_paragraph())
        case Contents():
            for text in block.headings:
                put_link(add_line(word, "Cell"), text)
        case Picture():
            _picture(word.add_paragraph(), block, PICTURE_WIDTH, PICTURE_HEIGHT)
        case Together():
            _together(word, block)


def add_logo(paragraph: Any, png: bytes, office: str) -> None:
    """Put the office's logo into a paragraph, at the right, with words for who cannot see it."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _picture(paragraph, Picture(png, f"Logo of {plain(office) or 'the office'}"), LOGO_WIDTH, LOGO_HEIGHT)


def _picture(paragraph: Any, shown: Picture, width: Length, height: Length) -> None:
    """Put a picture into a paragraph, as large as its room lets it be."""
    picture = paragraph.add_run().add_picture(BytesIO(shown.png))
    scale = min(width / picture.width, height / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    for properties in paragraph._p.iter(qn("wp:docPr")):
        properties.set("descr", shown.words)


def _new_page(paragraph: Any) -> None:
    """Begin a page with a paragraph of no height: a break after a full page would leave a blank one."""
    shape = paragraph.paragraph_format
    shape.page_break_before, shape.keep_with_next = True, True
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(1)


def _line_to_write_on(paragraph: Any) -> None:
    """Rule a line of the height of handwriting, so that a sheet to fill in keeps to its page."""
    put(paragraph, "_" * 70)
    shape = paragraph.paragraph_format
    shape.space_after, shape.line_spacing = Pt(0), Pt(18)


def _together(word: WordDocument, block: Together) -> None:
    """Add blocks that stay on one page: each paragraph with the next, up to the last row or line."""
    body = word.element.body
    before = len(body)
    by_hand = any(isinstance(inner, BlankLines) for inner in block.blocks)
    for number, inner in enumerate(block.blocks):
        is_close = by_hand and isinstance(inner, Para)
        gaps = (0.0 if number else ABOVE_BY_HAND, 0.0)
        add_block(word, replace(inner, gaps=gaps) if is_close else inner)
    added = list(body[before - 1 : -1])
    if not added:  # lines to sign on, below others in their table
        return
    last = max(number for number, element in enumerate(added) if not is_gap(element))
    for element in added if block.lines_after else added[:last]:
        keep_with_next(element.iter(qn("w:p")))
    rows = list(added[last].iter(qn("w:tr")))
    above = sum(words_height(word, inner) for inner in block.blocks[:-1])
    stays = is_whole(word, block.blocks[-1], len(rows), above)
    for row in rows[:-1] if stays else (*rows[:FIRST_ROWS], *rows[-WITH_THE_END:-1]):
        keep_with_next(row.iter(qn("w:p")))


def _paragraphs(word: WordDocument, block: Para) -> None:
    lines = [line for line in clean(block.text).split("\n") if line.strip()] or [""]
    for number, line in enumerate(lines):
        paragraph = add_line(word, STYLES[block.look])
        if block.number:
            paragraph.paragraph_format.left_indent = NUMBER_INDENT
            if not number:
                paragraph.paragraph_format.first_line_indent = -NUMBER_INDENT
                paragraph.paragraph_format.tab_stops.add_tab_stop(NUMBER_INDENT)
                paragraph.add_run(f"{plain(block.number)}\t")
        put(paragraph, line)
        if block.gaps is not None:
            shape = paragraph.paragraph_format
            shape.space_before, shape.space_after = map(Pt, block.gaps)


def _bullets(word: WordDocument, block: Bullets) -> None:
    """Add points, of which neither the first nor the last stands on a page without its neighbour.

    The first below a heading may: were it kept with the next, LibreOffice would leave the heading behind.
    """
    above = word.element.body[-2] if len(word.element.body) > 1 else None
    is_headed = above is not None and above.tag == qn("w:p") and str(above.style).startswith("Heading")
    lines = [add_line(word, "List Bullet") for _ in block.items]
    for line, item in zip(lines, block.items, strict=True):
        put(line, item)
    for number in {0, len(lines) - 2} & set(range(int(is_headed), len(lines) - 1)):
        lines[number].paragraph_format.keep_with_next = True


def _chart(word: WordDocument, block: Chart) -> None:
    """Add a chart as the table of its figures: what it shows is said, not drawn."""
    put(add_line(word, "Small"), block.sentence)
    columns = (Column("What", 1), Column("Figure", 1))
    add_table(word, Table(block.caption, columns, tuple((bar.name, bar.words) for bar in block.bars)))
