"""Tables of a Word document, and what of it stays together on a page.

How high something is can only be guessed: which face shows it, and where its lines break, is known where the
document is opened.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Cm, Emu, Length, Pt, Twips
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from exchange.papers.document.docx_text import GAP, add_line, element, keep_with_next, plain, put, section_of
from exchange.papers.document.layout import (
    MOST_ROWS,
    fitted,
    gaps_beside_text,
    in_parts,
    kept_with_next,
)
from exchange.papers.document.values import SIGNING_SHARES, Block, Pairs, Signature, Table
from exchange.written_text import lines_of

RULE = "C9D1DE"
SIGNING_ROOM = Twips(794)
"""How high a row is in which somebody signs by hand: 1.4 cm."""
CELL_POINTS, WIDE_LETTER, WIDE_CAPITAL, BESIDE_POINTS = 9.5, 0.58, 0.78, 7
"""The type of a cell, by it how wide a letter and a capital are, and the room beside the words."""
ROOMY_TWIPS, CLOSE_TWIPS = 45, 12
"""The room above and below the words of a cell."""


def add_pairs(word: WordDocument, block: Pairs) -> None:
    """Add names and their values as a table of two columns."""
    if not block.rows:
        return
    table = _new_table(word, 0, 2)
    widths = _lengths(word, (3, 7))
    for name, value in block.rows:
        row = table.add_row()
        _mark(row, "w:cantSplit")
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
    _mark(row, "w:cantSplit")
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
    _mark(heads, "w:tblHeader")
    keep_with_next(heads._tr)
    for number, texts in enumerate(block.rows):
        row = table.add_row()
        _mark(row, "w:cantSplit")
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


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


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


def _keep_end(part: Sequence[Any]) -> None:
    """Keep the last elements of a part together, and with them the gaps below tables among them."""
    told = [number for number, each in enumerate(part) if not is_gap(each)]
    for each in part[told[-WITH_THE_END:][0] : told[-1]] if told else ():
        lines = list(each.iter(qn("w:tr"))) or [each]
        keep_with_next(*lines[-WITH_THE_END:])
