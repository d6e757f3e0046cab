"""Tell what a file is by its bytes, and check a zip package before anything parses it: its size and reach.

Nothing here trusts what the package says of itself: unpacked bytes are counted while they are inflated.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Literal, NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

from exchange.reading.cell_names import column_number
from exchange.reading.sheet_scan import (
    MAX_COLUMNS,
    MAX_ROWS,
    UNSAVED,
    Place,
    SheetScan,
    Styles,
    damaged_trouble,
    is_worksheet,
    parse,
    part_name,
    scan_sheet,
    telling_styles,
    too_far,
    trouble,
)
from models.trouble import Trouble

Kind = Literal["xlsx", "xls", "ods", "csv"]

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
SAVE_AS_XLSX = "open it in Excel, save it as an Excel workbook (.xlsx) and try again"
CHOOSE_ANOTHER = "choose an Excel, OpenDocument or CSV file"


_NOT_SPREADSHEETS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rt": "a text document",
    b"SQLite format 3": "a database, perhaps a record of this program",
    b"\x1f\x8b": "a compressed archive",
    b"7z\xbc\xaf": "a compressed archive",
    b"Rar!": "a compressed archive",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
"""What a file is that begins so."""
_BINARY_WITHIN = 1 << 20
_OLD_EXCEL = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08]\x00")
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_JSON = re.compile(rb'\{\s*"[^"]*"\s*:|\[\s*\{\s*"')


def kind_of(start: bytes, whole: bytes) -> Kind | Literal["zip"]:
    """Tell the kind from the file's bytes; raises `Trouble` for what is no spreadsheet."""
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if start.startswith(OLE_MAGIC):
        return _ole_kind(whole)
    for begins, what in _NOT_SPREADSHEETS.items():
        if start.startswith(begins):
            raise trouble(f"is {what}, not a spreadsheet", CHOOSE_ANOTHER)
    if _OLD_EXCEL.match(start):
        raise trouble("was made by a very old Excel", SAVE_AS_XLSX)
    _refuse_mark_up(start)
    _refuse_binary(whole)
    return "csv"


def zip_kind(names: set[str], mimetype: bytes) -> Kind:
    """Tell the kind of a zip package from the names of its parts; raises `Trouble` for another kind."""
    if "xl/workbook.xml" in names:
        return "xlsx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") and "content.xml" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        raise trouble("is an Excel binary workbook (.xlsb), which is not read", SAVE_AS_XLSX)
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise trouble("is a text document, not a spreadsheet", CHOOSE_ANOTHER)
    if any(name.startswith("ppt/") for name in names) or b"opendocument" in mimetype:
        raise trouble("is a presentation or a drawing, not a spreadsheet", CHOOSE_ANOTHER)
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        raise trouble("is an Apple document", "export it from Numbers as Excel (.xlsx) and try again")
    raise trouble("is a zip archive, not a spreadsheet", "unpack it and choose the spreadsheet inside")


def _ole_kind(whole: bytes) -> Kind:
    if _stream(whole, "EncryptedPackage"):
        raise password_trouble()
    if _stream(whole, "Workbook") or _stream(whole, "Book"):
        return "xls"
    if _stream(whole, "WordDocument"):
        raise trouble("is a Word document, not a spreadsheet", CHOOSE_ANOTHER)
    raise trouble("is an Office file but holds no workbook", CHOOSE_ANOTHER)


def password_trouble() -> Trouble:
    return trouble("is protected with a password", "open it in Excel, save it without one and try again")


def _stream(whole: bytes, name: str) -> bool:
    return (name + "\0").encode("utf-16-le") in whole


def _refuse_mark_up(start: bytes) -> None:
    text = start.removeprefix(b"\xef\xbb\xbf")
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = text[2:].replace(b"\0", b"")
    text = text.lstrip()
    if _WEB_PAGE.match(text):
        raise trouble("is a web page under a spreadsheet's name", SAVE_AS_XLSX)
    if _JSON.match(text):
        raise trouble("is a JSON file, not a spreadsheet", CHOOSE_ANOTHER)
    if not text.startswith(b"<?xml"):
        return
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise trouble("is an Excel 2003 XML file, which is not read", SAVE_AS_XLSX)
    if _WEB_PAGE.search(text[:1024]):
        raise trouble("is a web page under a spreadsheet's name", SAVE_AS_XLSX)
    raise trouble("is an XML file, not a workbook", SAVE_AS_XLSX)


