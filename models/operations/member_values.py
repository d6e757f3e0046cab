"""Writing down what a member put down elsewhere, and taking all of a member's rows down to put them back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from models import canonical
from models.operation import Actor
from models.operations.declarations import Declare
from models.operations.lookup import the_member
from models.operations.round_tables import TableRows, put_stored, stored
from models.operations.writing import next_id, put, remove, round_uid, table_of, uid
from models.packs.plans import MemberPlan
from models.packs.revisions import HANDED_IN, INTEREST, MARK, Key
from models.queries.pack_state import values_of
from models.queries.panel import interests
from models.rows import InterestRow
from models.schema.application import ApplicationTable
from models.schema.base import Base
from models.schema.pack import MemberKeyTable, ReturnedTable
from models.schema.panel import InterestTable, MemberTable
from models.schema.revision import RevisionTable
from models.schema.sheet import MarkTable, SheetTable
from models.trouble import Trouble
from scoring.round import InterestKind

_OF_MEMBERS: tuple[type[Base], ...] = (
    InterestTable,
    SheetTable,
    MarkTable,
    RevisionTable,
    ReturnedTable,
    MemberKeyTable,
)
"""Every table that a return changes, each after those it refers to."""


def write_values(session: Session, planned: MemberPlan, actor: Actor, at: datetime) -> None:
    """Write the values that a return brings into the tables, and check that they are all there."""
    member_id = the_member(session, planned.round_id, planned.code)
    expected = values_of(session, member_id)
    _write_interests(session, planned, actor, at)
    by_application: dict[str, dict[Key, str]] = {}
    for key, value in planned.values.items():
        expected[key] = value
        if key.slot != INTEREST:
            by_application.setdefault(key.application, {})[key] = value
    for application, values in sorted(by_application.items()):
        _write_sheet(session, planned, member_id, application, values)
    wanted = {key: value for key, value in expected.items() if value != key.at_first}
    if values_of(session, member_id) != wanted:
        raise Trouble(
            f"What was written for {planned.code} is not what the return holds, so nothing was taken in. "
            "Check the record, then try again."
        )


def taken_down(session: Session, members: Sequence[str]) -> tuple[TableRows, ...]:
    """Return all rows of members that a return may change."""
    chosen = _chosen(members)
    return tuple(stored(session, kind, chosen[kind]) for kind in _OF_MEMBERS)


def put_back(session: Session, members: Sequence[str], taken: Sequence[TableRows]) -> None:
    """Make those rows what they were."""
    chosen = _chosen(members)
    for kind in reversed(_OF_MEMBERS):
        remove(session, kind, chosen[kind])
    for kind, rows in zip(_OF_MEMBERS, taken, strict=True):
        put_stored(session, kind, rows)


def digest(taken: Sequence[TableRows]) -> str:
    """Return the SHA-256 of rows that were taken down."""
    text = canonical.dumps([canonical.encode(rows) for rows in taken])
    return hashlib.sha256(text.encode()).hexdigest()


def _chosen(members: Sequence[str]) -> dict[type[Base], ColumnElement[bool]]:
    numbers = select(MemberTable.id).where(MemberTable.uid.in_(members))
    sheets = select(SheetTable.id).where(SheetTable.member_id.in_(numbers))
    return {
        InterestTable: InterestTable.member_id.in_(numbers),
        SheetTable: SheetTable.member_id.in_(numbers),
        MarkTable: MarkTable.sheet_id.in_(sheets),
        RevisionTable: RevisionTable.member.in_(members),
        ReturnedTable: ReturnedTable.member.in_(members),
        MemberKeyTable: MemberKeyTable.member.in_(members),
    }


def _write_interests(session: Session, planned: MemberPlan, actor: Actor, at: datetime) -> None:
    changed = {key.application: value for key, value in planned.values.items() if key.slot == INTEREST}
    if not changed:
        return
    columns = select(ApplicationTable.uid, ApplicationTable.reference)
    known = dict(session.execute(columns.where(ApplicationTable.uid.in_(changed))).all())
    names: dict[str, str | None] = {**known, "": None}
    replaced = {names[application] for application in changed}
    kept = [
        row
        for row in interests(session, planned.round_id)
        if row.member == planned.code and row.application not in replaced
    ]
    new = [
        InterestRow(planned.code, names[application], InterestKind(kind), detail)
        for application, value in sorted(changed.items())
        for kind, detail in json.loads(value)
    ]
    Declare(planned.round_id, planned.code, (*kept, *new)).apply(session, actor, at)


def _write_sheet(
    session: Session, planned: MemberPlan, member_id: int, application: str, values: Mapping[Key, str]
) -> None:
    """Write the values of one sheet; a sheet with nothing on it goes, unless the chair opened it again."""
    of = select(ApplicationTable.id, ApplicationTable.reference).where(ApplicationTable.uid == application)
    number, reference = session.execute(of).one()
    sheet_id = _sheet(session, planned, (member_id, number), reference)
    columns = select(MarkTable.criterion, MarkTable.mark, MarkTable.reason)
    rows = session.execute(columns.where(MarkTable.sheet_id == sheet_id))
    given: dict[str, tuple[int | None, str]] = {code: (mark, reason) for code, mark, reason in rows}
    for key, value in values.items():
        mark, reason = given.get(key.criterion, (None, ""))
        if key.slot == HANDED_IN:
            of_sheet = table_of(SheetTable).c.id == sheet_id
            session.execute(
                update(table_of(SheetTable)).where(of_sheet).values(is_submitted=json.loads(value))
            )
        elif key.slot.startswith(f"{MARK}:"):
            given[key.criterion] = (json.loads(value), reason)
        else:
            given[key.criterion] = (mark, json.loads(value))
    remove(session, MarkTable, MarkTable.sheet_id == sheet_id)
    marks = [
        {"sheet_id": sheet_id, "criterion": code, "mark": mark, "reason": reason}
        for code, (mark, reason) in given.items()
        if mark is not None or reason
    ]
    put(session, MarkTable, marks)
    if not marks:
        is_idle = SheetTable.is_submitted.is_(False) & SheetTable.reopened.is_(None)
        remove(session, SheetTable, (SheetTable.id == sheet_id) & is_idle)


def _sheet(session: Session, planned: MemberPlan, of: tuple[int, int], reference: str) -> int:
    """Return the member's sheet for an application, put in where there was none."""
    member_id, application_id = of
    table = SheetTable
    key = (table.member_id == member_id) & (table.application_id == application_id)
    there = session.scalar(select(table.id).where(key))
    if there is not None:
        return there
    of_round = select(func.max(table.position)).join(MemberTable, MemberTable.id == table.member_id)
    last = session.scalar(of_round.where(MemberTable.round_id == planned.round_id))
    sheet_id = next_id(session, table.id)
    row = {
        "id": sheet_id,
        "uid": uid(round_uid(session, planned.round_id), "sheet", planned.code, reference),
        "member_id": member_id,
        "application_id": application_id,
        "position": 0 if last is None else last + 1,
        "is_submitted": False,
    }
    put(session, table, [row])
    return sheet_id
