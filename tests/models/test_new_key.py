"""A record is encrypted, or gets another passphrase, by a verified copy; a failure leaves the old one."""

import os
from pathlib import Path

import pytest

from models import backup
from models.record import Opener, Record
from models.trouble import Trouble
from models.verify import verify
from tests.models.conftest import state
from tests.models.rounds import OFFICER, application, load, set_up_office

OPENER = Opener("Grace Okoro", "tests")
FIRST, SECOND = "orbit kettle maple signal", "ridge canoe amber lantern"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A plain record with a round in it."""
    path = tmp_path / "office.panel"
    with Record.create(path, OPENER) as record:
        load(set_up_office(record))
    return path


def names_in(path: Path) -> bool:
    return application(1).organisation.encode() in path.read_bytes()


def test_a_plain_record_is_encrypted_and_goes_on_working(plain: Path) -> None:
    assert names_in(plain)

    with Record.open(plain, OPENER) as record:
        rows = record.head().seq
        record.change_key(FIRST, OFFICER)
        assert record.is_encrypted
        assert record.head().seq == rows + 1
        assert verify(record).sound

    assert not names_in(plain)
    with pytest.raises(Trouble, match="is encrypted"):
        Record.open(plain, OPENER)
    with Record.open(plain, OPENER, key=FIRST) as record:
        assert verify(record).sound


def test_another_passphrase_takes_the_place_of_the_first(plain: Path) -> None:
    with Record.open(plain, OPENER) as record:
        record.change_key(FIRST, OFFICER)
        record.change_key(SECOND, OFFICER)

    with pytest.raises(Trouble, match="the passphrase is wrong"):
        Record.open(plain, OPENER, key=FIRST)
    with Record.open(plain, OPENER, key=SECOND) as record:
        assert verify(record).sound


def test_encryption_is_taken_off_and_that_is_put_down(plain: Path) -> None:
    with Record.open(plain, OPENER) as record:
        record.change_key(FIRST, OFFICER)
        record.change_key(None, OFFICER)
        assert not record.is_encrypted

    with Record.open(plain, OPENER) as record:
        assert verify(record).sound


def test_a_copy_that_fails_leaves_everything_as_it_was(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Record.open(plain, OPENER) as record:
        before = record.head()
        monkeypatch.setattr(backup, "give_name", full)
        with pytest.raises(Trouble, match="No copy was made"):
            record.change_key(FIRST, OFFICER)
        monkeypatch.undo()
        assert not record.is_encrypted
        assert record.head() == before

    with Record.open(plain, OPENER) as record:
        assert verify(record).sound
    assert {name for name in state(plain.parent) if "anew" in name} == set()


def test_a_file_that_cannot_be_replaced_leaves_the_old_one_open(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "in use", str(target))

    with Record.open(plain, OPENER) as record:
        monkeypatch.setattr(os, "replace", refuse)
        with pytest.raises(Trouble, match="could not be replaced"):
            record.change_key(FIRST, OFFICER)
        monkeypatch.undo()
        assert not record.is_encrypted
        record.backup(plain.parent / "copy.panel")

    with Record.open(plain, OPENER) as record:
        assert verify(record).sound


def test_nobody_else_gets_in_between(plain: Path) -> None:
    with Record.open(plain, OPENER) as record:
        record.change_key(FIRST, OFFICER)
        with pytest.raises(Trouble):
            Record.open(plain, Opener("Somebody Else", "tests"), key=FIRST)


def test_a_copy_to_read_has_its_key_changed_by_nobody(plain: Path) -> None:
    with Record.read_copy(plain) as record, pytest.raises(Exception, match="reading a copy"):
        record.change_key(FIRST, OFFICER)
