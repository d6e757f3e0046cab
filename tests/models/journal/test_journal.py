"""The chain: what it refuses and shows; and checking a record: what is sound, and each kind of harm named."""

import hashlib
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from models.journal import replay
from models.journal.verify import Check, Verification, verify_at
from models.operation import Actor
from models.record import Record
from models.session import Session
from models.store import chain as journal
from models.store.chain import Entry, JournalHead
from models.store.sqlite import engine
from models.store.upkeep import UPKEEP
from models.values import canonical
from tests.models.conftest import OFFICER, OPENER, TickingClock, tamper
from tests.models.facts import SetFact
from tests.safety.table import Reached, Times

NO_TRIGGERS = tuple(
    f"DROP TRIGGER {name}"
    for name in (
        "journal_chain",
        "journal_no_update",
        "journal_no_delete",
        "journal_body_last",
        "journal_body_no_update",
        "journal_body_no_delete",
    )
)


@pytest.fixture
def ten_rows(record_path: Path) -> Path:
    """A closed record with ten journal rows."""
    with Record.open(record_path, OPENER, clock=TickingClock()) as record:
        for number in range(2, 11):
            record.perform(SetFact("fact", f"{number}"), OFFICER)
    return record_path


def fault_of(path: Path) -> tuple[int, str]:
    with Record.open(path, OPENER) as record:
        fault = record.ask(journal.first_fault)
    assert fault is not None
    return fault.seq, fault.words


def test_the_hash_is_the_published_sum(record: Record) -> None:
    record.perform(SetFact("fact", "é"), Actor("Priya Nair", "chair"))

    columns = "seq, at, actor, role, kind, digest, prev, hash, salt, body"
    row = record.ask(
        lambda session: session.execute(
            text(f"SELECT {columns} FROM journal JOIN journal_body USING (seq) WHERE seq = 2")
        ).one()
    )
    digest = hashlib.sha256(b"gp-body-1\0" + row.salt + row.body.encode()).digest()
    said = f'["{row.at}",["Priya Nair","chair"],"set fact"]'.encode()
    hashed = hashlib.sha256(b"gp-journal-2\0" + (2).to_bytes(8, "big") + row.prev + said + digest).digest()
    assert (row.digest, row.hash) == (digest, hashed)
    assert record.head().hash == hashed

    # The printed code is twelve digits in three groups.
    assert JournalHead(7, bytes.fromhex("1a2b3c4d5e6f" + "00" * 26), None).code == "1a2b 3c4d 5e6f"


REWRITES = (
    "UPDATE journal SET actor = 'Nobody' WHERE seq = 3",
    "DELETE FROM journal WHERE seq = 10",
    "UPDATE journal_body SET body = '{}' WHERE seq = 3",
    "DELETE FROM journal_body WHERE seq = 3",
    "DELETE FROM journal",
    "INSERT INTO journal SELECT 12, at, actor, role, kind, digest, hash, zeroblob(32) FROM journal "
    "WHERE seq = 10",
    "INSERT INTO journal SELECT 11, at, actor, role, kind, digest, prev, zeroblob(32) FROM journal "
    "WHERE seq = 10",
    "INSERT OR REPLACE INTO journal SELECT 3, at, actor, role, kind, digest, prev, zeroblob(32) "
    "FROM journal WHERE seq = 3",
    "INSERT OR REPLACE INTO journal SELECT 11, at, actor, role, kind, digest, hash, hash FROM journal "
    "WHERE seq = 10",
    "INSERT OR IGNORE INTO journal SELECT 11, at, actor, role, kind, digest, hash, hash FROM journal "
    "WHERE seq = 10",
    "INSERT OR REPLACE INTO journal_body VALUES (3, zeroblob(16), '{}')",
    "INSERT OR REPLACE INTO journal_body VALUES (10, zeroblob(16), '{}')",
    "INSERT INTO erasure VALUES (3, 3)",
    "INSERT INTO erasure VALUES (3, 12)",
)


