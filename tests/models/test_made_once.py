"""A record whose tables were copied is as the program's migrations make it."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from models.record import Opener, Record
from models.store import definition
from tests.models.made_once import KEPT_IN, copy_new_tables, file_made_once

OPENER = Opener("Ann Sample", "tests")
ITS_OWN = ("journal", "journal_body", "setting")
"""Where a record's own number stands, and when it was made."""


def found(path: Path) -> list[Any]:
    """Make a record; return what is declared in it, the rows it begins with, and its format."""
    Record.create(path, OPENER).close()
    with closing(dbapi2.connect(str(path))) as raw:
        declared = raw.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid"
        ).fetchall()
        tables = [name for kind, name, *_ in declared if kind == "table" and name not in ITS_OWN]
        rows = {name: raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
        marks = [raw.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")]
        return [declared, rows, marks]


def test_a_new_record_is_the_same_whether_migrated_or_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(definition, "_migrate", definition._migrate.__wrapped__)  # type: ignore[attr-defined]
    migrated = found(tmp_path / "migrated.panel")
    copy_new_tables()

    made = [found(tmp_path / f"{name}.panel") for name in ("first", "copied", "copied again")]

    assert made == [migrated, migrated, migrated]


def test_a_file_is_made_once_for_all_processes_of_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEPT_IN, str(tmp_path / "kept"))
    calls: list[str] = []

    def build(path: Path, name: str) -> Path:
        calls.append(name)
        path.write_text(name)
        return path

    one_process, other = file_made_once(build), file_made_once(build)

    made = [one_process(tmp_path / "a", "A"), other(tmp_path / "b", "A"), other(tmp_path / "c", "C")]

    assert calls == ["A", "C"]
    assert [path.read_text() for path in made] == ["A", "A", "C"]
