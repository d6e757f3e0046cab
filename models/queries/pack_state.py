"""What a member put down in a round, as revisions see it: by key, in canonical JSON."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import canonical
from models.packs.revisions import HANDED_IN, INTEREST, MARK, REASON, History, Key, Revision, histories
from models.packs.values import within
from models.schema.application import ApplicationTable
from models.schema.panel import InterestTable, MemberTable
from models.schema.revision import RevisionTable
from models.schema.sheet import MarkTable, SheetTable


def values_of(session: Session, member_id: int) -> dict[Key, str]:
    """Return what stands in the tables for a member; what is as at first is left out."""
    return {**_interests(session, member_id), **_handed_in(session, member_id), **_marks(session, member_id)}


def histories_of(session: Session, round_uid: str, member_uid: str) -> dict[Key, History]:
    """Return what is known of a member's revisions in a round."""
    table = RevisionTable
    rows = session.execute(
        select(table.application, table.slot, table.number, table.value, table.parents, table.hash)
        .add_columns(table.stands)
        .where(table.round == round_uid, table.member == member_uid)
    )
    found = [
        (Revision(of, slot, number, value, tuple(json.loads(parents)), digest), is_standing)
        for of, slot, number, value, parents, digest, is_standing in rows
    ]
    stands = frozenset(revision.hash for revision, is_standing in found if is_standing)
    return histories(within(round_uid, member_uid), (revision for revision, _ in found), stands)


def member_uid(session: Session, member_id: int) -> str:
    """Return a member's identity."""
    return session.scalars(select(MemberTable.uid).where(MemberTable.id == member_id)).one()


def interest_value(rows: Sequence[tuple[str, str]]) -> str:
    """Return kinds and details as canonical JSON, in one order whatever order they were put down in."""
    return canonical.dumps([[kind, detail] for kind, detail in sorted(rows)])


def _interests(session: Session, member_id: int) -> dict[Key, str]:
    table = InterestTable
    columns = select(ApplicationTable.uid, table.kind, table.detail).select_from(table)
    joined = columns.outerjoin(ApplicationTable, ApplicationTable.id == table.application_id)
    found: dict[Key, list[tuple[str, str]]] = {}
    for uid, kind, detail in session.execute(joined.where(table.member_id == member_id)):
        found.setdefault(Key(uid or "", INTEREST), []).append((kind, detail))
    return {key: interest_value(rows) for key, rows in found.items()}


def _handed_in(session: Session, member_id: int) -> dict[Key, str]:
    columns = select(ApplicationTable.uid).join(SheetTable, SheetTable.application_id == ApplicationTable.id)
    mine = columns.where(SheetTable.member_id == member_id, SheetTable.is_submitted)
    return {Key(uid, HANDED_IN): "true" for uid in session.scalars(mine)}


def _marks(session: Session, member_id: int) -> dict[Key, str]:
    columns = select(ApplicationTable.uid, MarkTable.criterion, MarkTable.mark, MarkTable.reason)
    joined = columns.select_from(MarkTable).join(SheetTable, SheetTable.id == MarkTable.sheet_id)
    joined = joined.join(ApplicationTable, ApplicationTable.id == SheetTable.application_id)
    found: dict[Key, str] = {}
    for uid, criterion, mark, reason in session.execute(joined.where(SheetTable.member_id == member_id)):
        if mark is not None:
            found[Key(uid, f"{MARK}:{criterion}")] = canonical.dumps(mark)
        if reason:
            found[Key(uid, f"{REASON}:{criterion}")] = canonical.dumps(reason)
    return found
