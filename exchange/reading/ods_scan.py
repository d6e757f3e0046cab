"""Look over an OpenDocument spreadsheet's content before it is read: reach of values, errors, merged cells.

A row or cell may be repeated a million times by one attribute, so values are counted with their repetitions.
"""

import re
from collections.abc import Iterable
from xml.parsers import expat

from exchange.reading.sheet_scan import MAX_COLUMNS, MAX_ROWS, UNSAVED, SheetScan, parse, too_far

_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!)|Err:\d+")
_CELLS = ("table:table-cell", "table:covered-table-cell")


def scan_content(chunks: Iterable[bytes]) -> dict[str, SheetScan]:
    """Look over `content.xml`; gives what was seen by sheet name. Raises `Trouble` for far values."""
    reader = _ContentReader()
    parse(reader.parser, chunks)
    return reader.scans


class _ContentReader:
    """Follow the tables element by element, keeping row and column with their repetitions."""

    def __init__(self) -> None:
        self.scans: dict[str, SheetScan] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._scan = SheetScan()
        self._row = self._column = 1
        self._rows_alike = self._cells_alike = 1
        self._cell: dict[str, str] = {}
        self._paragraph = False
        self._text: list[str] = []
        self._total = SheetScan()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._start_cell(attributes)
        elif name == "text:p":
            self._paragraph = True
        elif name == "table:table-row":
            self._column = 1
            self._rows_alike = _repeated(attributes, "table:number-rows-repeated")
            if attributes.get("table:visibility", "visible") != "visible":
                self._scan.hidden.update(range(self._row, min(self._row + self._rows_alike, MAX_ROWS + 1)))
        elif name == "table:table":
            self._scan = self.scans.setdefault(attributes.get("table:name", ""), SheetScan())
            self._row = 1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._cells_alike = _repeated(attributes, "table:number-columns-repeated")
        self._text.clear()
        self._paragraph = False
        if "table:formula" in attributes or attributes.get("calcext:value-type") == "error":
            self.parser.CharacterDataHandler = self._text.append

    def _end(self, name: str) -> None:
        if name in _CELLS:
            self._end_cell()
        elif name == "table:table-row":
            self._row += self._rows_alike

    def _end_cell(self) -> None:
        self.parser.CharacterDataHandler = None
        if len(self._cell) > 0:
            self._note_cell()
        self._column += self._cells_alike

    def _note_cell(self) -> None:
        last_row = self._row + self._rows_alike - 1
        last_column = self._column + self._cells_alike - 1
        if "office:value-type" in self._cell:
            if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
                raise too_far(last_row, last_column)
            self._total.add_values(self._rows_alike * self._cells_alike)
            self._note_currency(last_row, last_column)
        mark = self._mark()
        if mark is not None and last_row <= MAX_ROWS and last_column <= MAX_COLUMNS:
            for row in range(self._row, last_row + 1):
                for column in range(self._column, last_column + 1):
                    self._scan.marks[row, column] = mark
                self._scan.check_marks()
        self._note_merge()

    def _note_currency(self, last_row: int, last_column: int) -> None:
        currency = self._cell.get("office:currency", "")
        if self._cell["office:value-type"] != "currency" or currency in ("", "GBP"):
            return
        for row in range(self._row, last_row + 1):
            for column in range(self._column, last_column + 1):
                self._scan.add_unit(row, column, f"{currency[:3]} {{0}}")

    def _mark(self) -> str | None:
        text = "".join(self._text).strip()
        if self._cell.get("calcext:value-type") == "error" or _ERROR.fullmatch(text):
            return text or "#ERROR"
        valued = "office:value-type" in self._cell or self._paragraph
        return UNSAVED if "table:formula" in self._cell and not valued else None

    def _note_merge(self) -> None:
        down = _repeated(self._cell, "table:number-rows-spanned")
        across = _repeated(self._cell, "table:number-columns-spanned")
        if down > 1 or across > 1:
            merge = (self._row, self._column, self._row + down - 1, self._column + across - 1)
            self._scan.merges.append(merge)


def _repeated(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1
