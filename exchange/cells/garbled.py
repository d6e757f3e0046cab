"""Letters that were saved in one encoding and opened in another: put right where that is certain.

put_right("CafÃ©")        # "Café"
lost_letters("Caf\ufffd")   # "Caf\ufffd" is to be looked at
"""

import html
import re
from collections.abc import Mapping, Sequence

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


def lost_in(row: Sequence[Cell]) -> dict[int, str]:
    """Return by the place in a row the word of each text that lost letters, or has some no one can tell."""
    return {
        at: word
        for at, cell in enumerate(row)
        if isinstance(cell, str) and ("?" in cell or not cell.isascii()) and (word := lost_letters(cell))
    }


def as_filed(cell: Cell) -> Cell:
    """Return a cell as the file has it."""
    return cell.was if isinstance(cell, PutRight) else cell


def with_letters(book: Book) -> Book:
    """Return a book with garbled letters put right, and in each sheet a note of how many."""
    return replace(book, sheets=tuple(map(_with_letters, book.sheets)))


def _with_letters(sheet: SheetTable) -> SheetTable:
    suspects = {number: found for number, row in enumerate(sheet.rows) if (found := _suspects(row))}
    is_of_dos = _is_of_dos([text for found in suspects.values() for text in found.values()])
    rows, turned = list(sheet.rows), list[PutRight]()
    for number, found in suspects.items():
        cells = list(rows[number])
        for at, text in found.items():
            meant = put_right((is_of_dos and _in_dos(text)) or text)
            if meant != text:
                turned.append(_put_right(text, meant))
                cells[at] = turned[-1]
        rows[number] = tuple(cells)
    if not turned:
        return sheet
    first, verb = turned[0], "was" if len(turned) == 1 else "were"
    count = f"{counted(len(turned), 'cell')} with garbled letters {verb} put right"
    note = f"{count}, such as {quoted(first.was)}: {quoted(str(first))}."
    return replace(sheet, rows=tuple(rows), notes=(*sheet.notes, note))


def _suspects(row: Sequence[Cell]) -> dict[int, str]:
    """Return by their places the texts of a row that may be garbled."""
    return {
        at: cell
        for at, cell in enumerate(row)
        if type(cell) is str and (not cell.isascii() or "&" in cell or "<" in cell)
    }


def _put_right(text: str, meant: str) -> PutRight:
    """Return a text as it is meant, beside what the file says there."""
    mended = PutRight(meant)
    mended.was = text
    return mended


def _is_of_dos(suspects: Sequence[str]) -> bool:
    """Whether a list was saved with the letters of DOS and opened with those of Windows.

    So where a word surely has a letter of DOS, and no letter of the list has none there.
    """
    texts = [text for text in suspects if not text.isascii()]
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
