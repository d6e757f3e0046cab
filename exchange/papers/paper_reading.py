"""Reading any paper back as text in places, to compare it with what was issued.

A workbook's places are its cells, a PDF's its printed lines, a Word file's its paragraphs. In running text
£4,500.00 reads like £4,500: papers were issued with noughts for pence, and say the same without them.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_uppercase
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from msgspec import Struct

from exchange.atomic import core_of, told_in
from exchange.papers.non_text import PDF, NonText, non_text
from exchange.pdf.pdf_reading import printed_pdf, require_readable
from exchange.reading.cell_names import cell_name
from exchange.reading.sheets import NoSavedValue, read_book
from models.trouble import Trouble
from models.values import canonical
from scoring.money import without_noughts

NO_VALUE = "a formula without a value"
MOST_UNPACKED = 50_000_000
_DIGEST = re.compile(r"SHA-256ofthedata([0-9a-f]{64})")
_LONE_DIGEST = re.compile(r"[0-9a-f]{64}")
_MADE = re.compile(r"Generated (\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d) UTC")
PAGE_NUMBER = re.compile(r"Page \d+ of \d+")
_HELD_HYPHEN = qn("w:noBreakHyphen")


class Printed(Struct, frozen=True):
    """What a file says, place by place, and when it says that it was made.

    `digests` are the SHA-256 that it prints. Places of a running text bear the number of the line in it,
    and count for order alone. `layout` names what laid it out: a list of plain cells has its headings for it.
    `non_text` is what its parts hold beside their words.
    """

    name: str
    ending: str
    is_running: bool
    places: tuple[tuple[str, str], ...]
    digests: frozenset[str]
    made_at: datetime | None
    layout: str = ""
    non_text: tuple[NonText, ...] = ()


def read_paper(path: Path) -> Printed:
    """Return what a file says; Trouble where it cannot be read as what its ending says it is."""
    ending = path.suffix.casefold()
    reader = _READERS.get(ending)
    if reader is None:
        raise Trouble(
            f"{path.name} is not a paper that can be checked; choose a PDF, Word, Excel or data file."
        )
    try:
        require_readable(path)
        if ending == PDF:
            pages = printed_pdf(path)
            places, beside = pages.lines, tuple(dict.fromkeys(NonText(*each) for each in pages.beside))
        else:
            places, beside = tuple(reader(path)), non_text(path, ending)
        if ending in _RUNNING:
            places = tuple((where, without_noughts(words)) for where, words in places)
    except FileNotFoundError as error:
        raise Trouble(f"There is no file {path.name} in {path.absolute().parent}. Check the name.") from error
    text = "\n".join(words for _, words in places)
    digests = frozenset(_DIGEST.findall("".join(text.split())))
    digests |= {words for _, words in places if _LONE_DIGEST.fullmatch(words)}
    made = _MADE.search(" ".join(text.split()))
    made_at = None if made is None else datetime.strptime(made[1], "%d %b %Y, %H:%M").replace(tzinfo=UTC)
    layout = _layout(path, ending, places)
    return Printed(path.name, ending, ending in _RUNNING, places, digests, made_at, layout, beside)


def _layout(path: Path, ending: str, places: Iterable[tuple[str, str]]) -> str:
    if ending == ".csv":
        return "\n".join(words for where, words in places if where.lstrip(ascii_uppercase) == "1")
    return told_in(core_of(path), b"cp:keywords").decode(errors="replace") if ending == ".xlsx" else ""


def _of_book(path: Path) -> Iterator[tuple[str, str]]:
    book = read_book(path)
    for sheet in book.sheets:
        before = "" if book.kind == "csv" else f"{sheet.name}, "
        for row, cells in enumerate(sheet.rows, 1):
            for column, value in enumerate(cells, 1):
                if value is not None:
                    yield f"{before}{cell_name(row, column)}", _cell_text(value)


def _cell_text(value: object) -> str:
    if isinstance(value, NoSavedValue):
        return NO_VALUE
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.15g}"
    return str(value)


def _of_word(path: Path) -> Iterator[tuple[str, str]]:
    word = _open_word(path)
    parts: list[tuple[str, Any]] = [("the text", word.element.body)]
    for section in word.sections:
        parts += [("the head", section.header.part.element), ("the foot", section.footer.part.element)]
        parts += [("the first head", section.first_page_header.part.element)]
        parts += [("the first foot", section.first_page_footer.part.element)]
    for where, element in parts:
        for number, paragraph in enumerate(element.iter(qn("w:p")), 1):
            words = "".join(
                "-" if text.tag == _HELD_HYPHEN else text.text or ""
                for text in paragraph.iter(qn("w:t"), _HELD_HYPHEN)
            )
            if words.strip():
                yield f"{where}, paragraph {number}", " ".join(words.split())


def _open_word(path: Path) -> WordDocument:
    try:
        with ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise Trouble(f"{path.name} is too large for a paper of this program.")
        return docx.Document(str(path))
    except FileNotFoundError:
        raise
    except (
        PackageNotFoundError,
        BadZipFile,
        KeyError,
        AttributeError,
        ValueError,
        OSError,
        SyntaxError,
    ) as error:
        words = f"{path.name} cannot be read as a Word document; choose the file that was issued."
        raise Trouble(words) from error


def _of_json(path: Path) -> Iterator[tuple[str, str]]:
    try:
        yield from _leaves(canonical.loads(path.read_text(encoding="utf-8-sig")), "")
    except (ValueError, RecursionError) as error:
        raise Trouble(f"{path.name} cannot be read as a file of open data.") from error


def _leaves(data: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for name, item in data.items():
            yield from _leaves(item, f"{where}/{name}")
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _leaves(item, f"{where}/{number}")
    else:
        yield where, json.dumps(data, ensure_ascii=False)


_READERS: Mapping[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
    ".xlsx": _of_book,
    ".csv": _of_book,
    PDF: lambda path: iter(printed_pdf(path).lines),
    ".docx": _of_word,
    ".json": _of_json,
}
_RUNNING = (".pdf", ".docx")
