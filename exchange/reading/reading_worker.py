"""Read one spreadsheet in a process of its own, which may be killed at any moment; `sheets` runs it.

Prints one line of JSON for the book and one for each sheet, or one line that says what is wrong. Dies
without a word when the memory it may have is not enough, as the library below it does.
"""

import csv
import hashlib
import io
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path

import python_calamine

from exchange.reading.big_files import decoded
from exchange.reading.cell_names import cell_name
from exchange.reading.guard import check_zip, kind_of, password_trouble
from exchange.reading.memory import MEMORY_BYTES, REGISTER_BYTES, limit_memory, memory_for
from exchange.reading.sheet_scan import (
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    Extent,
    Place,
    SheetScan,
    damaged_trouble,
    too_far,
    too_long,
    trouble,
    with_plain_paths,
)
from exchange.reading.xls_scan import scan_xls
from models.trouble import Trouble

TextRows = list[list[str]]

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE, _SAMPLE_ROWS = 200_000, 200
"""Characters and rows on which separators are tried."""
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
_END = "\ue000end"
"""A row put after the last: it does not come back as itself when a quotation mark was never closed."""


def read_text_rows(content: bytes) -> TextRows:
    """Read every row, blank ones included; raises `Trouble` past a limit or for an endless quotation."""
    separator, text = _separator(decoded(content).rstrip(" \t\r\n,;|"))
    csv.field_size_limit(1 << 25)
    rows: TextRows = []
    number, row = 0, [""]
    try:
        for number, row in enumerate(_rows(text + "\n" + _END, separator), start=1):
            _check_row(number, row)
            if number <= MAX_ROWS:
                rows.append(row)
    except csv.Error as error:
        raise too_long() from error
    if row != [_END]:
        raise trouble(
            f"has a quotation mark in row {number:,} that is never closed",
            "open it in Excel, correct that row, save it again and try once more",
        )
    return rows[:-1] if number <= MAX_ROWS else rows


def _separator(text: str) -> tuple[str, str]:
    """Tell the separator, and give the text without Excel's own line that names it."""
    told = re.match(r'"?sep=(.)"?\r?\n?', text, re.IGNORECASE)
    if told:
        return told.group(1), text[told.end() :]
    return max(_SEPARATORS, key=partial(_regularity, text[:_SAMPLE])), text


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        yield [_as_shown(cell) for cell in row] if '="' in "".join(row) else row


def _as_shown(cell: str) -> str:
    """Return a text that was written as ="0012", so that Excel keeps it as it is, without that."""
    found = _KEPT_AS_TEXT.fullmatch(cell.strip())
    return found[1] if found else cell


def _regularity(sample: str, separator: str) -> int:
    """Rate a separator: how many rows it cuts into the same number of cells, and into how many."""
    try:
        widths = Counter(map(len, islice(_rows(sample, separator), _SAMPLE_ROWS)))
    except csv.Error:
        return 0
    return max((many * (width - 1) for width, many in widths.items() if width > 1), default=0)


def _check_row(number: int, row: list[str]) -> None:
    filled = [index for index, text in enumerate(row, start=1) if text.strip()]
    if not filled or row[-1].endswith(_END):
        return
    if number > MAX_ROWS or filled[-1] > MAX_COLUMNS:
        raise too_far(number, filled[-1])
    longest = max(filled, key=lambda index: len(row[index - 1]))
    if len(row[longest - 1]) > MAX_CHARACTERS:
        raise too_long(cell_name(number, longest))


_PANIC = "PanicException"
"""What the reading library raises when it loses its way: no `Exception`, and of a class nobody can import."""

_TEMPLATE = re.compile(r"(.*?)\{(\d+)\}(.*)", re.DOTALL)
"""What stands before a number, by how many places it is shown smaller, and what stands after."""

Value = None | str | bool | int | float | date | datetime | time | timedelta | dict[str, str]
Rows = list[list[Value]]
Lines = Iterator[dict[str, object]]


def main(path: str, what: str = "book") -> None:
    """Read the file at `path`, a book, a logo, a template or a register, and print what is in it.

    Of `words` it is told on its input what to fill into a template, of `form`, `printed` and `message` their
    own bytes.
    """
    limit_memory(REGISTER_BYTES if what == "register" else MEMORY_BYTES)
    if what == "pages":
        from exchange.reading.page_worker import main as answer_pages  # its libraries are for pages alone

        answer_pages()
        return
    try:
        for line in _lines(Path(path), what):
            print(to_json(line))
    except Trouble as error:
        print(to_json({"trouble": str(error)}))
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        print(to_json({"trouble": str(damaged_trouble())}))
    sys.stdout.flush()


def _lines(path: Path, what: str) -> Lines:
    if what == "register":
        from exchange.reading.register_worker import register_line  # it is slow to load, and seldom asked

        return iter((register_line(path, sys.stdin.readline()),))
    if what == "words":
        from exchange.papers.templates.word_texts import answers  # its library is for templates alone

        return answers(sys.stdin.read())
    if what in ("form", "printed"):
        told = sys.stdin.buffer.read()
        limit_memory(memory_for(told))
        if what == "printed":
            from exchange.pdf.printed_worker import printed_line  # its library is for PDFs alone

            return iter((printed_line(told),))
        from exchange.application_forms.form_worker import form_line  # each kind loads its own libraries

        return iter((form_line(told),))
    if what == "message":
        from exchange.reading.message_worker import message_line  # its libraries are for e-mails alone

        return iter((message_line(sys.stdin.buffer.read()),))
    content = path.read_bytes()
    if what == "logo":
        from exchange.reading.logo import logo_line  # its libraries are for pictures alone

        return iter((logo_line(content),))
    if what == "template":
        from exchange.reading.word_templates import template_line  # its libraries are for templates alone

        return iter((template_line(content),))
    return read(content)


