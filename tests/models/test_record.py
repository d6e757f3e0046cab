"""Making, opening, changing, asking and closing a record, and what is no record."""

import ast
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from models.copies.restore import restore
from models.record import Record
from models.salvage.rebuild import salvage
from models.schema.journal import setting_table
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.store.sqlite.engine import APPLICATION_ID, BEFORE_THE_RELEASE
from models.trouble import Trouble
from tests.models.conftest import OFFICER, OPENER, state
from tests.models.facts import SetFact, facts
from tests.models.rounds import refused
from tests.safety.table import Reached
from tests.sources import ROOMS, nodes

KEY = "six plain random words in order"


def test_a_record_is_made_neither_over_a_file_nor_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    for name, words in (("letter.panel", "there already"), ("nowhere/new.panel", "no folder")):
        (tmp_path / "letter.panel").write_text("a letter")
        before = state(tmp_path)
        with pytest.raises(Trouble, match=words):
            Record.create(tmp_path / name, OPENER)
        assert state(tmp_path) == before


def test_a_clock_set_back_never_puts_a_row_before_the_one_it_follows(record_path: Path) -> None:
    late = datetime(2030, 1, 1, tzinfo=UTC)
    with Record.open(record_path, OPENER, clock=lambda: late) as record:
        record.perform(SetFact("fact", "one"), OFFICER)

    with Record.open(record_path, OPENER, clock=lambda: late - timedelta(days=900)) as record:
        record.perform(SetFact("fact", "two"), OFFICER)

        assert record.head().at == late


@pytest.mark.of_a_file
def test_the_engine_is_set_as_decided(record: Record) -> None:
    expected = {
        "locking_mode": "exclusive",
        "journal_mode": "delete",
        "synchronous": 3,  # EXTRA
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "application_id": APPLICATION_ID,
        "user_version": newest_format(),
    }

    asked = {name: text(f"PRAGMA {name}") for name in expected}
    assert record.ask(lambda session: {name: session.scalar(sql) for name, sql in asked.items()}) == expected


@pytest.mark.of_a_file
def test_a_report_of_an_error_holds_nothing_of_the_record(record: Record) -> None:
    twice = [{"name": "MARKER", "value": "MARKER"}] * 2

    with pytest.raises(IntegrityError) as bug:
        record.ask(lambda session: session.execute(insert(setting_table), twice))

    assert "MARKER" not in str(bug.value)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE song (title TEXT)")
        other.commit()


def spoilt(path: Path) -> None:
    """Make a record, then spoil the first page without its header: the list of tables."""
    Record.create(path, OPENER).close()
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)


BAD_FILES = {
    "damaged": (spoilt, "damaged"),
    "missing": (lambda path: None, "no file"),
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "text": (lambda path: path.write_text("Dear Grace,"), "not a Grant Panel record"),
    "pages of text": (lambda path: path.write_text("Dear Grace! " * 1024), "not a Grant Panel record"),
    "another program's database": (foreign, "not a Grant Panel record"),
    "folder": (lambda path: path.mkdir(), "is a folder"),
    "noise": (lambda path: path.write_bytes(b"\xf0\x9f" * 4096), "encrypted, or it is not"),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("key", [None, KEY])
def test_what_is_no_record_is_refused_in_words_and_left_alone(
    tmp_path: Path, name: str, key: str | None
) -> None:
    make, words = BAD_FILES[name]
    path = tmp_path / "office.panel"
    make(path)
    before = state(tmp_path)

    with pytest.raises(Trouble) as refusal:
        Record.open(path, OPENER, key=key)

    assert state(tmp_path) == before
    assert "office.panel" in str(refusal.value)
    if key is None:
        assert words in str(refusal.value)


BEYOND = newest_format() + 1


@pytest.mark.safety(15)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ((f"user_version={BEYOND}",), rf"format is {BEYOND}.* up to {newest_format()}\."),
        (
            (f"application_id={BEFORE_THE_RELEASE}", "user_version=63"),
            r"^office\.panel was made by a Grant Panel from before the first",
        ),
    ],
    ids=["newer", "before the release"],
)
def test_a_record_of_another_format_is_known_as_such_at_every_door_and_left_alone(
    tmp_path: Path, key: str | None, marks: tuple[str, ...], words: str, reached: Reached
) -> None:
    path = tmp_path / "office.panel"
    Record.create(path, OPENER, key=key).close()
    with closing(engine.connect(path, key)) as raw:
        for mark in marks:
            raw.execute(f"PRAGMA {mark}")
    before = state(tmp_path)
    doors: tuple[Callable[[], object], ...] = (
        lambda: Record.open(path, OPENER, key=key),
        lambda: Record.read_copy(path, key=key),
        lambda: restore(path, tmp_path / "new.panel", OPENER, key=key),
        lambda: salvage(path, tmp_path / "new.panel", OPENER, key=key),
    )

    for door in doors:
        with pytest.raises(Trouble, match=words):
            door()

    assert state(tmp_path) == before
    of = "a plain" if key is None else "an encrypted"
    reached(f"{of} one refused at every door with both formats named, every byte and time as before")


