"""Two copies of one record: how far the same, and what each did since; and going back to a backup."""

import shutil
from pathlib import Path

import pytest

from models.copies.diverged import Standing, compare
from models.copies.restore import preview, restore_over
from models.journal.verify import verify
from models.operations.set_up.areas import SetPot
from models.operations.set_up.office import SetPublisher
from models.record import Record
from models.trouble import Trouble
from scoring.round import Area
from tests.models.conftest import OPENER, TickingClock
from tests.models.rounds import OFFICER, load


@pytest.fixture
def two(record_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A record with a round, and a copy of its file."""
    with Record.open(record_path, OPENER) as record:
        load(record)
    return record_path, Path(shutil.copy(record_path, tmp_path / "copy.panel"))


def pot(path: Path, *pounds: int) -> None:
    with Record.open(path, OPENER) as record:
        before = 1_000_000
        for one in pounds:
            record.perform(
                SetPot(1, Area("Dudley", one, 100_000, 5_000), Area("Dudley", before, 100_000, 5_000)),
                OFFICER,
            )
            before = one


def standing(mine: Path, other: Path) -> tuple[Standing, int, int, int]:
    with Record.open(mine, OPENER) as here, Record.read_copy(other) as there:
        found = compare(here, there)
        return found.standing, found.common, len(found.here), len(found.there)


def test_a_copy_is_the_same_until_one_of_them_is_changed(two: tuple[Path, Path]) -> None:
    mine, copy = two
    assert standing(mine, copy) == (Standing.SAME, 2, 0, 0)

    pot(mine, 7, 8)

    assert standing(mine, copy) == (Standing.OLDER, 2, 2, 0)
    assert standing(copy, mine) == (Standing.NEWER, 2, 0, 2)


def test_copies_that_both_went_on_have_diverged_and_each_sides_rows_are_listed(
    two: tuple[Path, Path],
) -> None:
    mine, copy = two
    pot(mine, 7)
    with Record.open(copy, OPENER) as record:
        record.perform(SetPublisher("360G-other", "GB-GOR-OTHER"), OFFICER)
    pot(copy, 7)

    with Record.open(mine, OPENER) as here, Record.read_copy(copy) as there:
        found = compare(here, there)

    assert (found.standing, found.common) == (Standing.DIVERGED, 2)
    assert [(row.seq, row.kind) for row in found.here] == [(3, "set pot")]
    assert [(row.seq, row.kind) for row in found.there] == [(3, "set publisher"), (4, "set pot")]
    assert "1 change was made here alone: set pot (1)." in found.words


def test_records_of_other_identity_are_told_as_such(two: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.panel"
    Record.create(other, OPENER).close()

    assert standing(two[0], other)[0] is Standing.ANOTHER


def test_a_preview_counts_by_kind_what_is_later_than_the_backup(two: tuple[Path, Path]) -> None:
    mine, copy = two
    pot(mine, 7, 8)

    with Record.open(mine, OPENER) as record:
        words = preview(record, copy).words

    assert "at row 2." in words
    assert words.endswith("2 changes were made later than it and would be lost: set pot (2).")


def test_going_back_keeps_the_record_it_replaces(two: tuple[Path, Path]) -> None:
    mine, copy = two
    pot(mine, 7, 8)
    later = mine.read_bytes()

    restored = restore_over(copy, mine, OPENER, clock=TickingClock())

    (kept,) = (mine.parent / "office.backups").iterdir()
    assert kept.read_bytes() == later
    assert "before restore" in kept.name
    with Record.open(restored.path, OPENER) as record:
        assert verify(record).sound
        assert record.head().seq == 3


def test_a_damaged_backup_is_not_put_in_place_and_the_record_has_its_name_back(
    two: tuple[Path, Path],
) -> None:
    mine, copy = two
    before = mine.read_bytes()
    copy.write_bytes(b"\xff" * 8192)

    with pytest.raises(Trouble):
        restore_over(copy, mine, OPENER)

    assert mine.read_bytes() == before
