"""Cells of the workbooks that we write: one look for each column, text always as text.

openpyxl's write-only rows are written as they are handed over, so each column has one cell, dressed once,
that every row fills anew: a style made for each cell costs more than the rest.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from exchange.atomic import laid_out_by, require_whole
from exchange.written_text import clean
from exchange.xlsx.table import (
    ENTRY,
    INK,
    LONGEST_PART,
    LONGEST_TEXT,
    MONEY,
    MUTED,
    RULE,
    TINT,
    WHOLE_MONEY,
    CellValue,
    Continuation,
    Formula,
    Kind,
    Look,
)
from scoring.money import has_form_with_pence

_EMPTY_VALUE = re.compile(rb"</f><v(?: ?/>|></v>)")


class HeldSheet(WorksheetWriter):  # type: ignore[misc]
    """The XML of a write-only sheet, in memory; made once the sheet is laid out, before its first row."""

    def __init__(self, sheet: Any) -> None:
        self._file = BytesIO()
        super().__init__(sheet, out=self._file)
        sheet._writer = self
        self.write_top()

    def put_values(self, values: Iterable[str]) -> None:
        """Put a number beside each formula of a sheet that is closed."""
        self.out = BytesIO(put_cached_values(self._file.getvalue(), values))

    def cleanup(self) -> None:
        """Leave nothing behind: there is no file."""


def put_cached_values(sheet_xml: bytes, values: Iterable[str]) -> bytes:
    """Return sheet XML with a number beside each formula, in the order in which they stand.

    `values` are numbers as text. Raises ValueError unless there is exactly one for each formula.
    """
    left = iter(values)

    def beside(_formula: re.Match[bytes]) -> bytes:
        value = next(left, None)
        if value is None:
            raise ValueError("fewer cached values than formulas")
        return b"</f><v>" + value.encode("ascii") + b"</v>"

    filled = _EMPTY_VALUE.sub(beside, sheet_xml)
    if next(left, None) is not None:
        raise ValueError("more cached values than formulas")
    return filled


LINE_HEIGHT, MOST_LINES = 13.2, 30
"""Points for one line of text, and the most lines that a row of the greatest height can show."""

CONTINUED_FROM_ROW = 5
"""First row of the sheet Continued that holds text: below a title, a note and the headings."""

_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Rows:
    """Writes rows into one write-only sheet, keeping what must be put in after openpyxl is done."""

    def __init__(self, sheet: Any, continuations: list[Continuation] | None) -> None:
        self.sheet = sheet
        self.row = 0
        self._cached: list[str] = []
        self._dressed: dict[Look, Cell] = {}
        self._held: HeldSheet | None = None
        self.continuations = continuations

    def write(self, cells: Sequence[Cell | None], height: float = 0) -> None:
        """Write one row of filled cells, None for a gap; a height of 0 is the sheet's own."""
        self.row += 1
        self._hold()
        if height:
            self.sheet.row_dimensions[self.row].height = height
        self.sheet.append(cells)

    def close(self) -> None:
        """End the sheet, where it is not ended."""
        self._hold()
        if not self.sheet.closed:
            self.sheet.close()

    def finish(self) -> None:
        """End the sheet and put the values beside its formulas; once."""
        self.close()
        if self._held is not None and self._cached:
            self._held.put_values(self._cached)

    def _hold(self) -> None:
        if self._held is None:
            self._held = HeldSheet(self.sheet)

    def cell(self, look: Look) -> Cell:
        """Return a cell in this look, to be filled again and again; each look is put together once."""
        if look not in self._dressed:
            self._dressed[look] = WriteOnlyCell(self.sheet)
            dress(self._dressed[look], look)
        return copy(self._dressed[look])

    def fill(self, cell: Cell, value: CellValue, kind: Kind = Kind.TEXT) -> Cell:
        """Return the cell with a value in it; None and "" leave it blank, in its look."""
        if value is None or value == "":
            cell.value = None
        elif isinstance(value, Formula):
            cell.value = value.text
            self._cached.append(value.cached)
        elif kind is Kind.TEXT:
            put_text(cell, self._fitting(str(value)))
        else:
            cell.value = value
        return cell

    def line(self, values: Iterable[tuple[CellValue, Look]], height: float = 0) -> None:
        """Write one row of values, each in its own look; for titles and short lists."""
        self.write([self.fill(self.cell(look), value, look.kind) for value, look in values], height)

    def _fitting(self, text: str) -> str:
        """Return text as a cell can hold it; what does not fit is kept for the continuation sheet."""
        written = _escaped(clean(text))
        if len(written) <= LONGEST_TEXT // 2 or units(written) <= LONGEST_TEXT:
            return written
        return self._cut(clean(text))

    def _cut(self, text: str) -> str:
        """Return the part that fits, with a note of where the rest stands: on Continued or in the record."""
        part, *rest = in_parts(text, lambda part: units(_escaped(part)) <= LONGEST_PART)
        if self.continuations is None:
            return f"{_escaped(part)} … (continues in the record)"
        first = CONTINUED_FROM_ROW + len(self.continuations)
        self.continuations += [Continuation(self.sheet.title, self.row + 1, one) for one in rest]
        return f"{_escaped(part)} … (goes on in row {first} of the sheet Continued)"


