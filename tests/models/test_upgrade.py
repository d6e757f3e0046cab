"""From an older format to today's: whole or not at all, with a copy kept and nothing lost."""

import importlib
import pkgutil
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from models import schema
from models.copies import backup
from models.journal import chain as journal
from models.journal.verify import verify
from models.record import Record
from models.schema.base import METADATA
from models.store import engine, upgrade
from models.store.opening import format_of
from models.store.record_file import newest_format
from models.store.upkeep import MakeRecord, NoteUpgrade
from models.trouble import Trouble
from tests.models.conftest import OFFICER, OPENER, TickingClock, state, tamper

VERSIONS = Path(upgrade.__file__).parents[1] / "migrations"
NEXT = newest_format() + 1
HEAD = f'''
import os, signal
import sqlalchemy as sa
from alembic import op
revision = "{NEXT:04}"
down_revision = "{NEXT - 1:04}"
def upgrade():
    op.create_table("colour", sa.Column("name", sa.Text(), primary_key=True))
    op.execute("INSERT INTO colour VALUES ('red')")
'''
FAMILY = (
    "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT) STRICT",
    "CREATE TABLE child "
    "(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id) ON DELETE CASCADE) STRICT",
    *(f"INSERT INTO parent VALUES ({n}, 'p')" for n in range(1, 51)),
    *(f"INSERT INTO child VALUES ({n}, {n})" for n in range(1, 51)),
)


