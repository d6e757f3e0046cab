"""Pages that do not hold together are never copied; a restored record takes the old name, or none does."""

import errno
import os
from collections import deque
from pathlib import Path
from typing import Any, NoReturn

import pytest

from models.copies.restore import restore_over
from models.journal.verify import verify
from models.operations.set_up.office import SetPublisher
from models.record import Record
from models.store.sqlite import backup, opening
from models.store.sqlite.engine import RecordDamaged
from models.store.sqlite.lock import RecordInUse, lock_path
from models.trouble import Trouble
from tests.models.conftest import OFFICER, OPENER, Days
from tests.models.facts import SetFact, facts

PAGE = 4096


def spoilt(path: Path, key: str | None) -> Path:
    """Make a record with a good copy, then spoil a page that opening does not read."""
    with Record.create(path, OPENER, key=key, clock=Days()) as record:
        for number in range(60):
            record.perform(SetFact(f"fact {number}", "x" * 800), OFFICER)
        assert record.copies.make_if_due() is not None
    content = bytearray(path.read_bytes())
    at = len(content) - 6 * PAGE
    content[at + 8 : at + PAGE] = b"\x5a" * (PAGE - 8)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("key", [None, "six plain random words in order"], ids=["plain", "encrypted"])
def test_it_is_found_although_the_record_opens_and_no_copy_is_made_or_thinned(
    key: str | None, tmp_path: Path
) -> None:
    path = spoilt(tmp_path / "office.panel", key)
    before = backup.copies(path)

    with Record.open(path, OPENER, key=key) as record:
        with pytest.raises(RecordDamaged):
            record.copies.make_if_due()
        with pytest.raises(RecordDamaged):
            record.copies.steps_if_due()
        with pytest.raises(RecordDamaged):
            record.copies.keep_before("merge")
        with pytest.raises(RecordDamaged, match=r"office\.panel is damaged"):
            deque(iter(record.page_check().step, False))

    assert backup.copies(path) == before
    with Record.open(path, OPENER, key=key) as record:
        with pytest.raises(RecordDamaged):
            record.ask(facts)
        if key is not None:  # told as damage from then on; of a plain one a change reads no such page
            with pytest.raises(Trouble, match=r"office\.panel is damaged"):
                record.perform(SetFact("another", "one"), OFFICER)


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

    # A copy that is damaged touches nothing.
    monkeypatch.undo()
    copy.write_bytes(copy.read_bytes()[:-4096])
    before = seen(record_path)

    with pytest.raises(Trouble):
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


def test_an_open_record_is_not_restored_over(record_path: Path, copy: Path) -> None:
    with Record.open(record_path, OPENER) as record:
        with pytest.raises(RecordInUse):
            restore_over(copy, record_path, OPENER)
        lock_path(record_path).unlink()  # and the engine's own lock holds without the file
        with pytest.raises(Trouble):
            restore_over(copy, record_path, OPENER)
        record.perform(SetPublisher("360G-still", "GB-COH-1"), OFFICER)

    # Where nothing stands nothing is kept.
    os.unlink(record_path)

    assert restore_over(copy, record_path, OPENER).kept is None

    assert [one.reason for one in backup.copies(record_path)] == ["a test"]
