"""Draw the pages of one file in a process of its own, which may be killed at any moment; `pages` asks it.

It is told the file's bytes on its input, then one line of JSON for each question. It answers each with one
line of JSON and as many bytes as that says, over the pipe alone: nothing is written to a disk, opened or run.
"""

import base64
import io
import json
import re
import sys
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from math import sqrt
from typing import Any, BinaryIO
from xml.etree import ElementTree

from exchange.reading.big_files import decoded
from exchange.reading.guard import DAMAGE, DECLARATIONS, MAX_PARTS, MAX_UNPACKED
from exchange.reading.memory import limit_memory, memory_for, reuse_memory
from exchange.reading.pages import LONGEST_TEXT, MOST_PAGES, MOST_PIXELS, Question, Words
from exchange.reading.word_reach import NOT_LOOKED_INTO, looked_at, reach, reach_of_rtf
from models.trouble import Trouble
from scoring.written.days import full_moment

MOST_PICTURE = 100_000_000
"""Pixels of a picture that is unpacked; a telephone's largest are 50 million."""
_MOST_SCANNED = 50_000_000
_PICTURES = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
_PICTURE = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM....\0\0\0\0|RIFF....WEBP|II\*\0|MM\0\*", re.DOTALL)
_DOES = (
    (re.compile(rb"/(?:JavaScript|JS)\b"), "a script"),
    (re.compile(rb"/Launch\b"), "an action that would start a program"),
    (re.compile(rb"/(?:EmbeddedFiles?|RichMedia|Movie|Sound)\b"), "a file, film or sound within it"),
    (re.compile(rb"/(?:GoToR|GoToE|ImportData|SubmitForm)\b"), "an action that reaches outside the file"),
    (re.compile(rb"/URI\b"), "links to outside"),
    (re.compile(rb"/XFA\b"), "a form (XFA) that only Adobe's program shows"),
)
"""What a PDF does besides being read, by the names that stand in it."""
_ENCRYPTED = re.compile(rb"/Encrypt\b")
_FILTER = re.compile(rb"/((?:ASCIIHex|ASCII85|LZW|Flate|RunLength|Crypt)\w*|AHx|A85|LZW|Fl|RL)\b")
"""How a stream of a PDF is packed, one after the other; the short names are of pictures within a page."""
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External""")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENDS = {f"{_W}p": "\n", f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}tc": "| ", f"{_W}tr": "\n"}
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LINES, _DELETED = (f"{_T}p", f"{_T}h"), f"{_T}tracked-changes"
_SIGNS = {f"{_T}tab": "\t", f"{_T}line-break": "\n", f"{_T}s": " "}
"""What stands in a paragraph for a sign; of several spaces one is shown."""
_OPEN = b"application/vnd.oasis.opendocument."
Answer = tuple[dict[str, object], bytes]


class _File:
    """What is read page by page; a text has no pixels, and one page for each of its parts."""

    kind = "pages"
    count: int

    def size(self, number: int) -> tuple[float, float]:
        return 1.0, 1.0

    def pixels(self, number: int, width: int) -> Answer:
        return {}, b""

    def text(self, number: int) -> str:
        return ""

    def finds(self) -> Iterator[str]:
        return iter(())


class _Pdf(_File):
    """A PDF by PDFium, whose build runs no scripts; the pages past the most are not counted."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise Trouble(Words.LOCKED if "password" in str(error).lower() else Words.DAMAGED) from error
        self.count = min(len(self._document), MOST_PAGES)  # PDFium opens none without a page
        self._document.init_forms()
        self._content = content

    def size(self, number: int) -> tuple[float, float]:
        wide, high = self._document.get_page_size(number)
        return max(wide, 1.0), max(high, 1.0)

    def pixels(self, number: int, width: int) -> Answer:
        wide, high = self.size(number)
        scale = min(width / wide, sqrt(MOST_PIXELS / (wide * high)), MOST_PIXELS / 1000 / max(wide, high))
        page = self._document[number]
        try:
            bitmap = page.render(scale=scale, prefer_bgrx=True)
            return _sides(bitmap.width, bitmap.height, bitmap.stride), bytes(bitmap.buffer)
        finally:
            page.close()

    def text(self, number: int) -> str:
        page = self._document[number]
        try:
            text = page.get_textpage().get_text_bounded()
        finally:
            page.close()
        return str(text).replace("\ufffe", "-").replace("\x02", "-")

    def place(self, number: int, words: str) -> float:
        """Return how far down a page words begin, as a share of its height; 0 where PDFium finds none."""
        page = self._document[number]
        try:
            text = page.get_textpage()
            found = text.search(words).get_next()
            return 1 - text.get_charbox(found[0])[3] / self.size(number)[1] if found else 0.0
        finally:
            page.close()

    def finds(self) -> Iterator[str]:
        if len(self._document) > self.count:
            yield f"{len(self._document):,} pages, of which the first {self.count:,} are shown"
        packed = list(_unpacked(self._content))
        said = _named(self._content + b"".join(filter(None, packed)))
        yield from (words for sign, words in _DOES if sign.search(said))
        if None in packed or _ENCRYPTED.search(said):
            yield NOT_LOOKED_INTO


