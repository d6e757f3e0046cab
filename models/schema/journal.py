"""The journal and what lies beside it: bodies, erasures, drafts and the record's own settings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import KEY, Columns, record_table


class JournalColumns(Columns):
    """One change: when, who, what kind, and the hashes that chain it to the row before."""

    seq: Named[int] = Column(primary_key=True)
    at: Named[datetime]
    actor: Named[str]
    role: Named[str]
    kind: Named[str]
    digest: Named[bytes]
    prev: Named[bytes]
    hash: Named[bytes] = Column(unique=True)


journal_table = record_table(
    "journal",
    JournalColumns,
    CheckConstraint("length(digest) = 32", name="digest_length"),
    CheckConstraint("length(prev) = 32", name="prev_length"),
    CheckConstraint("length(hash) = 32", name="hash_length"),
)


class JournalBodyColumns(Columns):
    """What was changed, as the very text that was hashed; apart, so that it alone can be erased."""

    seq: Named[int] = Column(KEY, ForeignKey("journal.seq"), primary_key=True)
    salt: Named[bytes]
    body: Named[str]


journal_body_table = record_table(
    "journal_body", JournalBodyColumns, CheckConstraint("length(salt) = 16", name="salt_length")
)


class ErasureColumns(Columns):
    """A journal row whose body was erased, and the journal row that says why and by whom.

    It is written first: the body may be deleted only once a row here names it.
    """

    seq: Named[int] = Column(ForeignKey("journal.seq"), primary_key=True)
    by_seq: Named[int] = Column(ForeignKey("journal.seq", deferrable=True, initially="DEFERRED"))


erasure_table = record_table("erasure", ErasureColumns)


class DraftColumns(Columns):
    """Text that a person was typing, saved against a crash; it is neither journalled nor replayed."""

    person: Named[str] = Column(primary_key=True)
    field: Named[str] = Column(primary_key=True)
    text: Named[str]
    typed_at: Named[datetime]


draft_table = record_table("draft", DraftColumns)


class SettingColumns(Columns):
    """One fact about the record as a whole, by name; `value` is canonical JSON."""

    name: Named[str] = Column(primary_key=True)
    value: Named[str]


setting_table = record_table("setting", SettingColumns)
