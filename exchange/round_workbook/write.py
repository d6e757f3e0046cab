"""Writing a round as a workbook that people fill in and `read_round` reads back."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation

from exchange.atomic import write_beside
from exchange.cells.values import exact
from exchange.reading.cell_names import cell_name, column_name
from exchange.reading.sheet_scan import MAX_ROWS
from exchange.reading.sheets import read_book
from exchange.round_workbook import layout
from exchange.round_workbook.layout import (
    REST,
    Pounds,
    SheetContent,
    Value,
    content_of,
    long_texts,
    rest_note,
)
from exchange.round_workbook.read import is_begun
from exchange.round_workbook.table import WORD_KINDS
from exchange.written_text import one_line
from exchange.xlsx.table import HEADING, LONGEST_PART, LONGEST_TEXT, MONEY, Continuation, Kind, Look
from exchange.xlsx.xlsx_cells import Book, Rows, dress, height_of, in_parts, put_text, units
from exchange.xlsx.xlsx_sheets import pages_across, safe_in_head, set_up_page
from models.values.rows import AgreedRow, RoundRows, SheetRow
from scoring.money import decimal_text
from scoring.round import Eligibility
from scoring.scheme import Basis, Criterion, Method, Scheme, Side
from scoring.written.names import round_names
from scoring.written.text import Refused

SPARE_ROWS = 500
LONGEST_TITLE = 32
LONGEST_NOTE = 255
MOST_LISTED_MARKS = 20

_WORDS: dict[str, Iterable[str]] = {
    **WORD_KINDS,
    "yes or no": ("yes", "no"),
    "role": layout.ROLES,
    "side": Side,
    "method": Method,
    "basis": Basis,
    "eligible": Eligibility,
}
_LISTED_ON: dict[str, tuple[str, str]] = {
    "Area": (layout.POTS, "Area"),
    "Member": (layout.MEMBERS, "Code"),
    "Application": (layout.APPLICATIONS, "Reference"),
    "Criterion": (layout.CRITERIA, "Code"),
}


def choices_of(content: SheetContent, scheme: Scheme) -> Iterator[DataValidation]:
    """Yield the drop-down lists of one sheet, reaching some rows below its last."""
    if content.name == layout.ROUND:
        yield from _round_choices()
        return
    last = len(content.rows) + 1 + SPARE_ROWS
    marked = {c.code: c for c in scheme.judged} if content.name in (layout.MARKS, layout.AGREED) else {}
    for column, heading in enumerate(content.headings, 1):
        found = _choice(content.name, heading, marked, scheme.scale_maximum)
        if found is not None:
            letters = column_name(column)
            found.add(f"{letters}2:{letters}{last}")
            yield found


def _choice(
    sheet: str, heading: str, marked: dict[str, Criterion], scale_maximum: int
) -> DataValidation | None:
    if heading in marked:
        return _marks(marked[heading], scale_maximum)
    kinds = {column.heading: column.kind for column in layout.LAYOUT[sheet]}
    if kinds.get(heading) in _WORDS:
        return _list(_WORDS[kinds[heading]])
    listed = _LISTED_ON.get(heading)
    if listed is None or listed[0] == sheet:
        return None
    return _names(*listed)


def _round_choices() -> Iterator[DataValidation]:
    for row, field in enumerate((*layout.OF_ROUND, *layout.OF_SCHEME), 3):
        if field.kind in _WORDS:
            found = _list(_WORDS[field.kind])
            found.add(f"B{row}")
            yield found


def _list(words: Iterable[str]) -> DataValidation:
    listed = ",".join(words)
    return _validation("list", f'"{listed}"', f"Choose one of: {listed.replace(',', ', ')}.")


def _names(sheet: str, heading: str) -> DataValidation:
    letters = column_name(layout.COLUMNS[sheet].index(heading) + 1)
    whole = f"{letters}$2:${letters}$20000"
    return _validation("list", f"'{sheet}'!${whole}", f"Choose one that is listed on the {sheet} sheet.")


def _marks(criterion: Criterion, scale_maximum: int) -> DataValidation:
    words = f"A mark is a whole number from 0 to {scale_maximum}; leave it blank where there is none."
    if scale_maximum <= MOST_LISTED_MARKS:
        marks = ",".join(map(str, range(scale_maximum + 1)))
        found = _validation("list", f'"{marks}"', words)
    else:
        found = _validation("whole", "0", words)
        found.operator, found.formula2 = "between", str(scale_maximum)
    found.showInputMessage = True
    found.promptTitle = one_line(criterion.code)[:LONGEST_TITLE]
    found.prompt = _shortened(". ".join(filter(None, (criterion.title, criterion.guidance))))
    return found


def _validation(kind: str, formula: str, words: str) -> DataValidation:
    return DataValidation(
        type=kind,
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Grant Panel",
        error=_shortened(words),
    )


def _shortened(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= LONGEST_NOTE else words[: LONGEST_NOTE - 1] + "…"


NARROW, MEDIUM, WIDE = 12, 20, 44
MARK, COMMENT = 7, 32

WITH_MONEY = (layout.POTS, layout.APPLICATIONS)
"""The sheets whose figures stand right, as sums of money do."""

_FIXED = {layout.APPLICATIONS: 1, layout.MARKS: 3, layout.AGREED: 1}
"""How many columns, which name a row, stay in view and stand on each page of the widest sheets."""


def lay_out(sheet: Any, content: SheetContent, scheme: Scheme, title: str) -> None:
    """Set a sheet up before its first row is written; `title` names its round on each printed page."""
    marked = scheme.judged_codes
    widths = [
        MARK
        if heading in marked and content.name in (layout.MARKS, layout.AGREED)
        else width(content.name, heading)
        for heading in content.headings
    ]
    for column, wide in enumerate(widths, 1):
        sheet.column_dimensions[column_name(column)].width = wide
    sheet.freeze_panes = cell_name(2, _FIXED.get(content.name, 0) + 1)
    _set_up_page(sheet, content, widths)
    sheet.oddHeader.right.text = safe_in_head(title)
    if content.name in (layout.APPLICATIONS, layout.MARKS) and content.rows:
        sheet.auto_filter.ref = f"A1:{column_name(len(content.headings))}{len(content.rows) + 1}"
    for choice in choices_of(content, scheme):
        sheet.data_validations.append(choice)


def _set_up_page(sheet: Any, content: SheetContent, widths: Sequence[int]) -> None:
    fixed = _FIXED.get(content.name, 1)
    set_up_page(sheet, pages_across(widths, fixed), fixed, header_row=1)
    sheet.print_area = f"A1:{column_name(len(widths))}{len(content.rows) + 1}"
    sheet.oddHeader.left.text = "&A" if content.rows else "&A: nothing is entered here."
    sheet.oddFooter.right.text = "Page &P of &N"


def width(sheet: str, heading: str) -> int:
    """Return the width of a column, in characters."""
    if _is_comment(heading):
        return COMMENT
    if sheet == layout.ROUND:
        return WIDE if heading == "Value" else 24
    if heading in layout.WIDTHS:
        return layout.WIDTHS[heading]
    return NARROW if heading in layout.COLUMNS[sheet] else MEDIUM


def is_prose(heading: str) -> bool:
    return heading in layout.PROSE or _is_comment(heading)


def _is_comment(heading: str) -> bool:
    return heading.endswith((layout.comment_heading(""), layout.reason_heading("")))


WORDS = Look()
PROSE = Look(wrap=True)
_FIGURE = Look(kind=Kind.NUMBER)
_MONEY = Look(kind=Kind.NUMBER, number=MONEY)
_DAY = Look(kind=Kind.MOMENT, number="dd/mm/yyyy")
_MOMENT = Look(kind=Kind.MOMENT, number="dd/mm/yyyy hh:mm:ss")

FIRST_SAFE_DAY = date(1900, 3, 1)
"""Spreadsheets count a day that never was, 29 February 1900, so earlier dates are written as text."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SURROGATES = re.compile("[\ud800-\udfff]")


