"""Putting a round in and taking one out, and the rows that a workbook may set, put back just as stored."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
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
    union,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import NullType, TypeEngine

from models.operations.rows.write_applications import settle_organisations
from models.operations.rows.write_funds import freeze_rules, put_areas, put_year, remove_signing_areas
from models.operations.rows.write_panel import (
    WORDS,
    put_words,
    remove_idle_people,
    remove_interests,
    remove_panel,
)
from models.reference.defaults import ONE_GATE, FundDefaults, in_use
from models.schema.applications import (
    application_table,
    choice_table,
    correction_table,
    disposal_table,
    gate_result_table,
    gate_table,
    hold_table,
    kept_apart_table,
    organisation_alias_table,
    organisation_merge_table,
    organisation_table,
    retention_table,
)
from models.schema.awards import supplier_number_table
from models.schema.deciding import area_allowance_table
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
    round_role_table,
    sheet_table,
    signer_interest_table,
)
from models.schema.set_up import (
    amendment_table,
    area_table,
    criterion_table,
    financial_year_table,
    reason_rule_table,
    round_table,
    scheme_table,
)
from models.session import (
    Session,
    Values,
    count,
    fields_of,
    moment,
    numbered,
    pairs_of,
    put_new,
    record_uid,
    remove,
    row_of,
    selection,
    uid,
)
from models.store.upkeep import TableRows
from models.values import canonical
from scoring.round import Area
from scoring.scheme import Criterion, Scheme
from scoring.written.names import is_same_typed
from scoring.written.text import Refused


def put_scheme(
    session: Session, round_id: int, scheme: Scheme, *, frozen_at: datetime | None, version: int = 1
) -> int:
    """Put a version of a round's scheme in and return its number; `frozen_at` is None for a draft."""
    listed = {
        "ladder": canonical.dumps(list(scheme.ladder)),
        "descriptors": canonical.dumps([list(descriptor) for descriptor in scheme.descriptors]),
    }
    version_of = {"round_id": round_id, "version": version, "frozen_at": frozen_at}
    row = _plain(row_of(scheme_table, scheme, **version_of, **listed))
    (scheme_id,) = put_new(session, scheme_table, [row])
    criteria = (
        {"scheme_id": scheme_id, "position": index, **_criterion(criterion)}
        for index, criterion in enumerate(scheme.criteria)
    )
    put_new(session, criterion_table, criteria)
    return scheme_id


def remove_scheme(session: Session, round_id: int) -> None:
    """Take a round's scheme out, every version of it."""
    versions = selection(scheme_table.c.id, round_id=round_id)
    remove(session, criterion_table, scheme_id=versions)
    remove(session, amendment_table, scheme_id=versions)
    remove(session, scheme_table, round_id=round_id)


def is_amended(session: Session, round_id: int) -> bool:
    """Whether a round's published scheme has a later version."""
    return bool(count(session, scheme_table, scheme_table.c.version > 1, round_id=round_id))


def _criterion(criterion: Criterion) -> dict[str, object]:
    bands: canonical.Json = [
        [canonical.encode(band.bound), canonical.encode(band.score)] for band in criterion.bands
    ]
    return _plain(row_of(criterion_table, criterion, bands=canonical.dumps(bands)))


def _plain(row: Values) -> dict[str, object]:
    """Return a row with decimals as the journal writes them: doing it over again gives the same text."""
    return {
        name: Decimal(canonical.encode(value)) if isinstance(value, Decimal) else value
        for name, value in row.items()
    }


class NewRound(Struct, frozen=True):
    """What a round is made from; one that `opens` has its scheme frozen with it."""

    fund_id: int
    fund_name: str
    year: str
    name: str
    scheme: Scheme
    areas: tuple[Area, ...]
    defaults: FundDefaults
    opens: bool


def refuse_near_name(session: Session, fund_id: int | None, year: str, name: str) -> None:
    """Refuse a round beside one of the fund and year that has its name in another case, spacing or sign."""
    years = selection(financial_year_table.c.id, label=year)
    names = set(session.scalars(selection(round_table.c.name, fund_id=fund_id, year_id=years)))
    near = next((one for one in sorted(names - {name}) if is_same_typed(one, name)), None)
    if near is not None and name not in names:
        when = f" in {year}" if year else ""
        raise Refused(
            f"The fund has a round “{near}”{when}, and “{name}” is the same name in other letters. Nothing "
            f"was changed. Write “{near}” for that round, or give this one a name of its own."
        )


def put_round(session: Session, new: NewRound) -> int:
    """Put a round in and return its number."""
    row = {
        "uid": uid(record_uid(session), "round", new.fund_id, new.year, new.name),
        **fields_of(new, "fund_id", "name", "fund_name"),
        "year_id": put_year(session, new.year),
        "stage": "open" if new.opens else "set up",
        "marking": new.defaults.marking,
        "chain": canonical.dumps([canonical.encode(step) for step in new.defaults.chain]),
        "set_up_at": moment(session),
        "opened_at": moment(session) if new.opens else None,
    }
    (round_id,) = put_new(session, round_table, [row])
    if new.opens:
        freeze_rules(session, round_id)
    put_scheme(session, round_id, new.scheme, frozen_at=moment(session) if new.opens else None)
    put_areas(session, round_id, dict(enumerate(new.areas)))
    _put_gates(session, round_id, new.defaults)
    return round_id


