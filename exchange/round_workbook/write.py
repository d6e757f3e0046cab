"""Writing a round as a workbook that people fill in and `read_round` reads back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from exchange.atomic import write_beside
from exchange.reading.sheet_scan import MAX_ROWS
from exchange.reading.sheets import read_book
from exchange.round_workbook import layout
from exchange.round_workbook.cells_out import PROSE, WORDS, CellMaker
from exchange.round_workbook.content import SheetContent, content_of, long_texts
from exchange.round_workbook.marks import is_begun
from exchange.round_workbook.sheet_look import WITH_MONEY, is_prose, lay_out, width
from exchange.written_text import one_line
from exchange.xlsx.xlsx_book import Book
from exchange.xlsx.xlsx_cells import HEADING, Rows, height_of
from models.values.rows import RoundRows, SheetRow
from scoring.refused import Refused
from scoring.written.names import round_names

Tick = Callable[[int, int], None]

ONE_LINE = 20
"""Rows up to this height, in points, are left to grow as people type."""


def write_round(
    rows: RoundRows,
    path: Path,
    *,
    marks_ready: bool = True,
    area_word: str = "",
    tick: Tick | None = None,
) -> Path:
    """Write a round as a workbook, and return the path it is really at.

    With `marks_ready` there is a Marks row for each member and application not in conflict, beside
    those that are there. `area_word`, what the office calls an area, heads the columns of areas. The file is
    put in place only when it can be read as a workbook. Refused when a sheet would be longer than is read
    back.
    """
    whole = with_marks_ready(rows) if marks_ready else rows
    _refuse_too_long(whole)

    def write(part: Path) -> None:
        with Book(one_line(", ".join(round_names(rows.fund, rows.name)))) as book:
            _fill_book(book, whole, area_word, tick)
            book.save(part)

    return write_beside(path, write, _check)


def with_marks_ready(rows: RoundRows) -> RoundRows:
    """Return the round with a blank draft sheet for each member and application that has none.

    A member in conflict on an application gets none for it, and one that was made before is left out
    while nothing is on it.
    """
    away = {(i.member, i.application) for i in rows.interests if i.kind.is_conflict}
    there = tuple(one for one in rows.sheets if (one.member, one.application) not in away or is_begun(one))
    taken = away | {(sheet.member, sheet.application) for sheet in there}
    blank = (None,) * len(rows.scheme.judged)
    ready = tuple(
        SheetRow(member.code, application.reference, submitted=False, marks=blank)
        for member in rows.members
        for application in rows.applications
        if (member.code, application.reference) not in taken
    )
    return replace(rows, sheets=(*there, *ready))


def _refuse_too_long(rows: RoundRows) -> None:
    for what, count in ((layout.APPLICATIONS, len(rows.applications)), (layout.MARKS, len(rows.sheets))):
        if count >= MAX_ROWS:
            raise Refused(
                f"The {what} sheet would have {count:,} rows, and a workbook is read to row {MAX_ROWS:,}. "
                "Nothing was written; the round is too large for a workbook."
            )


def _check(part: Path) -> None:
    read_book(part)


def _fill_book(book: Book, rows: RoundRows, area_word: str, tick: Tick | None) -> None:
    contents = content_of(rows, area_word)
    title = one_line(", ".join(round_names(rows.fund, f"{rows.name} {rows.year}")))
    heads = {layout.AREA: layout.area_heading(area_word)}
    total, done = sum(len(content.rows) for content in contents), 0

    def add(content: SheetContent) -> None:
        sheet = book.sheet(content.name)
        lay_out(sheet.sheet, content, rows.scheme, title)
        _fill(sheet, content, [heads.get(heading, heading) for heading in content.headings])

    for content in contents:
        add(content)
        done += len(content.rows)
        if tick is not None:
            tick(done, total)
    if book.continuations:
        add(long_texts([(part.sheet, part.row, part.text) for part in book.continuations]))


def _fill(sheet: Rows, content: SheetContent, headings: Sequence[str]) -> None:
    make = CellMaker(sheet, figures_left=content.name not in WITH_MONEY)
    sheet.write([make.cell(column, heading, HEADING) for column, heading in enumerate(headings)])
    prose = [column for column, heading in enumerate(content.headings) if is_prose(heading)]
    looks = tuple(PROSE if column in prose else WORDS for column in range(len(content.headings)))
    widths = [width(content.name, heading) for heading in content.headings]
    for row in content.rows:
        height = height_of((str(row[column] or ""), widths[column]) for column in prose)
        cells = [make.cell(column, value, looks[column]) for column, value in enumerate(row)]
        sheet.write(cells, height if height > ONE_LINE else 0)
