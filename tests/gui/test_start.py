"""The window's start loads what its first page shows, and leaves the rest to be loaded when it is wanted.

What is loaded then for sums is told before that how many processors it may take: the window wants one itself.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gui.app import LIBRARY_THREADS

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
LATER = (
    "jsonschema",
    "lxml",
    "pypdfium2",
    "exchange",
    "models.queries.awards.award_rows",
    "models.queries.awards.awards",
    "models.schema.monitoring",
)
AFTER_THE_PAGE = (
    "models.queries.permissions.conditions",
    "models.queries.deciding",
    "models.queries.panel.overview",
    "models.queries.set_up.next_stage",
    "gui.pages.overview.figures",
    "gui.shell.badge_counts",
    "gui.shell.stage_controller",
    "gui.access.passphrase_new",
    "models.reference.schemes",
    "models.schema.packs",
    "models.store.locks.tables",
)
"""What the first page with the record's name, people and round does without; its figures come after it."""
START = """
import json, os, sys
from gui.start import begin
begin()
from PySide6.QtCore import QTimer
from gui.app import LIBRARY_THREADS as THREADS, Program
from gui.pages.overview.page import OverviewPage
program = Program(sys.argv[1:])
from gui.pages.page import Identity
program.window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
placed = OverviewPage.show_place
early = []
def note(page, place):
    early.extend(early or sys.modules)
    placed(page, place)
OverviewPage.show_place = note
make = OverviewPage._make_figures
def make_figures(page):
    early.extend(name for name in ("models.queries.panel.overview",) if name in sys.modules)
    return make(page)
OverviewPage._make_figures = make_figures
shown = OverviewPage._show
def say(page, *given):
    shown(page, *given)
    names = {name.split(".")[0] for name in sys.modules} | {name for name in sys.modules if "." in name}
    said = {"figures": page.shows_figures, "loaded": sorted(names), "threads": os.environ[THREADS]}
    said["early"] = early
    print(json.dumps(said), flush=True)
    QTimer.singleShot(0, program.window.main.close)
OverviewPage._show = say
program.run()
"""


@pytest.fixture
def started(record_path: Path, tmp_path: Path) -> dict[str, Any]:
    """What the program has loaded when the first page of a record shows its figures."""
    own = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", START, str(record_path)],
        cwd=PROJECT,
        env={name: value for name, value in (os.environ | own).items() if name != LIBRARY_THREADS},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[0])


def test_nothing_heavy_is_loaded_before_the_first_page_shows_its_figures(started: dict[str, Any]) -> None:
    assert (started["figures"], started["threads"]) == (True, "1")
    assert [name for name in (*HEAVY, *LATER) if name in started["loaded"]] == []
    assert "gui.pages.overview.page" in started["early"]
    assert [name for name in AFTER_THE_PAGE if name in started["early"]] == []


BEGIN = """
import builtins
compiled, names = builtins.compile, []
def noted(text, name, *how, **more):
    names.append(str(name))
    return compiled(text, name, *how, **more)
builtins.compile = noted
from gui.start import begin
begin()
from PySide6.QtCore import Qt
print(sum("shibokensupport" in name for name in names))
"""


def test_what_qts_binding_holds_in_python_is_compiled_once(tmp_path: Path) -> None:
    def compiled() -> int:
        own = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
        begin = [sys.executable, "-c", BEGIN]
        return int(subprocess.run(begin, cwd=PROJECT, env=own, capture_output=True, check=True).stdout)

    assert (compiled() > 5, compiled()) == (True, 0)
    (kept,) = tmp_path.rglob("*.binding")
    for spoilt in (b"", b"spoilt", kept.read_bytes()[:-9]):
        kept.write_bytes(spoilt)
        assert (compiled() > 5, compiled()) == (True, 0)
