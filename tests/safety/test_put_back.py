"""An old page of a record, or a whole old copy of it, is put back in its place: the check finds it."""

import random
import shutil
from pathlib import Path

import pytest

from cli.command import main
from models.journal.verify import verify_at
from models.record import Record
from models.store.sqlite.engine import RecordDamaged
from tests.exchange.round_workbook.workbooks import good_sheets
from tests.exchange.round_workbook.workbooks import save as save_book
from tests.safety.saving import KEY, OPENER, make, raw, save
from tests.safety.table import Reached, Times

PAGE = 4096


def everything(path: Path) -> list[object]:
    """Return all rows of all tables of a closed record."""
    with Record.read_copy(path, key=KEY) as copy:
        tables = raw(copy).execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        names = [name for (name,) in tables]
        return [raw(copy).execute(f'SELECT * FROM "{name}"').fetchall() for name in names]


def pages(content: bytes) -> list[bytes]:
    return [content[start : start + PAGE] for start in range(0, len(content), PAGE)]


@pytest.mark.safety(7)
def test_old_pages_put_back_are_found(tmp_path: Path, times: Times, reached: Reached) -> None:
    path, dice = make(tmp_path / "office.panel", KEY), random.Random(1)
    with Record.open(path, OPENER, key=KEY) as record:
        save(record)
    old = pages(path.read_bytes())
    with Record.open(path, OPENER, key=KEY) as record:
        for _ in range(6):
            save(record)
    new, truth = pages(path.read_bytes()), everything(path)
    changed = [number for number, page in enumerate(old) if page != new[number]]
    tries = [[number] for number in changed[:: times(4, 1)]]
    tries += [dice.sample(changed, dice.randint(2, len(changed) - 1)) for _ in range(times(1, 300))]
    found = harmless = 0

    for chosen in tries:
        mixed = [old[number] if number in chosen else page for number, page in enumerate(new)]
        path.write_bytes(b"".join(mixed))
        if is_sound(path):
            assert everything(path) == truth, f"the old pages {chosen} are believed"
            harmless += 1
        else:
            found += 1

    reached(
        f"{len(changed)} pages, old ones put back in {len(tries)} ways: {found} found, {harmless} without an "
        "effect on what the record says, 0 believed"
    )
    assert found > len(tries) / 2


def is_sound(path: Path) -> bool:
    try:
        return verify_at(path, OPENER, key=KEY).sound
    except RecordDamaged:
        return False


@pytest.mark.safety(7)
def test_an_old_copy_put_back_is_found_by_a_newer_paper(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reached: Reached
) -> None:
    path, paper = tmp_path / "office.panel", tmp_path / "schedule.xlsx"
    command("new", path, "--office", "Example Office")
    command("load", path, save_book(good_sheets(), tmp_path / "round.xlsx"))
    old = Path(shutil.copy(path, tmp_path / "last week.panel"))
    command("export", path, "schedule-xlsx", "--round", "Autumn", "--issue", "--out", paper)
    command("verify", path, "--against", paper)

    shutil.copy(old, path)

    command("verify", path)  # by itself it is sound: it was the record once
    capsys.readouterr()
    assert main(["verify", str(path), "--against", str(paper)]) == 1
    assert "was not issued from this record" in capsys.readouterr().out
    reached("a whole old copy: sound by itself, found by a paper that was printed since")


def command(*words: object) -> None:
    assert main([str(word) for word in words]) == 0
