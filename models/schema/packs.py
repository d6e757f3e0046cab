"""Packs that were issued, returns that came back, and their keys."""

from datetime import date, datetime

from sqlalchemy import Column, Index, Named

from models.schema.base import Columns, identity_of_application, own_key, record_table
from models.schema.forms import HASH


class PackColumns(Columns):
    """A pack that was issued to a member; `sha256` is of its body."""

    pack: Named[str] = own_key()
    round: Named[str]
    member: Named[str]
    fingerprint: Named[str]
    expires_on: Named[date]
    sha256: Named[str] = Column(HASH)
    after_row: Named[int]
    after_head: Named[str] = Column(HASH)
    issued_by: Named[str]
    issued_at: Named[datetime]


pack_table = record_table(
    "packs",
    PackColumns,
    Index("ix_packs_round_member", "round", "member"),
)


class PackItemColumns(Columns):
    """An application that was in a pack, by its identity that travels; a return brings no other's values."""

    pack: Named[str] = own_key()
    application: Named[str] = identity_of_application(is_key=True)


pack_item_table = record_table("pack_items", PackItemColumns)


class ReturnedColumns(Columns):
    """A return, byte for byte as its member signed it; in a member's own record, one that was made there."""

    sha256: Named[str] = Column(HASH, primary_key=True)
    pack: Named[str]
    round: Named[str]
    member: Named[str]
    number: Named[int]
    member_key: Named[str]
    body: Named[str]
    by: Named[str]
    at: Named[datetime]


returned_table = record_table(
    "returned",
    ReturnedColumns,
    Index("ix_returned_pack", "pack"),
)


class MemberKeyColumns(Columns):
    """The public key with which a member signs returns: the first that came, or one accepted since."""

    member: Named[str] = own_key()
    member_key: Named[str]
    since: Named[datetime]


member_key_table = record_table("member_keys", MemberKeyColumns)


class PrivateKeyColumns(Columns):
    """A private key by its public half; never journalled, and so left out when the journal is done over."""

    public_key: Named[str] = own_key()
    private_key: Named[bytes]


private_key_table = record_table("private_keys", PrivateKeyColumns)
