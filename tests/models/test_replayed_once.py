"""A journal whose beginning is kept is done over again as truly as any other."""

from pathlib import Path

import pytest

from models.journal import replay
from models.record import Record
from tests.models.conftest import OFFICER, OPENER, TickingClock, tamper
from tests.models.facts import SetFact
from tests.models.replayed_once import replay_beginnings_once


@pytest.fixture(autouse=True)
def no_beginnings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without what other tests left, a fact being one of the changes."""
    monkeypatch.setattr(replay, "KNOWN", {**replay.KNOWN, SetFact.kind: SetFact})
    monkeypatch.setattr(replay, "_repeat", replay._repeat.__wrapped__)  # type: ignore[attr-defined]
    replay_beginnings_once()


def words(path: Path) -> str:
    with Record.open(path, OPENER, clock=TickingClock()) as record:
        found = record.ask(replay.differences)
    return " ".join(difference.words for difference in found)


def with_facts(path: Path, *values: str) -> Path:
    with Record.open(path, OPENER, clock=TickingClock()) as record:
        for value in values:
            record.perform(SetFact(f"fact {value}", value), OFFICER)
    return path


def test_what_stands_after_a_kept_beginning_agrees_and_an_altered_table_is_told(record_path: Path) -> None:
    with_facts(record_path, "one", "two")
    found = [words(record_path), words(record_path), words(record_path)]
    found += [words(with_facts(record_path, "three")), words(record_path)]
    tamper(record_path, "UPDATE setting SET value = '\"x\"' WHERE name = 'fact one'")

    assert found == [""] * 5
    assert words(record_path) == "Table setting, name fact one, column value: " + (
        "the record says '\"x\"', the journal says '\"one\"'."
    )
