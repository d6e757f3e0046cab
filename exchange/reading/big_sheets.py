"""The first sheet of a workbook row by row, and the entries of an XML list, without holding either.

For lists that are longer than what `sheets` takes; values are the texts that the file has.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.etree import ElementTree

from exchange.reading.big_files import Counted, Report, parts_of
from exchange.reading.file_kind import trouble
from exchange.reading.guard import refuse_declarations

MAX_COLUMNS = 300
MAX_SHARED = 5_000_000
"""Texts that the cells of a workbook share."""
_FIRST_BYTES = 4096
_SHARED, _SHEET, _CONTENT = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "content.xml"
_LETTERS = re.compile(r"[A-Z]{1,3}")


def is_workbook(names: tuple[str, ...]) -> bool:
    """Whether the parts of a package are those of a workbook."""
    return _SHEET in names or _CONTENT in names


def sheet_rows(package: zipfile.ZipFile, file: IO[bytes], report: Report) -> Iterator[list[str]]:
    """Yield the rows of the first sheet as texts; a value's place is kept."""
    names = parts_of(package)
    if _SHEET in names:
        shared = _shared(package, file, report) if _SHARED in names else []
        yield from _xlsx_rows(_entries(package, _SHEET, file, report, "row"), shared)
    else:
        yield from map(_ods_row, _entries(package, _CONTENT, file, report, "table-row"))


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
            is_one = _name(element) in tags
            if event == "start":
                inside += is_one
                continue
            if is_one:
                inside -= 1
                yield element
            if not inside:
                element.clear()
    parser.close()


def _entries(
    package: zipfile.ZipFile, part: str, file: IO[bytes], report: Report, tag: str
) -> Iterator[ElementTree.Element]:
    with package.open(part) as stream:
        yield from xml_entries(Counted(stream, file, report), tag)


def _shared(package: zipfile.ZipFile, file: IO[bytes], report: Report) -> list[str]:
    found = []
    for element in _entries(package, _SHARED, file, report, "si"):
        found.append("".join(part.text or "" for part in element.iter() if _name(part) == "t"))
        if len(found) > MAX_SHARED:
            raise trouble("has more texts than a register has", "download it again")
    return found


def _xlsx_rows(rows: Iterator[ElementTree.Element], shared: list[str]) -> Iterator[list[str]]:
    for row in rows:
        cells: list[str] = []
        for cell in (one for one in row if _name(one) == "c"):
            at = _column(cell.get("r", ""), len(cells))
            cells.extend([""] * (at - len(cells)))
            cells.append(_xlsx_text(cell, shared))
        yield cells


def _xlsx_text(cell: ElementTree.Element, shared: list[str]) -> str:
    text = "".join(part.text or "" for part in cell.iter() if _name(part) in ("v", "t"))
    if cell.get("t") != "s":
        return text
    if not (text.isdecimal() and int(text) < len(shared)):
        raise trouble("is damaged: a cell has a text that is not there", "download it again")
    return shared[int(text)]


def _column(reference: str, otherwise: int) -> int:
    """Return the place of a cell in its row, from 0; the next one where it does not say."""
    letters = _LETTERS.match(reference)
    place = otherwise + 1
    if letters:
        place = 0
        for letter in letters[0]:
            place = place * 26 + ord(letter) - 64
    if not otherwise < place <= MAX_COLUMNS:
        raise trouble(f"has more than {MAX_COLUMNS} columns, or cells out of order", "download it again")
    return place - 1


def _ods_row(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for cell in (one for one in row if _name(one) in ("table-cell", "covered-table-cell")):
        many = next((value for name, value in cell.items() if name.endswith("number-columns-repeated")), "1")
        text = "\n".join("".join(part.itertext()) for part in cell if _name(part) == "p")
        repeated = int(many) if many.isdecimal() else 1
        cells.extend([text] * min(repeated, MAX_COLUMNS - len(cells)))
    return cells


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
