"""Any paper as a Word document: its blocks in their order, its foot, and its list of contents."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Pt
from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.papers.document.docx_fields import add_question
from exchange.papers.document.docx_tables import (
    FIRST_ROWS,
    WITH_THE_END,
    add_pairs,
    add_signature,
    add_table,
    close_up,
    is_gap,
    is_whole,
    keep_ends,
    keep_last_rows,
)
from exchange.papers.document.docx_text import (
    MARKING,
    RUNNING,
    add_field,
    add_line,
    element,
    keep_with_next,
    name_document,
    new_document,
    plain,
    put,
    save_word,
    section_of,
)
from exchange.papers.document.layout import is_sum_below, kept_together
from exchange.papers.document.values import (
    BlankLines,
    Block,
    Bullets,
    Chart,
    Column,
    Contents,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Picture,
    Question,
    Signature,
    Table,
    Together,
)
from exchange.pdf.type_width import reached_lines
from exchange.written_text import lines_of
from scoring.written.text import one_line

A4_WIDTH, A4_HEIGHT, SIDE, ABOVE, BELOW = Cm(21), Cm(29.7), Cm(2), Cm(2.2), Cm(2.4)
UNDER_THE_FOOT = Cm(0.9)


def write_document_docx(document: Document, path: Path, tick: Tick = None) -> Path:
    """Write a paper and return the path it really has (another when the file is open elsewhere)."""
    word = new_document()
    properties = name_document(word, document.title, document.made_at)
    properties.subject, properties.language = plain(document.subtitle)[:255], "en-GB"
    properties.revision, properties.comments = 1, ""
    _page(word, document)
    _first_head(word, document)
    _blocks(word, document, tick)
    for block in document.blocks:
        if isinstance(block, Contents):
            from exchange.papers.document.pdf import heading_pages  # others need no second layout

            link_contents(word, block, heading_pages(document))
    keep_ends(word)
    _name_data(word, document)
    close_up(word)
    return save_word(word, path)


def _blocks(word: WordDocument, document: Document, tick: Tick) -> None:
    above: Block | None = None
    blocks = tuple(kept_together(document.blocks, flowing=False))
    for done, block in enumerate(blocks, 1):
        if is_sum_below(block, above):
            keep_last_rows(word)
        add_block(word, block)
        above = block
        if tick is not None:
            tick(done, len(blocks))


def _name_data(word: WordDocument, document: Document) -> None:
    """Say once, at the end, when a paper was made and what names its data; no page has that alone."""
    above = word.element.body[-2]
    if not any(document.below):
        return
    if is_gap(above):
        keep_last_rows(word)
    else:
        keep_with_next(above)
    for words in filter(None, document.below):
        put(add_line(word, RUNNING), words)


def _page(word: WordDocument, document: Document) -> None:
    section = section_of(word)
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
    put(foot, " · ".join(part.rstrip(".") for part in (document.title, document.status) if part))
    add_page_numbers(section.footer.add_paragraph(style=RUNNING))


def add_page_numbers(paragraph: Any) -> None:
    """Put "Page 1 of 3" into a paragraph, which Word works out."""
    paragraph.add_run("Page ")
    add_field(paragraph.add_run(), "PAGE", "1")
    paragraph.add_run(" of ")
    add_field(paragraph.add_run(), "NUMPAGES", "1")


def _first_head(word: WordDocument, document: Document) -> None:
    if document.logo:
        add_logo(add_line(word), document.logo, document.above)
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
                _line_to_write_on(add_line(word))
        case NewPage():
            _new_page(add_line(word))
        case Contents():
            for text in block.headings:
                put_link(add_line(word, "Cell"), text)
        case Picture():
            _picture(add_line(word), block, PICTURE_WIDTH, PICTURE_HEIGHT)
        case Question():
            add_question(word, block)
        case Together():
            _together(word, block)


def add_logo(paragraph: Any, png: bytes, office: str) -> None:
    """Put the office's logo into a paragraph, at the right, with words for who cannot see it."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _picture(paragraph, Picture(png, f"Logo of {plain(office) or 'the office'}"), LOGO_WIDTH, LOGO_HEIGHT)


def _picture(paragraph: Any, shown: Picture, width: Length, height: Length) -> None:
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
    last = max(number for number, each in enumerate(added) if not is_gap(each))
    keep_with_next(*(added if block.lines_after else added[:last]))
    rows = list(added[last].iter(qn("w:tr")))
    stays = is_whole(block.blocks[-1], len(rows))
    keep_with_next(*(rows[:-1] if stays else (*rows[:FIRST_ROWS], *rows[-WITH_THE_END:-1])))


def _paragraphs(word: WordDocument, block: Para) -> None:
    for number, line in enumerate(lines_of(block.text)):
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


ROOM_OF_A_NUMBER = Cm(1.2)
LONGEST_TITLE = 200
"""So much of a heading stands in the outline of a PDF."""


def put_link(paragraph: Any, text: str) -> None:
    """Put text into a paragraph as a link to the heading of that text."""
    link = element("hyperlink", {"anchor": _anchor(plain(text))})
    put(paragraph, text)
    link.append(paragraph._p.find(qn("w:r")))
    paragraph._p.append(link)


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
                _numbered(paragraph, link, anchor, numbers[anchor], section_of(word))


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


def _bookmark(paragraph: Any, name: str) -> None:
    own = {"id": str(int(name[1:], 16))}
    paragraph._p.find(qn("w:r")).addprevious(element("bookmarkStart", own | {"name": name}))
    paragraph._p.append(element("bookmarkEnd", own))


def _anchor(text: str) -> str:
    """Return the name of the bookmark at a heading, which may have few characters."""
    return f"h{crc32(text.encode('utf-8', 'surrogatepass')) >> 1:08x}"
