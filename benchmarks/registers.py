"""Reading a register for what concerns a record, against the standard library's csv alone."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.paired import growth, paired, ratio
from benchmarks.table import Row
from exchange.reading.registers import read_register
from models.values.diligence import Wanted

WANTED = Wanted((), tuple(f"{number:08}" for number in range(0, 5_000_000, 9_973)))
NAME = "BasicCompanyDataAsOneFile-2026-11-01.csv"
_HEAD = (
    "CompanyName, CompanyNumber,RegAddress.AddressLine1,RegAddress.PostTown,RegAddress.PostCode,"
    "CompanyCategory,CompanyStatus,DissolutionDate,Accounts.NextDueDate,"
    + ",".join(f"PreviousName_{number}.CompanyName" for number in range(1, 47))
)
"""As many columns as the real file has."""


def measure() -> Iterator[Row]:
    """Yield the ratio for 200,000 companies, reading process included, and the growth from 20,000."""
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large.zip"), Path(folder, "small.zip")
        write_companies(large, 200_000)
        write_companies(small, 20_000)
        figures = paired(lambda: read_register(large, WANTED), lambda: read_with_csv(large))
        yield ratio("Reading 200,000 companies", figures, 2, "csv alone")
        figures = paired(lambda: read_register(large, WANTED), lambda: read_register(small, WANTED))
        yield growth("Reading companies", figures)


def write_companies(path: Path, many: int) -> None:
    """Write so many made-up companies in the layout of the real file."""
    rest = ',""' * 46
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package, package.open(NAME, "w") as part:
        part.write(f"{_HEAD}\r\n".encode())
        for start in range(0, many, 10_000):
            rows = (
                f'"MADE UP {number} ""AND"" SONS, LIMITED","{number:08}","{number % 300} EXAMPLE SQUARE",'
                f'"WESTMARCH","WM1 1AA","Private Limited Company","Active","","30/06/2027"{rest}\r\n'
                for number in range(start, start + 10_000)
            )
            part.write("".join(rows).encode())


def read_with_csv(path: Path) -> int:
    """Go through every row with the standard library, and nothing else."""
    with zipfile.ZipFile(path) as package, package.open(NAME) as part:
        return sum(1 for _ in csv.reader(io.TextIOWrapper(part, "utf-8", newline="")))
