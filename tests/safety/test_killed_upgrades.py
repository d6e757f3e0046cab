"""An upgrade killed before any of its statements leaves the old record or the new, and nothing between."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from models.journal.verify import verify
from models.record import Record
from models.store.definition import format_of
from models.store.record_file import copies_folder
from models.store.sqlite import backup, engine
from tests.models.rounds import load, set_up_office
from tests.models.store.locks.an_office import a_round
from tests.models.store.next_format import NEXT, next_program
from tests.safety.forked import Forks, forks
from tests.safety.table import Reached, Times
from tests.safety.upgrading import OPENER

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill"),
    pytest.mark.full_keys,
]
KEY = "six plain random words in order"
LOOK_CLOSELY = 25
"""After so many kills one record is opened, upgraded and checked in full."""


class Found(NamedTuple):
    """What a record is: its format, its tables as they are declared, and how many rows each has."""

    format: int
    tables: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, int], ...]


def found(path: Path, key: str | None) -> Found:
    """Connect to a record as the program does, which ends what was unfinished, and look."""
    with closing(engine.connect(path, key)) as raw:
        assert engine.integrity_problems(raw, is_encrypted=key is not None) == ()
        tables = tuple(raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = tuple((name, raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names)
        return Found(format_of(raw), tables, rows)


@pytest.fixture(scope="module")
def upgrades() -> Iterator[Forks]:
    with forks("tests.safety.upgrading") as server:
        yield server


@pytest.fixture
def older(tmp_path: Path, key: str | None) -> Path:
    """A record with a round, as a program of today left it."""
    path = tmp_path / "office.panel"
    with Record.create(path, OPENER, key=key) as record:
        load(set_up_office(record), a_round())
    return path


@pytest.fixture
def next_scripts(older: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with next_program(tmp_path_factory.mktemp("scripts")) as scripts:
        yield scripts


@pytest.mark.safety(14)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_an_upgrade_killed_at_any_step_leaves_the_old_record_or_the_new(
    upgrades: Forks,
    older: Path,
    next_scripts: Path,
    tmp_path: Path,
    times: Times,
    reached: Reached,
    key: str | None,
) -> None:
    path, fresh = older, Path(shutil.copy(older, tmp_path / "fresh.bin"))
    old = found(path, key)
    steps = int(upgrades.run("upgrade_until", path, key or "", 0, next_scripts).lines[0])
    new = found(path, key)
    assert (old.format, new.format) == (NEXT - 1, NEXT)
    tried = [*range(1, steps + 1, times(steps // 3, 1))]
    olds = 0

    for kill, step in enumerate(tried):
        clear(path, fresh)
        ended = upgrades.run("upgrade_until", path, key or "", step, next_scripts)
        assert ended.status == -9, ended
        left = found(path, key)
        assert left in (old, new), step
        olds += left == old
        if kill % LOOK_CLOSELY == 0:
            with Record.open(path, OPENER, key=key) as record:
                assert verify(record).sound
            assert found(path, key) == new
            for copy in backup.copies(path):
                Record.read_copy(copy.path, key=key, folder=tmp_path).close()

    reached(
        f"format {NEXT - 1} to {NEXT}, {'encrypted' if key else 'plain'}: killed at {len(tried)} of "
        f"{steps} steps, {olds} old, {len(tried) - olds} new, 0 between"
    )


def clear(path: Path, fresh: Path) -> None:
    """Put the old record back, as if nothing had been tried."""
    shutil.rmtree(copies_folder(path), ignore_errors=True)
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    shutil.copy(fresh, path)
