"""A restore killed anywhere leaves the old record or the new one under its name; the other is kept."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.journal.verify import verify
from models.operations.set_up.office import SetPublisher
from models.record import Record
from models.store import chain as journal
from models.store.sqlite import backup
from tests.models.copies.restoring import OPENER
from tests.models.rounds import OFFICER
from tests.safety.forked import Forks, forks
from tests.safety.saving import KEY, make
from tests.safety.table import Times

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
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