LETTERS_TO_A_DIGIT, LOST_TO_A_WORD = 1.15, 2
"""Widths are in digits of 11 points, letters of 10 are narrower; a word that does not fit leaves room."""


def height_of(texts: Iterable[tuple[object, float]]) -> float:
    """Return the height of a row, in points, in which these texts wrap at these widths in characters.

    Spreadsheets do not work it out for files of other programs, and cut or overlap the words.
    """
    lines = 1
    for text, width in texts:
        if type(text) is str and (len(text) > width * 0.9 or "\n" in text):
            letters = max(int(width * LETTERS_TO_A_DIGIT) - LOST_TO_A_WORD, 1)
            lines = max(lines, sum(max(-(-len(part) // letters), 1) for part in text.split("\n")))
    return min(lines, MOST_LINES) * LINE_HEIGHT + 4


def put_text(cell: Cell, text: str) -> None:
    """Put text into a cell as text, also where openpyxl would take it for a formula or an error."""
    cell.value = text
    cell.data_type = "s"


def dress(cell: Any, look: Look) -> None:
    """Put a look on a cell; a text cell keeps its text even when it is edited ("=1+1" stays words)."""
    colour = MUTED if look.muted else INK
    cell.font = Font(name="Calibri", size=look.size, bold=look.bold, color=colour)
    horizontal = "right" if look.right else None
    if look.indent:
        horizontal = "left"
    cell.alignment = Alignment(horizontal=horizontal, vertical="top", wrap_text=look.wrap, indent=look.indent)
    if look.ruled:
        cell.border = Border(bottom=Side(style="thin", color=RULE))
    if look.heading:
        cell.fill = PatternFill("solid", fgColor=TINT)
        cell.border = Border(bottom=Side(style="medium", color=INK))
        cell.alignment = Alignment(
            horizontal=horizontal, vertical="bottom", wrap_text=True, indent=look.indent
        )
    if look.entry:
        cell.fill = PatternFill("solid", fgColor=ENTRY)
        cell.border = Border(*(Side(style="thin", color=RULE),) * 4)
        cell.protection = Protection(locked=False)
    if look.number is not None:
        cell.number_format = _in_form(look.number) if not look.entry else look.number
    if look.kind is Kind.TEXT:
        cell.quotePrefix = True


def _in_form(number: str) -> str:
    """Return a number format of money in the form of the paper that is written."""
    form = has_form_with_pence() if number in (MONEY, WHOLE_MONEY) else None
    return number if form is None else MONEY if form else WHOLE_MONEY


def _escaped(text: str) -> str:
    return _ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text


def in_parts(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return a text as parts that fit, which joined are the text."""
    if fits(text):
        return [text]
    half = len(text) // 2
    return [*in_parts(text[:half], fits), *in_parts(text[half:], fits)]


def units(text: str) -> int:
    """Return how long a spreadsheet counts a text: in UTF-16 units, of which an emoji has two."""
    return len(text.encode("utf-16-le", "replace")) // 2


ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time that every entry bears: the oldest that a zip can say."""


def write_deterministic(finished: BytesIO, path: Path) -> None:
    """Write the entries of a zip in memory to a file, in their order and all of one time."""
    with ZipFile(finished) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(deterministic_entry(entry.filename), source.read(entry))


def deterministic_entry(name: str) -> ZipInfo:
    """Return an entry of this name that bears no time of its own."""
    entry = ZipInfo(name, ZIP_TIME)
    entry.compress_type = ZIP_DEFLATED
    return entry


class Book:
    """A write-only workbook; use as a context, so that a sheet left half way is finished in any case.

    Without `made_at` it bears the time of writing. One that other programs read has no sheet Continued: a
    text longer than a cell holds is cut, and says so.
    """

    def __init__(self, title: str, made_at: datetime | None = None, *, is_for_programs: bool = False) -> None:
        self._workbook = Workbook(write_only=True)
        self._rows: list[Rows] = []
        self.continuations: list[Continuation] = []
        self._cuts_texts = is_for_programs
        properties = self._workbook.properties
        properties.title, properties.creator, properties.language = title, "Grant Panel", "en-GB"
        properties.keywords = laid_out_by()
        if made_at is not None:
            properties.created = properties.modified = made_at.replace(tzinfo=None, microsecond=0)

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        for rows in self._rows:
            rows.close()

    def sheet(self, title: str) -> Rows:
        """Add a sheet at the end and return its rows."""
        continuations = None if self._cuts_texts else self.continuations
        rows = Rows(self._workbook.create_sheet(title), continuations)
        self._rows.append(rows)
        return rows

    def is_first(self, rows: Rows) -> bool:
        return self._rows[0] is rows

    def save(self, path: Path) -> None:
        """Put the cached values in and write the file."""
        for rows in self._rows:
            rows.finish()
        with _DeterministicZip(path, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(self._workbook, archive).write_data()


class _DeterministicZip(ZipFile):
    """A zip whose entries all carry the same time."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        super().writestr(deterministic_entry(str(zinfo_or_arcname)), data, compress_type, compresslevel)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_kwargs: Any) -> None:
        super().writestr(deterministic_entry(str(arcname)), filename.getvalue())


def check_book(path: Path) -> None:
    """Raise Trouble unless each part of the finished file is whole, BadZipFile where it is no zip."""
    with ZipFile(path) as archive:
        damaged = archive.testzip()
    require_whole(path, is_whole=damaged is None)
