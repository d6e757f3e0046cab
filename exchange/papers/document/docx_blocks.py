"""The blocks of a paper as Word's own paragraphs, lists and tables."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import Any
from zlib import crc32

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Pt
from docx.text.paragraph import Paragraph
from msgspec.structs import replace

from exchange.papers.document.docx_styles import GAP, add_line
from exchange.papers.document.docx_tables import add_pairs, add_signature, add_table, height_of, inner_width
from exchange.papers.document.docx_text import add_field, keep_with_next, plain, put
from exchange.papers.document.grouping import MOST_ROWS
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
from scoring.written.text import one_line

STYLES = {
    Look.BODY: "Normal",
    Look.LEAD: "Lead",
    Look.SMALL: "Small",
    Look.STRONG: "Strong Line",
    Look.SUBJECT: "Strong Line",
}
NUMBER_INDENT, ROOM_OF_A_NUMBER = Cm(1.1), Cm(1.2)
LOGO_WIDTH, LOGO_HEIGHT = Cm(4.6), Cm(1.6)
WITH_THE_END = 3
"""So many lines or rows, the last among them, stand on the last page at least."""
MOST_WHOLE, FIRST_ROWS = 10, 2
"""A table of more rows begins below what it stands with, its first rows together, and goes over pages.

So does one that is higher than a third of a page with what it stands with: on the next it would leave so much
of this one empty.
"""
HEAD_POINTS, LINE_POINTS, POINTS_OF_A_LETTER = 28.0, 16.0, 4.6
"""About how high a heading and a line of a paragraph are, and how wide a letter, whatever face shows it."""
LONGEST_TITLE = 200
"""So much of a heading stands in the outline of a PDF."""
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
                _linked(add_line(word, "Cell"), text)
        case Picture():
            _picture(word.add_paragraph(), block, PICTURE_WIDTH, PICTURE_HEIGHT)
        case Together():
            _together(word, block)


def link_contents(word: WordDocument, contents: Contents, pages: Mapping[str, int]) -> None:
    """Mark the headings that a list of contents leads to, of two alike the first, and say their pages.

    `pages` are those of the same paper as a PDF. LibreOffice works them out anew when it opens the paper,
    Word when it prints it: to do so at opening it would ask first.
    """
    waits = {plain(text) for text in contents.headings}
    numbers: dict[str, int] = {}
    for paragraph in word.paragraphs:
        if paragraph.text in waits and str(paragraph._p.style).startswith("Heading"):
            waits.remove(paragraph.text)
            _bookmark(paragraph, _anchor(paragraph.text))
            numbers[_anchor(paragraph.text)] = pages.get(one_line(paragraph.text)[:LONGEST_TITLE], 1)
    for paragraph in word.paragraphs:
        for link in paragraph._p.findall(qn("w:hyperlink")):
            anchor = link.get(qn("w:anchor"))
            if anchor in numbers:
                _numbered(paragraph, link, anchor, numbers[anchor], word.sections[0])


def _numbered(paragraph: Any, link: Any, anchor: str, page: int, section: Any) -> None:
    """Put the page of a heading at the end of the line that leads to it, behind dots."""
    shape = paragraph.paragraph_format
    width = section.page_width - section.left_margin - section.right_margin
    shape.right_indent = ROOM_OF_A_NUMBER
    shape.tab_stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    tab, number = paragraph.add_run("\t"), paragraph.add_run()
    add_field(number, f"PAGEREF {anchor} \\h", str(page))
    for run in (tab, number):
        link.append(run.element)


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


def _linked(paragraph: Any, text: str) -> None:
    """Put text into a paragraph as a link to the heading of that text."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _anchor(plain(text)))
    put(paragraph, text)
    link.append(paragraph._p.find(qn("w:r")))
    paragraph._p.append(link)


def _bookmark(paragraph: Any, name: str) -> None:
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (begin, end):
        element.set(qn("w:id"), str(int(name[1:], 16)))
    begin.set(qn("w:name"), name)
    paragraph._p.find(qn("w:r")).addprevious(begin)
    paragraph._p.append(end)


def _anchor(text: str) -> str:
    """Return the name of the bookmark at a heading, which may have few characters."""
    return f"h{crc32(text.encode('utf-8', 'surrogatepass')) >> 1:08x}"


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
    last = max(number for number, element in enumerate(added) if not _is_gap(element))
    for element in added if block.lines_after else added[:last]:
        keep_with_next(element.iter(qn("w:p")))
    rows = list(added[last].iter(qn("w:tr")))
    above = sum(_height_of(word, inner) for inner in block.blocks[:-1])
    is_whole = _is_whole(word, block.blocks[-1], len(rows), above)
    for row in rows[:-1] if is_whole else (*rows[:FIRST_ROWS], *rows[-WITH_THE_END:-1]):
        keep_with_next(row.iter(qn("w:p")))


def _is_whole(word: WordDocument, block: Block, rows: int, above: float = 0.0) -> bool:
    """Whether a table or list of so many rows stands on one page: what says all of one thing does."""
    return rows <= (MOST_ROWS if isinstance(block, Pairs) else MOST_WHOLE) and _is_low(word, block, above)


def _height_of(word: WordDocument, block: Block) -> float:
    """Return about how many points high a heading or paragraph is, nought for what else may stand there."""
    if isinstance(block, Heading):
        return HEAD_POINTS
    letters = max(1.0, inner_width(word) / Pt(1) / POINTS_OF_A_LETTER)
    return LINE_POINTS * (1 + len(block.text) // letters) if isinstance(block, Para) else 0.0


def _is_low(word: WordDocument, block: Block, above: float) -> bool:
    """Whether a page that has no room for a table, and what is above it, is left less than a third empty."""
    section = word.sections[0]
    edges = (section.top_margin or 0) + (section.bottom_margin or 0)
    page = ((section.page_height or 0) - edges) / Pt(1)
    return not isinstance(block, Table) or above + height_of(word, block) <= page / 3


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


def _keep_end(part: Sequence[Any]) -> None:
    """Keep the last elements of a part together, and with them the gaps below tables among them."""
    told = [number for number, element in enumerate(part) if not _is_gap(element)]
    for element in part[told[-WITH_THE_END:][0] : told[-1]] if told else ():
        lines = list(element.iter(qn("w:tr"))) or [element]
        keep_with_next(paragraph for line in lines[-WITH_THE_END:] for paragraph in line.iter(qn("w:p")))


def close_up(word: WordDocument) -> None:
    """Take the height from the gap below a table that ends a paper: a full page would leave a blank one."""
    body = word.element.body
    if len(body) > 1 and _is_gap(body[-2]):
        Paragraph(body[-2], word).paragraph_format.line_spacing = Pt(1)


def _is_gap(element: Any) -> bool:
    return bool(element.tag == qn("w:p") and element.style == GAP)


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
