"""Any paper as a Word document: its blocks in their order, its head and its foot."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Cm, Emu, Length, Pt, Twips
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.papers.document.docx_text import (
    GAP,
    MARKING,
    RUNNING,
    add_field,
    add_line,
    add_question,
    element,
    keep_with_next,
    name_document,
    new_document,
    plain,
    put,
    save_word,
    section_of,
)
from exchange.papers.document.values import (
    MOST_ROWS,
    SIGNING_SHARES,
    BlankLines,
    Block,
    Bullets,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Question,
    Signature,
    Table,
    Together,
    fitted,
    gaps_beside_text,
    in_parts,
    is_sum_below,
    kept_together,
    kept_with_next,
)
from exchange.pdf.type_width import reached_lines
from exchange.written_text import lines_of

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
ABOVE_BY_HAND = 4.0
"""Points above words that stand with lines to write on, the only gap: the lines have the room of a hand."""


def add_block(word: WordDocument, block: Block) -> None:
    match block:
        case Heading():
            put(add_line(word, f"Heading {min(max(block.level, 1), 3)}"), block.text)
        case Para():
            _paragraphs(word, block)
        case Bullets():
            for item in block.items:
                put(add_line(word, "List Bullet"), item)
        case Pairs():
            add_pairs(word, block)
        case Table():
            add_table(word, block)
        case Signature():
            add_signature(word, block)
        case BlankLines():
            for _ in range(block.lines):
                _line_to_write_on(add_line(word))
        case NewPage():
            _new_page(add_line(word))
        case Question():
            add_question(word, block)
        case Together():
            _together(word, block)


def add_logo(paragraph: Any, png: bytes, office: str) -> None:
    """Put the office's logo into a paragraph, at the right, with words for who cannot see it."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    picture = paragraph.add_run().add_picture(BytesIO(png))
    scale = min(LOGO_WIDTH / picture.width, LOGO_HEIGHT / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    for properties in paragraph._p.iter(qn("wp:docPr")):
        properties.set("descr", f"Logo of {plain(office) or 'the office'}")


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


RULE = "C9D1DE"
SIGNING_ROOM = Twips(794)
"""How high a row is in which somebody signs by hand: 1.4 cm."""
CELL_POINTS, WIDE_LETTER, WIDE_CAPITAL, BESIDE_POINTS = 9.5, 0.58, 0.78, 7
"""The type of a cell, by it how wide a letter and a capital are, and the room beside the words."""
ROOMY_TWIPS, CLOSE_TWIPS = 45, 12
"""The room above and below the words of a cell."""


def add_pairs(word: WordDocument, block: Pairs) -> None:
    """Add names and their values, of which there are some, as a table of two columns."""
    table = _new_table(word, 0, 2)
    widths = _lengths(word, (3, 7))
    for name, value in block.rows:
        row = table.add_row()
        cells = row.cells
        cells[0].width, cells[1].width = widths
        _fill(cells[0], name, "ColumnHead")
        _fill(cells[1], value, "Cell")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _ruled(table)
    add_line(word, GAP)


def add_signature(word: WordDocument, block: Signature) -> None:
    """Add a line to sign and date on, of the same parts as in a PDF, with room for a hand.

    Lines one below the other are rows of one table: LibreOffice parts tables that are to stay together.
    """
    above = _signed_above(word)
    table = above or _new_table(word, 0, 3)
    row = table.add_row()
    row.height = SIGNING_ROOM
    widths = _lengths(word, SIGNING_SHARES)
    for cell, column, text, width in zip(row.cells, table.columns, block.words, widths, strict=True):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
        _fill(cell, text, "Cell")
        cell.width = column.width = width
    if above is None:
        _ruled(table)
        add_line(word, GAP)


def _signed_above(word: WordDocument) -> WordTable | None:
    last = word.element.body[-3:][0]
    table = WordTable(last, word) if last.tag == qn("w:tbl") else None
    return table if table is not None and table.rows[-1].height == SIGNING_ROOM else None


def _new_table(word: WordDocument, rows: int, columns: int) -> Any:
    """Add a table at the end of a document, as `add_line` adds a paragraph."""
    table = WordTable(CT_Tbl.new_tbl(rows, columns, Emu(inner_width(word))), word)
    word.element.body[-1].addprevious(table._tbl)
    table.autofit = False
    return table


def add_table(word: WordDocument, block: Table) -> None:
    for part, widths in _fitted(word, block):
        _add_one(word, part, _lengths(word, widths))


def _fitted(word: WordDocument, block: Table) -> Iterator[tuple[Table, Sequence[float]]]:
    """Yield the tables that one is on a page of this width, each with its columns' widths in points."""
    width = inner_width(word) / Pt(1)
    for part in in_parts(block, width, BESIDE_POINTS, _in_bold):
        yield part, fitted(part, width, BESIDE_POINTS, _in_bold)


def _add_one(word: WordDocument, block: Table, widths: Sequence[Length]) -> None:
    """Add a table whose first row is marked as its heading, which Word repeats and screen readers read."""
    if block.caption:
        put(add_line(word, "Table Caption"), block.caption)
    table = _new_table(word, 1, len(block.columns))
    heads, kept = table.rows[0], kept_with_next(block)
    looks = [
        (WD_ALIGN_PARAGRAPH.RIGHT if column.is_figure else None, Pt(gap) if gap else None)
        for column, gap in zip(block.columns, gaps_beside_text(block.columns), strict=True)
    ]
    for cell, column, look, width in zip(heads.cells, block.columns, looks, widths, strict=True):
        _fill(cell, column.heading, "ColumnHead", look)
        cell.width = width
    heads._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, texts in enumerate(block.rows):
        row = table.add_row()
        style = "Sum" if number in block.sums else "Cell"
        for cell, look, text, width in zip(row.cells, looks, texts, widths, strict=True):
            _fill(cell, text, style, look)
            cell.width = width
        if number in kept:
            keep_with_next(row._tr)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _ruled(table, CLOSE_TWIPS if block.is_close else ROOMY_TWIPS)
    if block.caption:  # a screen reader says it
        table._tbl.tblPr.append(element("tblCaption", {"val": plain(block.caption)[:250]}))
    add_line(word, GAP)


def _lengths(word: WordDocument, shares: Sequence[float]) -> list[Length]:
    inner = inner_width(word)
    return [Length(int(inner * share / sum(shares))) for share in shares]


def inner_width(word: WordDocument) -> int:
    """Return the width between the margins of a page."""
    section = section_of(word)
    wide, left, right = section.page_width, section.left_margin, section.right_margin
    return (wide or Cm(21)) - (left or Cm(2)) - (right or Cm(2))


def _in_bold(text: str) -> float:
    """Return about how many points a word takes in a cell, whatever face Word shows it in."""
    capitals = sum(letter.isupper() for letter in text)
    return CELL_POINTS * (capitals * WIDE_CAPITAL + (len(text) - capitals) * WIDE_LETTER)


_CellLook = tuple[WD_ALIGN_PARAGRAPH | None, Length | None]
"""How the words of a column lie, and the room right of them."""


def _fill(cell: Any, text: str, style: str, look: _CellLook = (None, None)) -> None:
    for number, line in enumerate(lines_of(text)):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        paragraph._p.style = style
        put(paragraph, line)
        for name, value in zip(("alignment", "right_indent"), look, strict=True):
            if value is not None:
                setattr(paragraph.paragraph_format, name, value)


def _ruled(table: Any, room: int = ROOMY_TWIPS) -> None:
    """Draw thin rules under the rows and none beside, with room in twips above and below the words."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(side, {"val": "single", "sz": "4", "space": "0", "color": RULE}))
    table._tbl.tblPr.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", room), ("left", 60), ("bottom", room), ("right", 60)):
        margins.append(element(side, {"w": str(twips), "type": "dxa"}))
    table._tbl.tblPr.append(margins)


WITH_THE_END = 3
"""So many lines or rows, the last among them, stand on the last page at least."""
MOST_WHOLE, FIRST_ROWS = 10, 2
"""A table of more rows begins below what it stands with, its first rows together, and goes over pages."""


def is_whole(block: Block, rows: int) -> bool:
    """Whether a table or list of so many rows stands on one page: what says all of one thing does."""
    return rows <= (MOST_ROWS if isinstance(block, Pairs) else MOST_WHOLE)


def keep_ends(word: WordDocument) -> None:
    """Keep what ends a paper, or stands before a new page, with the lines or rows above it.

    A page with a line or two alone looks left behind.
    """
    part: list[Any] = []
    body = word.element.body
    for each in islice(body.iterchildren(), len(body) - 1):
        if each.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
            _keep_end(part)
            part = []
        else:
            part.append(each)
    _keep_end(part)


def keep_last_rows(word: WordDocument) -> None:
    """Keep the last rows of the table that ends a document so far with the sentence that sums it below."""
    table, gap = word.element.body[-3:-1]
    keep_with_next(*list(table.iter(qn("w:tr")))[-WITH_THE_END:], gap)


def close_up(word: WordDocument) -> None:
    """Take the height from the gap below a table that ends a paper: a full page would leave a blank one."""
    body = word.element.body
    if len(body) > 1 and is_gap(body[-2]):
        Paragraph(body[-2], word).paragraph_format.line_spacing = Pt(1)


def is_gap(one: Any) -> bool:
    return bool(one.tag == qn("w:p") and one.style == GAP)


def _is_heading(one: Any) -> bool:
    return bool(one.tag == qn("w:p") and (one.style or "").startswith("Heading"))


def _keep_end(part: Sequence[Any]) -> None:
    """Keep the last elements of a part together, and with them the gaps below tables among them.

    A table under a heading is enough by itself: LibreOffice leaves the heading of a longer chain behind.
    """
    told = [number for number, each in enumerate(part) if not is_gap(each)]
    ends = told[-WITH_THE_END:]
    alone = [
        n for n in ends[:-1] if _is_heading(part[n]) and len([*part[n + 1].iter(qn("w:tr"))]) >= WITH_THE_END
    ]
    for each in part[(alone or ends)[0] : told[-1]] if told else ():
        lines = list(each.iter(qn("w:tr"))) or [each]
        keep_with_next(*lines[-WITH_THE_END:])
