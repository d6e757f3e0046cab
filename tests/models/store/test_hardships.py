"""What happens to a record beside saving: full disks, files that go, leftovers, and two threads."""

import os
import shutil
import threading
from pathlib import Path

import pytest

from models.copies.restore import restore
from models.journal.verify import verify_at
from models.record import Record
from models.store.sqlite.engine import RecordLocked
from models.store.sqlite.lock import RecordInUse, lock_path
from models.trouble import Trouble
from tests.models.conftest import OFFICER, OPENER, TickingClock
from tests.models.facts import SetFact, facts
from tests.models.store.next_format import next_program
from tests.models.store.test_durability import files_of_at_most
from tests.safety.forked import Forks

pytestmark = pytest.mark.of_a_file

not_on_windows = pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed there")
sizes = pytest.mark.parametrize("size", [0, 1_000, 20_000, 200_000])


def names(folder: Path) -> list[str]:
    """Return the names of what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


@sizes
def test_a_disk_that_is_full_while_a_record_is_made_leaves_nothing(tmp_path: Path, size: int) -> None:
    with files_of_at_most(size), pytest.raises(Trouble):
        Record.create(tmp_path / "office.panel", OPENER)

    assert names(tmp_path) == []
    Record.create(tmp_path / "office.panel", OPENER).close()


@sizes
def test_a_disk_that_is_full_while_restoring_leaves_only_the_backup(record_path: Path, size: int) -> None:
    with files_of_at_most(size), pytest.raises(Trouble):
        restore(record_path, record_path.with_name("new.panel"), OPENER)

    assert names(record_path.parent) == [record_path.name]


@sizes
def test_a_disk_that_is_full_while_an_older_copy_is_read_says_so(
    record_path: Path, tmp_path: Path, size: int
) -> None:
    old = Path(shutil.copy(record_path, tmp_path / "old.panel"))

    with next_program(tmp_path / "next"), files_of_at_most(size), pytest.raises(Trouble):
        Record.read_copy(old, folder=tmp_path / "copies")

    assert not (tmp_path / "copies").exists() or names(tmp_path / "copies") == []
    assert [name for name in names(tmp_path) if name.startswith("old")] == ["old.panel"]


def test_a_journal_without_its_record_is_never_rolled_into_a_new_one(
    record: Record, template: Path, tmp_path: Path
) -> None:
    left = tmp_path / "new.panel-journal"
    left.write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7 what another record was changing")
    target = tmp_path / "new.panel"

    with pytest.raises(Trouble, match=r"new.panel-journal in .* holds a change"):
        Record.create(target, OPENER)
    with pytest.raises(Trouble, match=r"new.panel-journal in .* holds a change"):
        restore(template, target, OPENER)
    with pytest.raises(Trouble, match=r"new.panel-journal in .* holds a change"):
        record.backup(target)

    assert not target.exists()
    assert left.exists()


@pytest.mark.parametrize("replaced", [False, True])
@not_on_windows
def test_nothing_is_saved_into_a_file_that_nobody_would_find_again(
    record: Record, template: Path, tmp_path: Path, *, replaced: bool
) -> None:
    record.perform(SetFact("fact", "before"), OFFICER)
    record.path.unlink()
    if replaced:
        shutil.copy(template, record.path)

    with pytest.raises(Trouble, match="was deleted, moved or replaced"):
        record.perform(SetFact("fact", "after"), OFFICER)
    copy = record.backup(tmp_path / "copy.panel")

    with Record.read_copy(copy) as read:
        assert read.ask(facts) == {"fact": "before"}


def test_a_record_without_its_lock_file_is_not_opened_twice(elsewhere: Forks, record: Record) -> None:
    lock_path(record.path).unlink()

    with pytest.raises(RecordLocked, match="open in this program already"):
        Record.open(record.path, OPENER)
    with pytest.raises(RecordLocked, match="open in this program already"):
        Record.read_copy(record.path)

    assert "open in another program" in elsewhere.run("open_and_close", record.path).lines[0]


def test_a_closed_record_opens_again_in_the_same_program(record_path: Path) -> None:
    Record.open(record_path, OPENER).close()

    Record.open(record_path, OPENER).close()


def test_two_threads_take_turns(record: Record) -> None:
    def change(name: str) -> None:
        for number in range(20):
            record.perform(SetFact(f"fact {name}", str(number)), OFFICER)
            record.ask(facts)

    threads = [threading.Thread(target=change, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    path, seq = record.path, record.head().seq
    record.close()

    assert seq == 1 + 4 * 20
    assert verify_at(path, OPENER).checks[2].ok  # the journal


def test_a_lock_file_in_pieces_whose_time_is_to_come_does_not_shut_the_record(
    record_path: Path,
) -> None:
    lock = lock_path(record_path)
    lock.write_text("{", encoding="utf-8")
    os.utime(lock, (4_000_000_000, 4_000_000_000))

    Record.open(record_path, OPENER).close()

    assert not lock.exists()


def test_a_lock_that_only_looks_left_behind_still_says_who_has_the_record(
    elsewhere: Forks, record: Record
) -> None:
    lock = lock_path(record.path)
    held = lock.read_text(encoding="utf-8")
    started = held.split('"started_ms":')[1].split(",")[0]
    lock.write_text(held.replace(started, "1000}"), encoding="utf-8")  # as after a change of the clock

    said = elsewhere.run("open_and_close", record.path).lines

    assert said[0].startswith("RecordInUse: Grace Okoro has this record open")
    assert "Grace Okoro" in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["x" * 300 + ".panel", "nothing/office.panel"])
def test_a_name_that_the_system_refuses_is_said_so(tmp_path: Path, record: Record, name: str) -> None:
    path = tmp_path / name

    with pytest.raises(Trouble):
        Record.create(path, OPENER)
    with pytest.raises(Trouble):
        Record.open(path, OPENER)
    with pytest.raises(Trouble):
        Record.read_copy(path)
    with pytest.raises(Trouble):
        record.backup(path)
    with pytest.raises(Trouble):
        record._file.copy_in_steps(path)
    with pytest.raises(Trouble):
        restore(tmp_path / "none.panel", path, OPENER)


def test_a_clock_that_goes_back_leaves_the_journal_in_order(record_path: Path) -> None:
    clock = TickingClock()
    with Record.open(record_path, OPENER, clock=clock) as record:
        record.perform(SetFact("fact", "one"), OFFICER)
        before = record.head().at
        clock.now = clock.now.replace(year=2020)
        record.perform(SetFact("fact", "two"), OFFICER)

        assert record.head().at == before
    assert verify_at(record_path, OPENER).checks[2].ok


def test_a_lock_of_another_computer_is_not_taken_for_ours(record_path: Path) -> None:
    with Record.open(record_path, OPENER):
        held = lock_path(record_path).read_text(encoding="utf-8")
    host = held.split('"host":"')[1].split('"')[0]
    lock_path(record_path).write_text(held.replace(host, "OPCC-LT-99"), encoding="utf-8")

    with pytest.raises(RecordInUse, match="OPCC-LT-99") as refused:
        Record.open(record_path, OPENER)

    assert refused.value.can_be_taken_over
