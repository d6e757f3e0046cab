"""The blocks of a paper as Word's own paragraphs, lists and tables."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from zlib import crc32

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt

from exchange.papers.document.columns import GAP_BESIDE_TEXT, beside_text, fitted, with_pence_alike
from exchange.papers.document.docx_styles import GAP, add_line
from exchange.papers.document.grouping import kept_with_next
from exchange.papers.document.values import (
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
    Room,
    Signature,
    Table,
    Together,
)
from exchange.written_text import clean

STYLES = {Look.BODY: "Normal", Look.LEAD: "Lead", Look.SMALL: "Small", Look.STRONG: "Strong Line"}
NUMBER_INDENT = Cm(1.1)
RULE = "C9D1DE"
CELL_POINTS, WIDE_LETTER, BESIDE_POINTS = 9.5, 0.58, 7
"""The type of a cell, a letter's width by it, and the room beside the words."""
SIGNING_ROOM = Cm(0.95)
"""How high a row is in which somebody signs by hand."""
FIGURE_GAP = Pt(GAP_BESIDE_TEXT)
LOGO_WIDTH, LOGO_HEIGHT = Cm(4.6), Cm(1.6)
PICTURE_WIDTH, PICTURE_HEIGHT = Cm(17), Cm(11)


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
            _pairs(word, block)
        case Table():
            _table(word, block)
        case Chart():
            _chart(word, block)
        case Signature():
            signed = Pairs(((block.post, block.name), ("Signature", ""), ("Date", block.date)))
            _pairs(word, signed, SIGNING_ROOM)
        case Room():
            for _ in range(block.lines):
                put(word.add_paragraph(), "_" * 70)
        case NewPage():
            _new_page(word.add_paragraph())
        case Contents():
            for text in block.headings:
                _linked(add_line(word, "Cell"), text)
        case Picture():
            _picture(word.add_paragraph(), block, PICTURE_WIDTH, PICTURE_HEIGHT)
        case Together():
            _together(word, block)


def link_contents(word: WordDocument, contents: Contents) -> None:
    """Mark the headings that a list of contents leads to; of two alike the first."""
    waits = {plain(text) for text in contents.headings}
    for paragraph in word.paragraphs:
        if paragraph.text in waits and str(paragraph._p.style).startswith("Heading"):
            waits.remove(paragraph.text)
            _bookmark(paragraph, _anchor(paragraph.text))


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


def put(paragraph: Any, text: str) -> None:
    """Put plain text into a paragraph: never markup, never a field, nothing that breaks the file."""
    paragraph.add_run(plain(text))


def plain(text: str) -> str:
    """Return text without what a Word document cannot hold."""
    return clean(text).replace("\t", " ")


def _new_page(paragraph: Any) -> None:
    """Begin a page with a paragraph of no height: a break after a full page would leave a blank one."""
    shape = paragraph.paragraph_format
    shape.page_break_before, shape.keep_with_next = True, True
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(1)


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
    for inner in block.blocks:
        add_block(word, inner)
    added = [element for element in body[before - 1 : -1] if not _is_gap(element)]
    for element in added[: None if block.lines_after else -1]:
        _keep(element.iter(qn("w:p")))
    for row in list(added[-1].iter(qn("w:tr")))[:-1]:
        _keep(row.iter(qn("w:p")))


def _is_gap(element: Any) -> bool:
    return bool(element.tag == qn("w:p") and element.style == GAP)


def _keep(paragraphs: Iterable[Any]) -> None:
    """Keep paragraphs with what follows them."""
    for paragraph in paragraphs:
        paragraph.get_or_add_pPr().get_or_add_keepNext()


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


def _bullets(word: WordDocument, block: Bullets) -> None:
    """Add points, of which neither the first nor the last stands on a page without its neighbour."""
    lines = [add_line(word, "List Bullet") for _ in block.items]
    for line, item in zip(lines, block.items, strict=True):
        put(line, item)
    for line in (*lines[:-1][:1], *lines[:-1][-1:]):
        line.paragraph_format.keep_with_next = True


