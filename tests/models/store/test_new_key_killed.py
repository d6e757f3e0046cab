"""A change of passphrase killed anywhere: the old one or the new, never between, and no plain text beside."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.journal.verify import verify
from models.record import Record
from models.store import chain as journal
from models.trouble import Trouble
from tests.models.rounds import application, load, set_up_office
from tests.models.store.changing_keys import OPENER
from tests.safety.forked import Forks, forks
from tests.safety.table import Times

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
FIRST, SECOND = "orbit kettle maple signal", "ridge canoe amber lantern"
NAME = application(1).organisation.encode()


@pytest.fixture(scope="module")
def changes() -> Iterator[Forks]:
    with forks("tests.models.store.changing_keys") as server:
        yield server


def is_noted(path: Path, key: str) -> bool:
    """Open a sound record, and say whether the newest row of its journal is the change of passphrase."""
    with Record.open(path, OPENER, key=key or None) as record:
        assert verify(record).sound
        return record.ask(lambda session: list(journal.entries(session)))[-1].kind == "change passphrase"


def in_force(path: Path, keys: tuple[str, str]) -> list[tuple[str, bool]]:
    """Return the passphrases that open a record, each with whether its journal says that it was changed."""
    found = []
    for key in keys:
        try:
            found.append((key, is_noted(path, key)))
        except Trouble:  # another passphrase, none wanted, or one wanted
            continue
    return found


@pytest.mark.parametrize(
    ("old", "new"), [("", FIRST), (FIRST, SECOND), (FIRST, "")], ids=["encrypt", "change", "take off"]
)
def test_a_kill_leaves_the_old_passphrase_or_the_new(
    old: str, new: str, changes: Forks, tmp_path: Path, times: Times
) -> None:
    made, path = tmp_path / "made" / "office.panel", tmp_path / "office.panel"
    made.parent.mkdir()
    with Record.create(made, OPENER, key=old or None) as record:
        load(set_up_office(record))
    shutil.copy(made, path)
    steps = int(changes.run("change_until", path, old, new, 0).lines[0])
    assert in_force(path, (old, new)) == [(new, True)]

    tried = [*range(1, steps + 1, max(1, steps // times(5, steps))), steps]
    seen = set()
    for step in tried:
        clear(path)
        shutil.copy(made, path)
        assert changes.run("change_until", path, old, new, step).status == -9
        found = in_force(path, (old, new))
        assert found in ([(old, False)], [(new, True)]), step
        left = {name.name for name in path.parent.iterdir() if name.name.startswith("office.panel")}
        assert left == {"office.panel"}, step
        if found[0][0]:
            assert not [f for f in path.parent.glob("office*") if f.is_file() and NAME in f.read_bytes()]
        seen.add(found[0][0])
    assert seen == {old, new}


def clear(path: Path) -> None:
    shutil.rmtree(path.parent / "office.backups", ignore_errors=True)
    for left in path.parent.glob("office*"):
        left.unlink()
