"""A list for the public as pages, each line under a heading of its own: a page has no room for a row."""

from collections.abc import Iterator, Sequence
from datetime import date

from exchange.papers.document.values import Block, Document, Heading, Pairs, Para, Together
from exchange.papers.paper_words import pounds, short_day
from exchange.papers.prose import prose
from exchange.papers.transparency.public_list import Columns, Lines, Sheet
from exchange.xlsx.table_book import TableCell, TableColumn
from models.papers.order import PaperValue
from models.papers.status import PaperStatus

SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "”")


def list_document(
    value: PaperValue,
    status: PaperStatus,
    sheet: Sheet,
    heads: Sequence[str],
    none: str,
    after: Sequence[Block] = (),
) -> Document:
    """Return a list as a paper; `heads` are the columns that head a line, `none` says that there is none.

    `after` are the blocks below all lines.
    """
    name, order, columns, lines = sheet
    first = Heading(f"{name}, {order[:1].lower()}{order[1:]}")
    blocks = (first, *_blocks(columns, lines, heads)) if lines else (Para(none),)
    return prose(value, status, (*blocks, *after), (value.control,))


def _blocks(columns: Columns, lines: Lines, heads: Sequence[str]) -> Iterator[Block]:
    for line in lines:
        told = {column.heading: _cell_text(cell, column) for column, cell in zip(columns, line, strict=True)}
        head = Heading(", ".join(filter(None, (told[name] for name in heads))), 2)
        rows = tuple((name, text) for name, text in told.items() if text and name not in heads)
        yield Together((head, Pairs(rows)))


def _cell_text(cell: TableCell, column: TableColumn) -> str:
    if column.kind == "pounds" and isinstance(cell, int):
        return pounds(cell)
    if isinstance(cell, date):
        return short_day(cell)
    return "" if cell is None else _in_one_line(str(cell))


def _in_one_line(text: str) -> str:
    """Return the lines of a text one after the other: sentences stay such, other lines are parted."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    parted = (line if line.endswith(SENTENCE_ENDS) else f"{line};" for line in lines[:-1])
    return " ".join([*parted, *lines[-1:]])