def test_a_record_may_have_any_name(template: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(template, tmp_path / "gräntë & #1 %20?.db"))

    with Record.open(path, OPENER) as record:
        record.perform(SetFact("fact", "one"), OFFICER)

        assert (tmp_path / "gräntë & #1 %20?.db.panel.lock").exists()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("encrypted") / "office.panel"
    with Record.create(path, OPENER, key=KEY) as record:
        record.perform(SetFact("fact", "MARKER"), OFFICER)
    return path


def test_it_opens_with_its_passphrase_and_its_words_are_not_in_the_file(locked: Path) -> None:
    with Record.open(locked, OPENER, key=KEY) as record:
        assert record.ask(facts) == {"fact": "MARKER"}
    content = locked.read_bytes()
    assert b"MARKER" not in content
    assert b"SQLite format 3" not in content


@pytest.mark.parametrize("key", [None, "another passphrase altogether"])
@pytest.mark.parametrize("unfinished", [b"", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(1000)])
def test_without_its_passphrase_it_is_refused_and_left_alone_with_an_unfinished_change(
    locked: Path, tmp_path: Path, key: str | None, unfinished: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(locked, tmp_path / "office.panel"))
    if unfinished:
        path.with_name("office.panel-journal").write_bytes(unfinished)
    before = state(tmp_path)

    with pytest.raises(Trouble, match="passphrase") as refusal:
        Record.open(path, OPENER, key=key)

    assert state(tmp_path) == before
    assert "another passphrase" not in str(refusal.value)
    assert capfd.readouterr() == ("", "")


def test_a_passphrase_that_would_not_protect_is_refused(tmp_path: Path) -> None:
    for key in ("", "x'" + "0" * 64 + "'", "X'12'", "a\0b"):
        with pytest.raises(Trouble, match="passphrase"):
            Record.create(tmp_path / "new.panel", OPENER, key=key)
        assert list(tmp_path.iterdir()) == []


def test_quotes_and_accents_survive_and_spelling_is_one(tmp_path: Path) -> None:
    Record.create(tmp_path / "new.panel", OPENER, key="it's “é” %/@").close()

    Record.open(tmp_path / "new.panel", OPENER, key="it's “e\u0301” %/@").close()


def test_opening_and_reading_leave_the_bytes_alone_and_a_copy_is_read_as_before_an_unfinished_change(
    record_path: Path, tmp_path: Path
) -> None:
    before = state(record_path.parent)

    with Record.open(record_path, OPENER) as record:
        record.ask(facts)

    assert state(record_path.parent) == before
    with Record.read_copy(record_path) as copy:
        assert copy.is_copy
        assert copy.head().seq == 1
        refused("is open for reading only", copy.perform, SetFact("fact", "one"), OFFICER)
        refused("is open for reading only", copy.keep_draft, "Grace Okoro", "reason", "text")

    assert state(record_path.parent) == before

    record_path.with_name("office.panel-journal").write_bytes(b"\xd9\xd5\x05\xf9")
    before = state(record_path.parent)

    with Record.read_copy(record_path, folder=tmp_path / "aside") as copy:
        assert copy.head().seq == 1

    assert state(record_path.parent) == before
    assert list((tmp_path / "aside").iterdir()) == []


MAY_TOUCH_FILES = (
    "program copies/restore journal/local_drafts reference/defaults reference/schemes store/leftovers "
    "store/locks/preparing store/postgres/transfer store/private_files store/record_file store/sqlite/backup "
    "store/sqlite/lock store/sqlite/opening store/sqlite/piece_store"
)
TOUCHES = (
    "open read_bytes write_bytes read_text write_text copy copyfile copy2 cmp open_regular read_regular "
    "write_file copy_file"
)


def test_only_the_file_keepers_open_files() -> None:
    """Any other opening and closing of a record's file in this process would drop its lock."""
    touches = TOUCHES.split()
    found = {
        path.removeprefix("models/").removesuffix(".py")
        for path, node in nodes("|".join(touches), "models")
        if isinstance(node, ast.Call) and _name(node.func) in touches and not _is_opening_a_record(node.func)
    }

    assert found <= set(MAY_TOUCH_FILES.split())


def test_no_package_uses_another_sqlite() -> None:
    others = {"sqlite3", "apsw", "pysqlite3"}
    imports = {
        alias.name
        for _, node in nodes("|".join(others), *ROOMS)
        if isinstance(node, ast.Import)
        for alias in node.names
    }

    assert not others & imports


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _is_opening_a_record(called: ast.expr) -> bool:
    owner = getattr(called, "value", None)
    return isinstance(owner, ast.Name) and owner.id in ("Record", "cls", "os")
