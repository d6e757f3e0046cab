"""Writing what a member entered elsewhere, and taking all of a member's rows out to put them back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, select

from models.operation import Actor
from models.operations.finders import the_member
from models.operations.panel.declarations import Declare
from models.operations.panel.reopened import set_handed_in
from models.operations.rows.writing import next_id, put, remove, round_uid, uid
from models.operations.set_up.round_tables import TableRows, journalled, put_stored, remove_stored
from models.queries.packs.pack_state import values_of
from models.queries.panel.panel import interests
from models.schema.applications import application_table
from models.schema.packs import member_key_table, returned_table, revision_table
from models.schema.panel import interest_table, mark_table, member_table, sheet_table
from models.session import Session
from models.trouble import Trouble
from models.values import canonical
from models.values.pack_plans import MemberPlan
from models.values.revisions import HANDED_IN, INTEREST, MARK, Key
from models.values.rows import InterestRow
from scoring.round import InterestKind

_OF_MEMBERS: tuple[Table, ...] = (
    interest_table,
    sheet_table,
    mark_table,
    revision_table,
    returned_table,
    member_key_table,
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
            f"What was written for {planned.code} is not what the return holds, so nothing was imported. "
            "Check the record, then try again."
        )


def taken_down(session: Session, members: Sequence[str]) -> tuple[TableRows, ...]:
    """Return all rows of members that a return may change."""
    chosen = _chosen(members)
    return tuple(journalled(session, kind, chosen[kind]) for kind in _OF_MEMBERS)


def put_back(session: Session, members: Sequence[str], taken: Sequence[TableRows]) -> None:
    """Make those rows what they were."""
    chosen = _chosen(members)
    for kind in reversed(_OF_MEMBERS):
        remove_stored(session, kind, chosen[kind])
    for kind, rows in zip(_OF_MEMBERS, taken, strict=True):
        put_stored(session, kind, rows)


def digest(taken: Sequence[TableRows]) -> str:
    """Return the SHA-256 of rows that were taken down."""
    text = canonical.dumps([canonical.encode(rows) for rows in taken])
    return hashlib.sha256(text.encode()).hexdigest()


def _chosen(members: Sequence[str]) -> dict[Table, ColumnElement[bool]]:
    numbers = select(member_table.c.id).where(member_table.c.uid.in_(members))
    sheets = select(sheet_table.c.id).where(sheet_table.c.member_id.in_(numbers))
    return {
        interest_table: interest_table.c.member_id.in_(numbers),
        sheet_table: sheet_table.c.member_id.in_(numbers),
        mark_table: mark_table.c.sheet_id.in_(sheets),
        revision_table: revision_table.c.member.in_(members),
        returned_table: returned_table.c.member.in_(members),
        member_key_table: member_key_table.c.member.in_(members),
    }


def _write_interests(session: Session, planned: MemberPlan, actor: Actor, at: datetime) -> None:
    changed = {key.application: value for key, value in planned.values.items() if key.slot == INTEREST}
    if not changed:
        return
    columns = select(application_table.c.uid, application_table.c.reference)
    known = dict(session.execute(columns.where(application_table.c.uid.in_(changed))).all())
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
    of = select(application_table.c.id, application_table.c.reference).where(
        application_table.c.uid == application
    )
    number, reference = session.execute(of).one()
    sheet_id = _sheet(session, planned, (member_id, number), reference)
    columns = select(mark_table.c.criterion, mark_table.c.mark, mark_table.c.reason)
    rows = session.execute(columns.where(mark_table.c.sheet_id == sheet_id))
    given: dict[str, tuple[int | None, str]] = {code: (mark, reason) for code, mark, reason in rows}
    for key, value in values.items():
        mark, reason = given.get(key.criterion, (None, ""))
        if key.slot == HANDED_IN:
            set_handed_in(session, sheet_id, is_in=json.loads(value))
        elif key.slot.startswith(f"{MARK}:"):
            given[key.criterion] = (json.loads(value), reason)
        else:
            given[key.criterion] = (mark, json.loads(value))
    remove(session, mark_table, mark_table.c.sheet_id == sheet_id)
    marks = [
        {"sheet_id": sheet_id, "criterion": code, "mark": mark, "reason": reason}
        for code, (mark, reason) in given.items()
        if mark is not None or reason
    ]
    put(session, mark_table, marks)
    if not marks:
        is_idle = sheet_table.c.is_submitted.is_(False) & sheet_table.c.reopened.is_(None)
        remove(session, sheet_table, (sheet_table.c.id == sheet_id) & is_idle)


def _sheet(session: Session, planned: MemberPlan, of: tuple[int, int], reference: str) -> int:
    """Return the member's sheet for an application, put in where there was none."""
    member_id, application_id = of
    table = sheet_table
    key = (table.c.member_id == member_id) & (table.c.application_id == application_id)
    there = session.scalar(select(table.c.id).where(key))
    if there is not None:
        return there
    sheet_id = next_id(session, table.c.id)
    row = {
        "id": sheet_id,
        "uid": uid(round_uid(session, planned.round_id), "sheet", planned.code, reference),
        "member_id": member_id,
        "application_id": application_id,
        "is_submitted": False,
    }
    put(session, table, [row])
    return sheet_id
