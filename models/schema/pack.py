"""Packs that were issued, returns that came back, and the keys that sign both."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class PackTable(Base):
    """A pack that was issued to a member; `sha256` is of its body, `items` counts its applications."""

    __tablename__ = "packs"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        Index("ix_packs_round_member", "round", "member"),
        STRICT,
    )

    pack: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[str]
    member: Mapped[str]
    fingerprint: Mapped[str]
    items: Mapped[int]
    expires_on: Mapped[date]
    sha256: Mapped[str]
    after_row: Mapped[int]
    after_head: Mapped[str]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]


class ReturnedTable(Base):
    """A return, byte for byte as its member signed it; in a member's own record, one that was made there."""

    __tablename__ = "returned"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        Index("ix_returned_pack", "pack"),
        STRICT,
    )

    sha256: Mapped[str] = mapped_column(primary_key=True)
    pack: Mapped[str]
    round: Mapped[str]
    member: Mapped[str]
    number: Mapped[int]
    member_key: Mapped[str]
    body: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class MemberKeyTable(Base):
    """The public key with which a member signs returns: the first that came, or one accepted since."""

    __tablename__ = "member_keys"

    member: Mapped[str] = mapped_column(primary_key=True)
    member_key: Mapped[str]
    since: Mapped[datetime]


class PrivateKeyTable(Base):
    """A private key by its public half; never journalled, and so left out when the journal is done over."""

    __tablename__ = "private_keys"

    public_key: Mapped[str] = mapped_column(primary_key=True)
    private_key: Mapped[bytes]
