"""Which organisations of the record are merged into others."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from sqlalchemy import CTE, ColumnElement, select, true

from models.schema.applications import application_table, organisation_merge_table, organisation_table
from models.session import Session
from models.store.parts import part

_IS_MERGE = organisation_merge_table.c.apart == ""
_PAIRS = select(organisation_merge_table.c.merged_id, organisation_merge_table.c.into_id)


class Merge(Struct, frozen=True):
    """An organisation that was merged into another, why, by whom and when; or that `is_apart` from it."""

    uid: str
    name: str
    into_uid: str
    into_name: str
    reason: str
    by: str
    at: datetime
    is_apart: bool = False


@part
def merged_into(session: Session) -> Mapping[int, int]:
    """Return for each merged organisation the one that it is now, however often it was merged on."""
    direct = dict(session.execute(_PAIRS.where(_IS_MERGE)).all())
    return {merged: _last(merged, direct) for merged in direct}


def told_apart(session: Session) -> dict[int, int]:
    """Return for each organisation of which the office spoke the one that it is now, merged or kept apart."""
    now = merged_into(session)
    return {of: now.get(of, of) for of in {*now, *now.values(), *kept_apart(session)}}


def kept_apart(session: Session) -> set[int]:
    """Return the organisations that the office keeps apart from another."""
    return {of for pair in session.execute(_PAIRS.where(~_IS_MERGE)) for of in pair}


def members_of_organisations() -> CTE:
    """Return each organisation beside itself and all that was merged into it: organisation_id, member_id."""
    own, merge = organisation_table, organisation_merge_table
    columns = select(own.c.id.label("organisation_id"), own.c.id.label("member_id"))
    members = columns.cte("members", recursive=True)
    return members.union_all(
        select(members.c.organisation_id, merge.c.merged_id).join(
            merge, (merge.c.into_id == members.c.member_id) & _IS_MERGE
        )
    )


@part
def merged_applications(session: Session, round_id: int) -> tuple[tuple[str, str], ...]:
    """Return the applications of a round that are of an organisation into which another was merged.

    And of those that are kept apart. Each comes with the organisation's identity.
    """
    into = set(told_apart(session).values())
    if not into:
        return ()
    table, named = application_table, organisation_table
    rows = session.execute(
        select(table.c.reference, named.c.uid)
        .join(named, named.c.id == table.c.organisation_id)
        .where(table.c.round_id == round_id, table.c.organisation_id.in_(into))
        .order_by(table.c.position)
    )
    return tuple((reference, uid) for reference, uid in rows)


def merged_under(session: Session, organisation_id: int) -> tuple[Merge, ...]:
    """Return what was merged into an organisation, and into what was, and what it is kept apart from.

    The first comes first.
    """
    table = organisation_merge_table
    under = {one for one, into in merged_into(session).items() if into == organisation_id}
    either = table.c.merged_id.in_({*under, organisation_id}) | table.c.into_id.in_({*under, organisation_id})
    return _merges(session, table.c.merged_id.in_(under) & _IS_MERGE | ~_IS_MERGE & either)


def all_merges(session: Session) -> tuple[Merge, ...]:
    """Return every merge of the record that stands, and what is kept apart, the first first."""
    return _merges(session, true())


def _merges(session: Session, where: ColumnElement[bool]) -> tuple[Merge, ...]:
    table, into = organisation_merge_table, organisation_table.alias()
    columns = select(
        organisation_table.c.uid,
        organisation_table.c.name,
        into.c.uid,
        into.c.name,
        table.c.reason,
        table.c.merged_by,
        table.c.merged_at,
        ~_IS_MERGE,
    )
    rows = session.execute(
        columns.join(table, table.c.merged_id == organisation_table.c.id)
        .join(into, into.c.id == table.c.into_id)
        .where(where)
        .order_by(table.c.merged_at, table.c.merged_id)
    )
    return tuple(Merge(*row) for row in rows)


def _last(merged: int, direct: Mapping[int, int]) -> int:
    while merged in direct:
        merged = direct[merged]
    return merged
