"""Files too large to be held: texts and XML lists, read piece by piece, and the first sheet of a workbook.

Nothing here trusts what a package says of itself: what it unpacks to is counted while it is inflated. Values
are the texts that the file has.
"""

import codecs
import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from exchange.reading.guard import DAMAGE, MAX_PARTS, refuse_declarations
from exchange.reading.sheet_scan import trouble
from models.trouble import Trouble

MAX_UNPACKED = 8_000_000_000
MAX_LINE = 1 << 20
"""Characters in one row of a text, and bytes; no register has one near as long."""

_CHUNK = 1 << 20
_TEXTS = (".csv", ".txt", ".json", ".xml")
_AGAIN = "download it again"
Report = Callable[[int], None]
"""Told how many bytes of the file itself are read."""


class BigFile(NamedTuple):
    """A text to be read: its name, which may be that of a part of a package, and its bytes piece by piece."""

    name: str
    chunks: Iterator[bytes]


class Counted:
    """A stream of unpacked bytes that counts them, and reports how far the file is read."""

    def __init__(self, stream: IO[bytes], file: IO[bytes], report: Report) -> None:
        self._stream, self._file, self._report = stream, file, report
        self._left = MAX_UNPACKED

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises `Trouble` for more than any register has."""
        found = self._stream.read(_CHUNK if size < 0 else min(size, _CHUNK))
        self._left -= len(found)
        if self._left < 0:
            raise _too_large()
        self._report(self._file.tell())
        return found

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes, piece by piece."""
        while found := self.read():
            yield found


def parts_of(package: zipfile.ZipFile) -> tuple[str, ...]:
    """Return the names of a package's parts; raises `Trouble` for more than any register has."""
    names = tuple(package.namelist())
    if len(names) > MAX_PARTS:
        raise trouble(f"has more than {MAX_PARTS:,} parts", _AGAIN)
    return names


def text_part(names: Sequence[str]) -> str:
    """Return the one part of a package that is a text; raises `Trouble` where there is not one."""
    texts = [name for name in names if name.casefold().endswith(_TEXTS)]
    if len(texts) != 1:
        what = "several texts" if texts else "no text"
        raise trouble(f"is a zip archive with {what} in it", "unpack it and choose the register's file")
    return texts[0]


@contextmanager
def open_text(path: Path, report: Report) -> Iterator[BigFile]:
    """Open the one text of a file, plain or the only one in a zip."""
    with path.open("rb") as file:
        if not is_package(file):
            yield BigFile(path.name, Counted(file, file, report).chunks())
            return
        with zipfile.ZipFile(file) as package:
            name = text_part(parts_of(package))
            if package.getinfo(name).file_size > MAX_UNPACKED:  # said at once, not after minutes of reading
                raise _too_large()
            with package.open(name) as stream:
                yield BigFile(name, Counted(stream, file, report).chunks())


def _too_large() -> Trouble:
    return trouble(f"unpacks to more than {MAX_UNPACKED // 10**9} GB", _AGAIN)


def is_package(file: IO[bytes]) -> bool:
    """Whether a file begins as a zip; it is at its start again afterwards."""
    start = file.read(4)
    file.seek(0)
    return start == b"PK\x03\x04"


@contextmanager
def damage_as_trouble() -> Iterator[None]:
    """Raise `Trouble` in place of what the standard library raises for a file that does not hang together."""
    try:
        yield
    except DAMAGE as error:
        raise trouble("is damaged, or was not downloaded in full", _AGAIN) from error
    except RecursionError as error:
        raise trouble("is nested deeper than any register", _AGAIN) from error
    except RuntimeError as error:
        raise trouble("is protected with a password", "unpack it first") from error


def texts_of(chunks: Iterable[bytes]) -> Iterator[str]:
    """Decode bytes piece by piece: a byte order mark decides, else UTF-8 with strays of Windows-1252."""
    decoder: codecs.IncrementalDecoder | None = None
    for chunk in chunks:
        if decoder is None:
            decoder = _decoder(chunk[:4])
        yield decoder.decode(chunk)
    if decoder is not None:
        yield decoder.decode(b"", True)


def decoded(content: bytes) -> str:
    """Return the text that bytes are, as `texts_of` decodes them."""
    return "".join(texts_of((content,)))


