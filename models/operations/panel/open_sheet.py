"""The sheet that a mark goes on: found in one look with all that says whether it is open, and written to."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, update

from models.operations.operation_base import require_stage, the_application, the_member
from models.queries.panel.panel import interests, kinds_declared, not_applicable, stood_down
from models.queries.set_up.rounds import scheme
from models.schema.applications import application_table
from models.schema.panel import mark_table, member_table, sheet_table
from models.schema.set_up import area_table, round_table
from models.session import OF_ROUND, Session, next_id, put, remove, round_uid, uid
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused

_APPLICATION_OF_ROUND = application_table.c.round_id == member_table.c.round_id
_OWN_SHEET = (sheet_table.c.member_id == member_table.c.id) & (
    sheet_table.c.application_id == application_table.c.id
)
_OWN_MARK = (mark_table.c.sheet_id == sheet_table.c.id) & (mark_table.c.criterion == bindparam("criterion"))
_SHEET = (
    select(round_table.c.stage.label("round_stage"), area_table.c.stage.label("area_stage"))
    .add_columns(member_table.c.id.label("member_id"), application_table.c.id.label("application_id"))
    .add_columns(sheet_table.c.id.label("sheet_id"), sheet_table.c.is_submitted)
    .add_columns(mark_table.c.mark, mark_table.c.reason)
    .select_from(member_table)
    .join(application_table, _APPLICATION_OF_ROUND)
    .join(round_table, round_table.c.id == member_table.c.round_id)
    .outerjoin(area_table, area_table.c.id == application_table.c.area_id)
    .outerjoin(sheet_table, _OWN_SHEET)
    .outerjoin(mark_table, _OWN_MARK)
    .where(member_table.c.round_id == OF_ROUND, member_table.c.code == bindparam("member"))
    .where(application_table.c.reference == bindparam("application"))
)
_GIVEN = (mark_table.c.sheet_id == bindparam("sheet")) & (mark_table.c.criterion == bindparam("of"))
_CHANGE = update(mark_table).where(_GIVEN)
_REMOVE = delete(mark_table).where(_GIVEN)
_MARKS = select(func.count()).where(mark_table.c.sheet_id == bindparam("sheet"))
"""Built once: a mark is given, and given over again by a check of the record, thousands of times."""


class OpenSheet(NamedTuple):
    """A member's sheet for an application, and what it says of one criterion.

    `sheet_id` is None until something is on it; `reason` is None where neither mark nor reason is recorded.
    """

    round_id: int
    member: str
    application: str
    member_id: int
    application_id: int
    sheet_id: int | None
    mark: int | None
    reason: str | None


def open_sheet(
    session: Session, round_id: int, member: str, application: str, criterion: str = ""
) -> OpenSheet:
    """Return the member's sheet for the application; refused where it is not open."""
    named = {"of_round": round_id, "member": member, "application": application, "criterion": criterion}
    found = session.execute(_SHEET, named).one_or_none()
    if found is None or (found.round_stage, found.area_stage) != ("open", "scoring"):
        the_member(session, round_id, member)
        the_application(session, round_id, application)
        require_stage(session, round_id, application, "scoring")
    assert found is not None, "one of the three says what is not there"
    _check_declared(interests(session, round_id), member, application)
    if found.is_submitted:
        raise Refused(f"The sheet for {application} is handed in. The chair can open it again.")
    numbers = found.member_id, found.application_id, found.sheet_id
    return OpenSheet(round_id, member, application, *numbers, found.mark, found.reason)


def made(session: Session, sheet: OpenSheet, reopened: str | None = None) -> int:
    """Return the sheet's number; it is made if need be, as one that the chair `reopened` and why."""
    if sheet.sheet_id is not None:
        return sheet.sheet_id
    number = next_id(session, sheet_table.c.id)
    row = {
        "id": number,
        "uid": uid(round_uid(session, sheet.round_id), "sheet", sheet.member, sheet.application),
        "member_id": sheet.member_id,
        "application_id": sheet.application_id,
        "is_submitted": False,
        "reopened": reopened,
    }
    put(session, sheet_table, [row])
    return number


def write(session: Session, sheet: OpenSheet, criterion: str, mark: int | None, reason: str) -> None:
    """Write what is recorded for a criterion; a sheet with nothing left on it goes, unless reopened."""
    values = {"mark": mark, "reason": reason}
    if mark is None and not reason:
        _take_off(session, sheet, criterion)
    elif sheet.reason is None:
        put(session, mark_table, [{"sheet_id": made(session, sheet), "criterion": criterion, **values}])
    else:
        found = {"sheet": sheet.sheet_id, "of": criterion}
        changed = session.execute(_CHANGE, {**found, **values})
        assert changed.rowcount == 1, "the row was seen a moment ago"


def check_criterion(
    session: Session, round_id: int, application: str, criterion: str, value: int | None
) -> None:
    """Refuse a mark on what members do not mark, or off the scale."""
    published = scheme(session, round_id)
    if criterion not in {c.code for c in published.judged}:
        raise Refused(f"{criterion} is not a criterion that members mark.")
    if value is not None and not 0 <= value <= published.scale_maximum:
        raise Refused(f"{value} is not on the scale from 0 to {published.scale_maximum}.")
    if criterion in set_aside(session, round_id, application):
        raise Refused(f"The chair has set {criterion} aside for {application}.")


def set_aside(session: Session, round_id: int, application: str) -> set[str]:
    """Return the criteria that the chair set aside for an application."""
    rows = not_applicable(session, round_id)
    return {row.criterion for row in rows if row.application == application}


def _take_off(session: Session, sheet: OpenSheet, criterion: str) -> None:
    if sheet.sheet_id is None:
        return
    session.execute(_REMOVE, {"sheet": sheet.sheet_id, "of": criterion})
    if not session.scalar(_MARKS, {"sheet": sheet.sheet_id}):
        table = sheet_table
        remove(session, table, (table.c.id == sheet.sheet_id) & table.c.reopened.is_(None))


def _check_declared(declared: Sequence[InterestRow], member: str, application: str) -> None:
    if not any(row.member == member for row in declared):
        raise Refused(f"{member} has not declared interests yet. Sheets open after that.")
    if member in stood_down(declared):
        raise Refused(
            f"{member} does not score in this round, as the chair said. That can be taken back on Scoring."
        )
    kinds = kinds_declared(declared, member, application) - {InterestKind.NONE}
    if kinds:
        raise Refused(f"{member} declared “{min(kinds)}” on {application}, so has no sheet for it.")
