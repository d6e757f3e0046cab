"""Programs killed while they save: what was told as saved is there, and nothing is there by half."""

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.journal.verify import verify
from models.record import Record
from tests.safety.forked import Forks, forks
from tests.safety.saving import KEY, OPENER, faults, make
from tests.safety.table import Reached, Times

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
ANEW = 50
"""After so many kills the record is a new one, every other one encrypted: a short journal is read fast."""


@pytest.fixture(scope="module")
def savers() -> Iterator[Forks]:
    with forks("tests.safety.saving") as server:
        yield server


@pytest.mark.safety(1)
def test_no_kill_loses_a_save_it_told_of_or_leaves_half_of_one(
    savers: Forks, tmp_path: Path, times: Times, reached: Reached
) -> None:
    kills, dice, saves, found = times(12, 1_000), random.Random(1), 0, list[str]()
    fresh = {key: make(tmp_path / f"fresh{bool(key)}.panel", key) for key in ("", KEY)}
    path, key, told = tmp_path / "office.panel", "", 0
    for number in range(kills):
        if number % min(ANEW, kills // 2) == 0:
            key = KEY if not key else ""
            path = Path(shutil.copy(fresh[key], tmp_path / f"office{number}.panel"))
        ended = savers.run("save_on", path, key, until=dice.randint(1, 8), wait=dice.random() / 100)
        assert ended.status == -9, ended
        told = int(ended.lines[-1])
        saves += len(ended.lines)
        with Record.open(path, OPENER, key=key or None) as record:
            found += faults(record, told)
            if number % ANEW == ANEW - 1 or number == kills - 1:
                found += [check.words for check in verify(record).checks if not check.ok]

    of = f"{kills:,} kills, {saves:,} saves told of"
    reached(f"{of}, {len(found)} lost, half or corrupt; every other record encrypted")
    assert found == []
