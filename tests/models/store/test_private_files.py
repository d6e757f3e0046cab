"""Who may read what the program makes: records and all that holds them, the owner alone; papers, by umask."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.atomic import write_beside
from exchange.pack_files import Stretching, seal, write_sealed
from models.copies.restore import restore, restore_over
from models.record import Record
from models.salvage.rebuild import salvage
from models.store.leftovers import clear
from models.store.private_files import own_mark, temporary_folder
from models.store.sqlite import backup, lock
from tests.models.rounds import OFFICER
from tests.safety.saving import KEY, OPENER, make

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are not asked there")


@pytest.fixture(autouse=True, params=[0o000, 0o077], ids=["open", "closed"])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A person's umask, from one that lets everybody write to one that shuts everybody out."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def wider(folder: Path) -> list[str]:
    """Return what lies in a folder that others could read."""
    return [f"{one.name} {mode(one):o}" for one in folder.rglob("*") if mode(one) & 0o077]


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
def test_a_record_and_all_that_is_made_of_it_is_its_owners_alone(tmp_path: Path, key: str) -> None:
    path = make(tmp_path / "office.panel", key)
    with Record.open(path, OPENER, key=key or None) as record:
        copy = record.copies.make_if_due()
        assert copy is not None
        record.keep_draft("Grace Okoro", "reason", "text")
        assert lock.lock_path(path).exists()
        assert tmp_path.joinpath("office.panel-journal").exists()
        record.backup(tmp_path / "copy.panel")
        assert wider(tmp_path) == []
        record.change_key(None if key else KEY, OFFICER)
        record.copies.keep_before("a test")
        assert wider(tmp_path) == []
    restore(copy, tmp_path / "back.panel", OPENER, key=key or None)
    restore_over(copy, path, OPENER, key=key or None)
    salvage(path, tmp_path / "new.panel", OPENER, key=key or None)

    assert wider(tmp_path) == []
    assert {mode(one) for one in tmp_path.rglob("*") if one.is_dir()} == {0o700}
    assert {mode(one) for one in tmp_path.rglob("*.panel")} == {0o600}


def test_what_is_made_of_a_record_that_others_may_read_is_still_not_theirs(tmp_path: Path) -> None:
    path = make(tmp_path / "office.panel")
    path.chmod(0o660)
    with Record.open(path, OPENER) as record:
        copy = record.copies.make_if_due()
        assert copy is not None
        assert mode(copy) == 0o600
        record.change_key(KEY, OFFICER)

    assert mode(path) == 0o660, "who shares a record goes on sharing it"
    with Record.open(path, OPENER, key=KEY) as record:
        again = record.copies.keep_before("a test")
    restore_over(again or backup.copies(path)[0].path, path, OPENER, key=None if again is None else KEY)
    assert mode(path) == 0o660
    assert {mode(one.path) for one in backup.copies(path)} == {0o600}


def test_a_pack_is_its_owners_alone_and_a_paper_follows_the_umask(tmp_path: Path, umask: int) -> None:
    light = Stretching(memory_kib=8 * 1024, passes=1, lanes=1)
    pack = write_sealed((seal("pack", "one", b"text", KEY, stretching=light),), tmp_path / "ann.gpack")
    paper = write_beside(tmp_path / "paper.txt", _write, lambda part: None)

    assert mode(pack) == 0o600
    assert mode(paper) == 0o666 & ~umask

    # One that was shut to others stays so when it is written again.
    paper.chmod(0o600)
    write_beside(paper, _write, lambda part: None)

    assert mode(paper) == 0o600


def _write(part: Path) -> None:
    part.write_text("A paper", encoding="utf-8")


def _fail_in_a_folder() -> None:
    with temporary_folder() as folder:
        (folder / "paper.pdf").write_bytes(b"secret")
        assert folder.stat().st_mode & 0o077 == 0 or os.name == "nt"
        raise ValueError("made up")


def test_the_folder_goes_with_all_in_it_even_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ValueError, match="made up"):
        _fail_in_a_folder()

    assert list(tmp_path.iterdir()) == []

    # What a crash left is swept and nothing else.
    gone = tmp_path / f"grant-panel-{own_mark(999999999)}-abc"
    ours = tmp_path / f"grant-panel-{own_mark()}-abc"
    others = [tmp_path / name for name in ("grant-panel-notes", "grant-panel-2026-papers", "grant-panel-1-a")]
    for folder in (gone, ours, *others):
        folder.mkdir()
        (folder / "paper.pdf").write_bytes(b"secret")
    clear()
    assert not gone.exists()
    assert sorted(tmp_path.iterdir()) == sorted((ours, *others))

    # The number of a process elsewhere, on a share or in a container, says nothing here: a day is waited.
    at_work = tmp_path / "grant-panel-999999999.gp00000000-abc"
    left = tmp_path / "grant-panel-999999998.gp00000000-abc"
    for folder in (at_work, left):
        folder.mkdir()
    os.utime(left, (0, 0))

    clear()

    assert not left.exists()
    assert at_work.exists()
