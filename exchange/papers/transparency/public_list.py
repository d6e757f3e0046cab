"""A list for the public as a workbook, as plain CSV and as pages, the same lines in each.

On pages each line stands under a heading of its own: a page has no room for a row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from exchange.papers.document.values import Block, Bullets, Document, Heading, Pairs, Para, Together
from exchange.papers.headed import named, office_book
from exchange.papers.paper_words import paper_sentence, short_day
from exchange.papers.prose import prose
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, Tick, row_cells, write_table_book
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from scoring.money import column_money
from scoring.written.days import full_day
from scoring.written.text import in_one_run

Joined = Mapping[str, tuple[Sequence[str], str]]
"""The columns that stand in one row under a name, and what stands between them."""
NOT_JOINED: Joined = {}
GONE = "Taken back since"


class PublicList(Struct, frozen=True):
    """A list: its name, what its order is, its columns, and the fact of each line.

    On pages `heads` are the columns that head a line, and what is `joined` under a name stands in one row,
    in the place of the first column of it. Of a wide sheet the first `printed_columns` alone are printed.
    """

    name: str
    order: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Any]
    heads: tuple[str, ...]
    joined: Joined = NOT_JOINED
    printed_columns: int = 0


def write_list_xlsx(
    value: PaperValue,
    status: PaperStatus,
    path: Path,
    tick: Tick,
    listed: PublicList,
    after: Sequence[TableSheet] = (),
) -> Path:
    """Write a list as a workbook, `after` it other sheets, and return the path it really has."""
    note = f"{named(value)}. {value.control}. {listed.order}."
    sheet = TableSheet(
        *(listed.name, value.title, note, listed.columns, listed.rows), printed_columns=listed.printed_columns
    )
    return write_table_book(office_book(value, status, (sheet, *after)), path, tick)


def list_document(
    value: PaperValue, status: PaperStatus, listed: PublicList, none: str, after: Sequence[Block] = ()
) -> Document:
    """Return a list as a paper; `none` says that there is no line, `after` are the blocks below all lines."""
    first = Heading(f"{listed.name}, {listed.order[:1].lower()}{listed.order[1:]}")
    blocks = (first, *_blocks(listed)) if listed.rows else (Para(none),)
    return prose(value, status, (*blocks, *after), (value.control,))


def _blocks(listed: PublicList) -> Iterator[Block]:
    lines = row_cells(listed.columns, listed.rows)
    by_column = zip(listed.columns, zip(*lines, strict=True), strict=True)
    shown = [column_money(_sums(column, cells)) for column, cells in by_column]
    for line in lines:
        told = {
            column.heading: _cell_text(cell, column, show)
            for column, cell, show in zip(listed.columns, line, shown, strict=True)
        }
        head = Heading(", ".join(filter(None, (told[name] for name in listed.heads))), 2)
        rows = {name: text for name, text in told.items() if text and name not in listed.heads}
        yield Together((head, Pairs(tuple(_in_rows(rows, listed.joined).items()))))


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


def _cell_text(cell: TableCell, column: TableColumn, show: Callable[[int], str]) -> str:
    if column.kind == "pounds" and isinstance(cell, int):
        return show(cell)
    if isinstance(cell, date):
        return short_day(cell)
    return "" if cell is None else in_one_run(str(cell))


def up_to(words: str, ends_on: date | None, status: PaperStatus) -> str:
    """Return words on a list, with the day to which it goes where its time is not over on the paper's day."""
    if ends_on is None or status.dated >= ends_on:
        return words
    end = "." if words.endswith(".") else ""
    return f"{words.removesuffix('.')}, up to {full_day(status.dated)}{end}"


def gone_blocks(gone: Sequence[str]) -> Iterator[Block]:
    """Yield what was awarded in the time of a list and taken back since: an earlier list may name it."""
    if gone:
        yield Heading(GONE)
        yield Bullets(tuple(paper_sentence(f"{words}.") for words in gone))


def gone_sheet(value: PaperValue, gone: Sequence[str]) -> Iterator[TableSheet]:
    """Yield it as a sheet of its own."""
    if gone:
        note = f"{named(value)}. An earlier list may name it; it is in no sum."
        columns = (TableColumn("What was decided", 110, "wrapped", paper_sentence),)
        yield TableSheet(GONE, GONE, note, columns, gone)
