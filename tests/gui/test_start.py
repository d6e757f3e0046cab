"""The window's start loads what its first page shows, and leaves the rest to be loaded when it is wanted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
HEAVY = (
    "openpyxl",
    "sqlalchemy.orm",
    "reportlab",
    "docx",
    "python_calamine",
    "numpy",
    "scipy",
    "alembic",
    "cryptography",
)
LATER = ("jsonschema", "lxml", "pypdfium2", "exchange")
START = """
import json, sys
from gui.start import begin
begin()
from PySide6.QtCore import QTimer
from gui.app import Program
from gui.pages.overview.page import OverviewPage
program = Program(sys.argv[1:])
shown = OverviewPage._show
def say(page, *given):
    shown(page, *given)
    names = {name.split(".")[0] for name in sys.modules} | {"sqlalchemy.orm"} & sys.modules.keys()
    print(json.dumps({"figures": page.shows_figures, "loaded": sorted(names)}), flush=True)
    QTimer.singleShot(0, program.window.main.close)
OverviewPage._show = say
program.run()
"""


@pytest.fixture
def started(record_path: Path, tmp_path: Path) -> dict[str, object]:
    """What the program has loaded when the first page of a record shows its figures."""
    own = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", START, str(record_path)],
        cwd=PROJECT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[0])
    return found


def test_nothing_heavy_is_loaded_before_the_first_page_shows_its_figures(started: dict[str, object]) -> None:
    loaded = started["loaded"]
    assert isinstance(loaded, list)

    assert started["figures"] is True
    assert [name for name in (*HEAVY, *LATER) if name in loaded] == []
