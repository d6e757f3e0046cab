"""The story, told once for both sets."""

import contextlib
import io
import json
import os
import shlex
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cli.command import main
from tests.golden.corpus import Entries, mask, text_of

STORY = Path(__file__).with_name("story.txt")
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=ZoneInfo("Europe/London"))
ISSUES = """
SELECT paper, scope, subject, version, content FROM paper_issues
"""


class Told(NamedTuple):
    """What a story said, and the folder in which its records are."""

    facts: Entries
    words: Entries
    place: Path


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Tell the story in a folder of its own."""
    place, home = tmp_path_factory.mktemp("story"), tmp_path_factory.mktemp("home")
    told = Told({}, {}, place)
    with pytest.MonkeyPatch.context() as patched, time_machine.travel(NOON, tick=False):
        patched.chdir(place)
        patched.setenv("COLUMNS", "100")
        for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
            patched.setenv(name, "keeper")
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
            patched.setenv(name, str(home))
        for line in STORY.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                _tell(line, told)
    for record in sorted(place.rglob("*.panel")):
        told.facts.update(_issued(record, place))
    return told


def _tell(command: str, told: Told) -> None:
    """Run one command; keep its status, what it printed and the text of the files it wrote."""
    before, said, errors = _files(told.place), io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(errors):
        status = main(shlex.split(command))
    told.facts[command] = [f"exit status {status}"]
    told.words[command] = mask(errors.getvalue(), told.place)
    if "--json" in command and not status:
        told.facts[command] += mask(_sorted(said.getvalue()), told.place)
    else:
        told.words[command] += mask(said.getvalue(), told.place)
    for path in sorted(_files(told.place) - before):
        told.words[f"{command} » {path.relative_to(told.place)}"] = mask(text_of(path), told.place)


def _issued(record: Path, place: Path) -> Entries:
    """Return the values of each issued paper of a record, as canonical JSON."""
    found: Entries = {}
    with contextlib.closing(sqlite3.connect(record)) as opened:
        for paper, scope, subject, version, content in opened.execute(ISSUES):
            found[f"issued: {record.name} {paper} {scope} {subject} {version}"] = mask(
                _sorted(content), place
            )
    return found


def _sorted(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True)


def _files(place: Path) -> set[Path]:
    return {Path(folder, name) for folder, _, names in os.walk(place) for name in names}
