"""Look over an old Excel workbook (.xls): a password, cells in error, formulas without a value.

The reading library gives all three kinds of cell as blanks. An .xls is a small file system with the
workbook in it as one stream of records, each a number, a length and its bytes.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence

from exchange.reading.guard import password_trouble
from exchange.reading.ole_file import OleFile
from exchange.reading.sheet_scan import MAX_ROWS, UNSAVED, SheetScan, too_far, unit_shown

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BEGIN, _END, _PASSWORD, _SHEET, _CALCULATED = 0x0809, 0x000A, 0x002F, 0x0085, 0x01C1
_FORMAT, _CELL_FORMAT, _NUMBER, _SMALL, _SMALL_ONES = 0x041E, 0x00E0, 0x0203, 0x027E, 0x00BD
_ROW, _IS_HIDDEN = 0x0208, 0x0020
_COLUMNS, _ARE_HIDDEN = 0x007D, 0x0001
_COMMENT = 0x001C
_FONT, _IS_STRUCK, _NO_FONT = 0x0031, 0x0008, 4
"""Fonts are counted without a number 4."""
_WITH_STYLE = frozenset((0x0203, 0x0204, 0x00D6, 0x00FD, 0x027E))
"""Records of one value, with the row, the column and the cell's format."""
_FORMULA, _TRUTH_OR_ERROR = (0x0006, 0x0206, 0x0406), 0x0205
_VALUES = frozenset((0x0002, 0x0003, 0x0004, 0x0203, 0x0204, 0x00D6, 0x00FD, 0x027E, 0x00BD))
"""Records of numbers and texts; all begin with the row and the column."""

_NOT_A_NUMBER, _IS_ERROR, _IS_BLANK = 0xFFFF, 2, 3

Record = tuple[int, bytes]


def scan_xls(content: bytes) -> dict[str, SheetScan]:
    """Look the workbook over; gives marked cells by the sheet's name, nothing when it cannot be followed.

    Raises `Trouble` for a workbook with a password or a value too far down.
    """
    try:
        stream = _workbook(OleFile(content))
        head = list(_records(stream, 0))
        if any(number == _PASSWORD for number, _ in head):
            raise password_trouble()
        new = head[0][1][:2] == b"\x00\x06"
        sheets = [_sheet_place(body, new=new) for number, body in head if number == _SHEET]
        calculated = any(number == _CALCULATED for number, _ in head)
        styles = _styles(head) if new else {}
        struck = _struck(head) if new else frozenset[int]()
        return {name: _scan(stream, place, styles, struck, calculated=calculated) for name, place in sheets}
    except (struct.error, IndexError, KeyError, UnicodeDecodeError):
        return {}


def _workbook(file: OleFile) -> bytes:
    """Give the stream that holds the workbook; raises `KeyError` without one."""
    for entry in file.entries:
        if entry.name in ("Workbook", "Book"):
            return file.read(entry)
    raise KeyError("Workbook")


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Give the records from one beginning to its end; charts within are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (number == _BEGIN) - (number == _END)
        if depth <= 1:
            yield number, body
        if depth <= 0:
            return


def _sheet_place(body: bytes, *, new: bool) -> tuple[str, int]:
    place, length = struct.unpack_from("<I2xB", body)
    if not new:
        return body[7 : 7 + length].decode("cp1252"), place
    wide = body[7] & 1
    text = body[8 : 8 + length * (2 if wide else 1)]
    return text.decode("utf-16-le" if wide else "latin-1"), place


def _scan(
    stream: bytes, place: int, styles: Mapping[int, str], struck: frozenset[int], *, calculated: bool
) -> SheetScan:
    """Return what is seen of a sheet: marked cells, numbers in another unit, and what is not shown."""
    scan = SheetScan()
    for number, body in _records(stream, place):
        if number in _VALUES and (at := struct.unpack_from("<HH", body))[0] >= MAX_ROWS:
            raise too_far(at[0] + 1, at[1] + 1)
        if number in _FORMULA or number == _TRUTH_OR_ERROR:
            row, column = struct.unpack_from("<HH", body)
            mark = _error(body) if number == _TRUTH_OR_ERROR else _formula(body, calculated)
            if mark is not None:
                scan.marks[row + 1, column + 1] = mark
        if styles:
            of_unit = ((row, column, styles.get(style)) for row, column, style in _numbers(number, body))
            scan.units |= {(row + 1, column + 1): unit for row, column, unit in of_unit if unit is not None}
        if number == _ROW:
            row, about = struct.unpack_from("<H10xH", body)
            scan.hidden |= {row + 1} if about & _IS_HIDDEN else set()
        if number == _COLUMNS:
            first, last, about = struct.unpack_from("<HH4xH", body)
            if about & _ARE_HIDDEN:
                scan.hide_columns(first + 1, last + 1)
        if number == _COMMENT:
            row, column = struct.unpack_from("<HH", body)
            scan.add_comment(row + 1, column + 1)
        if struck and number in _WITH_STYLE:
            row, column, style = struct.unpack_from("<HHH", body)
            if style in struck:
                scan.add_struck(row + 1, column + 1)
    return scan


def _numbers(number: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the cells of a record that have numbers, each with its format."""
    if number in (_NUMBER, _SMALL, *_FORMULA):
        yield struct.unpack_from("<HHH", body)
    elif number == _SMALL_ONES:
        row, first = struct.unpack_from("<HH", body)
        ones = struct.iter_unpack("<H4x", body[4 : 4 + (len(body) - 6) // 6 * 6])
        yield from ((row, column, style) for column, (style,) in enumerate(ones, first))


def _styles(head: Sequence[Record]) -> dict[int, str]:
    """Return by their number the cell formats that show another unit than pounds."""
    shown = {}
    for number, body in head:
        if number == _FORMAT:
            at, length, is_wide = struct.unpack_from("<HHB", body)
            code = body[5 : 5 + length * (2 if is_wide & 1 else 1)]
            template = unit_shown(code.decode("utf-16-le" if is_wide & 1 else "latin-1"))
            shown.update({} if template is None else {at: template})
    formats = [struct.unpack_from("<2xH", body)[0] for number, body in head if number == _CELL_FORMAT]
    return {at: shown[of] for at, of in enumerate(formats) if of in shown}


def _struck(head: Sequence[Record]) -> frozenset[int]:
    """Return by their number the cell formats that show a line through the cell."""
    fonts = [struct.unpack_from("<2xH", body)[0] & _IS_STRUCK for number, body in head if number == _FONT]
    fonts.insert(_NO_FONT, 0)
    formats = (struct.unpack_from("<H", body)[0] for number, body in head if number == _CELL_FORMAT)
    return frozenset(at for at, font in enumerate(formats) if font < len(fonts) and fonts[font])


def _error(body: bytes) -> str | None:
    code, is_error = body[6], body[7]
    return _ERRORS.get(code, "#ERROR") if is_error else None


def _formula(body: bytes, calculated: bool) -> str | None:
    """Tell a formula's mark from its saved result: eight bytes that are a number, or say what else it is.

    A blank result is an empty text in a workbook that a spreadsheet program calculated, else it is none.
    """
    kind, code, end = struct.unpack_from("<BxB3xH", body, 6)
    if end == _NOT_A_NUMBER and kind == _IS_ERROR:
        return _ERRORS.get(code, "#ERROR")
    unsaved = end == _NOT_A_NUMBER and kind == _IS_BLANK and not calculated
    return UNSAVED if unsaved else None
