"""Checking a record: what is sound, and each kind of harm named."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from models.journal import replay
from models.journal.verify import Check, Verification, verify, verify_at
from models.record import Record
from models.store.sqlite.engine import connect_to_read
from models.store.upkeep import UPKEEP
from models.trouble import Trouble
from tests.models.conftest import OFFICER, OPENER, TickingClock, state, tamper
from tests.models.facts import SetFact
from tests.models.journal.test_journal import NO_TRIGGERS

KNOWN = {**UPKEEP, "set fact": SetFact}
KEY = "six plain random words in order"


def check(found: Verification, name: str) -> Check:
    return next(check for check in found.checks if check.name == name)


@pytest.mark.of_a_file
def test_a_new_record_is_sound(record: Record) -> None:
    found = verify(record)

    assert found.sound
    assert [check.name for check in found.checks][:4] == ["file", "references", "journal", "replay"]
    assert record.head().code in check(found, "journal").words


def test_checking_changes_nothing(record_path: Path) -> None:
    before = state(record_path.parent)

    assert verify_at(record_path, OPENER).sound

    assert state(record_path.parent) == before


def test_an_encrypted_record_is_checked_with_its_key(tmp_path: Path) -> None:
    Record.create(tmp_path / "secret.panel", OPENER, key=KEY).close()

    assert verify_at(tmp_path / "secret.panel", OPENER, key=KEY).sound


def test_a_changed_page_of_an_encrypted_record_is_found(tmp_path: Path) -> None:
    path = tmp_path / "secret.panel"
    Record.create(path, OPENER, key=KEY).close()
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)

    assert not verify_at(path, OPENER, key=KEY).sound


def test_damage_is_told_in_two_sentences_and_nothing_else_is(tmp_path: Path) -> None:
    path = tmp_path / "secret.panel"
    Record.create(path, OPENER, key=KEY).close()
    with closing(connect_to_read(path, KEY)) as raw:  # pages of tables, and none that tells of the tables
        roots = raw.execute("SELECT rootpage FROM sqlite_master WHERE type = 'table' ORDER BY 1 DESC LIMIT 7")
        pages = sorted(number for (number,) in roots)
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * 4096 + 100] ^= 1
    path.write_bytes(content)

    found = verify_at(path, OPENER, key=KEY)

    listed = ", ".join(map(str, pages[:5]))
    assert [check.words for check in found.checks] == [
        f"The file is damaged: 7 of its {len(content) // 4096} pages are spoilt (number {listed} and "
        "others). Restore its newest backup, or salvage what can be read. Nothing else was checked, as what "
        "is read of a damaged file cannot be relied on."
    ]


def test_a_file_too_damaged_to_open_is_an_answer(record_path: Path) -> None:
    content = bytearray(record_path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    record_path.write_bytes(content)

    found = verify_at(record_path, OPENER)

    assert not found.sound
    assert "damaged" in found.checks[0].words


def test_damage_inside_is_found_by_the_file_check(record_path: Path) -> None:
    content = bytearray(record_path.read_bytes())
    content[8192:12288] = b"\xff" * 4096  # the third page
    record_path.write_bytes(content)

    assert not verify_at(record_path, OPENER).sound


def test_a_letter_is_no_record_and_is_not_checked(tmp_path: Path) -> None:
    (tmp_path / "letter.panel").write_text("Dear Grace")

    with pytest.raises(Trouble, match="not a Grant Panel record"):
        verify_at(tmp_path / "letter.panel", OPENER)


def test_an_altered_journal_row_is_named(record_path: Path) -> None:
    tamper(record_path, *NO_TRIGGERS, "UPDATE journal SET actor = 'Nobody'")

    found = check(verify_at(record_path, OPENER), "journal")

    assert (found.ok, found.row) == (False, 1)


def test_a_change_without_a_journal_row_is_named_by_table_key_and_column(record_path: Path) -> None:
    tamper(record_path, "UPDATE setting SET value = '\"x\"' WHERE name = 'made with'")

    found = check(verify_at(record_path, OPENER), "replay")

    assert not found.ok
    assert found.words == (
        "Table setting, name made with, column value: the record says '\"x\"', the journal says '\"tests\"'."
    )


def test_an_added_row_is_named(record_path: Path) -> None:
    tamper(record_path, "INSERT INTO setting VALUES ('lucky number', '7')")

    found = check(verify_at(record_path, OPENER), "replay")

    assert found.words == "Table setting, name lucky number: only the record has it."


def test_a_removed_row_is_named(record_path: Path) -> None:
    tamper(record_path, "DELETE FROM setting WHERE name = 'made at'")

    found = check(verify_at(record_path, OPENER), "replay")

    assert found.words == "Table setting, name made at: only the journal has it."


def test_a_journal_row_of_an_unknown_kind_is_named(record: Record) -> None:
    record.perform(SetFact("fact", "one"), OFFICER)

    found = record.ask(lambda session: replay.differences(session, UPKEEP))

    assert [(difference.row, "does not know" in difference.words) for difference in found] == [(2, True)]


def test_replay_follows_changes_and_leaves_drafts_out(record_path: Path) -> None:
    with Record.open(record_path, OPENER, clock=TickingClock()) as record:
        for number in range(450):
            record.perform(SetFact(f"fact {number % 7}", f"{number}"), OFFICER)
        record.keep_draft("Grace Okoro", "reason", "half a sen")
        ticks: list[tuple[int, int]] = []

        found = record.ask(
            lambda session: replay.differences(
                session, KNOWN, lambda done, total: ticks.append((done, total))
            )
        )

    assert found == ()
    assert ticks == [(200, 451), (400, 451)]


def test_replay_knows_a_restored_and_a_closed_record(record_path: Path, tmp_path: Path) -> None:
    with Record.open(record_path, OPENER) as record:
        record.perform(SetFact("fact", "one"), OFFICER)
    # closing after a change lets the engine write its own statistics tables, which are not compared

    with Record.open(Path(shutil.copy(record_path, tmp_path / "b.panel")), OPENER) as record:
        assert record.ask(lambda session: replay.differences(session, KNOWN)) == ()


def test_loose_references_are_named(record_path: Path) -> None:
    tamper(
        record_path,
        *NO_TRIGGERS,
        "PRAGMA foreign_keys=OFF",
        "INSERT INTO journal_body VALUES (9, zeroblob(16), '{}')",
    )

    found = check(verify_at(record_path, OPENER), "references")

    assert not found.ok
    assert "journal_body" in found.words
