"""The one thing of openpyxl that is patched: it writes no value beside a formula.

A viewer without a calculator would show blanks. Asked for and declined: openpyxl issue 251, "Add a value
cache to cell.Cell" (bitbucket.org/openpyxl/openpyxl/issues/251, since moved to foss.heptapod.net with its
number). The finished XML of a sheet is held in memory to put them in; so no temporary file of openpyxl's, in
plain text, outlives a program that is killed (safety.md, row 24). Written for openpyxl 3.1; goes as soon as a
cell takes a formula and its value, and a sheet a place to write to.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl.worksheet._writer import WorksheetWriter

_EMPTY_VALUE = re.compile(rb"</f><v(?: ?/>|></v>)")


class HeldSheet(WorksheetWriter):  # type: ignore[misc]
    """The XML of a write-only sheet, in memory; made once the sheet is laid out, before its first row."""

    def __init__(self, sheet: Any) -> None:
        self._file = BytesIO()
        super().__init__(sheet, out=self._file)
        sheet._writer = self
        self.write_top()

    def put_values(self, values: Iterable[str]) -> None:
        """Put a number beside each formula of a sheet that is closed."""
        self.out = BytesIO(put_cached_values(self._file.getvalue(), values))

    def cleanup(self) -> None:
        """Leave nothing behind: there is no file."""


def put_cached_values(sheet_xml: bytes, values: Iterable[str]) -> bytes:
    """Return sheet XML with a number beside each formula, in the order in which they stand.

    `values` are numbers as text. Raises ValueError unless there is exactly one for each formula.
    """
    left = iter(values)

    def beside(_formula: re.Match[bytes]) -> bytes:
        value = next(left, None)
        if value is None:
            raise ValueError("fewer cached values than formulas")
        return b"</f><v>" + value.encode("ascii") + b"</v>"

    filled = _EMPTY_VALUE.sub(beside, sheet_xml)
    if next(left, None) is not None:
        raise ValueError("more cached values than formulas")
    return filled
