"""A record worked on elsewhere goes back over the one it came from, and never over anything newer."""

import shutil
from pathlib import Path

import pytest

from models.copies import diverged as copy_back
from models.copies.diverged import ChangedThere
from models.journal.verify import verify
from models.operation import Actor
from models.operations.set_up.office import SetPublisher
from models.record import Opener, Record
from models.store.sqlite import backup
from models.store.sqlite.lock import lock_path
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.models.conftest import OPENER, TickingClock

WORDS = "orbit kettle maple signal ridge canoe"


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
        record.perform(SetPublisher(f"360G-{prefix}", "GB-COH-1"), Actor("Grace Okoro"))


def back(local: Path, share: Path) -> copy_back.CopiedBack:
    with Record.open(local, OPENER) as record:
        return copy_back.copy_back(record, share, OPENER, clock=TickingClock())


def test_what_was_done_here_goes_back_and_the_old_one_is_kept(local: Path, share: Path) -> None:
    change(local, "here")
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


def test_one_that_somebody_has_open_is_not_replaced(local: Path, share: Path) -> None:
    change(local, "here")
    with Record.open(share, Opener("Ravi Example", "tests")), pytest.raises(Trouble, match="in use"):
        back(local, share)
    assert backup.copies(share) == ()


def test_one_that_was_saved_into_at_the_last_moment_stays(
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


def test_a_rename_that_fails_leaves_the_old_one_in_its_place(
    local: Path, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(local, "here")
    before = share.read_bytes()

    def refuse(coming: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

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
        record.perform(SetPublisher("360G-here", "GB-COH-1"), Actor("Grace Okoro"))
        assert copy_back.copy_back(record, share, OPENER, clock=TickingClock()).path == share
        record.change_key(None, Actor("Grace Okoro"))
        with pytest.raises(Refused, match="is encrypted and this record is not"):
            copy_back.copy_back(record, share, OPENER)
