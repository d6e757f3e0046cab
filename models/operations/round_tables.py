"""The rows that a workbook may set in a round, taken down as they are stored and put back just so."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, literal_column, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.operations.write_panel import remove_panel
from models.operations.write_scheme import remove_scheme
from models.operations.writing import remove, table_of
from models.schema.agreement import AgreedMarkTable, AgreementTable, ChairDecisionTable, NotApplicableTable
from models.schema.application import ApplicationTable
from models.schema.base import Base
from models.schema.gate import GateResultTable
from models.schema.panel import InterestTable, MemberAreaTable, MemberTable
from models.schema.person import PersonTable
from models.schema.round import AreaTable
from models.schema.scheme import CriterionTable, SchemeTable
from models.schema.sheet import MarkTable, SheetTable
from scoring.refused import Refused

_STAYING = (PersonTable, AreaTable)
"""Tables whose rows others may hold on to: only those that are gone are put back."""

_OF_APPLICATIONS = (
    AgreementTable,
    AgreedMarkTable,
    NotApplicableTable,
    ChairDecisionTable,
    GateResultTable,
)
_ALL: tuple[type[Base], ...] = (
    *_STAYING,
    SchemeTable,
    CriterionTable,
    MemberTable,
    MemberAreaTable,
    InterestTable,
    SheetTable,
    MarkTable,
    *_OF_APPLICATIONS,
)
"""Every table that is taken down, each after those it refers to."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of one table as they are stored: dates, times and decimals are texts here."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def taken_down(session: Session, round_id: int, *, scheme: bool) -> tuple[TableRows, ...]:
    """Return the round's rows; those of its scheme only where it may still change."""
    chosen = _chosen(round_id)
    without = () if scheme else (SchemeTable, CriterionTable)
    return tuple(stored(session, kind, chosen[kind]) for kind in _ALL if kind not in without)


def put_back(session: Session, round_id: int, taken: tuple[TableRows, ...]) -> None:
    """Make the round's rows those that were taken down; refused where others have their numbers by now."""
    _clear(session, round_id, {rows.table for rows in taken})
    by_table = {rows.table: rows for rows in taken}
    try:
        for kind in _ALL:
            rows = by_table.get(kind.__tablename__)
            if rows is not None:
                put_stored(session, kind, rows)
    except IntegrityError as error:
        raise Refused(
            "The record was changed in the meantime, so the round cannot be put back as it was. "
            "Load its workbook again."
        ) from error


def _chosen(round_id: int) -> dict[type[Base], ColumnElement[bool]]:
    of_round = MemberTable.round_id == round_id
    members, people = select(MemberTable.id).where(of_round), select(MemberTable.person_id).where(of_round)
    sheets = select(SheetTable.id).where(SheetTable.member_id.in_(members))
    schemes = select(SchemeTable.id).where(SchemeTable.round_id == round_id)
    applications = select(ApplicationTable.id).where(ApplicationTable.round_id == round_id)
    return {
        PersonTable: PersonTable.id.in_(people),
        AreaTable: AreaTable.round_id == round_id,
        SchemeTable: SchemeTable.round_id == round_id,
        CriterionTable: CriterionTable.scheme_id.in_(schemes),
        MemberTable: of_round,
        MemberAreaTable: MemberAreaTable.member_id.in_(members),
        InterestTable: InterestTable.member_id.in_(members),
        SheetTable: SheetTable.member_id.in_(members),
        MarkTable: MarkTable.sheet_id.in_(sheets),
        **{kind: kind.application_id.in_(applications) for kind in _OF_APPLICATIONS},
    }


def stored(session: Session, kind: type[Base], where: ColumnElement[bool]) -> TableRows:
    """Return rows without turning texts into dates and the like, so that they come back to the letter."""
    table = table_of(kind)
    columns = tuple(table.c.keys())
    raw: Select[*tuple[Any, ...]] = (
        select(*(literal_column(name) for name in columns)).select_from(table).where(where)
    )
    found = session.execute(raw.order_by(*table.primary_key))
    return TableRows(table.name, columns, tuple(tuple(row) for row in found))


def _clear(session: Session, round_id: int, tables: set[str]) -> None:
    remove_panel(session, round_id)
    remove(session, GateResultTable, _chosen(round_id)[GateResultTable])
    if SchemeTable.__tablename__ in tables:
        remove_scheme(session, round_id)


def put_stored(session: Session, kind: type[Base], taken: TableRows) -> None:
    """Put rows in as they were stored; of tables whose rows others hold on to only those that are gone."""
    rows = list(_gone(session, kind, taken) if kind in _STAYING else taken.rows)
    if not rows:
        return
    connection = session.connection()
    compiled = insert(table_of(kind)).compile(dialect=connection.dialect, column_keys=list(taken.columns))
    order = [taken.columns.index(name) for name in compiled.positiontup or taken.columns]
    connection.exec_driver_sql(str(compiled), [tuple(row[index] for index in order) for row in rows])


def _gone(session: Session, kind: type[Base], taken: TableRows) -> Iterator[tuple[str | int | None, ...]]:
    """Yield the rows whose identity the record does not have any more."""
    there = set(session.scalars(select(table_of(kind).c.uid)))
    at = taken.columns.index("uid")
    yield from (row for row in taken.rows if row[at] not in there)
