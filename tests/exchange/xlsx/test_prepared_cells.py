"""Prepared cells are written as openpyxl writes its own."""

from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from exchange.xlsx.prepared_cells import PreparedCell, add_sheet

VALUES = (("text ", "s"), (4500.5, "n"), ("=1+1", "f"), (datetime(2026, 12, 2, 14, 5), "d"), (None, "n"))


def test_the_xml_is_that_of_openpyxls_own_cells() -> None:
    own, ours = Workbook(write_only=True), Workbook(write_only=True)
    plain, prepared = own.create_sheet("A"), add_sheet(ours, "A")
    dressed = WriteOnlyCell(prepared)
    dressed.font = Font(bold=True)
    for _ in range(2):
        row, prepared_row = [], []
        for value, kind in VALUES:
            cell = WriteOnlyCell(plain)
            cell._value, cell.data_type, cell.font = value, kind, Font(bold=True)
            row.append(cell)
            prepared_row.append(PreparedCell(dressed))
            prepared_row[-1].put(value, kind)
        plain.append(row)
        prepared.append(prepared_row)

    plain.close()
    prepared.close()

    assert prepared.written() == plain._writer.read()
