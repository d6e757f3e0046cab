"""A full disk and single wrong bits, through the record's own way of saving."""

import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.journal.verify import verify_at
from models.record import Record
from models.store import chain as journal
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
def test_a_full_disk_while_copying_leaves_no_copy_and_the_record_whole(
    record: Record, tmp_path: Path
) -> None:
    record.perform(SetFact("fact", "x" * 500_000), OFFICER)

    with files_of_at_most(100_000), pytest.raises(Trouble, match="No copy was made"):
        record.backup(tmp_path / "copy.panel")

    assert not [p for p in tmp_path.iterdir() if p.name.startswith("copy")]
    record.perform(SetFact("fact", "short"), OFFICER)
    record.backup(tmp_path / "copy.panel")


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
