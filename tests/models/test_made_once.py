"""What tests make once is as the program makes it: tables that were copied, a journal done over again."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from models.journal import replay
from models.record import Opener, Record
from models.store import definition
from tests.models.conftest import OFFICER, TickingClock, tamper
from tests.models.facts import SetFact
from tests.models.made_once import copy_new_tables
from tests.models.replayed_once import replay_beginnings_once

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


def words(path: Path) -> str:
    with Record.open(path, OPENER, clock=TickingClock()) as record:
        found = record.ask(replay.differences)
    return " ".join(difference.words for difference in found)


def with_facts(path: Path, *values: str) -> Path:
    with Record.open(path, OPENER, clock=TickingClock()) as record:
        for value in values:
            record.perform(SetFact(f"fact {value}", value), OFFICER)
    return path


def test_what_stands_after_a_kept_beginning_agrees_and_an_altered_table_is_told(
    record_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begun without what other tests left, a fact being one of the changes."""
    monkeypatch.setattr(replay, "KNOWN", {**replay.KNOWN, SetFact.kind: SetFact})
    monkeypatch.setattr(replay, "_repeat", replay._repeat.__wrapped__)  # type: ignore[attr-defined]
    replay_beginnings_once()
    with_facts(record_path, "one", "two")
    found = [words(record_path), words(record_path), words(record_path)]
    found += [words(with_facts(record_path, "three")), words(record_path)]
    tamper(record_path, "UPDATE setting SET value = '\"x\"' WHERE name = 'fact one'")

    assert found == [""] * 5
    assert words(record_path) == "Table setting, name fact one, column value: " + (
        "the record says '\"x\"', the journal says '\"one\"'."
    )