def test_the_tables_refuse_to_rewrite_history_and_a_tail_cut_off_shows_only_against_an_earlier_code(
    ten_rows: Path,
) -> None:
    for statement in REWRITES:
        with pytest.raises(dbapi2.IntegrityError):
            tamper(ten_rows, statement)

    with Record.open(ten_rows, OPENER) as record:
        assert record.ask(journal.first_fault) is None
        printed = record.head()
    tamper(
        ten_rows,
        *NO_TRIGGERS,
        "DELETE FROM journal_body WHERE seq = 10",
        "DELETE FROM journal WHERE seq = 10",
    )

    with Record.open(ten_rows, OPENER) as record:
        assert record.ask(journal.first_fault) is None
        assert record.head().code != printed.code


@pytest.mark.parametrize(
    ("statement", "row", "words"),
    [
        ("UPDATE journal SET actor = 'Nobody' WHERE seq = 4", 4, "does not follow"),
        ("UPDATE journal SET role = 'chair' WHERE seq = 4", 4, "does not follow"),
        ("UPDATE journal SET kind = 'other' WHERE seq = 4", 4, "does not follow"),
        ("UPDATE journal SET at = replace(at, '.000000Z', '.000001Z') WHERE seq = 4", 4, "does not follow"),
        ("UPDATE journal SET digest = zeroblob(32) WHERE seq = 4", 4, "does not follow"),
        ('UPDATE journal_body SET body = \'{"name":"fact","value":"x"}\' WHERE seq = 4', 4, "was changed"),
        ("UPDATE journal_body SET salt = zeroblob(16) WHERE seq = 4", 4, "was changed"),
        ("DELETE FROM journal_body WHERE seq = 4", 4, "no erasure names it"),
        ("DELETE FROM journal WHERE seq = 4", 4, "is missing"),
        ("DELETE FROM journal WHERE seq = 1", 1, "is missing"),
    ],
)
def test_an_altered_row_is_named_when_the_guards_were_taken_off(
    ten_rows: Path, statement: str, row: int, words: str
) -> None:
    tamper(ten_rows, *NO_TRIGGERS, statement)

    seq, said = fault_of(ten_rows)

    assert seq == row
    assert words in said


def test_an_erasure_that_no_row_or_one_of_another_kind_stands_for_is_a_fault(ten_rows: Path) -> None:
    with closing(engine.connect(ten_rows, None)) as raw:
        raw.execute("BEGIN")
        raw.execute("INSERT INTO erasure VALUES (3, 11)")
        with pytest.raises(dbapi2.IntegrityError):
            raw.execute("COMMIT")
        raw.execute("ROLLBACK")

        with Session(engine.engine_on(raw)) as session:
            head = journal.head(session)
            session.execute(text("INSERT INTO erasure VALUES (3, 11)"))
            session.execute(text("DELETE FROM journal_body WHERE seq = 3"))
            assert head.at is not None
            journal.append(session, head, Entry(11, head.at, OFFICER, "set fact", "{}"))
            session.commit()

    assert fault_of(ten_rows)[0] == 3


@pytest.mark.safety(18)
def test_a_hundred_thousand_rows_are_checked_in_a_second_or_so(
    record_path: Path, times: Times, reached: Reached
) -> None:
    """The goal is one second on a machine at rest, a fifth of it for the fifth that the suite checks."""
    rows = times(20_000, 100_000)
    with closing(engine.connect(record_path, None)) as raw:
        _fill(raw, rows)
    with Record.open(record_path, OPENER) as record:
        start = time.process_time()
        fault = record.ask(journal.first_fault)
        took = time.process_time() - start

    reached(f"a chain of {rows:,} rows checked in {took:.2f} s")
    assert fault is None
    assert took < times(2, 5)  # room for a busy one


