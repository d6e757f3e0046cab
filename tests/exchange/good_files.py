"""Makers of the same small table in every kind of file that is read."""

import io
from collections.abc import Callable
from datetime import date

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from exchange.application_forms.reading import Form, forms_of, read_file

HEADINGS = ("Reference", "Organisation", "Amount", "Received")
BODY = (
    ("ACF-001", "Łódź Lunch Club", 4500.5, date(2026, 3, 4)),
    ("ACF-002", "Caffè & Friends", 250, date(2026, 3, 5)),
)


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
    document = OpenDocumentSpreadsheet()
    table = Table(name="Sheet")
    for row in (HEADINGS, *BODY):
        cells = TableRow()
        for value in row:
            cells.addElement(_ods_cell(value))
        table.addElement(cells)
    document.spreadsheet.addElement(table)
    return _saved(document.write)


def csv() -> bytes:
    """Give the table as text between commas."""
    lines = [",".join(HEADINGS), *(f"{a},{b},{c},{d:%d/%m/%Y}" for a, b, c, d in BODY)]
    return "\r\n".join((*lines, "")).encode()


MAKERS: dict[str, Callable[[], bytes]] = {"xlsx": xlsx, "xls": xls, "ods": ods, "csv": csv}


def _ods_cell(value: object) -> TableCell:
    if isinstance(value, date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=value)
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def read_form(content: bytes, name: str) -> Form:
    """Read one form by itself, of whose template no other is there."""
    return next(forms_of([read_file(content, name)]))