def read(content: bytes) -> Lines:
    """Give the lines that tell of a file: first its kind and the sum of these very bytes, then each sheet."""
    digest = hashlib.sha256(content).hexdigest()
    kind = kind_of(content[:65536], content)
    scans: dict[str, SheetScan] = {}
    if kind == "zip":
        kind, scans = check_zip(content)
        content = with_plain_paths(content) if kind == "xlsx" else content
    elif kind == "xls":
        scans = scan_xls(content)
    yield {"kind": kind, "sha256": digest}
    if kind == "csv":
        written = read_text_rows(content)
        rows: Rows = _tidy([list(row) for row in written])
        Extent().add_rows(rows)
        widths = list(map(len, written))
        yield {"name": None, "visible": True, "merges": [], "rows": rows, "widths": widths}
    else:
        yield from _workbook(content, scans)


def _workbook(content: bytes, scans: dict[str, SheetScan]) -> Lines:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        extent = Extent()
        for number, about in enumerate(book.sheets_metadata):
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                extent.add_sheet()
                visible = about.visible == python_calamine.SheetVisibleEnum.Visible
                sheet = book.get_sheet_by_index(number)
                scan = scans.get(about.name, SheetScan())
                yield {"name": about.name, "visible": visible} | _sheet(sheet, scan, extent)
    except python_calamine.PasswordError as error:
        raise password_trouble() from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise damaged_trouble() from error


def _sheet(sheet: python_calamine.CalamineSheet, scan: SheetScan, extent: Extent) -> dict[str, object]:
    rows: Rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), template in scan.units.items():
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = _in_unit(rows[row - 1][column - 1], template)
    for (row, column), text in scan.marks.items():
        _put(rows, row, column, {"error": text})
    rows = _tidy(rows)
    for number, cells in enumerate(rows, start=1):
        if len(cells) > MAX_COLUMNS or (cells and number > MAX_ROWS):
            raise too_far(number, len(cells))
    extent.add_rows(rows)
    merges = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    clipped = _clipped(merges or scan.merges, rows)
    extent.add_merges(clipped)
    width = max(map(len, rows), default=0)
    return {
        "rows": rows,
        "merges": clipped,
        "hidden": sorted(n for n in scan.hidden if n <= len(rows)),
        "hidden_columns": sorted(n for n in scan.hidden_columns if n <= width),
        "struck": sorted(place for place in scan.struck if _is_filled(rows, place)),
        "comments": sorted(scan.comments),
    }


def _is_filled(rows: Rows, place: Place) -> bool:
    row, column = place
    return row <= len(rows) and column <= len(rows[row - 1]) and rows[row - 1][column - 1] is not None


def _in_unit(value: Value, template: str) -> Value:
    """Return a number as it is shown, "€4500" or "4.5k", so that nothing takes it for pounds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return value
    before, places, after = _TEMPLATE.fullmatch(template).groups()  # type: ignore[union-attr]
    shown = Decimal(format(value, ".15g")).scaleb(-int(places)).normalize()
    return f"{before}{shown:f}{after}"


def _put(rows: Rows, row: int, column: int, value: Value) -> None:
    while len(rows) < row:
        rows.append([])
    cells = rows[row - 1]
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value


def _tidy(rows: Rows) -> Rows:
    """Make blanks of empty texts, cut what is empty at the end, and refuse texts no cell can hold."""
    tidy: Rows = []
    for number, row in enumerate(rows, start=1):
        cells = [None if value == "" else value for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        tidy.append(cells)
        for column, value in enumerate(cells, start=1):
            if isinstance(value, str) and len(value) > MAX_CHARACTERS:
                raise too_long(cell_name(number, column))
    while tidy and not tidy[-1]:
        tidy.pop()
    return tidy


def _clipped(merges: Iterable[tuple[int, int, int, int]], rows: Rows) -> list[tuple[int, int, int, int]]:
    """Cut merged areas to the part of the sheet that has values; what is left of one cell is none."""
    last_row, last_column = len(rows), max(map(len, rows), default=0)
    cut = [
        (top, left, min(bottom, last_row), min(right, last_column))
        for top, left, bottom, right in merges
        if top <= last_row and left <= last_column
    ]
    return [area for area in cut if area[:2] != area[2:]]


def to_json(line: dict[str, object]) -> str:
    """Write a line; numbers that are none, as 1E999, become errors."""
    try:
        return json.dumps(line, default=_plain, allow_nan=False, separators=(",", ":"))
    except ValueError:
        rows: Rows = line["rows"]  # type: ignore[assignment]
        line["rows"] = [[_finite(value) for value in row] for row in rows]
        return json.dumps(line, default=_plain, separators=(",", ":"))


def _finite(value: Value) -> Value:
    return {"error": "#NUM!"} if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: object) -> dict[str, str] | str:
    """Put dates into words that come back as dates, and spells of time into text."""
    if isinstance(value, datetime):
        if value.microsecond:
            value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    assert isinstance(value, timedelta), type(value)
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


if __name__ == "__main__":
    main(*sys.argv[1:])
