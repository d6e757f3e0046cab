"""Makers of the same small table in every kind of file that is read."""

import io
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import xlwt
from openpyxl import Workbook

from exchange.application_forms.reading import Form, forms_of, read_file

HEADINGS = ("Reference", "Organisation", "Amount", "Received")
BODY = (
    ("ACF-001", "Łódź Lunch Club", 4500.5, date(2026, 3, 4)),
    ("ACF-002", "Caffè & Friends", 250, date(2026, 3, 5)),
)
SEALED = (b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1")
"""The beginning of what a package tells of a part, and that of one that has a password."""


def packed(parts: Mapping[str, str | bytes], how: int = ZIP_DEFLATED) -> bytes:
    """Give a .zip of these parts."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", how) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def xlsx() -> bytes:
    """Give the table as a workbook of today."""
    book = Workbook()
    for row in (HEADINGS, *BODY):
        book.active.append(row)
    return _saved(book.save)


def xls() -> bytes:
    """Give the table as a workbook of Excel 97."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for number, row in enumerate((HEADINGS, *BODY)):
        for column, value in enumerate(row):
            sheet.write(number, column, value, *((day,) if isinstance(value, date) else ()))
    return _saved(book.save)


def ods() -> bytes:
    """Give the table as an OpenDocument spreadsheet."""
    return open_spreadsheet((HEADINGS, *BODY))


OPEN_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)
OPEN_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def open_spreadsheet(
    rows: Iterable[Sequence[object]], filtered: Container[int] = (), last: str = ""
) -> bytes:
    """Give rows as an OpenDocument spreadsheet; sums of money are pairs of a currency and a number.

    Rows are numbered from 1; those that a filter hides are named, and `last` ends each row.
    """
    lines = "".join(
        f'<table:table-row table:visibility="{"filter" if number in filtered else "visible"}">'
        f"{''.join(map(_open_cell, row))}{last}</table:table-row>"
        for number, row in enumerate(rows, 1)
    )
    parts = {
        "mimetype": OPEN_KIND,
        "content.xml": f"<office:document-content{OPEN_NAMES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": f"<manifest:manifest{OPEN_NAMES}>"
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{OPEN_KIND}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>",
    }
    return packed(parts, ZIP_STORED)


def _open_cell(value: object) -> str:
    match value:
        case date():
            said = f'"date" office:date-value="{value.isoformat()}"'
        case int() | float():
            said = f'"float" office:value="{value}"'
        case (currency, number):
            said = f'"currency" office:currency="{currency}" office:value="{number}"'
        case _:
            said = '"string"'
    text = f"<text:p>{escape(value)}</text:p>" if isinstance(value, str) else ""
    return f"<table:table-cell office:value-type={said}>{text}</table:table-cell>"


def csv() -> bytes:
    """Give the table as text between commas."""
    lines = [",".join(HEADINGS), *(f"{a},{b},{c},{d:%d/%m/%Y}" for a, b, c, d in BODY)]
    return "\r\n".join((*lines, "")).encode()


MAKERS: dict[str, Callable[[], bytes]] = {"xlsx": xlsx, "xls": xls, "ods": ods, "csv": csv}


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def read_form(content: bytes, name: str) -> Form:
    """Read one form by itself, of whose template no other is there."""
    return next(forms_of([read_file(content, name)]))
