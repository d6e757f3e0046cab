"""Letters that were saved in one encoding and opened in another: put right where that is certain.

put_right("CafÃ©")        # "Café"
lost_letters("Caf\ufffd")   # "Caf\ufffd" is to be looked at
"""

import html
import re
from collections.abc import Mapping
from typing import TypeGuard

from msgspec.structs import replace

from exchange.reading.sheets import Book, Cell, SheetTable
from scoring.written.text import counted, quoted

_CODES = ("cp1252", "mac_roman", "cp850", "cp437")
"""In what UTF-8 is opened by mistake: on Windows, on a Mac, and in a console."""
_ANY = r"[\x80-\xbf]"
_SIGNS = re.compile(
    rf"\xe2[\x80\x82\x84\x86\x89\x98\x9c\x9e]{_ANY}|\xe1[\xba\xbb]{_ANY}|\xef\xac{_ANY}|\xef\xbb\xbf"
    rf"|\xef\xbf\xbd|\xf0\x9f{_ANY}{{2}}"
)
_LETTERS = re.compile(rf"[\xc2-\xc4]{_ANY}|\xc5[\x80-\xa2\xa4\xa6-\xbf]")
_OTHER_SCRIPTS = re.compile(rf"(?:[\xcd-\xdf]{_ANY}){{2,}}|(?:[\xe0-\xe9]{_ANY}{{2}}){{2,}}")
"""Bytes of UTF-8. Of other scripts only several together, from Windows, are surely none as they stand."""
_STEPS = (
    *((_SIGNS, code) for code in _CODES),
    *((_LETTERS, code) for code in _CODES),
    (_OTHER_SCRIPTS, _CODES[0]),
)
_SUSPECT = re.compile(r"[Â-ÅÍ-ßáâã-éïð√¬ƒ≈‚·├┬─┼ÔΓß≡\x80-\x9f\xad]")
_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_ENTITY = re.compile(
    r"&(?:amp;)?(?:#(?:3[2-9]|[4-9]\d|\d{3,5})|#x[0-9a-f]{2,4}|amp|lt|gt|quot|apos|nbsp|pound|euro|[lr][sd]quo|[nm]dash|hellip"
    r"|[a-z](?:acute|grave|circ|uml|cedil|tilde));",
    re.IGNORECASE,
)
"""A letter as a web page writes it: "&pound;", "&#8217;"."""
_BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*\n?", re.IGNORECASE)
"""The end of a line as a web page writes it."""
_DOS, _WINDOWS = "cp850", "cp1252"
_OF_DOS = re.compile(r"(?<=[A-Za-z])[‚„‰ƒˆ‡Š‹](?=[a-z]|\s|$)")
"""Letters of DOS as Windows shows them: "Caf‚", "Zo‰"."""
_OF_WINDOWS = frozenset("‘’“”–—…•™€£")
"""Signs that texts from Windows have and that DOS has letters for."""
_MOST_TIMES = 3
"""As often a text may have been opened wrongly."""
_LOST = re.compile(
    r"\ufffd|\w\?(?:s|t|re|ve|ll|d|m)\b(?![=/])|(?<=[a-z])[ŽŸˆ‡ÕÔÒÓ](?=[a-z]|\b)"
    r"|(?<=[A-Za-z])[‚‰](?=[a-z]|\s|$)"
    r"|[ÂÃ](?=\s|$)|â€|Ã[^\w\s]|ï»¿"
)
"""Signs of letters that nobody can put back: "Caf\ufffd", "Women?s", "CafŽ" and "womenÕs" from an old Mac."""


class PutRight(str):
    """A cell's text with its letters put right; `was` is what the file says there."""

    __slots__ = ("was",)
    was: str


def _bytes_of(code: str) -> Mapping[int, str]:
    """Return for each letter of an encoding the one whose number is its byte, for any other none that is one.

    Bytes without a letter on Windows come as control characters.
    """
    found = dict.fromkeys(range(128, 256), "\uffff")
    found |= {byte: chr(byte) for byte in range(0x80, 0xA0) if code == _CODES[0]}
    for byte in range(0x80, 0x100):
        letter = bytes([byte]).decode(code, "ignore")
        found.update({ord(letter): chr(byte)} if letter else {})
    return found


