"""Read a table of text: its characters, its separator, its rows as Excel shows them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from exchange.cells.cell_names import cell_name
from exchange.reading.file_kind import trouble
from exchange.reading.sheet_scan import MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, too_far, too_long

TextRows = list[list[str]]

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 200
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
_END = "\ue000end"
"""A row put after the last: it does not come back as itself when a quotation mark was never closed."""


def read_text_rows(content: bytes) -> TextRows:
    """Read every row, blank ones included; raises `Trouble` past a limit or for an endless quotation."""
    separator, text = _separator(decode(content).rstrip(" \t\r\n,;|"))
    csv.field_size_limit(1 << 25)
    rows: TextRows = []
    number, row = 0, [""]
    try:
        for number, row in enumerate(_rows(text + "\n" + _END, separator), start=1):
            _check_row(number, row)
            if number <= MAX_ROWS:
                rows.append(row)
    except csv.Error as error:
        raise too_long() from error
    if row != [_END]:
        raise trouble(
            f"has a quotation mark in row {number:,} that is never closed",
            "open it in Excel, correct that row, save it again and try once more",
        )
    return rows[:-1] if number <= MAX_ROWS else rows


def decode(content: bytes) -> str:
    """Make characters of bytes: a byte order mark decides, else UTF-8, else Windows-1252."""
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:].decode("utf-8", "replace")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8")
    text = content.decode("utf-8", "surrogateescape")
    strays = sum(map(text.count, _STRAYS))
    proper = sum(ord(letter) > 0x7F for letter in text) - strays
    if strays >= proper:
        text = content.decode("latin-1").translate(_FROM_LATIN)
    return text.translate(_FROM_STRAY)


def _windows(code: int) -> str:
    return bytes([code]).decode("cp1252", "replace")


_FROM_LATIN = {code: _windows(code) for code in range(0x80, 0xA0)}
_FROM_STRAY = {0xDC00 + code: _windows(code) for code in range(0x80, 0x100)}
_STRAYS = tuple(map(chr, _FROM_STRAY))


def _separator(text: str) -> tuple[str, str]:
    """Tell the separator, and give the text without Excel's own line that names it."""
    told = re.match(r'"?sep=(.)"?\r?\n?', text, re.IGNORECASE)
    if told:
        return told.group(1), text[told.end() :]
    return max(_SEPARATORS, key=_Sample(text).regularity), text


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        yield [_as_shown(cell) for cell in row] if '="' in "".join(row) else row


def _as_shown(cell: str) -> str:
    """Return a text that was written as ="0012", so that Excel keeps it as it is, without that."""
    found = _KEPT_AS_TEXT.fullmatch(cell.strip())
    return found[1] if found else cell


class _Sample:
    """The first rows of a text, to try separators on."""

    def __init__(self, text: str) -> None:
        self._text = text[:200_000]

    def regularity(self, separator: str) -> int:
        """Rate a separator: how many rows it cuts into the same number of cells, and into how many."""
        widths: Counter[int] = Counter()
        try:
            for _, row in zip(range(_SAMPLE_ROWS), _rows(self._text, separator), strict=False):
                widths[len(row)] += 1
        except csv.Error:
            return 0
        return max((rows * (width - 1) for width, rows in widths.items() if width > 1), default=0)


def _check_row(number: int, row: list[str]) -> None:
    filled = [index for index, text in enumerate(row, start=1) if text.strip()]
    if not filled or row[-1].endswith(_END):
        return
    if number > MAX_ROWS or filled[-1] > MAX_COLUMNS:
        raise too_far(number, filled[-1])
    longest = max(filled, key=lambda index: len(row[index - 1]))
    if len(row[longest - 1]) > MAX_CHARACTERS:
        raise too_long(cell_name(number, longest))
