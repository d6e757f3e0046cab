"""Start to the first page, and to its figures, against a bare window with a table."""

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.paired import Paired, paired_seconds, report
from benchmarks.window.first_paint_word import SHOWN
from benchmarks.window.record import write_record
from benchmarks.window.started import PAGE

LIMIT = 1.35
PAIRS = 9
COUNTS = (40, 1_000)
BYTECODE = "PYTHONPYCACHEPREFIX"


def run() -> None:
    """Print the ratio of warm starts, on records of an ordinary round and of a very large one."""
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            record = write_record(Path(folder) / "office.panel", count)
            for what, words in (("first page, before its figures,", [PAGE]), ("figures", [])):
                figures = measured(record, words)
                told = f"Start to the {what} of {count:,} applications, warm"
                report(told, figures, LIMIT, "a bare window with a table")


def measured(record: Path, words: list[str]) -> Paired:
    """Return the figures of starts in turn; bytecode is cached for both, in a folder of their own."""
    surroundings = offscreen(record.parent)
    ours = partial(_until_shown, ["benchmarks.window.started", str(record), *words], surroundings)
    theirs = partial(_until_shown, ["benchmarks.window.bare"], surroundings)
    return paired_seconds(ours, theirs, PAIRS)


def offscreen(folder: Path) -> dict[str, str]:
    """Return surroundings without a display, whose settings and bytecode stay in a folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(folder / "data"),
        BYTECODE: str(folder / "bytecode"),
    }


def _until_shown(module: list[str], surroundings: dict[str, str]) -> float:
    """Return how long a program took from its start until it said that its window is painted."""
    began = perf_counter()
    command = [sys.executable, "-m", *module]
    with subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None, "it is a pipe"
        assert child.stderr is not None, "it is a pipe"
        said = child.stdout.readline().strip()
        seconds = perf_counter() - began
        errors = child.stderr.read()
    assert said == SHOWN, f"{module[0]} ended without a window: {errors}"
    return seconds