def remove_round(session: Session, round_id: int) -> None:
    """Take a round out with all that hangs on it, and what nothing else needs any more."""
    remove_panel(session, round_id)
    remove(session, signer_interest_table, round_id=round_id)
    remove_applications(session, round_id)
    remove_signing_areas(session, round_id)
    areas = selection(area_table.c.id, round_id=round_id)
    remove(session, area_allowance_table, area_id=areas)
    for own in (round_role_table, gate_table, retention_table, reason_rule_table, area_table):
        remove(session, own, round_id=round_id)
    remove_scheme(session, round_id)
    remove(session, round_table, id=round_id)
    remove_idle_people(session)
    used = select(round_table.c.year_id)
    remove(session, financial_year_table, financial_year_table.c.id.not_in(used))


def remove_applications(session: Session, round_id: int, **named: Collection[str]) -> None:
    """Take applications out of a round (those `named` by a column, else all), with what hangs on them."""
    ids = selection(application_table.c.id, round_id=round_id, **named)
    own = (gate_result_table, correction_table, hold_table, disposal_table, choice_table)
    sides = (kept_apart_table.c.first_id, kept_apart_table.c.second_id)
    for of in (*(one.c.application_id for one in own), *sides):
        remove(session, of.table, of.in_(ids))
    remove(session, application_table, round_id=round_id, **named)
    known = union(
        select(application_table.c.organisation_id),
        select(organisation_merge_table.c.merged_id),
        select(organisation_merge_table.c.into_id),
        select(supplier_number_table.c.organisation_id),
    )
    remove(session, organisation_alias_table, organisation_alias_table.c.organisation_id.not_in(known))
    remove(session, organisation_table, organisation_table.c.id.not_in(known))
    settle_organisations(session)


def _put_gates(session: Session, round_id: int, defaults: FundDefaults) -> None:
    of, gates = {"round_id": round_id, "is_time": False}, in_use(defaults.gates) or ONE_GATE
    put_new(session, gate_table, ({**row, **of} for row in numbered(gate_table, gates)))


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


def taken_down(session: Session, round_id: int, *, scheme: bool) -> tuple[TableRows, ...]:
    """Return the round's rows; those of its scheme only where it may still change."""
    without = () if scheme else (scheme_table, criterion_table)
    return rows_taken(session, {kind: of for kind, of in _chosen(round_id).items() if kind not in without})


def rows_taken(session: Session, chosen: Mapping[Table, ColumnElement[bool]]) -> tuple[TableRows, ...]:
    return tuple(journalled(session, kind, of) for kind, of in chosen.items())


def rows_put_back(
    session: Session, chosen: Mapping[Table, ColumnElement[bool]], taken: Sequence[TableRows]
) -> None:
    """Make these rows what they were; each table stands after those it refers to."""
    for kind, of in reversed(tuple(chosen.items())):
        if kind is interest_table:
            remove_interests(session, of)
        else:
            remove(session, kind, of)
    for kind, rows in zip(chosen, taken, strict=True):
        put_stored(session, kind, rows)


def digest(taken: Sequence[TableRows]) -> str:
    """Return the SHA-256 of rows that were taken down."""
    text = canonical.dumps([canonical.encode(rows) for rows in taken])
    return hashlib.sha256(text.encode()).hexdigest()


def put_back(session: Session, round_id: int, taken: tuple[TableRows, ...]) -> None:
    """Make the round's rows those that were taken down; refused where others have their numbers by now."""
    _clear(session, round_id, {rows.table for rows in taken})
    by_table = {rows.table: rows for rows in taken}
    try:
        with session.begin_nested():  # a server goes on after what it refused
            for kind in _chosen(round_id):
                rows = by_table.get(kind.name)
                if rows is not None:
                    put_stored(session, kind, rows)
    except IntegrityError as error:
        raise Refused(
            "The record was changed in the meantime, so the round cannot be put back. "
            "Load its workbook again."
        ) from error


def _chosen(round_id: int) -> dict[Table, ColumnElement[bool]]:
    """Return which rows of a round a workbook may set, each table after those it refers to."""
    members, people = (
        selection(one, round_id=round_id) for one in (member_table.c.id, member_table.c.person_id)
    )
    sheets = selection(sheet_table.c.id, member_id=members)
    schemes = selection(scheme_table.c.id, round_id=round_id)
    applications = selection(application_table.c.id, round_id=round_id)
    return {
        person_table: person_table.c.id.in_(people),
        area_table: area_table.c.round_id == round_id,
        scheme_table: scheme_table.c.round_id == round_id,
        criterion_table: criterion_table.c.scheme_id.in_(schemes),
        member_table: member_table.c.round_id == round_id,
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
    said: Mapping[Any, str] = pairs_of(session, table.c.interest_id, table.c.detail, interest_id=chosen)
    at = found.columns.index("id")
    rows = tuple((*row, said.get(row[at], "")) for row in found.rows)
    return TableRows(found.table, (*found.columns, WORDS), rows)


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
