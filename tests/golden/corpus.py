"""The two kept sets: reading, writing, masking and comparing them, and the text of a written file."""

import difflib
import json
import lzma
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import load_workbook
from pypdfium2 import PdfDocument

KEPT = Path(__file__).parent / "kept"
SETS = ("facts", "words")
WRITES, SHOWS_AT_MOST = "GOLDEN_WRITES", 60
"""Set in the environment where the sets are written and not compared."""
MASKS = (
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "‹identity›"),
    (re.compile(r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\b"), "‹hash›"),
    (re.compile(r"(?<=SHA-256 )[0-9a-f ]{20,}"), "‹hash›"),
    (re.compile(r"(code|\d,) [0-9a-f]{4}( [0-9a-f]{4}){2}\b"), r"\1 ‹hash›"),
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Entries = dict[str, list[str]]


def mask(text: str, place: Path) -> list[str]:
    """Return the lines of a text without what differs from one run to the next."""
    text = text.replace(str(place), "‹place›")
    for pattern, words in MASKS:
        text = pattern.sub(words, text)
    return [line.rstrip() for line in text.splitlines()]


def settle(name: str, found: Entries) -> None:
    """Write a set, or fail with what differs from the kept one."""
    path = KEPT / f"{name}.json.xz"
    if os.environ.get(WRITES):
        KEPT.mkdir(exist_ok=True)
        text = json.dumps(found, ensure_ascii=False, indent=0, sort_keys=True)
        path.write_bytes(lzma.compress(text.encode(), preset=9))
        return
    differences = [line for entry in sorted({*found, *kept(name)}) for line in _differ(name, entry, found)]
    assert not differences, "\n".join([f"{name} differs:", *differences[:SHOWS_AT_MOST]])


def kept(name: str) -> Entries:
    """Return a kept set, by name of the entry its lines; empty where none is kept."""
    path = KEPT / f"{name}.json.xz"
    entries: Entries = json.loads(lzma.decompress(path.read_bytes())) if path.exists() else {}
    return entries


def _differ(name: str, entry: str, found: Mapping[str, list[str]]) -> Iterator[str]:
    before, after = kept(name).get(entry, []), found.get(entry, [])
    if before != after:
        yield f"--- {entry}"
        yield from list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]


def text_of(path: Path) -> str:
    """Return what a person reads in a written file; "" for one that is sealed."""
    readers = {".pdf": _pdf, ".docx": _word, ".xlsx": _workbook}
    if path.suffix in readers:
        return "\n".join(readers[path.suffix](path))
    return path.read_text("utf-8-sig") if path.suffix in (".json", ".csv", ".txt", ".md", ".eml") else ""


def _pdf(path: Path) -> Iterator[str]:
    with PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            yield f"[page {number}]"
            yield from re.split(r"(?<=[.:;]) ", " ".join(page.get_textpage().get_text_range().split()))


def _word(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as parts:
        for name in sorted(parts.namelist()):
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name):
                yield f"[{name}]"
                for paragraph in ElementTree.fromstring(parts.read(name)).iter(f"{W}p"):
                    yield "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))


def _workbook(path: Path) -> Iterator[str]:
    book = load_workbook(path)
    for sheet in book.worksheets:
        yield f"[{sheet.title}]"
        for row in sheet.iter_rows():
            cells = [" ".join(str(cell.value).split()) for cell in row if cell.value is not None]
            formats = {cell.number_format for cell in row if isinstance(cell.value, int | float)}
            yield "\t".join([*cells, *sorted(formats - {"General"})])
