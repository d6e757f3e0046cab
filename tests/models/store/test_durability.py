"""Full disks, single wrong bits, files that go, leftovers, and two threads."""

import os
import random
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from models.copies.restore import restore
from models.journal.verify import verify_at
from models.record import Record
from models.store import chain as journal
from models.store.sqlite.engine import RecordLocked
from models.store.sqlite.lock import lock_path
from models.trouble import Trouble
from tests.models.conftest import OFFICER, OPENER
from tests.models.facts import SetFact, facts
from tests.safety.forked import Forks
from tests.safety.table import Reached, Times

resource = pytest.importorskip("resource")  # not on Windows
KEY = "six plain random words in order"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the size of files")
@pytest.mark.parametrize("room", [0, 5_000, 20_000, 60_000])
def test_a_full_disk_loses_nothing_says_so_and_works_again(
    elsewhere: Forks, record_path: Path, room: int
) -> None:
    done = elsewhere.run("fill", record_path, room)

    assert done.status == 0
    words, counts, saved = done.lines
    head, kept = (int(n) for n in counts.split())
    assert "disk" in words
    assert "nothing was lost" in words
    assert kept == int(saved) + 1  # the fact from before the disk was full, and each one saved
    assert head == int(saved) + 2  # the record's first row, and the fact from before
    with Record.open(record_path, OPENER) as record:
        assert record.head().seq == head + 1
        assert record.ask(facts)["fact 0"] == "after"
        assert record.ask(journal.first_fault) is None


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the size of files")
def test_a_full_disk_while_opening_leaves_no_lock(record_path: Path) -> None:
    with files_of_at_most(0), pytest.raises(Trouble, match="No lock file could be made"):
        Record.open(record_path, OPENER)

    assert [p.name for p in record_path.parent.iterdir()] == ["office.panel"]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as on a full disk; what Python compiles is not kept."""
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        sys.dont_write_bytecode = kept
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def share_found(path: Path, flips: int, key: str | None) -> float:
    """Flip one bit at a time, and return the share of flips that the check finds."""
    content, dice, found = path.read_bytes(), random.Random(1), 0
    for _ in range(flips):
        bit = dice.randrange(len(content) * 8)
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        try:
            found += not verify_at(path, OPENER, key=key).sound
        except Trouble:
            found += 1
    return found / flips


@pytest.mark.safety(6)
def test_every_wrong_bit_of_an_encrypted_record_is_found(
    tmp_path: Path, times: Times, reached: Reached
) -> None:
    path, flips = tmp_path / "secret.panel", times(5, 1_000)
    Record.create(path, OPENER, key=KEY).close()

    share = share_found(path, flips, KEY)

    reached(f"{share * flips:,.0f} of {flips:,} single wrong bits of an encrypted record found")
    assert share == 1


@pytest.mark.soak
@pytest.mark.safety(6)
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_a_share_of_the_wrong_bits_of_a_plain_record_is_found(record_path: Path, reached: Reached) -> None:
    flips = 300

    share = share_found(record_path, flips, None)

    reached(
        f"{share * flips:,.0f} of {flips:,} single wrong bits of a plain record found, which is {share:.0%}"
    )
    assert share > 0


@pytest.mark.of_a_file
@pytest.mark.parametrize("size", [0, 1_000, 20_000, 200_000])
def test_a_disk_that_is_full_while_a_record_is_made_or_restored_leaves_nothing(
    tmp_path: Path, template: Path, size: int
) -> None:
    path = tmp_path / "office.panel"
    for making in (Record.create, partial(restore, template)):
        with files_of_at_most(size), pytest.raises(Trouble):
            making(path, OPENER)
        assert list(tmp_path.iterdir()) == []

    Record.create(path, OPENER).close()


@pytest.mark.of_a_file
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


@pytest.mark.of_a_file
@pytest.mark.parametrize("replaced", [False, True])
@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed there")
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


@pytest.mark.of_a_file
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


@pytest.mark.of_a_file
def test_a_record_whose_lock_only_looks_left_behind_or_is_gone_is_not_opened_twice(
    elsewhere: Forks, record: Record
) -> None:
    lock = lock_path(record.path)
    held = lock.read_text(encoding="utf-8")
    started = held.split('"started_ms":')[1].split(",")[0]
    looks_stale = held.replace(started, "1000}")  # as after a change of the clock
    lock.write_text(looks_stale, encoding="utf-8")

    said = elsewhere.run("open_and_close", record.path).lines

    assert said[0].startswith(f"RecordLocked: {record.path.name} is open in another program")

    lock.unlink(missing_ok=True)

    with pytest.raises(RecordLocked, match="open in this program already"):
        Record.open(record.path, OPENER)
    with pytest.raises(RecordLocked, match="open in this program already"):
        Record.read_copy(record.path)

    assert "open in another program" in elsewhere.run("open_and_close", record.path).lines[0]


@pytest.mark.of_a_file
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
