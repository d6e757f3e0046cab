"""The power is cut at every point of every save: what was told as saved is there, and nothing by half."""

import hashlib
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from random import Random

import pytest
from msgspec import Struct, field
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from models.record import Record
from models.store.sqlite import engine
from models.trouble import Trouble
from tests.safety.power import Disk, Files, cuts
from tests.safety.recorder import Event, recorded
from tests.safety.saving import KEY, OPENER, faults, make, save
from tests.safety.table import Reached, Times

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the engine's files are watched on Linux alone"
)
NAME = "office.panel"


def saves_recorded(folder: Path, key: str, saves: int) -> tuple[Files, int, list[Event]]:
    """Make a record, and give its file, its newest row and what so many saves and the closing asked for."""
    folder.mkdir()
    path = make(folder / NAME, key)
    before = path.read_bytes()
    with recorded(folder) as recorder, Record.open(path, OPENER, key=key or None) as record:
        first = record.head().seq
        for _ in range(saves):
            recorder.told(save(record))
    return {NAME: before}, first, recorder.events


def found_after_cuts(
    files: Files, first: int, events: list[Event], dice: Random
) -> Iterator[tuple[int, Files]]:
    """Give each disk that may be found, with the newest save that was told of before."""
    disk, told = Disk.of(files), first
    for event in events:
        if event.what == "told":
            told = event.at
            continue
        disk.take(event)
        for found in cuts(disk, dice):
            yield told, found


def judged(folder: Path, key: str, told: int, found: Files) -> str:
    """Open what is found as the program does; return the first thing that is wrong, or ""."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in found.items():
        (folder / name).write_bytes(content)
    try:
        with Record.open(folder / NAME, OPENER, key=key or None) as record:
            return next(faults(record, told), "").partition(":")[0]
    except (Trouble, DBAPIError, dbapi2.Error):
        return "corrupt"


class Tried(Struct):
    """What came of cuts of the power: how many, how many different disks they left, and what was wrong."""

    cuts: int = 0
    disks: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        bad = ", ".join(f"{number:,} {words}" for words, number in sorted(self.wrong.items()))
        return f"{self.cuts:,} cuts, {self.disks:,} different disks: {bad or 'nothing lost, half or corrupt'}"


def tried(folder: Path, at_least: int, key: str = "", one_in: int = 1) -> Tried:
    """Cut the power during runs of two saves until it was cut so often; open each different disk once."""
    came, dice = Tried(), Random(1)
    for run in count():
        known: dict[tuple[int, bytes], str] = {}
        everything = found_after_cuts(*saves_recorded(folder / f"run {run}", key, 2), dice)
        for told, found in islice(everything, None, None, one_in):
            disk = (
                told,
                hashlib.blake2b(b"".join(name.encode() + found[name] for name in sorted(found))).digest(),
            )
            if disk not in known:
                known[disk] = judged(folder / "found", key, told, found)
            came.wrong.update(filter(None, [known[disk]]))
            came.cuts += 1
        came.disks += len(known)
        shutil.rmtree(folder / f"run {run}")
        if came.cuts >= at_least:
            return came
    raise AssertionError("there is always another run")


@pytest.mark.safety(2)
@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
def test_no_power_cut_loses_a_save_or_leaves_half_of_one(
    tmp_path: Path, times: Times, reached: Reached, key: str
) -> None:
    came = tried(tmp_path, times(1, 5_000), key, one_in=times(13 if key else 3, 1))

    reached(f"{'encrypted' if key else 'plain'}, {came}")
    assert not came.wrong


OFF = ("journal_mode", "OFF", "off"), ("synchronous", "OFF", 0)
USUAL = ("journal_mode", "DELETE", "delete"), ("synchronous", "FULL", 2)


@pytest.mark.safety(2)
@pytest.mark.parametrize(
    ("mode", "extra", "wrong"), [(*OFF, {"corrupt"}), (*USUAL, {"lost"})], ids=["off", "usual"]
)
def test_with_other_settings_of_the_engine_the_same_cuts_find_the_faults(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reached: Reached,
    mode: tuple[object, ...],
    extra: tuple[object, ...],
    wrong: set[str],
) -> None:
    """The proof of the cuts: without a journal they find corrupt records, with the usual one lost saves."""
    monkeypatch.setattr(engine, "_LASTING", (("locking_mode", "NORMAL", "normal"), mode))
    monkeypatch.setattr(engine, "_EXTRA", extra)

    came = tried(tmp_path, 1)

    reached(f"proof that the cuts find faults, {mode[0]} {mode[1]}, {extra[0]} {extra[1]}: {came}")
    assert wrong <= set(came.wrong)
