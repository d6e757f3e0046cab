"""Measure every part, or those that are named, print the table, and end with 1 if an aim is missed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.table import Row, conclude, line

PARTS = (
    "memory",
    "command",
    "ranking",
    "importing",
    "forms",
    "registers",
    "schedules",
    "file_pages",
    "papers",
    "packs",
    "sensitivity",
    "record_saving",
    "big_record",
    "kept_files",
    "office_server",
    "window.start",
    "window.marks",
    "window.scrolling",
    "window.typing",
    "window.beside",
    "window.pages",
)
LIKE_THE_WINDOW = ("window.marks", "window.scrolling", "window.typing", "window.beside", "window.pages")
"""Parts that begin as the window does, before Qt is loaded: begun otherwise, all pages take 30 MB more."""
BEGIN = "from gui.start import begin; begin(); "
WRITE = "import sys; from benchmarks.table import write_rows; write_rows(sys.argv[1])"


def main(names: list[str]) -> int:
    """Measure part after part, each in a process of its own, and return the exit status."""
    unknown = set(names) - set(PARTS)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
    rows = []
    for part in names or PARTS:
        for row in measured(part):
            print(line(row), flush=True)
            rows.append(row)
    print()
    return conclude(rows)


def measured(part: str) -> Iterator[Row]:
    """Yield a part's rows as they come; a part that breaks off is a miss, and the others go on."""
    begin = BEGIN if part in LIKE_THE_WINDOW else ""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", begin + WRITE, part]
        with subprocess.Popen(command, env=offscreen(Path(folder)), stdout=subprocess.PIPE) as child:
            assert child.stdout is not None, "it is a pipe"
            yield from map(msgspec.json.Decoder(Row).decode, child.stdout)
    if child.returncode:
        yield Row(f"Exit status of {part}, which broke off", abs(child.returncode), 0, "")


def offscreen(folder: Path) -> dict[str, str]:
    """Return surroundings without a display, whose settings stay in a folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(folder / "data")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
