"""`grant-panel rank` of a round workbook end to end, against LibreOffice converting the same file."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.made_schedule import made_rows
from benchmarks.paired import paired, ratio
from benchmarks.table import Row
from exchange.round_workbook.write import write_round

OFFICE = ("soffice", "libreoffice")


def measure() -> Iterator[Row]:
    """Yield the ratio of the command's start, and of 1,000 applications where LibreOffice is installed."""
    imports = [sys.executable, "-c", "import sqlalchemy, openpyxl"]
    figures = paired(lambda: _call("--version"), lambda: _run(imports))
    yield ratio("Start of the command", figures, 1.5, "importing sqlalchemy and openpyxl")
    office = next(filter(None, map(shutil.which, OFFICE)), None)
    if office is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        workbook = write_round(made_rows(1_000), Path(folder, "round.xlsx"))
        convert = [office, "--headless", "--convert-to", "ods", "--outdir", folder, str(workbook)]
        figures = paired(lambda: _call("rank", str(workbook)), lambda: _run(convert), 3)
        yield ratio("Ranking a workbook of 1,000, end to end", figures, 1.0, "LibreOffice converting it")


def _call(*arguments: str) -> None:
    start = "import sys; from cli.command import main; sys.exit(main(sys.argv[1:]))"
    _run([sys.executable, "-c", start, *arguments])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