def _fill(raw: engine.RawConnection, until: int) -> None:
    """Write rows up to a number as `append` does, in one go."""
    raw.execute("BEGIN")
    prev = raw.execute("SELECT hash FROM journal WHERE seq = 1").fetchone()[0]
    at, body, salt = "2026-11-03T14:05:00.000000Z", '{"name":"fact","value":"one"}', bytes(16)
    said = canonical.dumps([at, ["Grace Okoro", "officer"], "set fact"]).encode()
    digest = hashlib.sha256(b"gp-body-1\0" + salt + body.encode()).digest()
    for seq in range(2, until + 1):
        hashed = hashlib.sha256(b"gp-journal-2\0" + seq.to_bytes(8, "big") + prev + said + digest).digest()
        row = (seq, at, "Grace Okoro", "officer", "set fact", digest, prev, hashed)
        raw.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        raw.execute("INSERT INTO journal_body VALUES (?, ?, ?)", (seq, salt, body))
        prev = hashed
    raw.execute("COMMIT")


def check(found: Verification, name: str) -> Check:
    return next(check for check in found.checks if check.name == name)


@pytest.mark.parametrize("spoilt", [slice(100, 4096), slice(8192, 12288)], ids=["beginning", "third page"])
def test_damage_is_an_answer_whether_the_file_opens_or_not(spoilt: slice, record_path: Path) -> None:
    content = bytearray(record_path.read_bytes())
    content[spoilt] = b"\xff" * (spoilt.stop - spoilt.start)
    record_path.write_bytes(content)

    found = verify_at(record_path, OPENER)

    assert not found.sound
    assert "damaged" in found.checks[0].words


@pytest.mark.parametrize(
    ("name", "statements", "row", "words"),
    [
        (
            "journal",
            (*NO_TRIGGERS, "UPDATE journal SET actor = 'Nobody'"),
            1,
            "Journal row 1 does not follow row 0: it or the one before was changed.",
        ),
        (
            "replay",
            ("UPDATE setting SET value = '\"x\"' WHERE name = 'made with'",),
            None,
            "Table setting, name made with, column value: the record says '\"x\"', the journal says "
            "'\"tests\"'.",
        ),
        (
            "replay",
            (
                "PRAGMA ignore_check_constraints=ON",
                *NO_TRIGGERS,
                "UPDATE setting SET value = value || char(0) WHERE name = 'made with'",
            ),
            None,
            "Table setting, name made with, column value: the record says '\"tests\"\\x00', the journal says "
            "'\"tests\"'.",
        ),
        (
            "replay",
            ("INSERT INTO setting VALUES ('lucky number', '7')",),
            None,
            "Table setting, name lucky number: only the record has it.",
        ),
        (
            "replay",
            ("DELETE FROM setting WHERE name = 'made at'",),
            None,
            "Table setting, name made at: only the journal has it.",
        ),
        (
            "references",
            (
                *NO_TRIGGERS,
                "PRAGMA foreign_keys=OFF",
                "INSERT INTO journal_body VALUES (9, zeroblob(16), '{}')",
            ),
            None,
            "1 row refers to rows that are missing, in: journal_body.",
        ),
    ],
    ids=["journal row", "column", "text beyond its end", "row added", "row removed", "loose reference"],
)
def test_what_was_changed_past_the_program_is_named(
    name: str, statements: tuple[str, ...], row: int | None, words: str, record_path: Path
) -> None:
    tamper(record_path, *statements)

    found = check(verify_at(record_path, OPENER), name)

    assert (found.ok, found.row, found.words) == (False, row, words)


def test_a_row_that_fails_half_way_is_not_done_at_all(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "KNOWN", {**UPKEEP, "set fact": SetFact})
    record.perform(SetFact("fact", "one"), OFFICER)
    head = record.head()
    assert head.at is not None
    with record._store.writing() as session:
        journal.append(
            session, head, Entry(3, head.at, OFFICER, "set fact", canonical.to_text(SetFact("fact", "")))
        )

    assert record.ask(replay.told_beyond) == ((3,), ())