def lines_of(texts: Iterable[str]) -> Iterator[str]:
    """Yield lines with their ends; a stray return within one becomes a space."""
    rest = ""
    for text in texts:
        whole, end, tail = (rest + text).rpartition("\n")
        if len(tail) > MAX_LINE:
            raise trouble("has a row that does not end", _AGAIN)
        rest = tail
        if end:
            for line in whole.replace("\r\n", "\n").rstrip("\r").replace("\r", " ").split("\n"):
                yield f"{line}\n"
    if rest:
        yield rest.replace("\r", " ")


def comma_rows(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the rows of a text whose values commas part, or semicolons; a quoted one may go over lines."""
    csv.field_size_limit(MAX_LINE)
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error as error:
        raise trouble("has a quotation mark that does not end", _AGAIN) from error


def tab_rows(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the rows of a text with tabs: quotation marks mean nothing, and a row that is cut goes on.

    The first row says how many values there are; one with fewer goes on in the next lines, since a value
    may hold a new line, unless that would make it longer than a row.
    """
    width, held = 0, ""
    for line in lines:
        if not width:
            width = line.count("\t")
            yield _cut(line)
            continue
        joined = held + line if held else line
        if held and joined.count("\t") > width:
            yield _cut(held)
            joined = line
        if joined.count("\t") < width and len(joined) < MAX_LINE:
            held = joined.rstrip("\n") + " "
            continue
        held = ""
        yield _cut(joined)
    if held:
        yield _cut(held)


def json_rows(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the objects of a list as rows, the keys of the first one before them."""
    keys: list[str] | None = None
    for found in _objects(texts):
        if keys is None:
            keys = list(found)
            yield keys
        yield ["" if (value := found.get(key)) is None else str(value) for key in keys]


def _objects(texts: Iterable[str]) -> Iterator[dict[str, object]]:
    decode, held, at, is_in = json.JSONDecoder().raw_decode, "", 0, False
    for text in texts:
        held, at = held[at:] + text, 0
        while True:
            at = _past(held, at, " \t\r\n," if is_in else " \t\r\n[")
            is_in = is_in or at > 0
            if held[at : at + 1] == "]":
                return
            try:
                found, at = decode(held, at)
            except ValueError:
                break
            if not isinstance(found, dict):
                raise trouble("is JSON, but not a list of a register's rows", _AGAIN)
            yield found
        if len(held) - at > MAX_LINE * 4:
            raise trouble("is JSON with an error in it", _AGAIN)
    raise trouble("is JSON that does not end", _AGAIN)


def _past(text: str, at: int, passed: str) -> int:
    while at < len(text) and text[at] in passed:
        at += 1
    return at


def _cut(line: str) -> list[str]:
    return [_unquoted(value) for value in line.rstrip("\n ").split("\t")]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value.startswith('"') and value.endswith('"'):
        return value[1:-1].replace('""', '"')
    return value


def _decoder(start: bytes) -> codecs.IncrementalDecoder:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return codecs.getincrementaldecoder("utf-16")("replace")
    return codecs.getincrementaldecoder("utf-8-sig")(_STRAY)


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, of which a register has a few."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


_STRAY = "windows-1252 for strays"
codecs.register_error(_STRAY, _stray)


_FIRST_BYTES = 4096
_SHEET, _CONTENT = "xl/worksheets/sheet1.xml", "content.xml"


def is_workbook(names: tuple[str, ...]) -> bool:
    return _SHEET in names or _CONTENT in names


def sheet_rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of the first sheet of a workbook as texts; a value's place is kept."""
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except CalamineError as error:
        raise trouble("is damaged, or was not downloaded in full", _AGAIN) from error
    for row in sheet.iter_rows():
        yield [_cell_text(value) for value in row]


def _cell_text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def xml_entries(stream: Counted, *tags: str) -> Iterator[ElementTree.Element]:
    """Yield each element of some names once it is whole, and forget it afterwards."""
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    inside, is_first = 0, True
    for chunk in stream.chunks():
        if is_first:
            refuse_declarations("", chunk[:_FIRST_BYTES])
            is_first = False
        parser.feed(chunk)
        for event, element in parser.read_events():
            is_one = element.tag.rpartition("}")[2] in tags
            if event == "start":
                inside += is_one
                continue
            if is_one:
                inside -= 1
                yield element
            if not inside:
                element.clear()
    parser.close()
