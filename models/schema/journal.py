"""The journal and what lies beside it: bodies, erasures, drafts and the record's own settings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class JournalRow(Base):
    """One change: when, who, what kind, and the hashes that chain it to the row before."""

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("length(digest) = 32", name="digest_length"),
        CheckConstraint("length(prev) = 32", name="prev_length"),
        CheckConstraint("length(hash) = 32", name="hash_length"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    role: Mapped[str]
    kind: Mapped[str]
    digest: Mapped[bytes]
    prev: Mapped[bytes]
    hash: Mapped[bytes] = mapped_column(unique=True)


class JournalBody(Base):
    """What was changed, as the very text that was hashed; apart, so that it alone can be erased."""

    __tablename__ = "journal_body"
    __table_args__ = (CheckConstraint("length(salt) = 16", name="salt_length"), STRICT)

    seq: Mapped[int] = mapped_column(ForeignKey("journal.seq"), primary_key=True)
    salt: Mapped[bytes]
    body: Mapped[str]


class Erasure(Base):
    """A journal row whose body was erased, and the journal row that says why and by whom.

    It is written first: the body may be deleted only once a row here names it.
    """

    __tablename__ = "erasure"

    seq: Mapped[int] = mapped_column(ForeignKey("journal.seq"), primary_key=True)
    by_seq: Mapped[int] = mapped_column(ForeignKey("journal.seq", deferrable=True, initially="DEFERRED"))


class Draft(Base):
    """Typed text not yet entered, kept against a crash; it is neither journalled nor replayed."""

    __tablename__ = "draft"

    field: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    typed_at: Mapped[datetime]


class Setting(Base):
    """One fact about the record as a whole, by name; `value` is canonical JSON."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
