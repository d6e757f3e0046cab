"""Importing a workbook into a record, against openpyxl's read-only reading of the same file alone."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import load_workbook

from benchmarks.paired import growth, paired, ratio
from benchmarks.rounds import AREAS
from benchmarks.table import Row
from benchmarks.workbooks import write_applications
from exchange.applications.fields import AreaNames
from exchange.applications.importer import applications_in
from exchange.applications.row_reader import Setting
from exchange.incoming.reading import take
from models.operation import Actor
from models.operations.applications.applications import ImportApplications
from models.operations.set_up.office import SetUpOffice
from models.record import Opener, Record
from models.reference.defaults import UsualArea
from models.reference.schemes import shipped_funds
from models.values.rounds import RoundKey

FUND = "Active Citizens Fund"
ACTOR = Actor("benchmark")


def measure() -> Iterator[Row]:
    """Yield the ratio for 10,000 rows and the growth from 1,000."""
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large.xlsx"), Path(folder, "small.xlsx")
        write_applications(large, 10_000)
        write_applications(small, 1_000)
        importing = Importing(Path(folder))
        yield ratio(
            "Importing 10,000 rows",
            paired(lambda: importing.take_in(large), lambda: read_with_openpyxl(large)),
            1.5,
            "openpyxl's reading",
        )
        yield growth("Importing", paired(lambda: importing.take_in(large), lambda: importing.take_in(small)))


def once() -> None:
    """Import 10,000 rows once, for measuring memory."""
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder, "large.xlsx")
        write_applications(workbook, 10_000)
        Importing(Path(folder)).take_in(workbook)


class Importing:
    """Takes a workbook in to a new record each time; the records are made before the clock starts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        self.template = folder / "template.panel"
        with Record.create(self.template, Opener("benchmark", "benchmark")) as record:
            record.perform(SetUpOffice("Made-up office", shipped_funds()), ACTOR)

    def new(self) -> Path:
        """Return a record of its own, with an office and funds."""
        self.made += 1
        path = self.folder / f"record{self.made}.panel"
        path.write_bytes(self.template.read_bytes())
        return path

    def take_in(self, workbook: Path) -> None:
        """Read, check, map and record every row, with its journal row, in a process that was set up."""
        with Record.open(self.new(), Opener("benchmark", "benchmark")) as record:
            areas = AreaNames([UsualArea(name, ()) for name in AREAS])
            book = take((workbook,), areas).book
            reading = applications_in(book, Setting("ACF", areas), name=workbook.name)
            key = RoundKey(FUND, "2026/27", f"Bench {datetime.now(UTC).isoformat()}")
            operation = ImportApplications(key, reading.applications, reading.areas, workbook.name)
            outcome = record.perform(operation, ACTOR)
        if len(reading.applications) < 1_000:
            raise AssertionError(outcome.words)


def read_with_openpyxl(workbook: Path) -> int:
    """Read every cell of the file with openpyxl, read-only, and nothing else."""
    book = load_workbook(workbook, read_only=True, data_only=True)
    cells = sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return cells
