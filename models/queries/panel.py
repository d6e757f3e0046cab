"""A round's panel and all that it put down: members, interests, sheets, agreed marks, chair's decisions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.rows import AgreedRow, ChairDecisionRow, InterestRow, MemberRow, NotApplicableRow, SheetRow
from models.schema.agreement import AgreedMarkTable, AgreementTable, ChairDecisionTable, NotApplicableTable
from models.schema.application import ApplicationTable
from models.schema.panel import InterestTable, MemberTable
from models.schema.person import PersonTable
from models.schema.sheet import MarkTable, SheetTable
from scoring.round import ChairDecisionKind, InterestKind

Given = tuple[list[int | None], list[str]]
"""The marks and the reasons of one sheet, in the order of the judged criteria."""


def members(session: Session, round_id: int) -> tuple[MemberRow, ...]:
    """Return the panel in its order."""
    rows = session.execute(
        select(MemberTable.code, PersonTable.name, MemberTable.role, MemberTable.organisation)
        .join(PersonTable, PersonTable.id == MemberTable.person_id)
        .where(MemberTable.round_id == round_id)
        .order_by(MemberTable.position)
    )
    return tuple(MemberRow(*row) for row in rows)


def interests(session: Session, round_id: int) -> tuple[InterestRow, ...]:
    """Return what was declared, in the order in which it was put down."""
    rows = session.execute(
        select(MemberTable.code, ApplicationTable.reference, InterestTable.kind, InterestTable.detail)
        .join(MemberTable, MemberTable.id == InterestTable.member_id)
        .outerjoin(ApplicationTable, ApplicationTable.id == InterestTable.application_id)
        .where(MemberTable.round_id == round_id)
        .order_by(InterestTable.position, InterestTable.id)
    )
    return tuple(InterestRow(who, of, InterestKind(kind), detail) for who, of, kind, detail in rows)


def sheets(session: Session, round_id: int, judged: Sequence[str]) -> tuple[SheetRow, ...]:
    """Return the members' sheets, their marks in the order of the judged criteria."""
    mark, sheet, member = (table.__table__ for table in (MarkTable, SheetTable, MemberTable))
    columns = select(mark.c.sheet_id, mark.c.criterion, mark.c.mark, mark.c.reason).join(
        sheet, sheet.c.id == mark.c.sheet_id
    )
    own = columns.join(member, member.c.id == sheet.c.member_id).where(member.c.round_id == round_id)
    marks = _given(session, own, judged)
    rows = session.execute(
        select(SheetTable.id, MemberTable.code, ApplicationTable.reference, SheetTable.is_submitted)
        .join(MemberTable, MemberTable.id == SheetTable.member_id)
        .join(ApplicationTable, ApplicationTable.id == SheetTable.application_id)
        .where(MemberTable.round_id == round_id)
        .order_by(SheetTable.position, SheetTable.id)
    )
    return tuple(
        SheetRow(member, application, submitted, *_frozen(marks.get(sheet_id), judged))
        for sheet_id, member, application, submitted in rows
    )


def agreed(session: Session, round_id: int, judged: Sequence[str]) -> tuple[AgreedRow, ...]:
    """Return the panel's agreed marks, in the order of the judged criteria."""
    mark, application = AgreedMarkTable.__table__, ApplicationTable.__table__
    columns = select(mark.c.application_id, mark.c.criterion, mark.c.mark, mark.c.reason)
    own = columns.join(application, application.c.id == mark.c.application_id)
    marks = _given(session, own.where(application.c.round_id == round_id), judged)
    rows = session.execute(
        select(AgreementTable.application_id, ApplicationTable.reference, AgreementTable.dissent)
        .join(ApplicationTable, ApplicationTable.id == AgreementTable.application_id)
        .where(ApplicationTable.round_id == round_id)
        .order_by(AgreementTable.position, AgreementTable.application_id)
    )
    return tuple(
        AgreedRow(reference, *_frozen(marks.get(application_id), judged), dissent)
        for application_id, reference, dissent in rows
    )


def not_applicable(session: Session, round_id: int) -> tuple[NotApplicableRow, ...]:
    """Return the criteria that were set aside."""
    columns = select(ApplicationTable.reference, NotApplicableTable.criterion, NotApplicableTable.reason)
    table = NotApplicableTable
    rows = session.execute(
        columns.join(table, ApplicationTable.id == table.application_id)
        .where(ApplicationTable.round_id == round_id)
        .order_by(table.position, table.application_id, table.criterion)
    )
    return tuple(NotApplicableRow(*row) for row in rows)


def chair_decisions(session: Session, round_id: int) -> tuple[ChairDecisionRow, ...]:
    """Return what the chair decided on ties and exceptions."""
    table = ChairDecisionTable
    columns = select(ApplicationTable.reference, table.kind, table.place, table.reason)
    rows = session.execute(
        columns.join(table, ApplicationTable.id == table.application_id)
        .where(ApplicationTable.round_id == round_id)
        .order_by(table.position, table.id)
    )
    return tuple(ChairDecisionRow(of, ChairDecisionKind(kind), place, why) for of, kind, place, why in rows)


def _given(session: Session, marks: Select[Any], judged: Sequence[str]) -> dict[int, Given]:
    """Return by key what was given; a round has tens of thousands of marks, so no mapped rows are made."""
    at = {code: number for number, code in enumerate(judged)}
    found: dict[int, Given] = {}
    for key, criterion, mark, reason in session.connection().execute(marks).all():
        if criterion not in at:
            continue
        if key not in found:
            found[key] = [None] * len(judged), [""] * len(judged)
        given = found[key]
        given[0][at[criterion]] = mark
        given[1][at[criterion]] = reason
    return found


def _frozen(given: Given | None, judged: Sequence[str]) -> tuple[tuple[int | None, ...], tuple[str, ...]]:
    """Return marks and reasons; no reasons at all where none was given."""
    if given is None:
        return (None,) * len(judged), ()
    marks, reasons = given
    return tuple(marks), tuple(reasons) if any(reasons) else ()
