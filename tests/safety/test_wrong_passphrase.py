"""A wrong passphrase opens nothing and changes nothing, also where a crash left a change unfinished."""

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pytest

from models.record import Record
from models.store.record_file import has_unfinished_change
from models.trouble import Trouble
from tests.models.conftest import state
from tests.safety.forked import forks
from tests.safety.saving import KEY, OPENER, faults, make
from tests.safety.table import Reached, Times

WRONG = ("another passphrase altogether", KEY + " ", KEY.upper(), "x", "é" * 40)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def slowest_refusal(path: Path) -> float:
    """Try wrong passphrases on a record; give the seconds that the slowest refusal took."""
    before, slowest = state(path.parent), 0.0
    before.pop(f"{path.name}.lock", None)  # that of a program that is gone is taken away
    for key in WRONG:
        start = time.perf_counter()
        with pytest.raises(Trouble, match="passphrase") as refusal:
            Record.open(path, OPENER, key=key)
        slowest = max(slowest, time.perf_counter() - start)
        assert key not in str(refusal.value) or key == "x"
        assert state(path.parent) == before
    return slowest


@pytest.mark.safety(4)
def test_a_wrong_passphrase_is_refused_and_leaves_every_byte_and_time(
    tmp_path: Path, temporary: Path, reached: Reached
) -> None:
    (tmp_path / "office").mkdir()
    path = make(tmp_path / "office" / "office.panel", KEY)

    slowest = slowest_refusal(path)

    assert list(temporary.iterdir()) == []
    reached(
        f"{len(WRONG)} wrong ones refused, the slowest after {slowest:.2f} s, every byte and time as before"
    )


@pytest.mark.safety(4)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
def test_after_a_kill_a_wrong_passphrase_sets_off_nothing(
    tmp_path: Path, temporary: Path, times: Times, reached: Reached
) -> None:
    fresh, dice = make(tmp_path / "fresh.panel", KEY), random.Random(4)
    folder, slowest, unfinished = tmp_path / "office", 0.0, 0
    with forks("tests.safety.saving") as savers:
        while unfinished < times(1, 100):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            path = Path(shutil.copy(fresh, folder / "office.panel"))
            task, wait = ("save_on", dice.random() / 100) if unfinished else ("save_half_and_wait", 0)
            ended = savers.run(task, path, KEY, until=1, wait=wait)
            if not has_unfinished_change(path):
                continue
            unfinished += 1
            slowest = max(slowest, slowest_refusal(path))
            with Record.open(path, OPENER, key=KEY) as record:
                assert list(faults(record, int(ended.lines[-1]))) == []

    assert list(temporary.iterdir()) == []
    reached(
        f"{unfinished} changes left unfinished by a kill, {unfinished * len(WRONG)} wrong ones refused, "
        f"the slowest after {slowest:.2f} s, every byte and time as before; the right one opens"
    )
