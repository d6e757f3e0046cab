"""A list for the public as pages, each line under a heading of its own: a page has no room for a row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from exchange.papers.document.values import Block, Document, Heading, Pairs, Para, Together
from exchange.papers.paper_words import short_day
from exchange.papers.prose import prose
from exchange.papers.transparency.public_list import Columns, Lines, Sheet
from exchange.xlsx.table_book import TableCell, TableColumn
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from scoring.money import column_money
from scoring.written.text import in_one_run

Joined = Mapping[str, tuple[Sequence[str], str]]
"""The columns that stand in one row under a name, and what stands between them."""
NOT_JOINED: Joined = {}


def list_document(
    value: PaperValue,
    status: PaperStatus,
    sheet: Sheet,
    heads: Sequence[str],
    none: str,
    after: Sequence[Block] = (),
    joined: Joined = NOT_JOINED,
) -> Document:
    """Return a list as a paper; `heads` are the columns that head a line, `none` says that there is none.

    `after` are the blocks below all lines. What is `joined` under a name stands in one row, in the place of
    the first column of it.
    """
    name, order, columns, lines = sheet
    first = Heading(f"{name}, {order[:1].lower()}{order[1:]}")
    blocks = (first, *_blocks(columns, lines, heads, joined)) if lines else (Para(none),)
    return prose(value, status, (*blocks, *after), (value.control,))


def _blocks(columns: Columns, lines: Lines, heads: Sequence[str], joined: Joined) -> Iterator[Block]:
    by_column = zip(columns, zip(*lines, strict=True), strict=True)
    shown = [column_money(_sums(column, cells)) for column, cells in by_column]
    for line in lines:
        told = {
            column.heading: _cell_text(cell, column, money)
            for column, cell, money in zip(columns, line, shown, strict=True)
        }
        head = Heading(", ".join(filter(None, (told[name] for name in heads))), 2)
        rows = {name: text for name, text in told.items() if text and name not in heads}
        yield Together((head, Pairs(tuple(_in_rows(rows, joined).items()))))


def _in_rows(rows: Mapping[str, str], joined: Joined) -> dict[str, str]:
    """Return the rows of a line, with those that are joined in one."""
    under = {of: name for name, (columns, _) in joined.items() for of in columns}
    found: dict[str, list[str]] = {}
    for name, text in rows.items():
        found.setdefault(under.get(name, name), []).append(text)
    between = {name: sign for name, (_, sign) in joined.items()}
    return {name: between.get(name, "").join(texts) for name, texts in found.items()}


def _sums(column: TableColumn, cells: Sequence[TableCell]) -> list[int]:
    """Return the sums in a column, which are all told with pence where one has some."""
    return [cell for cell in cells if column.kind == "pounds" and isinstance(cell, int)]


def _cell_text(cell: TableCell, column: TableColumn, money: Callable[[int], str]) -> str:
    if column.kind == "pounds" and isinstance(cell, int):
        return money(cell)
    if isinstance(cell, date):
        return short_day(cell)
    return "" if cell is None else in_one_run(str(cell))
