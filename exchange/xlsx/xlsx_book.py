"""A workbook being written: its sheets, the figures beside formulas, and the finished file.

openpyxl stamps the time of writing into properties and zip entries; here both come from the paper,
so that the same values give the same bytes.
"""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exchange.atomic import laid_out_by, require_whole
from exchange.xlsx.xlsx_cells import Continuation, Rows

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time that every entry bears: the oldest that a zip can say."""


def write_deterministic(finished: BytesIO, path: Path) -> None:
    """Write the entries of a zip in memory to a file, in their order and all of one time."""
    with ZipFile(finished) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(deterministic_entry(entry.filename), source.read(entry))


def deterministic_entry(name: str) -> ZipInfo:
    """Return an entry of this name that bears no time of its own."""
    entry = ZipInfo(name, ZIP_TIME)
    entry.compress_type = ZIP_DEFLATED
    return entry


class Book:
    """A write-only workbook; use as a context, so that a sheet left half way is finished in any case.

    Without `made_at` it bears the time of writing. One that other programs read has no sheet Continued: a
    text longer than a cell holds is cut, and says so.
    """

    def __init__(self, title: str, made_at: datetime | None = None, *, is_for_programs: bool = False) -> None:
        from openpyxl import Workbook  # as in `xlsx_cells`

        self._workbook = Workbook(write_only=True)
        self._rows: list[Rows] = []
        self.continuations: list[Continuation] = []
        self._cuts_texts = is_for_programs
        properties = self._workbook.properties
        properties.title, properties.creator, properties.language = title, "Grant Panel", "en-GB"
        properties.keywords = laid_out_by()
        if made_at is not None:
            properties.created = properties.modified = made_at.replace(tzinfo=None, microsecond=0)

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        for rows in self._rows:
            rows.close()

    def sheet(self, title: str) -> Rows:
        """Add a sheet at the end and return its rows."""
        continuations = None if self._cuts_texts else self.continuations
        rows = Rows(self._workbook.create_sheet(title), continuations)
        self._rows.append(rows)
        return rows

    def is_first(self, rows: Rows) -> bool:
        """Whether these are the rows of the sheet that is seen first."""
        return self._rows[0] is rows

    def save(self, path: Path) -> None:
        """Put the cached values in and write the file."""
        from openpyxl.writer.excel import ExcelWriter

        for rows in self._rows:
            rows.finish()
        with _DeterministicZip(path, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(self._workbook, archive).write_data()


class _DeterministicZip(ZipFile):
    """A zip whose entries all carry the same time."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Write an entry from memory."""
        super().writestr(deterministic_entry(str(zinfo_or_arcname)), data, compress_type, compresslevel)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_kwargs: Any) -> None:
        """Write an entry from a sheet that was kept in memory."""
        super().writestr(deterministic_entry(str(arcname)), filename.getvalue())


def check_book(path: Path) -> None:
    """Raise Trouble unless each part of the finished file is whole, BadZipFile where it is no zip."""
    with ZipFile(path) as archive:
        damaged = archive.testzip()
    require_whole(path, is_whole=damaged is None)