class CellMaker:
    """Makes the cells of one write-only sheet, dressing each look once for each column.

    A row must be handed to the sheet before the next one is made, since its cells are used again.
    """

    def __init__(self, rows: Rows, *, figures_left: bool = False) -> None:
        self._sheet, self._rows = rows.sheet, rows
        self._figures_left = figures_left
        self._dressed: dict[tuple[int, Look], Any] = {}

    def cell(self, column: int, value: Value, look: Look = WORDS) -> Any:
        """Return a cell for a value, None for a blank; `look` is that of text.

        A figure or moment that a spreadsheet would not hold exactly is written as text.
        """
        if value is None or value == "":
            return None
        if isinstance(value, Pounds):
            return self._fill(column, _MONEY, Decimal(value.pence).scaleb(-2))
        if (isinstance(value, Decimal) and exact(float(value)) == value) or isinstance(value, int):
            return self._fill(column, _FIGURE, value)
        if isinstance(value, date) and _is_plain(value):
            return self._fill(column, _MOMENT if isinstance(value, datetime) else _DAY, value)
        return self._fill(column, look, self._fitting(_as_text(value)))

    def _fill(self, column: int, look: Look, value: object) -> Any:
        cell = self._dressed.get((column, look))
        if cell is None:
            cell = self._dressed[column, look] = WriteOnlyCell(self._sheet)
            dress(cell, look)
            if self._figures_left and look.kind is not Kind.TEXT:
                cell.alignment = Alignment(horizontal="left", vertical="top")
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        return cell

    def _fitting(self, text: str) -> str:
        """Return text as a cell can hold it; the rest of a longer one is kept for the sheet Long texts."""
        if not _fits(text, LONGEST_TEXT):
            assert self._rows.continuations is not None, "a round workbook has room for what is too long"
            text, *rest = in_parts(text, lambda part: _fits(part, LONGEST_PART))
            first = len(self._rows.continuations) + 1
            at = self._sheet.title, self._rows.row + 1
            self._rows.continuations += [Continuation(*at, part) for part in rest]
            text += rest_note(first, len(self._rows.continuations))
        return _SURROGATES.sub("\ufffd", _escaped(text))


