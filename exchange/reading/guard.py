"""Check a zip package before anything parses it: its size, what it unpacks to, entities, reach of values.

Nothing here trusts what the package says of itself: unpacked bytes are counted while they are inflated.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

from exchange.reading.file_kind import Kind, password_trouble, trouble, zip_kind
from exchange.reading.sheet_scan import (
    MAX_COLUMNS,
    MAX_ROWS,
    UNSAVED,
    SheetScan,
    damaged_trouble,
    is_worksheet,
    parse,
    part_name,
    scan_sheet,
    styles_with_units,
    too_far,
)

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


MAX_FILE_BYTES = 50_000_000
MEMORY_BYTES = 1 << 30
REGISTER_BYTES = 300_000_000
"""Memory for a register, which is never held: only what is looked for is kept of it."""
MAX_PARTS = 5_000
MAX_UNPACKED = 300_000_000
MAX_RATIO = 200
RATIO_FROM = 10_000_000
"""Parts that unpack to less than this may shrink as well as they like."""

_CHUNK = 1 << 20
_STYLE_CHUNKS = 8
"""How much of a workbook's styles is looked at; what lies beyond shows pounds."""
_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|wav|mp[34]|bin|ttf|odttf)$", re.IGNORECASE)
DECLARATIONS = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
_OLD_MANIFEST = "META-INF/manifest.xml"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ElementTree.ParseError,
    NotImplementedError,
    EOFError,
    KeyError,
    OSError,
    ValueError,
)
"""What the standard library raises for a package that does not hang together."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Checked(NamedTuple):
    """A package that may be read: its kind, and what was seen in each sheet, by the sheet's name."""

    kind: Kind
    scans: dict[str, SheetScan]


def check_zip(content: bytes) -> Checked:
    """Check a whole zip package; raises `Trouble` for what is not to be read."""
    try:
        return _Package(content).check()
    except _DAMAGE as error:
        raise damaged_trouble() from error
    except RuntimeError as error:
        raise password_trouble() from error


class _Package:
    """A zip package, unpacked part by part and counted."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._parts = self._zip.infolist()
        self._names = {part.filename for part in self._parts}
        self._left = MAX_UNPACKED

    def check(self) -> Checked:
        if len(self._parts) > MAX_PARTS:
            raise trouble(
                f"has more than {MAX_PARTS:,} parts", "open it in Excel, save it again and try once more"
            )
        if b"encryption-data" in self._small(_OLD_MANIFEST):
            raise password_trouble()
        kind = zip_kind(self._names, self._small("mimetype"))
        if kind == "ods":
            return Checked(kind, self._check_ods())
        return Checked(kind, self._check_xlsx())

    def _check_ods(self) -> dict[str, SheetScan]:
        for part in self._readable_parts():
            if part.filename != "content.xml":
                self._run_through(part)
        return scan_content(self._chunks(self._zip.getinfo("content.xml")))

    def _check_xlsx(self) -> dict[str, SheetScan]:
        scans: dict[str, SheetScan] = {}
        styles = self._styles()
        for part in self._readable_parts():
            if is_worksheet(next(self._inflate(part), b"")[:4096]):
                scans[part.filename] = scan_sheet(self._afresh(part), styles)
            else:
                self._run_through(part)
        total = SheetScan()
        total.add_values(sum(scan.values for scan in scans.values()))
        is_noted = any(scan.marks or scan.units or scan.hidden for scan in scans.values())
        return self._by_sheet_name(scans) if is_noted else {}

    def _styles(self) -> dict[bytes, str]:
        """Return the cell formats that show another unit than pounds, of as much as is looked at."""
        part = next((one for one in self._readable_parts() if one.filename.endswith("styles.xml")), None)
        return styles_with_units(b"".join(islice(self._inflate(part), _STYLE_CHUNKS))) if part else {}

    def _readable_parts(self) -> Iterator[zipfile.ZipInfo]:
        for part in self._parts:
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damaged_trouble()
            if not part.is_dir() and not _PICTURES.search(part.filename):
                yield part

    def _by_sheet_name(self, scans: dict[str, SheetScan]) -> dict[str, SheetScan]:
        """Find each sheet's name: the workbook names sheets by the keys of its relationships."""
        targets = {
            tie.get("Id", ""): part_name(tie.get("Target", ""))
            for tie in ElementTree.fromstring(self._small("xl/_rels/workbook.xml.rels")).iter(_RELATIONSHIP)
        }
        named: dict[str, SheetScan] = {}
        for element in ElementTree.fromstring(self._small("xl/workbook.xml")).iter():
            key = next((value for name, value in element.items() if name.endswith("}id")), "")
            if element.tag.endswith("}sheet") and targets.get(key) in scans:
                named[element.get("name", "")] = scans[targets[key]]
        return named

    def _small(self, name: str) -> bytes:
        """Give a part that must be short, or nothing when it is missing."""
        if name not in self._names:
            return b""
        with self._zip.open(name) as stream:
            return stream.read(_CHUNK * 4)

    def _afresh(self, part: zipfile.ZipInfo) -> Callable[[], Iterator[bytes]]:
        """Give the part's bytes as often as asked, counted the first time."""
        counted = [self._chunks(part)]
        return lambda: counted.pop() if counted else self._inflate(part)

    def _run_through(self, part: zipfile.ZipInfo) -> None:
        for _ in self._chunks(part):
            pass

    def _chunks(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack a part, counting; raises `Trouble` for a bomb or a part that declares entities."""
        size = 0
        for chunk in self._inflate(part):
            if size == 0:
                refuse_declarations(part.filename, chunk)
            size += len(chunk)
            self._left -= len(chunk)
            bomb = size > RATIO_FROM and size > MAX_RATIO * max(part.compress_size, 1)
            if bomb or self._left < 0:
                raise trouble(
                    "unpacks to far more than a spreadsheet holds",
                    "open it in Excel, copy the list into a new workbook and try again",
                )
            yield chunk

    def _inflate(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        with self._zip.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


def refuse_declarations(name: str, first: bytes) -> None:
    """Raise `Trouble` for a part, by its name, whose first bytes declare entities or a document type."""
    declared = [word for word in DECLARATIONS if word in first]
    if name == _OLD_MANIFEST and b"<!ENTITY" not in declared:
        return
    if declared:
        raise trouble(
            "declares its own entities, which no spreadsheet program writes",
            "open it in Excel, save it again and try once more",
        )
