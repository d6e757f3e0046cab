"""A damaged record is restored from its newest sound copy, and the copies passed over are named with why."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.copies.restore import newest_sound_copy, restore_newest
from models.journal import replay
from models.journal.verify import verify
from models.operation import Actor
from models.operations.set_up.office import SetPublisher
from models.record import Opener, Record
from models.store.sqlite import backup, engine
from models.trouble import Trouble

OPENER = Opener("Grace Okoro", "tests")
WORDS, OTHER = "orbit kettle maple signal ridge canoe", "six other words of an earlier day"
FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)


class Days:
    """A clock that a day passes on each time it is looked at."""

    def __init__(self) -> None:
        self.now = FIRST

    def __call__(self) -> datetime:
        self.now += timedelta(days=1)
        return self.now


def made(path: Path, key: str | None = None, copies: int = 3) -> list[Path]:
    """Make a record with copies, spoil it, and return the copies, the newest first."""
    with Record.create(path, OPENER, key=key, clock=Days()) as record:
        found = []
        for number in range(copies):
            record.perform(SetPublisher(f"360G-{number}", "GB-COH-1"), Actor("Grace Okoro"))
            copy = record.copies.make_if_due()
            assert copy is not None
            found.append(copy)
    spoil(path)
    return found[::-1]


def spoil(path: Path) -> None:
    """Damage a file beyond opening."""
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 4000 + content[4100:])


def alter(path: Path) -> None:
    """Change a table behind the journal's back: the file is whole, the record is not sound."""
    with closing(engine.connect(path, None)) as raw:
        raw.execute("UPDATE setting SET value = '\"360G-forged\"' WHERE name LIKE '%publisher%'")
        raw.execute("DELETE FROM publisher")


def restored(path: Path, key: str | None = None) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Restore a record; give the copy's row in its journal, what was passed over, and the warnings."""
    found = restore_newest(path, OPENER, key=key, clock=Days())
    with Record.open(path, OPENER, key=key) as record:
        assert record.head().seq == found.was_at.seq + 1
    return f"row {found.was_at.seq}", found.passed_over, found.warnings


def test_the_newest_is_taken_where_it_is_sound_and_looking_may_be_stopped_within_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "office.panel"
    made(path)
    monkeypatch.setattr(replay, "_EVERY", 2)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        newest_sound_copy(path, None, stop)

    assert told == [(0, 300), (50, 300)]
    assert restored(path) == ("row 4", (), ())


def test_a_damaged_copy_and_one_that_was_altered_are_passed_over_with_why(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    newest, second, _ = made(path)
    spoil(newest)
    alter(second)

    row, passed, warnings = restored(path)

    assert (row, warnings) == ("row 2", ())
    assert passed[0] == f"Passed over {newest.name}: its file is damaged."
    assert passed[1].startswith(f"Passed over {second.name}: ")
    assert "publisher" in passed[1]


def test_where_none_is_sound_the_newest_whole_one_is_taken_with_its_fault_said(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    for copy in made(path, copies=2):
        alter(copy)

    row, passed, warnings = restored(path)

    assert row == "row 3"
    assert len(passed) == 1
    assert any("publisher" in words for words in warnings)


def test_where_no_copy_is_of_use_the_record_stays_and_each_is_told(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    for copy in made(path, copies=2):
        spoil(copy)
    before = path.read_bytes()

    with pytest.raises(Trouble, match=r"Passed over .* Passed over .* Salvage it instead"):
        restored(path)
    assert path.read_bytes() == before
    for copy in backup.copies(path):
        copy.path.unlink()
    with pytest.raises(Trouble, match="There is no automatic copy of it"):
        restored(path)


def test_a_copy_under_an_earlier_passphrase_is_passed_over_as_such(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    (older,) = made(path, WORDS, copies=1)
    newer = older.with_name(older.name.replace("2026-11", "2026-12"))
    with Record.create(tmp_path / "other.panel", OPENER, key=OTHER) as record:
        record.backup(newer)

    row, passed, _ = restored(path, WORDS)

    assert (row, passed) == ("row 2", (f"Passed over {newer.name}: it needs another passphrase.",))
    with Record.open(path, OPENER, key=WORDS) as record:
        assert verify(record).sound


def test_a_copy_made_after_the_clock_was_set_back_is_the_newest_where_it_went_on(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    newest, second, _ = made(path)
    # the newest was made on a day that the clock has not reached: its name is older now than the others'
    newest.rename(newest.with_name(newest.name.replace("2026-11", "2026-10")))

    assert restored(path) == ("row 4", (), ())
    assert second.exists()


def test_a_copy_of_what_was_given_up_is_not_taken_for_newer(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    oldest = made(path)[-1]
    older_name = oldest.with_name(oldest.name.replace("2026-11", "2026-10"))
    with Record.create(tmp_path / "given up.panel", OPENER) as record:
        for number in range(9):
            record.perform(SetPublisher(f"360G-x{number}", "GB-COH-1"), Actor("Grace Okoro"))
        record.backup(older_name)

    assert restored(path)[0] == "row 4"
