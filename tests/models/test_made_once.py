"""A record whose tables were copied is as the program's migrations make it."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from models.record import Opener, Record
from models.store import definition
from tests.models.made_once import copy_new_tables

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
