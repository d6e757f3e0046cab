"""Cells dressed once and written many times, past openpyxl's own cell for each value.

openpyxl's write-only sheet makes a cell of every value, tries it as a value first, and looks its style
up again. That is more than half of the time of a long schedule; its writer only asks for what a
`PreparedCell` has. Written for openpyxl 3.1; a test writes both ways and compares the XML.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter

from exchange.cells.cell_names import column_name

_CONSTANTS = ("has_style", "hyperlink", "parent", "style_id")


class PreparedCell:
    """What openpyxl's writer asks of a cell, as plain attributes."""

    __slots__ = (
        "_comment",
        "_value",
        "coordinate",
        "data_type",
        "has_style",
        "hyperlink",
        "parent",
        "style_id",
    )

    def __init__(self, dressed: WriteOnlyCell) -> None:
        self.parent = dressed.parent
        self.style_id = dressed.style_id
        self.has_style = True
        self.hyperlink = self._comment = None
        self.coordinate, self.data_type = "A1", "n"
        self._value: str | int | float | datetime | None = None

    def put(self, value: str | int | float | datetime | None, data_type: str) -> None:
        """Put a value in, as number (n), text (s), formula (f) or moment (d)."""
        self._value, self.data_type = value, data_type


class _MemoryWriter(WorksheetWriter):  # type: ignore[misc]
    """A writer of a sheet into memory: a temporary file on a full disk would leave it unfinished."""

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        super().__init__(sheet, out=BytesIO())

    def cleanup(self) -> None:
        """Leave nothing behind: there is no file."""


class MemorySheet(WriteOnlyWorksheet):  # type: ignore[misc]
    """A write-only sheet kept in memory: a temporary file of openpyxl's would outlive a killed program."""

    def __init__(self, workbook: Workbook, title: str) -> None:
        super().__init__(workbook, title=title)
        self._writer: Any = None

    def _get_writer(self) -> None:
        if self._writer is None:
            self._writer = _MemoryWriter(self)
            self._writer.write_top()


class PreparedSheet(MemorySheet):
    """A sheet whose rows are prepared cells, one for each column without a gap."""

    def __init__(self, workbook: Workbook, title: str) -> None:
        super().__init__(workbook, title)
        self._letters: list[str] = []

    def written(self) -> bytes:
        """Return the XML of a sheet that is closed."""
        return bytes(self._writer.out.getvalue())

    def rewrite(self, xml: bytes) -> None:
        """Put other XML in place of what was written."""
        self._writer.out = BytesIO(xml)

    def _values_to_row(self, values: Sequence[PreparedCell], row_idx: int) -> Iterator[Any]:
        for number in range(len(self._letters), len(values)):
            self._letters.append(column_name(number + 1))
        for letter, cell in zip(self._letters, values, strict=False):
            cell.coordinate = f"{letter}{row_idx}"
            yield cell


def add_memory_sheet(workbook: Workbook, title: str) -> MemorySheet:
    """Add a sheet of openpyxl's own cells, kept in memory, at the end of a write-only workbook."""
    sheet = MemorySheet(workbook, title)
    workbook._add_sheet(sheet)
    return sheet


def add_sheet(workbook: Workbook, title: str) -> PreparedSheet:
    """Add a sheet of prepared cells at the end of a write-only workbook."""
    sheet = PreparedSheet(workbook, title)
    workbook._add_sheet(sheet)
    return sheet
