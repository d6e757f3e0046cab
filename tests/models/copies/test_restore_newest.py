"""What takes a record's place: its newest sound copy, or one worked on elsewhere, never what is older."""

import shutil
from pathlib import Path

import pytest

from models.copies import diverged as copy_back
from models.copies.diverged import ChangedThere
from models.copies.restore import newest_sound_copy, restore_over
from models.journal import replay
from models.journal.verify import verify
from models.operations.set_up.office import SetPublisher
from models.record import Opener, Record
from models.store.sqlite import backup
from models.store.sqlite.automatic_copies import latest_valid_backup
from models.store.sqlite.lock import lock_path
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.models.conftest import OFFICER, OPENER, Days, TickingClock, alter
from tests.models.rounds import refused

WORDS, OTHER = "orbit kettle maple signal ridge canoe", "six other words of an earlier day"
FORGED = (
    "UPDATE setting SET value = '\"360G-forged\"' WHERE name LIKE '%publisher%'",
    "DELETE FROM publisher",
)
"""What changes a table behind the journal's back: the file is whole, the record is not sound."""


def made(path: Path, key: str | None = None, copies: int = 3) -> list[Path]:
    """Make a record with copies, spoil it, and return the copies, the newest first."""
    with Record.create(path, OPENER, key=key, clock=Days()) as record:
        found = []
        for number in range(copies):
            record.perform(SetPublisher(f"360G-{number}", "GB-COH-1"), OFFICER)
            copy = record.copies.make_if_due()
            assert copy is not None
            found.append(copy)
    spoil(path)
    return found[::-1]


def spoil(path: Path) -> None:
    """Damage a file beyond opening."""
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 4000 + content[4100:])


def restored(path: Path, key: str | None = None) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Restore a record; give the copy's row in its journal, what was passed over, and the warnings."""
    chosen = newest_sound_copy(path, key)
    found = restore_over(chosen.copy.path, path, OPENER, key=key, clock=Days())
    with Record.open(path, OPENER, key=key) as record:
        assert record.head().seq == found.was_at.seq + 1
    return f"row {found.was_at.seq}", chosen.passed_over, found.warnings


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
    alter(second, *FORGED)
    first, then, _ = backup.copies(path)

    row, passed, warnings = restored(path)

    assert (row, warnings) == ("row 2", ())
    assert passed[0] == f"Passed over the copy of {first.words}: its file is damaged."
    assert passed[1].startswith(f"Passed over the copy of {then.words}: ")
    assert "publisher" in passed[1]


def test_where_none_is_sound_the_newest_whole_one_is_taken_with_its_fault_said_and_else_the_record_stays(
    tmp_path: Path,
) -> None:
    path = tmp_path / "office.panel"
    for copy in made(path, copies=2):
        alter(copy, *FORGED)

    row, passed, warnings = restored(path)

    assert (row, len(passed)) == ("row 3", 1)
    assert any("publisher" in words for words in warnings)
    for one in (path, *(copy.path for copy in backup.copies(path))):
        spoil(one)
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
    first, _ = backup.copies(path)

    row, passed, _ = restored(path, WORDS)

    assert (row, passed) == (
        "row 2",
        (f"Passed over the copy of {first.words}: it needs another passphrase.",),
    )
    with Record.open(path, OPENER, key=WORDS) as record:
        assert verify(record).sound


def test_a_copy_made_after_the_clock_was_set_back_is_the_newest_where_it_went_on(tmp_path: Path) -> None:
    """One of what was given up is not taken for newer, though it holds more changes."""
    path = tmp_path / "office.panel"
    newest, second, oldest = made(path)
    # the newest was made on a day that the clock has not reached: its name is older now than the others'
    newest.rename(newest.with_name(newest.name.replace("2026-11", "2026-10")))
    with Record.create(tmp_path / "given up.panel", OPENER) as record:
        for number in range(9):
            record.perform(SetPublisher(f"360G-x{number}", "GB-COH-1"), OFFICER)
        record.backup(oldest.with_name(oldest.name.replace("2026-11", "2026-09")))

    assert restored(path)[::2] == ("row 4", ())
    assert second.exists()


