"""Writing a round as a workbook that people fill in and `read_round` reads back."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.exceptions import WorkbookAlreadySaved
from openpyxl.worksheet.properties import PageSetupProperties

from exchange.atomic import write_beside
from exchange.cell_names import column_name
from exchange.round_workbook import layout
from exchange.round_workbook.cells_out import PROSE, WORDS, CellMaker
from exchange.round_workbook.choices import choices_of
from exchange.round_workbook.content import SheetContent, content_of
from exchange.sheet_scan import MAX_ROWS
from exchange.sheets import read_book
from exchange.written_text import one_line
from exchange.xlsx_cells import HEADING
from models.rows import RoundRows, SheetRow
from scoring.refused import Refused
from scoring.scheme import Scheme

Tick = Callable[[int, int], None]

A4 = 9
NARROW, MEDIUM, WIDE = 12, 20, 44

_WIDTHS = {
    "Area": MEDIUM,
    "Title": WIDE,
    "Name": 26,
    "Organisation": 34,
    "Project": 34,
    "Bands": 30,
    "Guidance": 70,
    "Detail": WIDE,
    "Reason": 60,
    "Dissent": WIDE,
    "Eligibility reason": 34,
    "Amount requested": 15,
    "Received": 17,
    "Contact name": MEDIUM,
    "Email": 28,
    "Address": 34,
    "Summary": WIDE,
    "Need": WIDE,
    "Outcomes": WIDE,
}
_PROSE = frozenset({"Title", "Guidance", "Detail", "Reason", "Dissent", "Eligibility reason"})


def write_round(rows: RoundRows, path: Path, *, marks_ready: bool = True, tick: Tick | None = None) -> Path:
    """Write a round as a workbook, and return the path it is really at.

    With `marks_ready` there is a Marks row for each member and application not in conflict, beside
    those that are there. The file is put in place only when it can be read as a workbook. Refused when a
    sheet would be longer than is read back.
    """
    whole = with_marks_ready(rows) if marks_ready else rows
    _refuse_too_long(whole)

    def write(part: Path) -> None:
        book = Workbook(write_only=True)
        try:
            _fill_book(book, whole, tick)
            book.save(part)
        except BaseException:
            # An unfinished write-only sheet keeps its temporary file and complains when it is dropped.
            with suppress(WorkbookAlreadySaved):
                book.save(BytesIO())
            raise

    return write_beside(path, write, _check)


def with_marks_ready(rows: RoundRows) -> RoundRows:
    """Return the round with a blank draft sheet for each member and application that has none.

    A member in conflict on an application gets none for it.
    """
    taken: set[tuple[str, str | None]] = {(sheet.member, sheet.application) for sheet in rows.sheets}
    taken |= {(i.member, i.application) for i in rows.interests if i.kind.is_conflict}
    blank = (None,) * len(rows.scheme.judged)
    ready = tuple(
        SheetRow(member.code, application.reference, submitted=False, marks=blank)
        for member in rows.members
        for application in rows.applications
        if (member.code, application.reference) not in taken
    )
    return replace(rows, sheets=(*rows.sheets, *ready))


def _refuse_too_long(rows: RoundRows) -> None:
    for what, count in ((layout.APPLICATIONS, len(rows.applications)), (layout.MARKS, len(rows.sheets))):
        if count >= MAX_ROWS:
            raise Refused(
                f"The {what} sheet would have {count:,} rows, and a workbook is read to row {MAX_ROWS:,}. "
                "Nothing was written; the round is too large for a workbook."
            )


def _check(part: Path) -> None:
    read_book(part)


def _fill_book(book: Workbook, rows: RoundRows, tick: Tick | None) -> None:
    book.properties.creator = "Grant Panel"
    book.properties.title = one_line(f"{rows.fund}, {rows.name}")
    contents = content_of(rows)
    total, done = sum(len(content.rows) for content in contents), 0
    for content in contents:
        sheet = book.create_sheet(content.name)
        _lay_out(sheet, content, rows.scheme)
        _fill(sheet, content)
        done += len(content.rows)
        if tick is not None:
            tick(done, total)


def _lay_out(sheet: Any, content: SheetContent, scheme: Scheme) -> None:
    marked = {criterion.code for criterion in scheme.judged}
    for column, heading in enumerate(content.headings, 1):
        sheet.column_dimensions[column_name(column)].width = _width(content.name, heading, marked)
    fixed = {layout.APPLICATIONS: "B2", layout.MARKS: "D2", layout.AGREED: "B2"}
    sheet.freeze_panes = fixed.get(content.name, "A2")
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    if content.name != layout.APPLICATIONS:
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if content.name in (layout.APPLICATIONS, layout.MARKS) and content.rows:
        sheet.auto_filter.ref = f"A1:{column_name(len(content.headings))}{len(content.rows) + 1}"
    for choice in choices_of(content, scheme):
        sheet.data_validations.append(choice)


def _width(sheet: str, heading: str, marked: set[str]) -> int:
    if heading in marked and sheet in (layout.MARKS, layout.AGREED):
        return 7
    if heading.endswith((layout.comment_heading(""), layout.reason_heading(""))):
        return WIDE
    if sheet == layout.ROUND:
        return WIDE if heading == "Value" else 24
    if heading in _WIDTHS:
        return _WIDTHS[heading]
    return NARROW if heading in layout.COLUMNS[sheet] else MEDIUM


def _fill(sheet: Any, content: SheetContent) -> None:
    make = CellMaker(sheet, figures_left=content.name == layout.ROUND)
    sheet.append([make.cell(column, heading, HEADING) for column, heading in enumerate(content.headings)])
    looks = tuple(PROSE if _is_prose(heading) else WORDS for heading in content.headings)
    for row in content.rows:
        sheet.append([make.cell(column, value, looks[column]) for column, value in enumerate(row)])


def _is_prose(heading: str) -> bool:
    return heading in _PROSE or heading.endswith((layout.comment_heading(""), layout.reason_heading("")))