def _fits(text: str, most: int) -> bool:
    """Whether a cell holds a text whole; one that ends as if it went on elsewhere is not left so."""
    return (len(text) <= most // 7 or units(_escaped(text)) <= most) and not REST.search(text)


def _escaped(text: str) -> str:
    return _UNWRITABLE.sub(_escape, _LOOKS_ESCAPED.sub("_x005F_", text))


def _as_text(value: str | Decimal | date) -> str:
    if isinstance(value, str):
        return str(value)
    return decimal_text(value) if isinstance(value, Decimal) else value.isoformat()


def _is_plain(value: date) -> bool:
    if isinstance(value, datetime):
        is_whole = not value.microsecond and value.time() != datetime.min.time()
        return is_whole and value.date() >= FIRST_SAFE_DAY
    return value >= FIRST_SAFE_DAY


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"


ONE_LINE = 20
"""Rows up to this height, in points, are left to grow as people type."""


def write_round(
    rows: RoundRows,
    path: Path,
    *,
    marks_ready: bool = True,
    elsewhere: Collection[tuple[str, str]] = (),
) -> Path:
    """Write a round as a workbook, and return the path it is really at.

    With `marks_ready` there is a Marks row for each member and application not in conflict, beside those
    that are there, and where marks are agreed an Agreed row for each application. No Marks row is made where
    the member is on the panel of another area, as `elsewhere` says. The file is put in place only when it can
    be read as a workbook. Refused when a sheet would be longer than is read back.
    """
    whole = with_marks_ready(rows, elsewhere) if marks_ready else rows
    _refuse_too_long(whole)

    def write(part: Path) -> None:
        with Book(one_line(", ".join(round_names(rows.fund, rows.name)))) as book:
            _fill_book(book, whole)
            book.save(part)

    return write_beside(path, write, read_book)


def with_marks_ready(rows: RoundRows, elsewhere: Collection[tuple[str, str]] = ()) -> RoundRows:
    """Return the round with a blank draft sheet for each member and application that has none.

    Where the panel agrees its marks there is a blank row of them for each application, too. A member in
    conflict on an application, or on the panel of another area, gets none for it, and one that was made
    before is left out while nothing is on it.
    """
    conflicts = ((i.member, i.application) for i in rows.interests if i.kind.is_conflict)
    away = {*conflicts, *elsewhere}
    there = tuple(one for one in rows.sheets if (one.member, one.application) not in away or is_begun(one))
    taken = away | {(sheet.member, sheet.application) for sheet in there}
    blank = (None,) * len(rows.scheme.judged)
    ready = tuple(
        SheetRow(member.code, application.reference, submitted=False, marks=blank)
        for member in rows.members
        for application in rows.applications
        if (member.code, application.reference) not in taken
    )
    agreed = {row.application for row in rows.agreed}
    to_agree = tuple(
        AgreedRow(application.reference, blank)
        for application in rows.applications
        if rows.scheme.is_agreed and application.reference not in agreed
    )
    return replace(rows, sheets=(*there, *ready), agreed=(*rows.agreed, *to_agree))


def _refuse_too_long(rows: RoundRows) -> None:
    for what, count in ((layout.APPLICATIONS, len(rows.applications)), (layout.MARKS, len(rows.sheets))):
        if count >= MAX_ROWS:
            raise Refused(
                f"The {what} sheet would have {count:,} rows, and a workbook is read to row {MAX_ROWS:,}. "
                "Nothing was written; the round is too large for a workbook."
            )


def _fill_book(book: Book, rows: RoundRows) -> None:
    title = one_line(", ".join(round_names(rows.fund, f"{rows.name} {rows.year}")))

    def add(content: SheetContent) -> None:
        sheet = book.sheet(content.name)
        lay_out(sheet.sheet, content, rows.scheme, title)
        _fill(sheet, content)

    for content in content_of(rows):
        add(content)
    if book.continuations:
        add(long_texts([(part.sheet, part.row, part.text) for part in book.continuations]))


def _fill(sheet: Rows, content: SheetContent) -> None:
    make = CellMaker(sheet, figures_left=content.name not in WITH_MONEY)
    sheet.write([make.cell(column, heading, HEADING) for column, heading in enumerate(content.headings)])
    prose = [column for column, heading in enumerate(content.headings) if is_prose(heading)]
    looks = tuple(PROSE if column in prose else WORDS for column in range(len(content.headings)))
    widths = [width(content.name, heading) for heading in content.headings]
    for row in content.rows:
        height = height_of((str(row[column] or ""), widths[column]) for column in prose)
        cells = [make.cell(column, value, looks[column]) for column, value in enumerate(row)]
        sheet.write(cells, height if height > ONE_LINE else 0)
