"""Which copy of a damaged record is offered: the newest that is whole, and as encrypted as the record."""

from pathlib import Path

import pytest

from models.copies.beside import latest_valid_backup
from models.record import Record
from models.store.sqlite.backup import Copy
from tests.models.conftest import OFFICER, OPENER, TickingClock

KEY = "orbit kettle maple signal"


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A record that was plain and is encrypted, its plain copy and its encrypted one."""
    path, clock = tmp_path / "office.panel", TickingClock()
    with Record.create(path, OPENER, clock=clock) as record:
        plain = record.copies.keep_before("a test")
        record.change_key(KEY, OFFICER)
        clock.now = clock.now.replace(hour=20)
        sealed = record.copies.keep_before("another test")
    assert plain is not None
    assert sealed is not None
    return path, plain, sealed


def path_of(found: Copy | None) -> Path | None:
    return None if found is None else found.path


def test_the_newest_whole_copy_is_offered(copies: tuple[Path, Path, Path]) -> None:
    path, _, sealed = copies

    assert path_of(latest_valid_backup(path, KEY)) == sealed


def test_one_that_is_damaged_is_passed_over_and_a_plain_one_is_no_copy_of_an_encrypted_record(
    copies: tuple[Path, Path, Path],
) -> None:
    path, _, sealed = copies
    content = bytearray(sealed.read_bytes())
    content[20_000] ^= 1
    sealed.write_bytes(content)

    assert latest_valid_backup(path, KEY) is None


def test_without_a_passphrase_an_encrypted_one_is_offered_unread(copies: tuple[Path, Path, Path]) -> None:
    path, plain, sealed = copies
    assert path_of(latest_valid_backup(path, None)) == sealed

    sealed.unlink()

    assert path_of(latest_valid_backup(path, None)) == plain
    plain.write_bytes(b"Dear panel")
    assert latest_valid_backup(path, None) is None