def _sides(wide: int, high: int, stride: int) -> dict[str, object]:
    return {"width": wide, "height": high, "stride": stride}


def _named(content: bytes) -> bytes:
    """Return what a PDF says, with its names as they are meant: "/J#53" is "/JS"."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), content)


def _unpacked(content: bytes) -> Iterator[bytes | None]:
    """Yield the objects that a PDF packs together, None for those that are not unpacked here."""
    left = _MOST_SCANNED
    for found in _PACKED.finditer(content):
        begins = content.rfind(b"obj", 0, found.start())
        filters = _FILTER.findall(_named(content[max(begins, found.start() - 1_000) : found.end()]))
        ends = content.find(b"endstream", found.end())
        data: bytes | None = content[found.end() : ends if ends >= 0 else len(content)]
        for name in filters:
            data = _decoded(name, data, left) if data is not None else None
        left -= len(data or b"")
        yield data
        if left <= 0:
            yield None
            return


def _decoded(name: bytes, data: bytes, most: int) -> bytes | None:
    """Return what a filter of a PDF makes of a stream, None where it is not known or does not fit."""
    try:
        if name in (b"FlateDecode", b"Fl"):
            return zlib.decompressobj().decompress(data, most)
        if name in (b"ASCIIHexDecode", b"AHx"):
            return bytes.fromhex(data.partition(b">")[0].decode("ascii"))
        if name in (b"ASCII85Decode", b"A85"):
            return base64.a85decode(data.partition(b"~>")[0].removeprefix(b"<~"))
    except (zlib.error, ValueError):
        pass
    return None


class _Picture(_File):
    """A picture, or the pages of a scan; its size is looked at before anything is unpacked."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._picture = self._opened()
        many = getattr(self._picture, "n_frames", 1) if self._picture.format == "TIFF" else 1
        self.count = min(many, MOST_PAGES)

    def _opened(self) -> Any:
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = None  # one far too large is told here
        return Image.open(io.BytesIO(self._content), formats=_PICTURES)

    def size(self, number: int) -> tuple[float, float]:
        self._picture.seek(number)
        wide, high = self._picture.size
        if wide * high > MOST_PICTURE or not wide * high:
            raise Trouble(f"is a picture of {wide:,} by {high:,} pixels, too large to be shown")
        turned = self._picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        return (high, wide) if turned else (wide, high)

    def pixels(self, number: int, width: int) -> Answer:
        from PIL import Image

        wide, high = self.size(number)
        scale = min(width / wide, sqrt(MOST_PIXELS / (wide * high)), 4.0)
        sides = max(1, int(wide * scale)), max(1, int(high * scale))
        drawn = self._unpacked(number, min(sides)).resize(sides, reducing_gap=2.0).convert("RGBA")
        drawn = Image.alpha_composite(Image.new("RGBA", sides, "white"), drawn)
        return _sides(*sides, sides[0] * 4), drawn.tobytes("raw", "BGRA")

    def _unpacked(self, number: int, least: int) -> Any:
        """Return a page upright and in colours, a photograph not much larger each way than the least."""
        from PIL import ImageOps

        picture = self._opened()
        picture.seek(number)
        picture.draft(None, (least, least))
        ImageOps.exif_transpose(picture, in_place=True)
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


class _Text(_File):
    """Text, whole: a page for each sheet of a workbook, one for any other."""

    kind = "text"

    def __init__(self, pages: list[str], finds: list[str]) -> None:
        cut = any(len(page) > LONGEST_TEXT for page in pages) or len(pages) > MOST_PAGES
        self._pages = [page[:LONGEST_TEXT] for page in pages[:MOST_PAGES]] or [""]
        self._finds = [*finds, *(["more text than is shown"] if cut else ())]
        self.count = len(self._pages)

    def text(self, number: int) -> str:
        return self._pages[number]

    def finds(self) -> Iterator[str]:
        return iter(self._finds)


