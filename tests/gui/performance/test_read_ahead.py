"""The libraries of sums and papers are read before they are loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

from gui.performance import read_ahead
from gui.performance.read_ahead import library_files

MAPPED = Path("/proc/self/maps")
LOADED = """
from pathlib import Path
import gui.app, gui.pages.overview.page, gui.performance.preload
gui.performance.preload.read_ahead = lambda: None
gui.performance.preload._load_beneath()

def files():
    lines = Path("/proc/self/maps").read_text().splitlines()
    return {{line.split(None, 5)[5] for line in lines if "site-packages" in line}}

before = files()
import {}
print(*(files() - before), sep="\\n")
"""


@pytest.mark.skipif(not MAPPED.exists(), reason="this system does not say what is loaded")
@pytest.mark.parametrize(
    "module", ["scoring.sensitivity.list_sensitivity", "exchange.papers.schedule.schedule_pdf", "pypdfium2"]
)
def test_each_file_that_sums_and_papers_load_is_read_ahead(module: str) -> None:
    known = {path.resolve() for path in library_files()}
    program = [sys.executable, "-c", LOADED.format(module)]

    found = subprocess.run(program, check=True, capture_output=True, text=True).stdout.splitlines()

    late = {Path(name).resolve() for name in found if ".so" in Path(name).suffixes}
    assert late
    assert late - known == set()


def test_what_cannot_be_read_keeps_nothing_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, read = tmp_path / "there.so", list[Path]()
    there.write_bytes(b"library")
    monkeypatch.setattr(read_ahead, "library_files", lambda: iter((tmp_path / "gone.so", tmp_path, there)))
    opened = Path.open
    monkeypatch.setattr(
        Path, "open", lambda path, *how, **more: read.append(path) or opened(path, *how, **more)
    )

    read_ahead.read_ahead()

    assert read[-1] == there
