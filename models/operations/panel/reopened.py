"""Sheets that the chair opened again: what a workbook cannot hold of them, kept while marks are replaced."""

from collections.abc import Mapping

from msgspec.structs import replace
from sqlalchemy import bindparam, select, update

from models.schema.applications.application import application_table
from models.schema.panel.panel import member_table
from models.schema.panel.sheet import sheet_table
from models.session import Session
from models.values.rows import RoundRows, SheetRow

Reopened = Mapping[tuple[str, str], str]
"""By member and application: why the sheet was opened again."""


def reopened_sheets(session: Session, round_id: int) -> Reopened:
    """Return the sheets of a round that were ever opened again, in their order."""
    rows = session.execute(
        select(member_table.c.code, application_table.c.reference, sheet_table.c.reopened)
        .join(member_table, member_table.c.id == sheet_table.c.member_id)
        .join(application_table, application_table.c.id == sheet_table.c.application_id)
        .where(member_table.c.round_id == round_id, sheet_table.c.reopened.is_not(None))
        .order_by(sheet_table.c.position)
    )
    return {(member, of): str(why) for member, of, why in rows}


def with_reopened(rows: RoundRows, reopened: Reopened) -> RoundRows:
    """Return the rows with an empty sheet for each reopened one that they lack, if its member is there."""
    there = {(sheet.member, sheet.application) for sheet in rows.sheets}
    members = {member.code for member in rows.members}
    empty = (None,) * len(rows.scheme.judged)
    lacking = tuple(
        SheetRow(member, of, submitted=False, marks=empty)
        for member, of in reopened
        if (member, of) not in there and member in members
    )
    return replace(rows, sheets=(*rows.sheets, *lacking))


def mark_reopened(session: Session, round_id: int, reopened: Reopened) -> None:
    """Write down again which of a round's sheets were reopened, and why; one that is gone is passed over."""
    keys = select(member_table.c.code, application_table.c.reference, sheet_table.c.id)
    keys = keys.join(member_table, member_table.c.id == sheet_table.c.member_id)
    keys = keys.join(application_table, application_table.c.id == sheet_table.c.application_id)
    sheets = {
        (m, of): number for m, of, number in session.execute(keys.where(member_table.c.round_id == round_id))
    }
    changed = [{"of": sheets[key], "why": why} for key, why in reopened.items() if key in sheets]
    table = sheet_table
    statement = update(table).where(table.c.id == bindparam("of"))
    if changed:
        session.execute(statement.values(reopened=bindparam("why")), changed)