@pytest.fixture
def next_format(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of today with room for one more, empty yet, that leads to the next format."""
    scripts = tmp_path_factory.mktemp("scripts") / "migrations"
    shutil.copytree(VERSIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(upgrade, "SCRIPTS", str(scripts))
    return scripts / "versions" / f"{NEXT:04}_next.py"


def to_next(path: Path) -> None:
    with closing(engine.connect(path, None)) as raw:
        upgrade.upgrade(raw, to_format=NEXT)


@pytest.fixture
def oldest(tmp_path: Path) -> Path:
    """A record of format 1, as its first release would have left it."""
    path = tmp_path / "office.panel"
    clock = TickingClock()
    with closing(engine.connect(path, None, mode="rwc")) as raw:
        note = upgrade.Note(MakeRecord("an identity", "tests"), OFFICER, clock())
        upgrade.upgrade(raw, note, to_format=1)
    return path


@pytest.mark.skipif(newest_format() == 1, reason="there is only one format")
class TestOlder:
    """Opening a record of format 1."""

    def test_it_is_brought_up_to_date_and_says_so(self, oldest: Path) -> None:
        with Record.open(oldest, OPENER, clock=TickingClock()) as record:
            newest = record.ask(lambda session: tuple(journal.entries(session)))[-1]

            assert newest.kind == NoteUpgrade.kind
            assert record.head().seq == 2
            assert verify(record).sound

    def test_a_copy_of_the_older_one_is_kept(self, oldest: Path) -> None:
        Record.open(oldest, OPENER, clock=TickingClock()).close()

        (kept,) = backup.copies(oldest)
        with closing(engine.connect_to_read(kept.path, None)) as raw:
            assert format_of(raw) == 1
        assert kept.reason == f"format {newest_format()}"

    def test_read_as_a_copy_it_stays_as_it_is(self, oldest: Path, tmp_path: Path) -> None:
        before = state(tmp_path)

        with Record.read_copy(oldest, folder=tmp_path / "mine") as copy:
            assert copy.head().seq == 1
            assert verify(copy).sound

        assert state(tmp_path) == before
        assert list((tmp_path / "mine").iterdir()) == []

    def test_it_has_the_tables_of_a_new_one(self, oldest: Path, template: Path) -> None:
        Record.open(oldest, OPENER).close()

        assert tables_of(oldest) == tables_of(template)


def statements(path: Path) -> list[tuple[str, str, str]]:
    with closing(engine.connect_to_read(path, None)) as raw:
        rows = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return [row for row in rows if not row[1].startswith(("sqlite_", "alembic_"))]


def tables_of(path: Path) -> dict[str, list[str]]:
    return {name: parts(sql) for kind, name, sql in statements(path) if kind in ("table", "index")}


def parts(sql: str) -> list[str]:
    """Return the columns and constraints of a CREATE statement in order of the alphabet."""
    plain = re.sub(r"\s+", " ", sql.replace('"', ""))
    plain = re.sub(r"\s*([(),])\s*", r"\1", plain)
    found, depth, start = [], 0, plain.index("(") + 1
    for at, character in enumerate(plain):
        depth += (character == "(") - (character == ")")
        if (character == "," and depth == 1) or (character == ")" and depth == 0):
            found.append(plain[start:at])
            start = at + 1
    return [*sorted(found), plain[start:], plain.split("(")[0]]


def test_the_migrated_tables_are_the_declared_ones(template: Path, tmp_path: Path) -> None:
    for module in pkgutil.iter_modules(schema.__path__):
        importlib.import_module(f"models.schema.{module.name}")
    with closing(engine.connect(tmp_path / "declared.db", None, mode="rwc")) as raw:
        METADATA.create_all(engine.engine_on(raw))

    assert tables_of(template) == tables_of(tmp_path / "declared.db")


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
    names = sorted(p.name for p in (VERSIONS / "versions").glob("[0-9]*.py"))

    assert [int(name[:4]) for name in names] == list(range(1, newest_format() + 1))


def test_a_migration_that_fails_half_way_changes_nothing(record_path: Path, next_format: Path) -> None:
    next_format.write_text(HEAD + "    op.execute('SELECT * FROM nowhere')\n")
    before = statements(record_path)

    with pytest.raises(DBAPIError):
        to_next(record_path)

    assert statements(record_path) == before
    with Record.open(record_path, OPENER) as record:
        assert verify(record).sound


def test_after_a_failure_the_mended_migration_runs(record_path: Path, next_format: Path) -> None:
    next_format.write_text(HEAD + "    op.execute('SELECT * FROM nowhere')\n")
    with pytest.raises(DBAPIError):
        to_next(record_path)
    next_format.write_text(HEAD)

    to_next(record_path)

    assert "colour" in tables_of(record_path)


def test_a_kill_half_way_changes_nothing(record_path: Path, next_format: Path) -> None:
    next_format.write_text(HEAD + "    os.kill(os.getpid(), signal.SIGKILL)\n")
    before = tables_of(record_path)
    code = (
        "from pathlib import Path; from models.store import engine, upgrade\n"
        f"upgrade.SCRIPTS = {upgrade.SCRIPTS!r}\n"
        f"upgrade.upgrade(engine.connect(Path({str(record_path)!r}), None), to_format={NEXT})"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == -9
    with Record.open(record_path, OPENER) as record:
        assert verify(record).sound
    assert tables_of(record_path) == before


def test_rebuilding_a_parent_keeps_every_child(record_path: Path, next_format: Path) -> None:
    tamper(record_path, *FAMILY)
    rebuild = "    with op.batch_alter_table('parent', recreate='always') as table:\n"
    next_format.write_text(HEAD + rebuild + "        table.add_column(sa.Column('town', sa.Text()))\n")

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
    record_path: Path, next_format: Path, statement: str, words: str
) -> None:
    tamper(record_path, *FAMILY)
    next_format.write_text(HEAD + f"    op.execute({statement!r})\n")

    with pytest.raises(Trouble, match=words):
        to_next(record_path)

    with closing(engine.connect_to_read(record_path, None)) as raw:
        assert raw.execute("SELECT count(*) FROM child JOIN parent ON parent.id = parent").fetchone() == (50,)
        assert format_of(raw) == newest_format()


def test_foreign_keys_are_on_again_after_a_failure(record_path: Path, next_format: Path) -> None:
    next_format.write_text(HEAD + "    op.execute('SELECT * FROM nowhere')\n")

    with closing(engine.connect(record_path, None)) as raw:
        with pytest.raises(DBAPIError):
            upgrade.upgrade(raw, to_format=NEXT)

        assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
