"""What was read of a record stands until a change writes to a table it came from, and never outlives one."""

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from models.operation import Actor
from models.operations.panel.agreed import SetAgreedMark
from models.operations.panel.sheets import SetMark
from models.permissions.table import PERMISSIONS
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.store.locks.policies import opened, opened_by
from models.store.locks.tables import DECLARED, LOCKS
from models.store.parts import PARTS, ChangeParts, Parts, part, tables_written
from models.store.sqlite import engine
from tests.gui.meeting_rounds import meeting_record

CHAIR = Actor("Priya Nair", "chair")


@part
def pot(session: Connection) -> int:
    return int(session.exec_driver_sql("SELECT pence FROM pot").scalar_one())


@part
def names(session: Connection) -> list[str]:
    return list(session.exec_driver_sql("SELECT name FROM people").scalars())


def test_what_was_read_while_a_change_came_does_not_stand() -> None:
    parts = Parts()

    def read() -> str:
        parts.forget({"pot"})
        return "before"

    assert parts.read("pot", read) == "before"
    assert parts.read("pot", lambda: "after") == "after"

    # What is read by a server's function stands until any change.
    def ranked() -> bool:
        parts.note("SELECT locks.may_rank(1)")
        return True

    parts.read("rank", ranked)
    parts.forget({"pot"})
    assert not parts.read("rank", lambda: False)


def test_a_change_begins_with_what_stands_and_reads_what_it_wrote() -> None:
    raw = engine.scratch()
    raw.execute("CREATE TABLE pot (pence)")
    raw.execute("CREATE TABLE people (name)")
    raw.execute("INSERT INTO pot VALUES (1)")
    place = engine.engine_on(raw)
    before = Parts()
    with place.connect().execution_options(**{PARTS: before}) as session:
        people, _ = names(session), pot(session)
    change = ChangeParts(before)
    with place.connect().execution_options(**{PARTS: change}) as session:
        assert names(session) is people
        session.exec_driver_sql("UPDATE pot SET pence = 2")
        assert (pot(session), change.written) == (2, {"pot"})
        trial = session.begin_nested()
        session.exec_driver_sql("UPDATE pot SET pence = 3")
        assert pot(session) == 3
        trial.rollback()
        assert pot(session) == 2
    assert before.read("other", lambda: 1) == 1


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("SELECT pence FROM pot WHERE name = 'UPDATE x' FOR UPDATE", {"x"}),
        ("SELECT seq FROM journal_head FOR UPDATE", set()),
        ("INSERT INTO pot VALUES (1) ON CONFLICT DO NOTHING", {"pot"}),
        ("INSERT OR REPLACE INTO pot VALUES (1)", {"pot"}),
        ('UPDATE public."pot" SET pence = 1', {"pot"}),
        ("WITH old AS (SELECT 1) DELETE FROM pot", {"pot"}),
    ],
)
def test_what_a_statement_writes(statement: str, tables: set[str]) -> None:
    assert tables_written(statement) == tables


def test_an_agreed_mark_is_seen_and_the_sheets_are_not_read_again(tmp_path: Path) -> None:
    path = meeting_record(tmp_path / "office.panel", "scoring", "meeting")
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        before = record.ask(partial(round_rows, round_id=1))

        record.perform(SetAgreedMark(1, "W-014", "A7", 4, "Cameras are in place.", None, ""), CHAIR)
        after = record.ask(partial(round_rows, round_id=1))

    assert before.agreed == ()
    assert [row.marks[6] for row in after.agreed] == [4]
    assert after.sheets is before.sheets
    assert after.applications is before.applications


def test_on_a_server_a_sheet_handed_in_opens_marks_and_an_interest_may_open_all() -> None:
    assert {"marks", "agreed_marks", "sheets"} <= set(opened({"sheets"}))
    assert "members" not in opened({"sheets"})
    assert set(opened({DECLARED.lists["keeps_closed"][0]})) == LOCKS.keys()
    assert opened({"marks"}) == {"marks"}

    # What others did is let go of by what their kind may touch.
    assert "marks" in opened_by({SetMark.kind})
    assert "schemes" not in opened_by({SetMark.kind})
    assert LOCKS.keys() <= set(opened_by({"a kind of another program"}))
    assert LOCKS.keys() <= set(opened_by(PERMISSIONS))
