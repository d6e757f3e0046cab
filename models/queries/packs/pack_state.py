"""What a member entered in a round, as revisions see it: by key, in canonical JSON."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import func, select

from models.schema.applications import application_table
from models.schema.packs import pack_table, returned_table, revision_table
from models.schema.panel import (
    interest_table,
    interest_word_table,
    mark_table,
    member_table,
    person_table,
    sheet_table,
)
from models.schema.set_up import round_table
from models.session import Session
from models.values import canonical
from models.values.revisions import (
    HANDED_IN,
    INTEREST,
    MARK,
    REASON,
    History,
    Key,
    Revision,
    counted,
    histories,
    within,
)


def values_of(session: Session, member_id: int) -> dict[Key, str]:
    """Return what stands in the tables for a member; what is as at first is left out."""
    return {**_interests(session, member_id), **_handed_in(session, member_id), **_marks(session, member_id)}


def histories_of(session: Session, round_uid: str, member_uid: str) -> dict[Key, History]:
    """Return what is known of a member's revisions in a round."""
    table = revision_table
    rows = session.execute(
        select(
            table.c.application, table.c.slot, table.c.number, table.c.value, table.c.parents, table.c.hash
        )
        .add_columns(table.c.stands)
        .where(table.c.round == round_uid, table.c.member == member_uid)
    )
    found = [
        (Revision(of, slot, number, value, tuple(json.loads(parents)), digest), is_standing)
        for of, slot, number, value, parents, digest, is_standing in rows
    ]
    stands = frozenset(revision.hash for revision, is_standing in found if is_standing)
    return histories(within(round_uid, member_uid), (revision for revision, _ in found), stands)


def member_uid(session: Session, member_id: int) -> str:
    """Return a member's identity."""
    return session.scalars(select(member_table.c.uid).where(member_table.c.id == member_id)).one()


def _interests(session: Session, member_id: int) -> dict[Key, str]:
    table, words = interest_table, interest_word_table
    columns = select(application_table.c.uid, table.c.kind, words.c.detail).select_from(table)
    joined = columns.outerjoin(application_table, application_table.c.id == table.c.application_id)
    joined = joined.outerjoin(words, words.c.interest_id == table.c.id)
    found: dict[Key, list[tuple[str, str]]] = {}
    for uid, kind, detail in session.execute(joined.where(table.c.member_id == member_id)):
        found.setdefault(Key(uid or "", INTEREST), []).append((kind, detail or ""))
    return {
        key: counted(INTEREST, canonical.dumps([[kind, detail] for kind, detail in sorted(rows)]))
        for key, rows in found.items()
    }


def _handed_in(session: Session, member_id: int) -> dict[Key, str]:
    columns = select(application_table.c.uid).join(
        sheet_table, sheet_table.c.application_id == application_table.c.id
    )
    mine = columns.where(sheet_table.c.member_id == member_id, sheet_table.c.is_submitted)
    return {Key(uid, HANDED_IN): "true" for uid in session.scalars(mine)}


def _marks(session: Session, member_id: int) -> dict[Key, str]:
    columns = select(application_table.c.uid, mark_table.c.criterion, mark_table.c.mark, mark_table.c.reason)
    joined = columns.select_from(mark_table).join(sheet_table, sheet_table.c.id == mark_table.c.sheet_id)
    joined = joined.join(application_table, application_table.c.id == sheet_table.c.application_id)
    found: dict[Key, str] = {}
    for uid, criterion, mark, reason in session.execute(joined.where(sheet_table.c.member_id == member_id)):
        if mark is not None:
            found[Key(uid, f"{MARK}:{criterion}")] = canonical.dumps(mark)
        if reason:
            found[Key(uid, f"{REASON}:{criterion}")] = canonical.dumps(reason)
    return found


def has_revisions(session: Session, round_id: int) -> bool:
    """Whether a round has revisions of what members entered."""
    round_uid = select(round_table.c.uid).where(round_table.c.id == round_id).scalar_subquery()
    found = select(revision_table.c.hash).where(revision_table.c.round == round_uid).limit(1)
    return session.scalar(found) is not None


class PackOwner(NamedTuple):
    """The member whom a pack went to, and its number among that member's packs, 1 first."""

    code: str
    name: str
    number: int

    @property
    def whose(self) -> str:
        """Return whose it is: "Ann Sample (M1)"."""
        return f"{self.name} ({self.code})"


def pack_owners(session: Session) -> dict[str, PackOwner]:
    """Return by identity the packs that this record issued, to members who are still there."""
    table = pack_table
    columns = select(table.c.pack, table.c.member, member_table.c.code, person_table.c.name)
    joined = columns.join(member_table, member_table.c.uid == table.c.member).join(
        person_table, person_table.c.id == member_table.c.person_id
    )
    found: dict[str, PackOwner] = {}
    counted: dict[str, int] = {}
    for pack, member, code, name in session.execute(
        joined.order_by(table.c.issued_at, table.c.after_row, table.c.pack)
    ):
        counted[member] = counted.get(member, 0) + 1
        found[pack] = PackOwner(code, name, counted[member])
    return found


def packs_issued(session: Session, round_uid: str, member_uid: str) -> int:
    """Return how many packs went to a member."""
    of_member = (pack_table.c.round == round_uid) & (pack_table.c.member == member_uid)
    return session.scalars(select(func.count()).select_from(pack_table).where(of_member)).one()


def kept_returns(session: Session, members: set[str]) -> Mapping[str, str]:
    """Return what the returns of members that were imported are called, by their texts, oldest first."""
    table = returned_table
    columns = select(table.c.body, table.c.number, member_table.c.code).join(
        member_table, member_table.c.uid == table.c.member
    )
    rows = session.execute(columns.where(table.c.member.in_(sorted(members))).order_by(table.c.number))
    return {body: f"{code} return {number}" for body, number, code in rows}
