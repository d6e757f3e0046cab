"""A restored record takes the old one's name, or all is as it was: whatever the disk does not do."""

import errno
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest

from models.copies.restore import restore_over
from models.journal.verify import verify
from models.operations.set_up.office import SetPublisher
from models.record import Record
from models.store.sqlite import backup, opening
from models.store.sqlite.lock import RecordInUse, lock_path
from models.trouble import Trouble
from tests.models.conftest import OFFICER, OPENER


def refuse(*given: Any, **more: Any) -> NoReturn:
    raise OSError(errno.EIO, "Input/output error")


@pytest.fixture
def copy(record_path: Path) -> Path:
    """A copy of a record that went on from it."""
    with Record.open(record_path, OPENER) as record:
        made = record.copies.keep_before("a test")
        record.perform(SetPublisher("360G-later", "GB-COH-1"), OFFICER)
    assert made is not None
    return made


def seen(path: Path) -> tuple[bytes, list[str]]:
    return path.read_bytes(), sorted(one.name for one in path.parent.rglob("*"))


def test_a_name_that_cannot_be_given_leaves_all_as_it_was(
    record_path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seen(record_path)
    monkeypatch.setattr(opening.os, "replace", refuse)

    with pytest.raises(Trouble, match="Nothing was changed"):
        restore_over(copy, record_path, OPENER)

    assert seen(record_path) == before


@pytest.mark.parametrize("replaces", [True, False])
def test_a_record_that_the_disk_does_not_give_is_kept_under_another_name(
    record_path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, replaces: bool
) -> None:
    before = seen(record_path)
    monkeypatch.setattr(opening, "copy_file", refuse)
    if not replaces:
        monkeypatch.setattr(opening.os, "replace", refuse)
        with pytest.raises(Trouble, match="Nothing was changed"):
            restore_over(copy, record_path, OPENER)
        assert seen(record_path) == before
        return

    kept = restore_over(copy, record_path, OPENER).kept

    assert kept is not None
    assert kept.read_bytes() == before[0]
    with Record.open(record_path, OPENER) as record:
        assert verify(record).sound


def test_a_copy_that_is_damaged_touches_nothing(record_path: Path, copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-4096])
    before = seen(record_path)

    with pytest.raises(Trouble):
        restore_over(copy, record_path, OPENER)

    assert seen(record_path) == before


def test_an_open_record_is_not_restored_over(record_path: Path, copy: Path) -> None:
    with Record.open(record_path, OPENER) as record:
        with pytest.raises(RecordInUse):
            restore_over(copy, record_path, OPENER)
        lock_path(record_path).unlink()  # and the engine's own lock holds without the file
        with pytest.raises(Trouble):
            restore_over(copy, record_path, OPENER)
        record.perform(SetPublisher("360G-still", "GB-COH-1"), OFFICER)


def test_where_nothing_stands_nothing_is_kept(record_path: Path, copy: Path) -> None:
    os.unlink(record_path)

    assert restore_over(copy, record_path, OPENER).kept is None

    assert [one.reason for one in backup.copies(record_path)] == ["a test"]
