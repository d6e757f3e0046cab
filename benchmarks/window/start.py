"""Start to the first page, and to its figures, against a bare window with a table."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.paired import Paired, paired_seconds, ratio
from benchmarks.table import Row
from benchmarks.window.first_paint_word import SHOWN
from benchmarks.window.record import write_record
from benchmarks.window.started import PAGE

STAGES: tuple[tuple[str, list[str], float], ...] = (
    ("first page, before its figures,", [PAGE], 1.30),
    ("figures", [], 1.65),
)
"""Words for what is waited for, arguments of the program that waits, and the aim."""
PAIRS = 9
COUNTS = (40, 1_000)
BYTECODE = "PYTHONPYCACHEPREFIX"


def measure() -> Iterator[Row]:
    """Yield the ratio of warm starts, on records of an ordinary round and of a very large one."""
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            record = write_record(Path(folder) / "office.panel", count)
            for stage, arguments, aim in STAGES:
                figures = measured(record, arguments)
                subject = f"Start to the {stage} of {count:,} applications, warm"
                yield ratio(subject, figures, aim, "a bare window with a table")


def measured(record: Path, words: list[str]) -> Paired:
    """Return the figures of starts in turn; bytecode is cached for both, in a folder of their own."""
    surroundings = os.environ | {BYTECODE: str(record.parent / "bytecode")}
    ours = partial(_until_shown, ["benchmarks.window.started", str(record), *words], surroundings)
    theirs = partial(_until_shown, ["benchmarks.window.bare"], surroundings)
    return paired_seconds(ours, theirs, PAIRS)


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
