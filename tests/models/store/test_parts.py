"""What was read of a record stands until a change writes to a table it came from, and never outlives one."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Executable, bindparam, delete, event, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from models.operation import Actor, Operation
from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.agreed import KeepForPanel, SetAgreedMark, SetDissent
from models.operations.panel.sheets import HandIn, ReopenSheet, SetMark, SetReason
from models.operations.set_up.areas import MoveAreas
from models.permissions.table import PERMISSIONS
from models.permissions.viewing import Viewer
from models.queries.deciding.round_list import RoundFigures, ask_round, work_out
from models.queries.panel import meeting_figures
from models.queries.panel.meeting import seen_meeting
from models.queries.panel.meeting_figures import MeetingFigures
from models.queries.set_up.round_facts import round_rows, stored_rows
from models.queries.set_up.rounds import round_line
from models.record import Opener, Record
from models.schema.applications import application_table
from models.schema.panel import mark_table, member_table, sheet_table
from models.store import definition
from models.store.locks.policies import opened, opened_by
from models.store.locks.tables import DECLARED, LOCKS
from models.store.parts import (
    PARTS,
    ChangeParts,
    Keys,
    Parts,
    Rows,
    part,
    part_by,
    rows_written,
    tables_written,
)
from models.store.sqlite import engine
from models.values.recommending import RecommendationRow
from models.values.rows import RoundRows, gathered
from scoring.written.text import Refused
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.meeting_rounds import meeting_record, meeting_round
from tests.models.conftest import OPENER
from tests.models.rounds import OFFICER, load, set_up_office
from tests.models.server_records import server_record

CHAIR = Actor("Priya Nair", "chair")


@part
def pot(session: Connection) -> int:
    return int(session.exec_driver_sql("SELECT pence FROM pot").scalar_one())


@part
def names(session: Connection) -> list[str]:
    return list(session.exec_driver_sql("SELECT name FROM people").scalars())


def test_what_was_read_while_a_change_came_does_not_stand() -> None:
    parts = Parts()

    def read(numbers: Keys) -> str:
        parts.forget({"pot"})
        return "before"

    assert parts.read("pot", read) == "before"
    assert parts.read("pot", lambda _: "after") == "after"

    # What is read by a server's function stands until any change.
    def ranked(numbers: Keys) -> bool:
        parts.note("SELECT locks.may_rank(1)")
        return True

    parts.read("rank", ranked)
    parts.forget({"pot"})
    assert not parts.read("rank", lambda _: False)


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
    assert before.read("other", lambda _: 1) == 1


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


SHEETS, MARKS = sheet_table, mark_table
_ONE = SHEETS.c.id == 3


@pytest.mark.parametrize(
    ("statement", "values", "named"),
    [
        (delete(SHEETS).where(SHEETS.c.id.in_([1, 2])), {}, {"id": {1, 2}}),
        (delete(SHEETS).where(SHEETS.c.id.in_(list[int]())), {}, {"id": set()}),
        (update(SHEETS).where(_ONE & SHEETS.c.reopened.is_(None)).values(is_submitted=True), {}, {"id": {3}}),
        (
            update(SHEETS).where(SHEETS.c.id == bindparam("sheet")).values(is_submitted=True),
            [{"sheet": 7}, {"sheet": 8}],
            {"id": {7, 8}},
        ),
        (
            insert(MARKS),
            [{"sheet_id": number, "criterion": "A1", "mark": 4, "reason": ""} for number in (5, 6)],
            {"sheet_id": {5, 6}, "criterion": {"A1"}},
        ),
        # These name no rows, or not all that they write.
        (delete(SHEETS), {}, {}),
        (delete(SHEETS).where(SHEETS.c.id.in_(select(MARKS.c.sheet_id))), {}, {}),
        (update(SHEETS).where(_ONE | (SHEETS.c.id == 4)).values(is_submitted=True), {}, {}),
        (update(SHEETS).where(SHEETS.c.id > 3).values(is_submitted=True), {}, {}),
        (update(SHEETS).where(_ONE).values(id=4), {}, {}),
        (update(SHEETS).where(_ONE).values({"id": SHEETS.c.id + 1}), {}, {}),
        (
            update(SHEETS)
            .where((MARKS.c.sheet_id == 3) & (MARKS.c.sheet_id == SHEETS.c.id))
            .values(reopened="x"),
            {},
            {},
        ),
        (insert(MARKS).from_select(["sheet_id"], select(SHEETS.c.id).where(_ONE)), {}, {}),
        (text("DELETE FROM sheets WHERE id = :id"), {"id": 3}, {}),
        (select(SHEETS).where(_ONE), {}, {}),
    ],
)
def test_which_rows_a_statement_writes(
    statement: Executable, values: Any, named: dict[str, set[object]]
) -> None:
    raw = engine.scratch()
    definition.build(raw)
    seen = list[Rows]()

    def note(session: object, cursor: object, words: str, given: object, context: Any, many: bool) -> None:
        seen.append(rows_written(context))

    with engine.engine_on(raw).connect() as session:
        event.listen(session, "before_cursor_execute", note)
        with suppress(IntegrityError):  # nobody has these sheets
            session.execute(statement, values)

    assert [dict(columns) for rows in seen for columns in rows.values() if columns] == [named] * bool(named)


@part_by(SHEETS.c.id, MARKS.c.sheet_id)
def totals(session: Connection, numbers: Keys) -> dict[int, tuple[int, ...]]:
    _READ.append(numbers)
    marks = select(SHEETS.c.id, MARKS.c.mark).outerjoin(MARKS)
    return gathered(session.execute(marks.where(SHEETS.c.id.in_(numbers)) if numbers else marks))


_READ = list[Keys]()


def test_of_what_is_read_by_rows_a_change_has_only_its_own_read_again(tmp_path: Path) -> None:
    path = meeting_record(tmp_path / "office.panel", "scoring")
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        _READ.clear()
        before = record.ask(totals)
        (number,) = record.ask(_numbers, "HALE", "W-014")
        record.perform(ReopenSheet(1, "HALE", "W-014", "A slip"), CHAIR)
        record.ask(totals)
        record.perform(SetMark(1, "HALE", "W-014", "A1", 2, 5), Actor("Tom Hale", "member"))
        record.perform(SetMark(1, "HALE", "W-014", "A2", None, 4), Actor("Tom Hale", "member"))

        after = record.ask(totals)

    # A sheet is opened again by whose it is, not by its number: all are read; marks by their sheet's.
    assert [frozenset(), frozenset(), {number}] == _READ
    assert {of for of in before if before[of] != after[of]} == {number}
    assert sum(filter(None, after[number])) == sum(filter(None, before[number])) - 3 - 4


def _numbers(session: Connection, member: str, application: str) -> list[int]:
    sheets = select(SHEETS.c.id).join(member_table).join(application_table)
    named = (member_table.c.code == member) & (application_table.c.reference == application)
    return list(session.scalars(sheets.where(named)))


READERS = (Viewer("Priya Nair", "chair", "NAIR"), Viewer("Tom Hale", "member", "HALE"))
"""Who has no interest in the round, and who has."""
MARKED = ("W-014", "W-003", "W-017")
CODES = tuple(f"A{number}" for number in range(1, 8))
MEMBERS = {"NAIR": CHAIR, "OKORO": Actor("Grace Okoro", "member"), "HALE": Actor("Tom Hale", "member")}


def _tried(choose: Random, record: Record) -> tuple[Operation, Actor]:
    """Return a change of marks, or of what they hang on, as somebody might make it."""
    who, of, code = choose.choice([*MEMBERS]), choose.choice(MARKED), choose.choice(CODES)
    rows = record.ask(round_rows, 1)
    sheet = next((one for one in rows.sheets if (one.member, one.application) == (who, of)), None)
    agreed = next((one for one in rows.agreed if one.application == of), None)
    at = CODES.index(code)
    own = sheet.marks[at] if sheet else None
    why = sheet.reasons[at] if sheet and sheet.reasons else ""
    panels = agreed.marks[at] if agreed else None
    words = agreed.reasons[at] if agreed and agreed.reasons else ""
    withdrawn = next(row.withdrawn for row in rows.applications if row.reference == of)
    every: tuple[tuple[Operation, Actor], ...] = (
        (SetMark(1, who, of, code, choose.choice([None, 3, 4, 5]), own), MEMBERS[who]),
        (SetReason(1, who, of, code, choose.choice(["", "Clear."]), why), MEMBERS[who]),
        (HandIn(1, who, of), MEMBERS[who]),
        (ReopenSheet(1, who, of, "A slip"), CHAIR),
        (
            SetAgreedMark(
                1, of, code, choose.choice([None, 2, 5]), choose.choice(["", "So."]), panels, words
            ),
            CHAIR,
        ),
        (SetDissent(1, of, choose.choice(["", "Okoro does not."]), agreed.dissent if agreed else ""), CHAIR),
        (KeepForPanel(1, of, code, choose.choice([True, False])), CHAIR),
        (SetWithdrawn(1, of, not withdrawn, "They wrote", None), OFFICER),
        (MoveAreas(1, (WOLVERHAMPTON,), choose.choice(["scoring", "meeting"])), CHAIR),
        (
            RecordRecommendations(
                1, (RecommendationRow(of, choose.choice(["decline", "defer"]), None, "So"),)
            ),
            CHAIR,
        ),
    )
    return choose.choice(every)


def _read_anew(session: Connection) -> RoundRows:
    return stored_rows(session.execution_options(**{PARTS: Parts()}), 1)


@contextmanager
def _open_twice(path: Path) -> Iterator[tuple[Record, ...]]:
    """Give a record in a file, or where there is none one on a server, as it is open at two desks."""
    with ExitStack() as held:
        if path.exists():
            yield (held.enter_context(Record.open(path, OPENER)),)
            return
        address = server_record()
        desks = tuple(held.enter_context(Record.open(address, OPENER)) for _ in range(2))
        load(set_up_office(desks[0]), meeting_round())
        desks[0].perform(MoveAreas(1, (WOLVERHAMPTON,), "scoring"), CHAIR)
        yield desks


@pytest.mark.parametrize(("seed", "place"), [(1, "file"), (2, "file"), (3, "server")])
def test_after_any_changes_undone_and_done_again_marks_are_as_if_read_anew(
    seed: int, place: str, tmp_path: Path
) -> None:
    choose, made = Random(seed), 0
    figures, meetings = dict[Viewer, RoundFigures](), dict[Viewer, MeetingFigures]()
    path = tmp_path / "office.panel"
    if place == "file":
        meeting_record(path, "scoring")
    with _open_twice(path) as desks:
        for _ in range(60):
            desk = choose.choice(desks)
            operation, actor = _tried(choose, desk)
            with suppress(Refused):
                outcome = desk.perform(operation, actor)
                made += 1
                for _ in range(choose.choice([0, 0, 2])):
                    if outcome.inverse is not None:
                        outcome = desk.perform(outcome.inverse, actor)
            for one in desks:
                stands, anew = one.ask(stored_rows, 1), one.ask(_read_anew)
                assert stands == anew, operation
                assert one.ask(round_rows, 1).sheets == anew.sheets
                for viewer in READERS:
                    line, answer = one.ask(round_line, 1), one.ask(ask_round(1, viewer))
                    figures[viewer] = work_out(line, answer, figures.get(viewer))
                    assert figures[viewer] == work_out(line, answer), operation
                    rows = one.ask(seen_meeting, 1, viewer)
                    meetings[viewer] = meeting_figures.work_out(rows, meetings.get(viewer))
                    assert meetings[viewer] == meeting_figures.work_out(rows), operation
    assert made > 12
