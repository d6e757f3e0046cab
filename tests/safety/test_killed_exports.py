"""Exports that are killed or shut out leave a paper that can be read: the old one or the new, whole."""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import BadZipFile

import pytest
from openpyxl import load_workbook

from cli.command import main
from exchange import atomic
from exchange.pack_files import unseal
from exchange.pdf.pdf_pages import check_pdf
from models.store.leftovers import clear_parts
from tests.exchange.round_workbook.workbooks import good_sheets, save
from tests.exchange.schedule_rounds import made_round, schedule_of
from tests.safety.exporting import KEY, write
from tests.safety.forked import Forks, forks
from tests.safety.table import Reached, Times


def read_sealed(path: Path) -> None:
    unseal(path.read_bytes(), KEY)


READERS: dict[str, Callable[[Path], object]] = {
    ".xlsx": load_workbook,
    ".pdf": check_pdf,
    ".gpack": read_sealed,
}


@pytest.fixture(scope="module")
def exports() -> Iterator[Forks]:
    with forks("tests.safety.exporting") as server:
        yield server


@pytest.mark.safety(22)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
@pytest.mark.parametrize("ending", READERS)
def test_a_killed_export_leaves_a_paper_that_can_be_read(
    exports: Forks, tmp_path: Path, times: Times, reached: Reached, ending: str
) -> None:
    path, dice, kills, parts = tmp_path / f"Award schedule{ending}", random.Random(1), times(3, 170), 0
    begun = time.perf_counter()
    write(path, schedule_of(made_round(40)))
    takes = time.perf_counter() - begun
    READERS[ending](path)

    for _ in range(kills):
        ended = exports.run("export_on", path, until=1, wait=dice.random() * takes * 2)
        assert ended.status == -9
        READERS[ending](path)
        parts += len(list(tmp_path.glob("*.part-*")))
        for part in tmp_path.glob("*.part-*"):
            os.utime(part, (0, 0))
        clear_parts(tmp_path)
        assert [left.name for left in tmp_path.iterdir()] == [path.name]

    reached(f"{kills} kills while writing {ending}, 0 unreadable; {parts} parts were left, and swept later")


@pytest.mark.safety(22)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
def test_the_same_kills_spoil_a_workbook_that_is_saved_straight_to_its_name(
    exports: Forks, tmp_path: Path, times: Times, reached: Reached
) -> None:
    """The proof of the kills: they do come in the midst of writing."""
    path, dice, kills, spoiled = tmp_path / "direct.xlsx", random.Random(1), times(3, 20), 0
    for _ in range(kills):
        exports.run("save_directly_on", path, until=1, wait=0.1 + dice.random() / 10)
        try:
            load_workbook(path).close()
        except (BadZipFile, OSError, KeyError):
            spoiled += 1

    reached(
        f"proof that the kills spoil: {spoiled} of {kills} workbooks saved straight to their name unreadable"
    )
    assert spoiled > 0


@pytest.mark.safety(23)
@pytest.mark.parametrize("kind", ["schedule-xlsx", "schedule-pdf"])
def test_a_paper_held_open_elsewhere_is_kept_beside_by_the_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    reached: Reached,
    kind: str,
) -> None:
    record, ending = tmp_path / "office.panel", kind.partition("-")[2]
    assert main(["new", str(record), "--office", "Office of Westmarch"]) == 0
    assert main(["load", str(record), str(save(good_sheets(), tmp_path / "round.xlsx"))]) == 0
    target, real = tmp_path / f"Award schedule.{ending}", os.replace
    target.write_bytes(b"held by another program")

    def held(source: Path, aim: Path) -> None:
        if aim == target:
            raise PermissionError(13, "held", str(source))
        real(source, aim)

    monkeypatch.setattr(atomic.os, "replace", held)
    monkeypatch.setattr(atomic, "RETRY_SECONDS", 0)
    capsys.readouterr()

    assert main(["export", str(record), kind, "--round", "Autumn", "--out", str(target)]) == 0

    told = capsys.readouterr()
    assert "is open in another program, probably Excel" in told.out + told.err
    assert target.read_bytes() == b"held by another program"
    READERS[f".{ending}"](tmp_path / f"Award schedule (2).{ending}")
    reached("by the command: the held one untouched, the new one beside it and named, 0 exceptions")
