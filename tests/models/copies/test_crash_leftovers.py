"""What a killed program or restore leaves: the old record or the new one, and nothing that is in the way."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.copies.restore import Restored, newest_sound_copy, plain_beside, restore, restore_over
from models.journal.verify import verify
from models.operations.set_up.office import SetPublisher
from models.record import Record
from models.store import chain as journal
from models.store.private_files import own_mark
from models.store.record_file import copies_folder, has_unfinished_change
from models.store.sqlite import backup
from models.trouble import Trouble
from tests.models.copies.restoring import OPENER
from tests.models.rounds import OFFICER
from tests.safety.forked import Forks, forks
from tests.safety.saving import KEY, make
from tests.safety.table import Times

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
GONE = own_mark(999999999)
"""The mark of a process that is gone."""
WORDS = b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
"""What the reasons of these records hold."""


@pytest.fixture(scope="module")
def savers() -> Iterator[Forks]:
    with forks("tests.safety.saving") as server:
        yield server


@pytest.fixture(scope="module", params=["", KEY], ids=["plain", "encrypted"])
def killed(
    request: pytest.FixtureRequest, savers: Forks, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """A folder as a program leaves it that is killed after a save and before the next, and the passphrase."""
    key, folder = request.param, tmp_path_factory.mktemp("killed")
    path = make(folder / "office.panel", key)
    with Record.open(path, OPENER, key=key or None) as record:
        record.copies.make_if_due()
    assert savers.run("save_once_and_wait", path, key, until=1).status == -9
    assert journal_of(path).exists()
    return folder, key


@pytest.fixture
def left(killed: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """The record in a copy of it."""
    made, key = killed
    return put(made, tmp_path / "office"), key


def over(copy: Path, path: Path, key: str | None) -> Restored:
    return restore_over(copy, path, OPENER, key=key)


def newest_over_what_is_spoilt(copy: Path, path: Path, key: str | None) -> Restored:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 4000 + content[4100:])
    return restore_over(newest_sound_copy(path, key).copy.path, path, OPENER, key=key)


def under_its_name(copy: Path, path: Path, key: str | None) -> Restored:
    path.unlink()
    return restore(copy, path, OPENER, key=key)


@pytest.mark.parametrize("way", [over, newest_over_what_is_spoilt, under_its_name])
def test_a_crash_between_saves_is_in_the_way_of_no_restore(
    left: tuple[Path, str], way: Callable[[Path, Path, str | None], Restored]
) -> None:
    path, key = left

    restored = way(backup.copies(path)[0].path, path, key or None)

    assert restored.was_at.seq > 0
    assert not journal_of(path).exists()
    with Record.open(path, OPENER, key=key or None) as record:
        assert verify(record).sound


@pytest.mark.parametrize("killed", [""], indirect=True)
def test_encrypting_after_a_crash_leaves_no_plain_text_in_the_folder(left: tuple[Path, str]) -> None:
    path, _ = left
    folder = copies_folder(path)
    with Record.open(path, OPENER) as record:
        for name in (
            f"office.panel.part-{GONE}",
            f"office.panel.anew-{GONE}-journal",
            f"office.panel.part-{GONE}.undone",
            f"office.panel.anew-{GONE}.part-{GONE}",
            f"{folder.name}/office 2026-11-03 140500Z.panel.part-{GONE}",
        ):
            (path.parent / name).write_bytes(WORDS)
        record.change_key(KEY, OFFICER)

    def readable() -> list[Path]:
        return [one for one in path.parent.rglob("*") if one.is_file() and WORDS in one.read_bytes()]

    assert readable() == [copy.path for copy in backup.plain_copies(path)]
    assert backup.delete_plain_copies(path) == ()
    assert readable() == []


def journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def test_what_was_left_is_written_over_before_it_goes_and_nobodys_own_file_is_taken_for_it(
    tmp_path: Path,
) -> None:
    path = make(tmp_path / "office.panel")
    left, linked = (tmp_path / f"office.panel.part-{own_mark(n)}" for n in (99, 98))
    names = (
        "office coming 2027.panel",
        "office.panel.part-1 of 2",
        "office.panel.anew-draft",
        "office.panel.part-99",
        "office.panel.anew-1",
        "office.panel.part-01.rar",
        f"my.panel.part-{GONE}",
        f"office.panel.part-{GONE}.docx",
        "office.panel.backup",
        "office.panel-notes",
        "kept by a backup program",
    )
    for name in (left.name, *names):
        (tmp_path / name).write_bytes(WORDS)
    os.link(tmp_path / names[-1], linked)

    with left.open("rb") as looking:
        Record.open(path, OPENER).close()

        assert looking.read() == bytes(len(WORDS))
    assert (left.exists(), linked.exists()) == (False, False)
    kept = [name for name in names if (tmp_path / name).read_bytes() == WORDS]
    assert kept == [*names], "a leftover with a second name keeps its bytes under it"


def test_a_plain_copy_made_by_hand_is_named_after_encrypting_and_one_under_way_is_stopped(
    tmp_path: Path,
) -> None:
    path = make(tmp_path / "office.panel")
    shutil.copy(path, tmp_path / "office by hand.panel")
    make(tmp_path / "another.panel")
    (tmp_path / "letter.txt").write_text("Dear panel")
    with Record.open(path, OPENER) as record:
        steps = record._file.copy_in_steps(tmp_path / "copy.panel")
        while steps.step():
            pass
        record.change_key(KEY, OFFICER)

        assert plain_beside(record) == ("office by hand.panel",)
        with pytest.raises(Trouble, match="was stopped"):
            steps.finish()
    assert not (tmp_path / "copy.panel").exists()


def killed_within_a_save(savers: Forks, path: Path, key: str = "") -> Path:
    """Leave a record as a program leaves it that is killed in the midst of a save."""
    make(path, key)
    with Record.open(path, OPENER, key=key or None) as record:
        record.copies.make_if_due()
    assert savers.run("save_half_and_wait", path, key, until=1).status == -9
    assert has_unfinished_change(path)
    return path


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
def test_what_a_crash_left_half_done_is_undone_before_the_record_is_kept(
    savers: Forks, tmp_path: Path, key: str
) -> None:
    path = killed_within_a_save(savers, tmp_path / "office.panel", key)
    copy = backup.copies(path)[0].path
    with Record.read_copy(path, key=key or None, folder=tmp_path / "aside") as before:
        assert verify(before).sound
        saved = before.head()
    assert has_unfinished_change(path), "reading changes nothing"

    kept = restore_over(copy, path, OPENER, key=key or None).kept

    assert kept is not None
    with Record.read_copy(kept, key=key or None) as record:
        assert record.head() == saved
        assert verify(record).sound
    with Record.open(path, OPENER, key=key or None) as record:
        assert verify(record).sound


def test_a_damaged_record_is_kept_with_what_would_undo_its_last_change(savers: Forks, tmp_path: Path) -> None:
    path = killed_within_a_save(savers, tmp_path / "office.panel", KEY)
    copy = backup.copies(path)[0].path
    content, undo = path.read_bytes(), journal_of(path).read_bytes()
    journal_of(path).write_bytes(undo[:40])  # it can undo nothing
    path.write_bytes(os.urandom(len(content)))

    kept = restore_over(copy, path, OPENER, key=KEY).kept

    assert kept is not None
    assert not journal_of(path).exists()
    with Record.open(path, OPENER, key=KEY) as record:
        assert verify(record).sound


RESTORED, LATER = "restore record", "set publisher"


@pytest.fixture(scope="module")
def restores() -> Iterator[Forks]:
    with forks("tests.models.copies.restoring") as server:
        yield server


def newest_kind(path: Path, key: str) -> str:
    """Open a sound record and return the kind of its newest change."""
    with Record.open(path, OPENER, key=key or None) as record:
        assert verify(record).sound
        return record.ask(lambda session: list(journal.entries(session)))[-1].kind


def put(made: Path, folder: Path) -> Path:
    """Lay out what was made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder)
    return folder / "office.panel"


