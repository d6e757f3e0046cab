"""A second place for automatic copies: each person's and computer's own folder, thinned like the first."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.copies.beside import keep_in_second_place
from models.store.sqlite import backup
from models.trouble import Trouble

NOW = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)


def made(record: Path, at: datetime) -> Path:
    copy = backup.automatic_path(record, at)
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(b"a copy")
    return copy


def test_a_copy_is_put_there_whole_under_its_own_name(tmp_path: Path) -> None:
    record = tmp_path / "Office.panel"
    copy = made(record, NOW)

    kept = keep_in_second_place(copy, record, tmp_path / "server")

    assert kept.name == copy.name
    assert kept.read_bytes() == b"a copy"
    assert kept.parent.name == "Office.backups"
    assert " on " in kept.parent.parent.name
    assert [one.name for one in kept.parent.iterdir()] == [copy.name]


def test_copies_there_are_thinned_by_the_same_rule(tmp_path: Path) -> None:
    record = tmp_path / "Office.panel"
    for minutes in (0, 5):
        kept = keep_in_second_place(
            made(record, NOW + timedelta(minutes=minutes)), record, tmp_path / "server"
        )

    assert [one.name for one in kept.parent.iterdir()] == [kept.name]  # the newest of a day


def test_a_place_that_is_not_there_is_told_with_what_is_safe(tmp_path: Path) -> None:
    record = tmp_path / "Office.panel"
    (tmp_path / "server").write_text("a file")

    with pytest.raises(Trouble, match="is beside the record, but not in the second place"):
        keep_in_second_place(made(record, NOW), record, tmp_path / "server")
