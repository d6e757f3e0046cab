"""The tables of a paper: headings on each page, figures to the right, sums set off."""

from collections.abc import Iterator, Sequence
from itertools import count, takewhile
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Spacer, TableStyle

from exchange.papers.document.layout import (
    fitted,
    gaps_beside_text,
    in_parts,
    kept_with_next,
)
from exchange.papers.document.values import Table
from exchange.pdf.fonts import BOLD, REGULAR, is_plain, printable
from exchange.pdf.pdf_pages import INK, MUTED, RULE, TINT
from exchange.pdf.pdf_tables import (
    EVERYWHERE,
    FIRST_COLUMN,
    FIRST_ROW,
    LAST_COLUMN,
    ROWS_IN_A_BLOCK,
    WholeRows,
    begun_height,
    style,
)
from exchange.pdf.pdf_text import TableTags, para
from exchange.written_text import lines_of, one_line

CELL_SIZE = 8.4
LEAST_ROOM, BELOW_CAPTION = 70, 4
"""In points: with less room a table begins on the next page; what stands between it and its caption."""
SIDE = 4
"""Room left and right of the words in a cell."""
WIDEST_OF_FIGURES, WIDEST = 0.65, 1.0
"""Room for each character of a figure, and of any text, by the size of the type."""
FIGURES = frozenset("0123456789£,.−-–% ")
"""What a figure is made of."""
CELL, CELL_RIGHT = style("paper cell", size=CELL_SIZE), style("paper figure", size=CELL_SIZE, alignment=2)
SUM = style("paper sum", BOLD, CELL_SIZE)
SUM_RIGHT = style("paper sum figure", BOLD, CELL_SIZE, alignment=2)
HEAD = style("paper column", BOLD, 7.8, textColor=MUTED)
HEAD_RIGHT = style("paper column of figures", BOLD, 7.8, textColor=MUTED, alignment=2)
CAPTION = style("paper caption", BOLD, 9.2)

_LOOK: tuple[tuple[Any, ...], ...] = (
    ("FONT", *EVERYWHERE, REGULAR, CELL_SIZE, CELL.leading),
    ("TEXTCOLOR", *EVERYWHERE, INK),
    ("VALIGN", *EVERYWHERE, "TOP"),
    ("VALIGN", *FIRST_ROW, "BOTTOM"),
    ("LEFTPADDING", *EVERYWHERE, SIDE),
    ("RIGHTPADDING", *EVERYWHERE, SIDE),
    ("LEFTPADDING", *FIRST_COLUMN, 0),
    ("RIGHTPADDING", *LAST_COLUMN, 0),
    ("TOPPADDING", *EVERYWHERE, 3.5),
    ("BOTTOMPADDING", *EVERYWHERE, 4.5),
    ("LINEBELOW", *FIRST_ROW, 0.9, INK),
    ("LINEBELOW", (0, 1), (-1, -1), 0.35, RULE),
)
_CLOSE = (("TOPPADDING", *EVERYWHERE, 2), ("BOTTOMPADDING", *EVERYWHERE, 3))
"""The padding of rows that are close to one another."""


def tables(block: Table, width: float) -> Iterator[Any]:
    """Yield a table under its caption; one of more figures than fit side by side is several."""
    for part in in_parts(block, width, 2 * SIDE, in_bold):
        parts = list(_parts(part, width))
        if part.caption:
            caption = para(part.caption, CAPTION)
            above = float(caption.wrap(width, LEAST_ROOM)[1]) + BELOW_CAPTION
            kept = kept_with_next(part)
            first = next(number for number in count() if number not in kept) + 1
            yield CondPageBreak(max(LEAST_ROOM, above + begun_height(parts[0], width, first)))
            yield caption
            yield Spacer(0, BELOW_CAPTION)
        yield from parts
        yield Spacer(0, 10)


def _parts(block: Table, width: float) -> Iterator[WholeRows]:
    widths = fitted(block, width, 2 * SIDE, in_bold)
    heads = [para(c.heading, HEAD_RIGHT if c.is_figure else HEAD) for c in block.columns]
    gaps = gaps_beside_text(block.columns)
    rooms = [max(wide - 2 * SIDE - gap, 0) for wide, gap in zip(widths, gaps, strict=True)]
    rows = [_row(block, number, rooms) for number in range(len(block.rows))]
    shared = [
        *_LOOK,
        *(("ALIGN", (n, 0), (n, -1), "RIGHT") for n, column in enumerate(block.columns) if column.is_figure),
        *(("RIGHTPADDING", (n, 0), (n, -1), SIDE + gap) for n, gap in enumerate(gaps) if gap),
        *(_CLOSE if block.is_close else ()),
    ]
    tags, kept = TableTags(), kept_with_next(block)
    for start in range(0, max(len(rows), 1), ROWS_IN_A_BLOCK):
        part = rows[start : start + ROWS_IN_A_BLOCK]
        sums, nexts = (
            [number - start for number in sorted(found) if start <= number < start + len(part)]
            for found in (block.sums, kept)
        )
        more = [*shared, *_set_off(block, sums, start)]
        more += [("NOSPLIT", (0, n + 1), (-1, n + 2)) for n in nexts if n + 1 < len(part)]
        look = TableStyle(more)
        yield WholeRows([heads, *part], colWidths=widths, repeatRows=1, style=look, renderCB=tags)


def in_bold(word: str) -> float:
    """Return how wide a word is in a cell at its widest, with a hair to spare."""
    return float(stringWidth(printable(word), BOLD, CELL_SIZE)) + 0.5


def _set_off(block: Table, sums: Sequence[int], start: int) -> Iterator[tuple[Any, ...]]:
    """Yield how sums look: the name of each reaches over the cells to its right in which nothing stands."""
    for number in sums:
        blank = list(takewhile(lambda cell: not cell, block.rows[start + number][1:-1]))
        if blank:
            yield "SPAN", (0, number + 1), (len(blank), number + 1)
        yield "LINEABOVE", (0, number + 1), (-1, number + 1), 0.8, INK
        yield "BACKGROUND", (0, number + 1), (-1, number + 1), TINT


def _row(block: Table, number: int, rooms: Sequence[float]) -> list[Any]:
    is_sum = number in block.sums
    cells = zip(block.rows[number], block.columns, rooms, strict=True)
    return [_cell(text, room, is_sum=is_sum, is_figure=column.is_figure) for text, column, room in cells]


def _cell(text: str, room: float, *, is_sum: bool, is_figure: bool) -> Any:
    """Return a cell; what surely fits on one line stays as it is: paragraphs take most of the time."""
    widest = CELL_SIZE * (WIDEST_OF_FIGURES if is_figure and FIGURES.issuperset(text) else WIDEST)
    if not is_sum and len(text) * widest <= room and one_line(text) == text and is_plain(text):
        return text
    look = (SUM_RIGHT if is_figure else SUM) if is_sum else (CELL_RIGHT if is_figure else CELL)
    lines = [para(line, look) for line in lines_of(text)]
    return lines[0] if len(lines) == 1 else lines