def _pairs(word: WordDocument, block: Pairs, height: Length | None = None) -> None:
    if not block.rows:
        return
    table = word.add_table(rows=0, cols=2)
    table.autofit = False
    widths = _widths(word, (3, 7))
    for name, value in block.rows:
        row = table.add_row()
        _mark(row, "w:cantSplit")
        row.height = height
        cells = row.cells
        cells[0].width, cells[1].width = widths
        _fill(cells[0], name, "ColumnHead")
        _fill(cells[1], value, "Cell")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _ruled(table)
    add_line(word, GAP)


def _table(word: WordDocument, block: Table) -> None:
    """Add a table whose first row is marked as its heading, which Word repeats and screen readers read."""
    block = with_pence_alike(block)
    if block.caption:
        put(add_line(word, "Table Caption"), block.caption)
    table = word.add_table(rows=1, cols=len(block.columns))
    table.autofit = False
    widths = _widths(word, fitted(block, _inner(word) / Pt(1), BESIDE_POINTS, _in_bold))
    heads, looks, kept = table.rows[0], _looks(block), kept_with_next(block)
    for cell, column, look, width in zip(heads.cells, block.columns, looks, widths, strict=True):
        _fill(cell, column.heading, "ColumnHead", look)
        cell.width = width
    _mark(heads, "w:tblHeader")
    _keep(heads._tr.iter(qn("w:p")))
    for number, texts in enumerate(block.rows):
        row = table.add_row()
        _mark(row, "w:cantSplit")
        style = "Sum" if number in block.sums else "Cell"
        for cell, look, text, width in zip(row.cells, looks, texts, widths, strict=True):
            _fill(cell, text, style, look)
            cell.width = width
        if number in kept:
            _keep(row._tr.iter(qn("w:p")))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _ruled(table)
    _describe(table, block.caption)
    add_line(word, GAP)


def _widths(word: WordDocument, shares: Sequence[float]) -> list[Length]:
    """Return the page's inner width in these shares."""
    inner = _inner(word)
    return [Length(int(inner * share / sum(shares))) for share in shares]


def _inner(word: WordDocument) -> int:
    section = word.sections[0]
    wide, left, right = section.page_width, section.left_margin, section.right_margin
    return (wide or Cm(21)) - (left or Cm(2)) - (right or Cm(2))


def _in_bold(text: str) -> float:
    """Return about how many points a word takes in a cell, whatever face Word shows it in."""
    return len(text) * CELL_POINTS * WIDE_LETTER


def _chart(word: WordDocument, block: Chart) -> None:
    """Add a chart as the table of its figures: what it shows is said, not drawn."""
    put(add_line(word, "Small"), block.sentence)
    columns = (Column("What", 1), Column("Figure", 1))
    _table(word, Table(block.caption, columns, tuple((bar.name, bar.words) for bar in block.bars)))


_CellLook = tuple[WD_ALIGN_PARAGRAPH | None, Length | None]
"""How the words of a column lie, and the room right of them."""


def _looks(block: Table) -> tuple[_CellLook, ...]:
    apart = beside_text(block.columns)
    return tuple(
        (WD_ALIGN_PARAGRAPH.RIGHT if column.is_figure else None, FIGURE_GAP if number in apart else None)
        for number, column in enumerate(block.columns)
    )


def _fill(cell: Any, text: str, style: str, look: _CellLook = (None, None)) -> None:
    lines = [line for line in clean(text).split("\n") if line.strip()] or [""]
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        paragraph._p.style = style
        put(paragraph, line)
        for name, value in zip(("alignment", "right_indent"), look, strict=True):
            if value is not None:
                setattr(paragraph.paragraph_format, name, value)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _describe(table: Any, caption: str) -> None:
    """Give a table the name that a screen reader says."""
    if caption:
        title = OxmlElement("w:tblCaption")
        title.set(qn("w:val"), plain(caption)[:250])
        table._tbl.tblPr.append(title)


def _ruled(table: Any) -> None:
    """Draw thin rules under the rows and none beside, with room above and below the words."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    table._tbl.tblPr.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 45), ("left", 60), ("bottom", 45), ("right", 60)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
