"""The story, told for both sets: its commands, the papers that they issue, the pages of what is left."""

import contextlib
import io
import json
import os
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cli import command
from cli.frame.output import complain
from gui.record import record_jobs
from gui.record.runner import InlineRunner
from gui.settings import Settings
from tests.golden.corpus import Entries, mask, text_of
from tests.golden.spoken import OFFICER, spoken_pages
from tests.gui.conftest import Opens, opens, plain_app, unpainted  # noqa: F401  fixtures

STORY = Path(__file__).with_name("story.txt")
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=ZoneInfo("Europe/London"))
ISSUES = "SELECT paper, scope, subject, version, content FROM paper_issues"
DONE = "SELECT seq, kind FROM journal ORDER BY seq"
LENGTH = 150
"""Of the name of the window's folder, wherever tests run: what a page cuts of it, it says once more."""


class Told(NamedTuple):
    """What a story said, the folder in which its records are, and how many changes of each were told."""

    facts: Entries
    words: Entries
    place: Path
    changes: dict[Path, int]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of the officer's, in a folder of the test's own."""
    kept = Settings(tmp_path / "settings")
    kept.person = OFFICER.name
    return kept


@pytest.fixture
def at_noon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stop the clock; be a person called keeper with an empty home, on a terminal of 100 columns."""
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "keeper")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setattr("cli.frame.typed.date", date)  # the command's own tests run on a later day
    monkeypatch.setattr(record_jobs, "look_at_pages", lambda *_: False)
    monkeypatch.setattr(record_jobs, "begin_copy", lambda *_: None)
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def told(at_noon: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opens: Opens) -> Told:  # noqa: F811
    """Tell the story in a folder of its own."""
    told = Told({}, {}, tmp_path / "story", {})
    told.place.mkdir()
    monkeypatch.chdir(told.place)
    for line in STORY.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            _tell(line, told, monkeypatch)
    for record in sorted(told.place.rglob("*.panel")):
        told.facts.update(_issued(record, told.place))
    window = opens(InlineRunner(), is_awaiting=True)
    folder = Path(str(tmp_path / "office").ljust(LENGTH, "-"))
    folder.mkdir()
    window.controller.open(Path(shutil.copy(told.place / "sample.panel", folder)))
    for name, lines in spoken_pages(window):
        told.words[name] = mask("\n".join(lines).replace(str(folder), str(tmp_path)), tmp_path)
    return told


def _tell(line: str, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run one command; keep status, kind of refusal and changes, what it printed and each file it wrote."""
    before, said, errors, refusals = _files(told.place), io.StringIO(), io.StringIO(), list[str]()

    def refuse(*lines: str) -> None:
        refusals.append(f"refused: {type(sys.exception()).__name__}")
        complain(*lines)

    monkeypatch.setattr(command, "complain", refuse)
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(errors):
        status = command.main(shlex.split(line))
    told.facts[line] = [f"exit status {status}", *refusals, *_changes(told)]
    told.words[line] = mask(errors.getvalue(), told.place)
    if "--json" in line and not status:
        told.facts[line] += mask(_sorted(said.getvalue()), told.place)
    else:
        told.words[line] += mask(said.getvalue(), told.place)
    for path in sorted(_files(told.place) - before):
        told.words[f"{line} » {path.relative_to(told.place)}"] = mask(text_of(path), told.place)


def _changes(told: Told) -> Iterator[str]:
    """Yield the kind of each change that was journalled since this was asked last."""
    for record in sorted(told.place.rglob("*.panel")):
        with contextlib.closing(sqlite3.connect(record)) as opened:
            done = [f"{record.name}: {kind}" for _, kind in opened.execute(DONE)]
        yield from done[told.changes.get(record, 0) :] if record in told.changes else [f"{record.name} made"]
        told.changes[record] = len(done)


def _issued(record: Path, place: Path) -> Entries:
    """Return the values of each issued paper of a record, as canonical JSON."""
    with contextlib.closing(sqlite3.connect(record)) as opened:
        return {
            f"issued: {paper} {scope} {subject} {version}": mask(_sorted(content), place)
            for paper, scope, subject, version, content in opened.execute(ISSUES)
        }


def _sorted(text: str) -> str:
    if not text:  # erased
        return ""
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True)


def _files(place: Path) -> set[Path]:
    return {Path(folder, name) for folder, _, names in os.walk(place) for name in names}