KEY = "orbit kettle maple signal"


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A record that was plain and is encrypted, its plain copy and its encrypted one."""
    path, clock = tmp_path / "office.panel", TickingClock()
    with Record.create(path, OPENER, clock=clock) as record:
        plain = record.copies.keep_before("a test")
        record.change_key(KEY, OFFICER)
        clock.now = clock.now.replace(hour=20)
        sealed = record.copies.keep_before("another test")
    assert plain is not None
    assert sealed is not None
    return path, plain, sealed


def test_the_newest_whole_copy_is_offered(copies: tuple[Path, Path, Path]) -> None:
    path, _, sealed = copies

    newest = latest_valid_backup(path, KEY)
    assert newest is not None
    assert newest.path == sealed

    # One that is damaged is passed over and a plain one is no copy of an encrypted record.
    content = bytearray(sealed.read_bytes())
    content[20_000] ^= 1
    sealed.write_bytes(content)
    assert latest_valid_backup(path, KEY) is None
    with pytest.raises(Trouble, match="no copy of it is sound"):
        newest_sound_copy(path, KEY)


@pytest.fixture
def share(record_path: Path, tmp_path: Path) -> Path:
    """A record on a share."""
    folder = tmp_path / "share"
    folder.mkdir()
    return Path(shutil.copy(record_path, folder / "office.panel"))


@pytest.fixture
def local(share: Path, tmp_path: Path) -> Path:
    """A copy of it on this computer."""
    return Path(shutil.copy(share, tmp_path / "here.panel"))


def change(path: Path, prefix: str) -> None:
    with Record.open(path, OPENER) as record:
        record.perform(SetPublisher(f"360G-{prefix}", "GB-COH-1"), OFFICER)


def back(local: Path, share: Path) -> copy_back.CopiedBack:
    with Record.open(local, OPENER) as record:
        return copy_back.copy_back(record, share, OPENER, clock=TickingClock())


def test_one_that_somebody_has_open_is_not_replaced(local: Path, share: Path) -> None:
    change(local, "here")
    with Record.open(share, Opener("Ravi Example", "tests")), pytest.raises(Trouble, match="in use"):
        back(local, share)
    assert backup.copies(share) == ()

    # What was done here goes back and the old one is kept.
    old = share.read_bytes()
    done = back(local, share)
    assert done.kept.read_bytes() == old
    assert [copy.reason for copy in backup.copies(share)] == ["copy back"]
    assert f"at row {done.head.seq}" in done.words
    with Record.open(share, OPENER) as record, Record.read_copy(done.kept) as before:
        assert verify(record).sound
        assert (record.head().seq, before.head().seq) == (done.head.seq, done.head.seq - 1)
    assert not lock_path(share).exists()
    assert sorted(path.name for path in share.parent.iterdir()) == ["office.backups", "office.panel"]
    change(local, "again")
    assert back(local, share).head.seq == done.head.seq + 1


def test_nothing_that_was_changed_there_is_written_over(local: Path, share: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.panel"
    Record.create(other, OPENER).close()
    for path, target, why in (
        (local, share, "the same as this record"),
        (local, other, "another record"),
        (local, local, "the record that is open"),
        (local, tmp_path / "nothing.panel", "no file nothing.panel"),
    ):
        with pytest.raises((Refused, Trouble), match=why):
            back(path, target)
    change(share, "there")
    before = share.read_bytes()
    with pytest.raises(ChangedThere, match="1 change was made there alone"):
        back(local, share)
    change(local, "here")
    with pytest.raises(ChangedThere, match="nothing is written over"):
        back(local, share)
    assert share.read_bytes() == before


def test_one_that_was_saved_into_at_the_last_moment_or_cannot_be_renamed_stays(
    local: Path, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(local, "here")
    states = iter(((1, 1, 1), (1, 1, 2)))
    monkeypatch.setattr(copy_back, "_state", lambda target: next(states))
    before = share.read_bytes()

    with pytest.raises(ChangedThere, match="just now"):
        back(local, share)
    assert share.read_bytes() == before
    assert [path.name for path in share.parent.iterdir()] == ["office.panel"]

    def refuse(coming: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.undo()
    monkeypatch.setattr("models.store.sqlite.opening.os.replace", refuse)
    with pytest.raises(Trouble, match="it is as it was"):
        back(local, share)

    assert share.read_bytes() == before
    assert not lock_path(share).exists()
    assert list((share.parent / "office.backups").iterdir()) == []


def test_an_encrypted_one_is_not_replaced_by_one_that_anybody_can_read(tmp_path: Path) -> None:
    share, local = tmp_path / "share.panel", tmp_path / "local.panel"
    Record.create(share, OPENER, key=WORDS).close()
    shutil.copy(share, local)
    with Record.open(local, OPENER, key=WORDS) as record:
        record.perform(SetPublisher("360G-here", "GB-COH-1"), OFFICER)
        assert copy_back.copy_back(record, share, OPENER, clock=TickingClock()).path == share
        record.change_key(None, OFFICER)
        refused("is encrypted and this record is not", copy_back.copy_back, record, share, OPENER)
