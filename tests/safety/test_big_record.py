"""A big encrypted record opens, is found sound, is copied, and comes back from its copy as it was."""

import time
from pathlib import Path

import pytest

from models.copies.restore import restore
from models.journal.verify import verify
from models.queries.applications.applications import applications
from models.record import Record
from tests.safety.big_record import FIFTY_MB, OPENER, make_big
from tests.safety.saving import KEY
from tests.safety.table import Reached, Times


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory, times: Times) -> Path:
    """A record of 1 MB in the suite, of 50 MB in full, closed."""
    return make_big(tmp_path_factory.mktemp("big") / "office.panel", count(times), KEY)


def count(times: Times) -> int:
    return times(150, FIFTY_MB)


def megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1_000_000:.0f} MB"


@pytest.mark.safety(20)
def test_a_big_encrypted_record_opens_and_is_sound(big: Path, times: Times, reached: Reached) -> None:
    begun = time.perf_counter()
    with Record.open(big, OPENER, key=KEY) as record:
        opened = time.perf_counter()
        found = record.ask(lambda session: applications(session, 1))
        asked = time.perf_counter()
        assert verify(record).sound
        checked = time.perf_counter()

    assert len(found) == count(times)
    reached(
        f"{megabytes(big)}, {len(found):,} applications: opened in {opened - begun:.2f} s, its list in "
        f"{asked - opened:.2f} s, checked and done over in {checked - asked:.1f} s"
    )


@pytest.mark.safety(21)
def test_a_big_record_comes_back_from_its_copy_as_it_was(big: Path, tmp_path: Path, reached: Reached) -> None:
    with Record.open(big, OPENER, key=KEY) as record:
        head = record.head()
        begun = time.perf_counter()
        copy = record.backup(tmp_path / "copy.panel")
        copied = time.perf_counter()
    restored = restore(copy, tmp_path / "back.panel", OPENER, key=KEY)
    back = time.perf_counter()

    assert (restored.was_at, restored.warnings) == (head, ())
    with Record.open(tmp_path / "back.panel", OPENER, key=KEY) as record:
        assert record.head().seq == head.seq + 1  # the row that says where it came from
        assert verify(record).sound
    reached(
        f"{megabytes(big)}: copied and checked in {copied - begun:.1f} s, put back in {back - copied:.1f} s"
    )
