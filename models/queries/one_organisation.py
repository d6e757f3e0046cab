"""All that a record holds on one organisation: every row of every table that is of its applications."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from models import canonical, journal
from models.operations.registry import OPERATIONS
from models.papers.held import HeldOn, HeldTable, Said
from models.schema.application import ApplicationTable
from models.schema.bank import BankDetailsTable
from models.schema.organisation import OrganisationAliasTable, OrganisationTable
from models.schema.sheet import MarkTable, SheetTable
from models.schema.tables import TABLES

WITHOUT = BankDetailsTable.__tablename__
"""The table that is left out: the last four digits of an account stand in another."""


def organisation_of(session: Session, round_id: int, reference: str) -> int | None:
    """Return the number of the organisation that an application is of."""
    table = ApplicationTable
    of = select(table.organisation_id).where(table.round_id == round_id, table.reference == reference)
    return session.scalar(of)


def held_on(session: Session, organisation_id: int) -> HeldOn:
    """Return all that is held on an organisation, over all rounds; bank details by their last four digits."""
    own = ApplicationTable.organisation_id == organisation_id
    columns = select(ApplicationTable.id, ApplicationTable.round_id, ApplicationTable.reference).where(own)
    found = session.execute(columns.order_by(ApplicationTable.id)).all()
    numbers = [number for number, _, _ in found]
    applications = tuple((round_id, reference) for _, round_id, reference in found)
    name = session.scalars(
        select(OrganisationTable.name).where(OrganisationTable.id == organisation_id)
    ).one()
    tables = [*_tables(session, organisation_id, numbers), _journal(session, [of for _, of in applications])]
    return HeldOn(name, applications, tuple(table for table in tables if table.rows))


def _tables(session: Session, organisation_id: int, numbers: Sequence[int]) -> Iterator[HeldTable]:
    for kind in TABLES:
        table = kind.__table__
        assert isinstance(table, Table)
        where = _of(table, organisation_id, numbers)
        if where is None or table.name == WITHOUT:
            continue
        rows = session.execute(select(table).where(where).order_by(*table.primary_key.columns))
        told = tuple(tuple(map(_said, row)) for row in rows)
        yield HeldTable(_words(table.name), tuple(_words(column.name) for column in table.columns), told)


def _of(table: Table, organisation_id: int, numbers: Sequence[int]) -> ColumnElement[bool] | None:
    """Return which rows of a table are the organisation's, None where it holds nothing of any."""
    if table.name == OrganisationTable.__tablename__:
        return table.c.id == organisation_id
    if table.name == ApplicationTable.__tablename__:
        return table.c.id.in_(numbers)
    if table.name == OrganisationAliasTable.__tablename__:
        return table.c.organisation_id == organisation_id
    if table.name == MarkTable.__tablename__:
        sheets = select(SheetTable.id).where(SheetTable.application_id.in_(numbers))
        return table.c.sheet_id.in_(sheets)
    columns = [table.c[name] for name in ("application_id", "first_id", "second_id") if name in table.c]
    if not columns:
        return table.c.organisation_id == organisation_id if "organisation_id" in table.c else None
    return or_(*(column.in_(numbers) for column in columns))


def _journal(session: Session, references: Sequence[str]) -> HeldTable:
    """Return the changes of which the journal's words name one of the applications."""
    rows = []
    for entry in journal.entries(session):
        if entry.body is not None and any(canonical.dumps(of) in entry.body for of in references):
            kind = OPERATIONS.get(entry.kind)
            label = entry.kind if kind is None else canonical.from_text(kind, entry.body).label
            rows.append((entry.seq, entry.at.isoformat(), entry.actor.name, entry.actor.role, label))
    return HeldTable("journal", ("number", "when (UTC)", "who", "role", "what was changed"), tuple(rows))


def _said(value: Any) -> Said:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")
