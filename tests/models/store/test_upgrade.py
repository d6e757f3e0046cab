"""From an older format to today's: whole or not at all, with a copy kept and nothing lost."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from models.copies.restore import restore
from models.journal.verify import verify
from models.record import Record
from models.salvage.rebuild import salvage
from models.store import chain as journal
from models.store import definition, record_file
from models.store.definition import format_of
from models.store.record_file import newest_format
from models.store.sqlite import backup, engine
from models.store.upkeep import NoteRestore, NoteUpgrade
from models.trouble import Trouble
from tests.models.conftest import OPENER, TickingClock, alter, state, tamper
from tests.models.store.next_format import NEXT, next_program, write_next

FAMILY = (
    "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT) STRICT",
    "CREATE TABLE child "
    "(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id) ON DELETE CASCADE) STRICT",
    *(f"INSERT INTO parent VALUES ({n}, 'p')" for n in range(1, 51)),
    *(f"INSERT INTO child VALUES ({n}, {n})" for n in range(1, 51)),
)


@pytest.fixture
def next_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The migrations of a program of the next format, which this one is meanwhile."""
    with next_program(tmp_path_factory.mktemp("scripts")) as scripts:
        yield scripts


def to_next(path: Path) -> None:
    with closing(engine.connect(path, None)) as raw:
        definition.upgrade(raw)


class TestOlder:
    """Opening a record of today with a program of the next format."""

    def test_it_is_brought_up_to_date_says_so_and_keeps_a_copy(
        self, record_path: Path, next_scripts: Path
    ) -> None:
        with Record.open(record_path, OPENER, clock=TickingClock()) as record:
            newest = record.ask(lambda session: tuple(journal.entries(session)))[-1]

            assert newest.kind == NoteUpgrade.kind
            assert record.head().seq == 2
            assert verify(record).sound
        (kept,) = backup.copies(record_path)
        with closing(engine.connect_to_read(kept.path, None)) as raw:
            assert format_of(raw) == NEXT - 1
        assert kept.reason == f"format {NEXT}"
        assert "until TEXT" in tables_of(record_path)["holds"]

    def test_read_as_a_copy_it_stays_as_it_is(
        self, record_path: Path, next_scripts: Path, tmp_path: Path
    ) -> None:
        before = state(tmp_path)

        with Record.read_copy(record_path, folder=tmp_path / "mine") as copy:
            assert copy.head().seq == 1
            assert verify(copy).sound

        assert state(tmp_path) == before
        assert list((tmp_path / "mine").iterdir()) == []

    def test_a_backup_of_it_is_brought_up_to_date_as_it_is_restored(
        self, record_path: Path, next_scripts: Path, tmp_path: Path
    ) -> None:
        restored = restore(record_path, tmp_path / "restored.panel", OPENER)

        with Record.open(restored.path, OPENER) as record:
            kinds = [entry.kind for entry in record.ask(lambda session: tuple(journal.entries(session)))]
            assert kinds[1:] == [NoteUpgrade.kind, NoteRestore.kind]
            assert verify(record).sound

    def test_one_that_is_damaged_is_salvaged_into_the_next(
        self, record_path: Path, next_scripts: Path, tmp_path: Path
    ) -> None:
        alter(record_path, "INSERT INTO draft VALUES ('Grace Okoro', 'field', 'text', '2026-11-03')")
        with closing(engine.connect_to_read(record_path, None)) as raw:
            root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'holds'").fetchone()[0]
        content = record_path.read_bytes()
        record_path.write_bytes(content[: (root - 1) * 4096] + bytes(4096) + content[root * 4096 :])

        found = salvage(record_path, tmp_path / "new.panel", OPENER)

        assert found.is_whole
        with Record.open(found.path, OPENER) as record:
            assert verify(record).sound


def statements(path: Path) -> list[tuple[str, str, str]]:
    with closing(engine.connect_to_read(path, None)) as raw:
        rows = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return [row for row in rows if not row[1].startswith(("sqlite_", "alembic_"))]


def tables_of(path: Path) -> dict[str, str]:
    return {name: sql for kind, name, sql in statements(path) if kind == "table"}


def test_every_table_is_strict(template: Path) -> None:
    assert [name for kind, name, sql in statements(template) if kind == "table" and "STRICT" not in sql] == []


def test_the_guards_of_the_journal_outlast_every_migration(template: Path) -> None:
    guards = {name for kind, name, _ in statements(template) if kind == "trigger"}

    assert guards >= {
        "journal_chain",
        "journal_no_update",
        "journal_no_delete",
        "journal_body_last",
        "journal_body_no_update",
        "journal_body_no_delete",
        "erasure_once",
        "erasure_no_update",
        "erasure_no_delete",
    }


def test_the_migrations_are_one_unbroken_line() -> None:
    names = sorted(p.name for p in record_file._VERSIONS.glob("[0-9]*.py"))

    assert [int(name[:4]) for name in names] == list(range(1, newest_format() + 1))


def test_a_migration_that_fails_half_way_changes_nothing_and_once_mended_it_runs(
    record_path: Path, next_scripts: Path
) -> None:
    write_next(next_scripts, "    op.execute('SELECT * FROM nowhere')\n")
    before = statements(record_path)

    with pytest.raises(DBAPIError):
        to_next(record_path)

    assert statements(record_path) == before
    write_next(next_scripts)
    with Record.open(record_path, OPENER) as record:
        assert verify(record).sound
    assert "colour" in tables_of(record_path)


def test_rebuilding_a_parent_keeps_every_child(record_path: Path, next_scripts: Path) -> None:
    tamper(record_path, *FAMILY)
    rebuild = "    with op.batch_alter_table('parent', recreate='always') as table:\n"
    write_next(next_scripts, rebuild + "        table.add_column(sa.Column('town', sa.Text()))\n")

    to_next(record_path)

    with closing(engine.connect_to_read(record_path, None)) as raw:
        assert raw.execute("SELECT count(*) FROM child").fetchone() == (50,)
        assert format_of(raw) == NEXT


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM child WHERE id = 7", "from 50 rows to 49"),
        ("UPDATE child SET parent = 99 WHERE id = 7", "references that do not match"),
    ],
)
def test_a_migration_that_loses_something_is_not_done(
    record_path: Path, next_scripts: Path, statement: str, words: str
) -> None:
    tamper(record_path, *FAMILY)
    write_next(next_scripts, f"    op.execute({statement!r})\n")

    with pytest.raises(Trouble, match=words):
        to_next(record_path)

    with closing(engine.connect_to_read(record_path, None)) as raw:
        assert raw.execute("SELECT count(*) FROM child JOIN parent ON parent.id = parent").fetchone() == (50,)
        assert format_of(raw) == NEXT - 1


def test_foreign_keys_are_on_again_after_a_failure(record_path: Path, next_scripts: Path) -> None:
    write_next(next_scripts, "    op.execute('SELECT * FROM nowhere')\n")

    with closing(engine.connect(record_path, None)) as raw:
        with pytest.raises(DBAPIError):
            definition.upgrade(raw)

        assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
