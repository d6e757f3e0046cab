"""Whose each pack is that went out, and which of that member's it is."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import func, select

from models.schema.packs import pack_table, returned_table
from models.schema.panel import member_table, person_table
from models.session import Session


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
