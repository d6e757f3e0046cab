"""The rows that a workbook may set in a round, taken down as they are stored and put back just so."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Integer,
    Select,
    Table,
    cast,
    column,
    insert,
    select,
    table,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import NullType, TypeEngine

from models.operations.rows.write_panel import WORDS, put_words, remove_interests, remove_panel
from models.operations.rows.write_round import remove_scheme
from models.operations.rows.writing import remove
from models.schema.applications import application_table, gate_result_table
from models.schema.panel import (
    agreed_mark_table,
    agreement_table,
    chair_decision_table,
    first_mark_table,
    interest_table,
    interest_word_table,
    mark_table,
    member_area_table,
    member_table,
    not_applicable_table,
    panel_only_table,
    person_table,
    sheet_table,
)
from models.schema.set_up import area_table, criterion_table, scheme_table
from models.session import Session
from scoring.refused import Refused

_STAYING = (person_table, area_table)
"""Tables whose rows others may hold on to: only those that are gone are put back."""

_OF_APPLICATIONS = (
    agreement_table,
    agreed_mark_table,
    panel_only_table,
    not_applicable_table,
    chair_decision_table,
    gate_result_table,
)
_ALL: tuple[Table, ...] = (
    *_STAYING,
    scheme_table,
    criterion_table,
    member_table,
    member_area_table,
    interest_table,
    sheet_table,
    mark_table,
    first_mark_table,
    *_OF_APPLICATIONS,
)
"""Every table that is taken down, each after those it refers to."""


class TableRows(Struct, frozen=True):
    """Rows of one table as they are stored: dates, times and decimals are texts here."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def taken_down(session: Session, round_id: int, *, scheme: bool) -> tuple[TableRows, ...]:
    """Return the round's rows; those of its scheme only where it may still change."""
    chosen = _chosen(round_id)
    without = () if scheme else (scheme_table, criterion_table)
    return tuple(journalled(session, kind, chosen[kind]) for kind in _ALL if kind not in without)


def put_back(session: Session, round_id: int, taken: tuple[TableRows, ...]) -> None:
    """Make the round's rows those that were taken down; refused where others have their numbers by now."""
    _clear(session, round_id, {rows.table for rows in taken})
    by_table = {rows.table: rows for rows in taken}
    try:
        with session.begin_nested():  # a server goes on after what it refused
            for kind in _ALL:
                rows = by_table.get(kind.name)
                if rows is not None:
                    put_stored(session, kind, rows)
    except IntegrityError as error:
        raise Refused(
            "The record was changed in the meantime, so the round cannot be put back. "
            "Load its workbook again."
        ) from error


def _chosen(round_id: int) -> dict[Table, ColumnElement[bool]]:
    of_round = member_table.c.round_id == round_id
    members, people = (
        select(member_table.c.id).where(of_round),
        select(member_table.c.person_id).where(of_round),
    )
    sheets = select(sheet_table.c.id).where(sheet_table.c.member_id.in_(members))
    schemes = select(scheme_table.c.id).where(scheme_table.c.round_id == round_id)
    applications = select(application_table.c.id).where(application_table.c.round_id == round_id)
    return {
        person_table: person_table.c.id.in_(people),
        area_table: area_table.c.round_id == round_id,
        scheme_table: scheme_table.c.round_id == round_id,
        criterion_table: criterion_table.c.scheme_id.in_(schemes),
        member_table: of_round,
        member_area_table: member_area_table.c.member_id.in_(members),
        interest_table: interest_table.c.member_id.in_(members),
        sheet_table: sheet_table.c.member_id.in_(members),
        mark_table: mark_table.c.sheet_id.in_(sheets),
        first_mark_table: first_mark_table.c.member_id.in_(members),
        **{kind: kind.c.application_id.in_(applications) for kind in _OF_APPLICATIONS},
    }


def stored(session: Session, kind: Table, where: ColumnElement[bool]) -> TableRows:
    """Return rows without turning texts into dates and the like, so that they come back to the letter."""
    columns = tuple(kind.c.keys())
    raw: Select[*tuple[Any, ...]] = select(*map(_as_stored, kind.c)).select_from(kind).where(where)
    found = session.execute(raw.order_by(*kind.primary_key))
    return TableRows(kind.name, columns, tuple(tuple(row) for row in found))


def journalled(session: Session, kind: Table, where: ColumnElement[bool]) -> TableRows:
    """Return the same as the journal has them: an interest with its words, as one row."""
    found = stored(session, kind, where)
    if kind is not interest_table:
        return found
    table, chosen = interest_word_table, select(interest_table.c.id).where(where)
    said = select(table.c.interest_id, table.c.detail).where(table.c.interest_id.in_(chosen))
    words: dict[str | int | None, str] = dict(session.execute(said).all())
    at = found.columns.index("id")
    rows = tuple((*row, words.get(row[at], "")) for row in found.rows)
    return TableRows(found.table, (*found.columns, WORDS), rows)


def remove_stored(session: Session, kind: Table, where: ColumnElement[bool]) -> None:
    """Take rows out, those of interests with their words."""
    if kind is interest_table:
        remove_interests(session, where)
    else:
        remove(session, kind, where)


def _as_stored(one: Column[Any]) -> ColumnElement[Any]:
    """Return a column whose values are not turned into dates and the like; a yes or no is 1 or 0."""
    return cast(one, Integer) if isinstance(one.type, Boolean) else column(one.name)


def _bare(one: Column[Any]) -> TypeEngine[Any]:
    """Return the type by which a column takes values as they were stored."""
    return Boolean() if isinstance(one.type, Boolean) else NullType()


def _clear(session: Session, round_id: int, tables: set[str]) -> None:
    remove_panel(session, round_id)
    remove(session, gate_result_table, _chosen(round_id)[gate_result_table])
    if scheme_table.name in tables:
        remove_scheme(session, round_id)


def put_stored(session: Session, kind: Table, taken: TableRows) -> None:
    """Put rows in as they were stored; of tables whose rows others hold on to only those that are gone."""
    chosen = _gone(session, kind, taken) if kind in _STAYING else taken.rows
    rows = [dict(zip(taken.columns, row, strict=True)) for row in chosen]
    names = [name for name in taken.columns if name in kind.c]
    as_stored = table(kind.name, *(column(name, _bare(kind.c[name])) for name in names))
    if rows:
        session.execute(insert(as_stored), [{name: row[name] for name in names} for row in rows])
    if kind is interest_table:
        put_words(session, rows)


def _gone(session: Session, kind: Table, taken: TableRows) -> Iterator[tuple[str | int | None, ...]]:
    """Yield the rows whose identity the record does not have any more."""
    there = set(session.scalars(select(kind.c.uid)))
    at = taken.columns.index("uid")
    yield from (row for row in taken.rows if row[at] not in there)