def make_with_copy(folder: Path, key: str) -> Path:
    folder.mkdir()
    path = make(folder / "office.panel", key)
    with Record.open(path, OPENER, key=key or None) as record:
        record.copies.make_if_due()
        record.perform(SetPublisher("360G-later", "GB-COH-1"), OFFICER)
    return folder


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
def test_a_kill_leaves_the_old_record_or_the_new_under_its_name(
    restores: Forks, tmp_path: Path, key: str, times: Times
) -> None:
    made, folder = make_with_copy(tmp_path / "made", key), tmp_path / "office"
    steps = int(restores.run("restore_until", put(made, folder), key, 0).lines[0])
    path = folder / "office.panel"
    assert newest_kind(path, key) == RESTORED

    seen = set()
    for step in [*range(1, steps, max(1, steps // times(2, steps))), *range(steps - times(3, 12), steps)]:
        put(made, folder)
        assert restores.run("restore_until", path, key, step).status == -9
        assert path.exists(), step
        seen.add(newest_kind(path, key))
        left = sorted(one.name for one in folder.iterdir())
        assert left == ["office.backups", "office.panel"], step
        assert not [one.name for one in (folder / "office.backups").iterdir() if "part" in one.name], step
        for copy in backup.copies(path):
            Record.read_copy(copy.path, key=key or None).close()
    assert seen == {LATER, RESTORED}
    kept = [copy for copy in backup.copies(path) if copy.reason == "restore"]
    assert [newest_kind(copy.path, key) for copy in kept] == [LATER]


def test_a_kill_while_copying_back_leaves_the_old_record_or_the_new(
    restores: Forks, tmp_path: Path, times: Times
) -> None:
    made, folder = tmp_path / "made", tmp_path / "office"
    made.mkdir()
    share, local = made / "office.panel", made / "local.panel"
    make(share)
    shutil.copy(share, local)
    with Record.open(local, OPENER) as record:
        record.perform(SetPublisher("360G-later", "GB-COH-1"), OFFICER)
    put(made, folder)
    home, target = folder / "local.panel", folder / "office.panel"
    steps = int(restores.run("copy_back_until", home, target, 0).lines[0])
    was = newest_kind(share, "")

    seen = set()
    for step in [*range(1, steps, max(1, steps // times(2, steps))), *range(steps - times(3, 12), steps)]:
        put(made, folder)
        assert restores.run("copy_back_until", home, target, step).status == -9
        assert target.exists(), step
        seen.add(newest_kind(target, ""))
        assert not [one.name for one in folder.iterdir() if "part" in one.name], step
    assert seen == {was, LATER}
