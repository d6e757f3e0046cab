"""Brought up to date, a record that had the words of an interest in its row keeps them."""

from contextlib import closing
from pathlib import Path

from models.journal.verify import verify
from models.operation import Actor
from models.operations.panel.declarations import Declare
from models.queries.panel.panel import interests
from models.record import Record
from models.store import definition
from models.store.sqlite import engine
from models.store.sqlite.engine import RawConnection
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.models.conftest import OPENER, TickingClock
from tests.models.rounds import load, set_up_office
from tests.models.store.locks.an_office import a_round

BEFORE = 50
WITH_WORDS = (
    "INSERT INTO interests (id, member_id, application_id, position, kind, detail) "
    "SELECT i.id, i.member_id, i.application_id, i.position, i.kind, coalesce(w.detail, '') "
    "FROM today.interests i LEFT JOIN today.interest_words w ON w.interest_id = i.id"
)


def as_before(today: Path, path: Path) -> None:
    """Write the same record in the format before."""
    with closing(engine.connect(path, None, mode="rwc")) as raw:
        raw.execute("ATTACH ? AS today", (str(today),))
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN IMMEDIATE")
        definition.make(raw, lambda: fill(raw), BEFORE)
        raw.execute("COMMIT")


def fill(raw: RawConnection) -> None:
    names = raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in names:
        if name not in ("alembic_version", "interests"):
            columns = ", ".join(f'"{row[1]}"' for row in raw.execute(f'PRAGMA main.table_info("{name}")'))
            raw.execute(f'INSERT INTO main."{name}" ({columns}) SELECT {columns} FROM today."{name}"')
    raw.execute(WITH_WORDS)


def test_the_words_of_a_declaration_are_kept_and_its_journal_makes_the_same(tmp_path: Path) -> None:
    today, path = tmp_path / "today.panel", tmp_path / "office.panel"
    with Record.create(today, OPENER, clock=TickingClock()) as record:
        set_up_office(record)
        load(record, a_round())
        record.perform(
            Declare(1, "C1", (InterestRow("C1", "ACF-001", InterestKind.ABSTAINED, "a friend"),)),
            Actor("Cara Chair", "chair"),
        )
        declared = record.ask(lambda session: interests(session, 1))
    as_before(today, path)

    with Record.open(path, OPENER, clock=TickingClock()) as record:
        found = record.ask(lambda session: interests(session, 1))

        assert verify(record).sound

    assert {row.detail for row in found} == {"a friend", "a trustee", "a neighbour"}
    assert found == declared
