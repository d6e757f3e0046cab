"""Salvage from real damage: bytes flipped in the file's pages, plain and encrypted."""

import random
from contextlib import closing
from pathlib import Path

import pytest

from models import engine, journal
from models.erasing import erase, erasure_of
from models.operations.areas import SetPot
from models.record import Opener, Record
from models.salvage import Salvaged, salvage
from models.trouble import Trouble
from models.verify import verify
from scoring.round import Area
from tests.models.conftest import OPENER, TickingClock, tamper
from tests.models.operations.deciding_rounds import decided
from tests.models.rounds import OFFICER

MANY = 200
PAGE = 4096


def filled(path: Path, key: str | None = None) -> Path:
    """Make a record with a decided round and many small changes after it."""
    with Record.create(path, OPENER, key=key, clock=TickingClock()) as record:
        decided(record)
        _pots(record)
    return path


def _pots(record: Record) -> None:
    for number in range(MANY):
        before = 0 if number == 0 else number
        record.perform(SetPot(1, Area("Dudley", number + 1), Area("Dudley", before)), OFFICER)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("whole") / "office.panel")


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    path = tmp_path / "office.panel"
    path.write_bytes(whole.read_bytes())
    return path


def spoil(path: Path, page: int) -> None:
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    path.write_bytes(content)


def page_of(path: Path, marker: bytes) -> int:
    """Return the page of the first place that holds some bytes."""
    return path.read_bytes().index(marker) // PAGE + 1


def rows_of(path: Path, key: str | None = None) -> list[tuple[int, str, str]]:
    with closing(engine.connect_to_read(path, key)) as raw:
        return list(raw.execute("SELECT seq, kind, hex(hash) FROM journal ORDER BY seq").fetchall())


def assert_as_reported(found: Salvaged, original: Path) -> None:
    """Assert that the new record has the same rows as far as it goes, and is sound."""
    before = rows_of(original)
    with Record.open(found.path, Opener("Ida Check", "tests")) as record:
        assert verify(record).sound
        head = record.head().seq
    assert rows_of(found.path)[: found.rows] == before[: found.rows]
    assert (head, rows_of(found.path)[-1][1]) == (found.rows + 1, "salvage record")


def test_a_whole_record_is_salvaged_whole(whole: Path, tmp_path: Path) -> None:
    found = salvage(whole, tmp_path / "new.panel", OPENER)

    assert found.is_whole
    assert found.rows == len(rows_of(whole))
    assert found.tables == ()
    assert_as_reported(found, whole)


def test_a_damaged_table_costs_no_row_of_the_journal(whole: Path, damaged: Path, tmp_path: Path) -> None:
    with closing(engine.connect_to_read(whole, None)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name='applications'").fetchone()[0]
    spoil(damaged, root)

    found = salvage(damaged, tmp_path / "new.panel", OPENER)

    assert found.is_whole
    assert any("applications could not be read" in line for line in found.lines)
    assert_as_reported(found, whole)


def test_rows_are_read_up_to_the_damage_and_the_rest_is_told(
    whole: Path, damaged: Path, tmp_path: Path
) -> None:
    spoil(damaged, page_of(damaged, b'"pot_pence":100'))

    found = salvage(damaged, tmp_path / "new.panel", OPENER)

    of = len(rows_of(whole))
    assert 10 < found.rows < of
    assert found.of_rows == of
    assert f"Rows {found.rows + 1} to {of} are lost." in found.lines[1]
    assert_as_reported(found, whole)


def test_a_row_that_was_altered_ends_the_salvage_before_it(
    damaged: Path, whole: Path, tmp_path: Path
) -> None:
    tamper(damaged, "DROP TRIGGER journal_no_update", "UPDATE journal SET actor = 'Else' WHERE seq = 20")

    found = salvage(damaged, tmp_path / "new.panel", OPENER)

    assert (found.rows, found.stopped[:28]) == (19, "Journal row 20 does not foll")
    assert_as_reported(found, whole)


def test_an_encrypted_record_is_salvaged_with_its_key_into_an_encrypted_one(tmp_path: Path) -> None:
    original = filled(tmp_path / "office.panel", "a long enough passphrase")
    before = len(rows_of(original, "a long enough passphrase"))
    spoil(original, original.stat().st_size // PAGE // 2)

    found = salvage(original, tmp_path / "new.panel", OPENER, key="a long enough passphrase")

    assert 0 < found.rows <= before
    assert b"Allotment" not in found.path.read_bytes()
    with Record.open(found.path, OPENER, key="a long enough passphrase") as record:
        assert verify(record).sound


def test_what_was_erased_stays_erased(whole: Path, damaged: Path, tmp_path: Path) -> None:
    with Record.open(damaged, OPENER) as record:
        chosen = ((1, "ACF-001"),)
        erasing = record.ask(lambda session: erasure_of(session, chosen, "asked for", "Ida Protect"))
        erase(record, erasing.operation, OFFICER)

    found = salvage(damaged, tmp_path / "new.panel", OPENER)

    assert found.is_whole
    with Record.open(found.path, OPENER) as record:
        assert verify(record).sound
        assert [e.kind for e in record.ask(lambda s: list(journal.entries(s))) if e.body is None] == [
            "load round"
        ]


def test_a_record_of_which_nothing_can_be_read_is_told(damaged: Path, tmp_path: Path) -> None:
    damaged.write_bytes(b"\xff" * damaged.stat().st_size)

    with pytest.raises(Trouble):
        salvage(damaged, tmp_path / "new.panel", OPENER)

    assert not (tmp_path / "new.panel").exists()


def test_the_damaged_record_is_not_changed(damaged: Path, tmp_path: Path) -> None:
    spoil(damaged, page_of(damaged, b'"pot_pence":100'))
    before = damaged.read_bytes()

    salvage(damaged, tmp_path / "new.panel", OPENER)

    assert damaged.read_bytes() == before


@pytest.mark.parametrize("seed", range(3))
def test_whatever_bytes_are_flipped_the_new_record_is_sound_or_there_is_none(
    seed: int, whole: Path, damaged: Path, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    content = bytearray(damaged.read_bytes())
    for _ in range(5):
        content[chance.randrange(PAGE, len(content))] ^= 1 << chance.randrange(8)
    damaged.write_bytes(content)

    try:
        found = salvage(damaged, tmp_path / "new.panel", OPENER)
    except Trouble:
        assert not (tmp_path / "new.panel").exists()
    else:
        assert_as_reported(found, whole)
