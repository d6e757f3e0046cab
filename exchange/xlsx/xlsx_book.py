"""A workbook being written: its sheets, the figures beside formulas, and the finished file.

openpyxl stamps the time of writing into properties and zip entries; here both come from the paper,
so that the same values give the same bytes.
"""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from exchange.xlsx.cached_values import put_cached_values
from exchange.xlsx.prepared_cells import add_sheet
from exchange.xlsx.xlsx_cells import Continuation, Rows

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class Book:
    """A write-only workbook; use as a context, so that a sheet left half way is finished in any case."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self._workbook = Workbook(write_only=True)
        self._rows: list[Rows] = []
        self.continuations: list[Continuation] = []
        properties = self._workbook.properties
        properties.title, properties.creator, properties.language = title, "Grant Panel", "en-GB"
        properties.created = properties.modified = made_at.replace(tzinfo=None, microsecond=0)

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        for rows in self._rows:
            if not rows.sheet.closed:
                rows.sheet.close()

    def sheet(self, title: str) -> Rows:
        """Add a sheet at the end and return its rows."""
        rows = Rows(add_sheet(self._workbook, title), self.continuations)
        self._rows.append(rows)
        return rows

    def save(self, path: Path) -> None:
        """Put the cached values in and write the file."""
        for rows in self._rows:
            rows.sheet.close()
            if rows.cached:
                rows.sheet.rewrite(put_cached_values(rows.sheet.written(), rows.cached))
        save_from_memory(self._workbook, path)


def save_from_memory(workbook: Workbook, target: Path | BytesIO) -> None:
    """Write a workbook whose sheets were all kept in memory."""
    with _TimelessZip(target, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()


class _TimelessZip(ZipFile):
    """A zip whose entries all carry the same time."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Write an entry from memory."""
        super().writestr(_entry(str(zinfo_or_arcname)), data, compress_type, compresslevel)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_kwargs: Any) -> None:
        """Write an entry from a sheet that was kept in memory."""
        super().writestr(_entry(str(arcname)), filename.getvalue())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _ZIP_TIME)
    entry.compress_type = ZIP_DEFLATED
    return entry


def check_book(path: Path) -> None:
    """Raise BadZipFile unless the finished file is a whole zip."""
    with ZipFile(path) as archive:
        damaged = archive.testzip()
    if damaged is not None:
        raise BadZipFile(f"{damaged} was not written whole")