def _refuse_binary(whole: bytes) -> None:
    if whole[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return
    start = whole[:_BINARY_WITHIN]
    controls = sum(start.count(bytes([code])) for code in (*range(1, 9), *range(14, 32)) if code != 0x1A)
    if b"\0" in whole or controls > len(start) // 100:
        raise trouble("is not a spreadsheet or is damaged", CHOOSE_ANOTHER)


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
        self._row = self._column = self._next_column = 1
        self._style = ""
        self._struck: set[str] = set()
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
        elif name == "table:table-column":
            first = self._next_column
            self._next_column += _repeated(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility", "visible") != "visible":
                self._scan.hide_columns(first, self._next_column - 1)
        elif name == "table:table":
            self._scan = self.scans.setdefault(attributes.get("table:name", ""), SheetScan())
            self._row = self._next_column = 1
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:text-properties":
            if attributes.get("style:text-line-through-style", "none") != "none":
                self._struck.add(self._style)
        elif name == "office:annotation":
            self._scan.add_comment(self._row, self._column)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._cells_alike = _repeated(attributes, "table:number-columns-repeated")
        self._text.clear()
        self._paragraph = False
        if "table:formula" in attributes or attributes.get("calcext:value-type") == "error":
            self.parser.CharacterDataHandler = self._text.append

    def _end(self, name: str) -> None:
        if name in _CELLS:
            self.parser.CharacterDataHandler = None
            if self._cell:
                self._note_cell()
            self._column += self._cells_alike
        elif name == "table:table-row":
            self._row += self._rows_alike

    def _note_cell(self) -> None:
        last_row = self._row + self._rows_alike - 1
        last_column = self._column + self._cells_alike - 1
        if "office:value-type" in self._cell:
            if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
                raise too_far(last_row, last_column)
            self._total.add_values(self._rows_alike * self._cells_alike)
            self._note_currency(last_row, last_column)
            if self._cell.get("table:style-name") in self._struck:
                self._scan.add_struck(self._row, self._column)
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
MAX_PARTS = 5_000
MAX_UNPACKED = 300_000_000
MAX_RATIO = 200
RATIO_FROM = 10_000_000
"""Parts that unpack to less than this may shrink as well as they like."""

_TIE = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_COMMENT = re.compile(rb"<(?:\w+:)?comment\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7})\"")
_CHUNK = 1 << 20
_STYLE_CHUNKS = 8
"""How much of a workbook's styles is looked at; what lies beyond shows pounds."""
_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|wav|mp[34]|bin|ttf|odttf)$", re.IGNORECASE)
DECLARATIONS = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
_TIES = "xl/_rels/workbook.xml.rels"
_OLD_MANIFEST = "META-INF/manifest.xml"
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ElementTree.ParseError,
    NotImplementedError,
    EOFError,
    OSError,
)
"""What the standard library raises for a file that does not hang together."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Checked(NamedTuple):
    """A package that may be read: its kind, and what was seen in each sheet, by the sheet's name."""

    kind: Kind
    scans: dict[str, SheetScan]


def check_zip(content: bytes) -> Checked:
    """Check a whole zip package; raises `Trouble` for what is not to be read."""
    try:
        return _Package(content).check()
    except (*DAMAGE, KeyError, ValueError) as error:
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
        self._sheets = frozenset[str]()

    def check(self) -> Checked:
        if len(self._parts) > MAX_PARTS:
            raise trouble(
                f"has more than {MAX_PARTS:,} parts", "open it in Excel, save it again and try once more"
            )
        if sum(part.file_size for part in self._parts if _PICTURES.search(part.filename)) > MAX_UNPACKED:
            raise _bomb()  # none is unpacked further than it says
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
        ties = self._ties()
        self._sheets = frozenset(name.casefold() for name in ties.values())
        styles = self._styles()
        for part in self._readable_parts():
            if is_worksheet(next(self._inflate(part), b"")[:4096]):
                scans[part.filename] = scan_sheet(self._afresh(part), styles)
            else:
                self._run_through(part)
        total = SheetScan()
        total.add_values(sum(scan.values for scan in scans.values()))
        for name, scan in scans.items():
            for row, column in self._comments_beside(name):
                scan.add_comment(row, column)
        is_noted = any(scan.is_noted for scan in scans.values())
        return self._by_sheet_name(scans, ties) if is_noted else {}

    def _styles(self) -> Styles:
        """Return the cell formats that tell more than a value, of as much as is looked at."""
        part = next((one for one in self._readable_parts() if one.filename.endswith("styles.xml")), None)
        return telling_styles(b"".join(islice(self._inflate(part), _STYLE_CHUNKS))) if part else Styles()

    def _comments_beside(self, sheet: str) -> Iterator[Place]:
        """Yield the cells of a sheet that have a comment, of as much as is looked at."""
        folder, name = posixpath.split(sheet)
        for tie in _TIE.findall(self._small(f"{folder}/_rels/{name}.rels")):
            about = dict(_ATTRIBUTE.findall(tie))
            target = about.get(b"Target", b"").decode("utf-8", "replace")
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if about.get(b"Type", b"").endswith(b"/comments") and part in self._names:
                content = b"".join(islice(self._inflate(self._zip.getinfo(part)), _STYLE_CHUNKS))
                for letters, number in _COMMENT.findall(content):
                    yield int(number), column_number(letters.decode())

    def _readable_parts(self) -> Iterator[zipfile.ZipInfo]:
        for part in self._parts:
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damaged_trouble()
            is_picture = _PICTURES.search(part.filename) and part.filename.casefold() not in self._sheets
            if not part.is_dir() and not is_picture:
                yield part

    def _ties(self) -> dict[str, str]:
        """Return the parts that the workbook leads to, by the keys of its relationships.

        None of them is passed over, whatever it is called: a sheet is read under any name.
        """
        ties = self._small(_TIES)
        refuse_declarations(_TIES, ties)
        leads = ElementTree.fromstring(ties).iter(_RELATIONSHIP) if ties else ()
        return {tie.get("Id", ""): part_name(tie.get("Target", "")) for tie in leads}

    def _by_sheet_name(self, scans: dict[str, SheetScan], targets: Mapping[str, str]) -> dict[str, SheetScan]:
        """Find each sheet's name: the workbook names sheets by the keys of its relationships."""
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
                raise _bomb()
            yield chunk

    def _inflate(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        with self._zip.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


def _bomb() -> Trouble:
    return trouble(
        "unpacks to far more than a spreadsheet holds",
        "open it in Excel, copy the list into a new workbook and try again",
    )


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