def _package(content: bytes) -> _File:
    """Read a Word or OpenDocument text as its words; a workbook as its sheets; no other package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts, left = package.infolist(), MAX_UNPACKED // 3
        if len(parts) > MAX_PARTS:
            raise Trouble(f"has more than {MAX_PARTS:,} parts")
        names = [part.filename for part in parts]
        finds = list(reach(looked_at(package, parts, left)))
        ties = (name for name in names if name.endswith(".rels"))
        if any(_OUTSIDE.search(package.open(name).read(1 << 20)) for name in ties):
            finds.append("links to outside")
        kind = package.open("mimetype").read(100) if "mimetype" in names else b""
        if "xl/workbook.xml" in names or kind == _OPEN + b"spreadsheet":
            return _Text(_sheets(content), finds)
        is_open = kind == _OPEN + b"text"
        name, written = ("content.xml", _lines) if is_open else ("word/document.xml", _written)
        if name not in names:
            raise Trouble(Words.UNKNOWN)
        with package.open(name) as stream:
            document = stream.read(left + 1)
    if len(document) > left:
        raise Trouble("unpacks to far more than a letter holds")
    if any(word in document for word in DECLARATIONS):
        raise Trouble("declares its own entities, which no word processor writes")
    return _Text(["".join(islice(written(document), LONGEST_TEXT))], finds)


def _written(document: bytes) -> Iterator[str]:
    """Yield the words of a Word document; what was deleted under *Track changes* is not among them."""
    for _, element in ElementTree.iterparse(io.BytesIO(document)):
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _ENDS:
            yield _ENDS[element.tag]
        element.clear()


def _lines(document: bytes) -> Iterator[str]:
    """Yield the paragraphs of an OpenDocument text but for what was deleted as a tracked change."""
    is_deleted = False
    for event, element in ElementTree.iterparse(io.BytesIO(document), ("start", "end")):
        if element.tag == _DELETED:
            is_deleted = event == "start"
        elif element.tag in _SIGNS:
            element.text = _SIGNS[element.tag]
        elif event == "end" and element.tag in _LINES:
            if not is_deleted:
                yield f"{''.join(element.itertext())}\n"
            element.clear()


def _sheets(content: bytes) -> list[str]:
    from exchange.reading.reading_worker import read  # its library is for workbooks and lists alone

    return [_table(line) for line in read(content) if "rows" in line]


def _table(line: dict[str, Any]) -> str:
    rows = ("\t".join("" if cell is None else _shown(cell) for cell in row) for row in line["rows"])
    return "\n".join(chain([line["name"]] if line["name"] else [], rows))


def _shown(cell: Any) -> str:
    """Return a cell as a person reads it: a whole number without ".0"."""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(next(iter(cell.values()), "") if isinstance(cell, dict) else cell)


def _message(content: bytes) -> _Text | None:
    """Read an e-mail as its sender, its words and the names of its files; None for what is none."""
    from exchange.reading.message_worker import message_line

    try:
        said: dict[str, Any] = message_line(content)
    except Trouble:
        return None
    if not (said["sender"] and said["received"]):
        return None
    files = "; ".join(one["name"] for one in said["parts"])
    came = full_moment(datetime.fromisoformat(said["received"]))
    told = {"From": said["sender"], "Subject": said["subject"], "Received": came, "Files": files}
    head = [f"{name}: {words}" for name, words in told.items() if words]
    rich = ["words in rich text (RTF), which are not shown"] if said["is_rich"] else []
    return _Text(["\n".join([*head, "", said["words"]])], rich)


def opened(content: bytes) -> _File:
    """Open a file by what its bytes say it is; raises `Trouble` for what is not shown."""
    if b"%PDF-" in content[:1024]:
        return _Pdf(content)
    if _PICTURE.match(content):
        return _Picture(content)
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    if message := _message(content):
        return message
    if b"\0" in content[:4096] and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Trouble(Words.UNKNOWN)
    finds = dict.fromkeys(reach_of_rtf(content)) if content.startswith(b"{\\rt") else ()
    return _Text([decoded(content).replace("\r\n", "\n")], list(finds))


def answers(content: bytes, stream: BinaryIO) -> Iterator[Answer]:
    """Yield an answer to each question on a file; the first tells how many pages there are."""
    warnings.simplefilter("ignore")
    try:
        file = opened(content)
        yield {"kind": file.kind, "count": file.count, "sides": file.size(0)}, b""
        while line := stream.readline():
            yield _answer(file, Question(**json.loads(line)))
    except Trouble as error:
        yield {"trouble": str(error)}, b""
    except (*DAMAGE, SyntaxError, ValueError, KeyError, RuntimeError):
        yield {"trouble": Words.DAMAGED}, b""


def _answer(file: _File, asked: Question) -> Answer:
    if asked.what == "pixels":
        return file.pixels(asked.page, asked.width)
    if asked.what == "finds":
        return {"finds": list(file.finds())}, b""
    if asked.what == "text":
        return {"text": file.text(asked.page)}, b""
    if asked.what == "place":
        return {"place": file.place(asked.page, asked.words) if isinstance(file, _Pdf) else 0.0}, b""
    sought = asked.words.casefold()
    return {"pages": [page for page in range(file.count) if sought in file.text(page).casefold()]}, b""


def main() -> None:
    """Answer until nothing more is asked."""
    reuse_memory()
    out, asked = sys.stdout.buffer, sys.stdin.buffer
    content = asked.read(int(asked.readline()))
    limit_memory(memory_for(content))
    for said, data in answers(content, asked):
        out.write(json.dumps(said | {"bytes": len(data)}).encode("ascii") + b"\n")
        out.write(data)  # a page is megabytes: put after its line, all of them would be copied
        out.flush()
