"""The two kept sets: reading, writing, masking and comparing them, and the text of a written file."""

import difflib
import json
import lzma
import os
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import load_workbook
from pypdfium2 import PdfDocument

KEPT = Path(__file__).parent / "kept"
SETS = ("facts", "words")
WRITES = "GOLDEN_WRITES"
"""Set in the environment where the sets are written and not compared."""
SHOWS_AT_MOST, FIRST, WIDEST = 40, 6, 200
"""Of how many entries lines are shown, how many of each, and how much of a line; more are named."""
MASKS = (
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "‹identity›"),
    (re.compile(r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\b"), "‹hash›"),
    (re.compile(r"(?<=SHA-256 )[0-9a-f ]{20,}"), "‹hash›"),
    (re.compile(r"(code|\d,) [0-9a-f]{4}([ \xa0][0-9a-f]{4}){2}\b"), r"\1 ‹hash›"),
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Entries = dict[str, list[str]]


def mask(text: str, place: Path) -> list[str]:
    """Return the lines of a text without what differs from one run to the next."""
    text = text.replace(str(place), "‹place›")
    for pattern, words in MASKS:
        text = pattern.sub(words, text)
    return [line.rstrip() for line in text.splitlines()]


def settle(name: str, found: Entries) -> Iterator[str]:
    """Write a set; or yield which of its entries differ from the kept ones, and the first lines of each."""
    path, before = KEPT / f"{name}.json.xz", kept(name)
    if os.environ.get(WRITES):
        text = json.dumps(found, ensure_ascii=False, indent=0, sort_keys=True)
        path.write_bytes(lzma.compress(text.encode(), preset=9))
        return
    other = [entry for entry in sorted({*found, *before}) if found.get(entry) != before.get(entry)]
    if other:
        yield f"{len(other)} of the {len(found)} {name} differ:"
    for entry in other[:SHOWS_AT_MOST]:
        state = "gone: " if entry not in found else "new: " if entry not in before else ""
        yield f"--- {state}{entry}"
        lines = difflib.unified_diff(before.get(entry, []), found.get(entry, []), lineterm="", n=0)
        yield from islice((line[:WIDEST] for line in islice(lines, 2, None) if line[:3] != "@@ "), FIRST)
    yield from (f"--- {entry}" for entry in other[SHOWS_AT_MOST:])


def kept(name: str) -> Entries:
    """Return a kept set, by name of the entry its lines; empty where none is kept."""
    path = KEPT / f"{name}.json.xz"
    entries: Entries = json.loads(lzma.decompress(path.read_bytes())) if path.exists() else {}
    return entries


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
