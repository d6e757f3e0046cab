"""Kinds of paper, their heads, what is said of an issued version, and a record that is held."""

from pathlib import Path

import pytest

from models.journal.verify import verify
from models.record import Opener, Record
from models.store.record_file import NeedsPassphrase
from models.store.sqlite import backup
from models.store.sqlite.engine import NotOpened
from models.store.sqlite.lock import RecordInUse, lock_path
from models.store.upkeep import NotePlain
from tests.models.rounds import OFFICER, load, refused, set_up_office

OPENER = Opener("Grace Okoro", "tests")
PASSPHRASE = "orbit kettle maple signal ridge canoe"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.panel"


def test_a_held_record_is_closed_and_nobody_takes_it_nor_opens_it_with_a_wrong_passphrase(
    path: Path,
) -> None:
    record = Record.create(path, OPENER, key=PASSPHRASE)
    held = record.close_but_hold()
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    assert held is not None
    assert lock_path(path).exists()
    with pytest.raises(RecordInUse, match="Grace Okoro has this record open"):
        Record.open(path, Opener("Priya Nair", "tests"), key=PASSPHRASE)
    for key, error in (("six words of no use here", NotOpened), (None, NeedsPassphrase)):
        with pytest.raises(error):
            Record.open_again(path, OPENER, held, key=key)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert lock_path(path).exists()
    with Record.open_again(path, OPENER, held, key=PASSPHRASE) as again:
        assert again.is_encrypted
        assert verify(again).sound
    assert not lock_path(path).exists()

    # A closed record knows its passphrase no more.
    assert PASSPHRASE not in repr(record._file._opened)
    assert record._file.key is None
    held.release()


def test_why_a_record_stays_plain_is_in_its_journal(path: Path) -> None:
    with Record.create(path, OPENER) as record:
        outcome = record.perform(NotePlain("The disk is encrypted.", "the Victims Fund"), OFFICER)
        refused("Say why", record.perform, NotePlain("  "), OFFICER)
        assert verify(record).sound

    assert outcome.words == (
        "Kept the record without encryption with the Victims Fund in it: The disk is encrypted."
    )


def test_only_the_copies_that_anybody_can_read_are_deleted(path: Path) -> None:
    with Record.create(path, OPENER) as record:
        load(set_up_office(record))
        plain = record.copies.make_if_due()
        record.change_key(PASSPHRASE, OFFICER)
        sealed = record.backup(backup.automatic_path(path, record.transactions.now(), "test"))

        assert [copy.path for copy in backup.plain_copies(path)] == [plain]
        assert backup.delete_plain_copies(path) == ()

    assert [copy.path for copy in backup.copies(path)] == [sealed]