_TABLES: dict[str, Mapping[int, str]] = {}


def put_right(text: str) -> str:
    """Return a text with letters put right that only a wrong encoding explains, else as it is."""
    text = _ENTITY.sub(lambda found: html.unescape(html.unescape(found[0])), _BREAK.sub("\n", text))
    if text.isascii() or not _SUSPECT.search(text):
        return text
    for _ in range(_MOST_TIMES):
        before = text
        for pattern, code in _STEPS:
            text = _once(text, code, pattern)
        if text == before:
            break
    return text.translate(_CONTROLS).removeprefix("\ufeff")


def lost_letters(text: str) -> str:
    """Return the first word of a text that lost letters, or has some that no one can tell, "" without any."""
    if text.isascii() and "?" not in text:
        return ""
    found = _LOST.search(text)
    if found is None:
        return ""
    start = max(text.rfind(" ", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
    return text[start:].split()[0]


def as_filed(cell: Cell) -> Cell:
    """Return a cell as the file has it."""
    return cell.was if isinstance(cell, PutRight) else cell


def with_letters(book: Book) -> Book:
    """Return a book with garbled letters put right, and in each sheet a note of how many."""
    return replace(book, sheets=tuple(map(_with_letters, book.sheets)))


def _with_letters(sheet: SheetTable) -> SheetTable:
    if not any(any(map(_may_be_garbled, row)) for row in sheet.rows):
        return sheet
    mended = _of_dos if _is_of_dos(sheet) else _cell
    rows = tuple(tuple(map(mended, row)) for row in sheet.rows)
    pairs = zip(sheet.rows, rows, strict=True)
    turned = [
        (one, other) for was, now in pairs for one, other in zip(was, now, strict=True) if one is not other
    ]
    if not turned:
        return sheet
    (was, now), number = turned[0], counted(len(turned), "cell")
    verb = "was" if len(turned) == 1 else "were"
    note = f"{number} with garbled letters {verb} put right, such as {quoted(str(was))}: {quoted(str(now))}."
    return replace(sheet, rows=rows, notes=(*sheet.notes, note))


def _may_be_garbled(cell: Cell) -> TypeGuard[str]:
    return type(cell) is str and (not cell.isascii() or "&" in cell or "<" in cell)


def _cell(cell: Cell) -> Cell:
    return _mended(cell, put_right(cell)) if _may_be_garbled(cell) else cell


def _mended(cell: str, text: str) -> Cell:
    """Return a cell as it is meant, beside what the file says there."""
    mended = PutRight(text)
    mended.was = cell
    return cell if mended == cell else mended


def _is_of_dos(sheet: SheetTable) -> bool:
    """Whether a list was saved with the letters of DOS and opened with those of Windows.

    So where a word surely has a letter of DOS, and no letter of the list has none there.
    """
    texts = [cell for row in sheet.rows for cell in row if isinstance(cell, str) and not cell.isascii()]
    signs = {sign for text in texts for sign in text if not sign.isascii()}
    if not _OF_WINDOWS.isdisjoint(signs) or not any(map(_OF_DOS.search, texts)):
        return False
    meant = (_in_dos(sign) for sign in signs)
    return all(sign == "£" or sign.isalpha() for sign in meant)


def _in_dos(text: str) -> str:
    """Return a text opened with the letters of Windows as it is with those of DOS, "" where it is neither."""
    try:
        return text.encode(_WINDOWS).decode(_DOS)
    except UnicodeError:
        return ""


def _of_dos(cell: Cell) -> Cell:
    return _mended(cell, put_right(_in_dos(cell) or cell)) if _may_be_garbled(cell) else cell


def _once(text: str, code: str, pattern: re.Pattern[str]) -> str:
    table = _TABLES.get(code) or _TABLES.setdefault(code, _bytes_of(code))
    as_bytes = text.translate(table)
    parts, end = [], 0
    for found in pattern.finditer(as_bytes):
        mended = _decoded(found[0])
        if mended is not None:
            parts += [text[end : found.start()], mended]
            end = found.end()
    return "".join([*parts, text[end:]]) if parts else text


def _decoded(letters: str) -> str | None:
    try:
        return letters.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None
