"""The journal and what lies beside it: bodies, erasures, drafts and the record's own settings."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Named

from models.schema.base import KEY, Columns, key_of, own_key, record_table
from models.schema.forms import JSON, JSON_OBJECT


class JournalColumns(Columns):
    """One change: when, who, what kind, and the hashes that chain it to the row before."""

    seq: Named[int] = own_key()
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
    "digest_length: length(digest) = 32",
    "prev_length: length(prev) = 32",
    "hash_length: length(hash) = 32",
)


class JournalBodyColumns(Columns):
    """What was changed, as the very text that was hashed; apart, so that it alone can be erased."""

    seq: Named[int] = Column(KEY, ForeignKey("journal.seq"), primary_key=True)
    salt: Named[bytes]
    body: Named[str] = Column(JSON_OBJECT)


journal_body_table = record_table("journal_body", JournalBodyColumns, "salt_length: length(salt) = 16")


class ErasureColumns(Columns):
    """A journal row whose body was erased, and the journal row that says why and by whom.

    It is written first: the body may be deleted only once a row here names it.
    """

    seq: Named[int] = key_of("journal.seq")
    by_seq: Named[int] = Column(ForeignKey("journal.seq", deferrable=True, initially="DEFERRED"))


erasure_table = record_table("erasure", ErasureColumns)


class DraftColumns(Columns):
    """Text that a person was typing, saved against a crash; it is neither journalled nor replayed."""

    person: Named[str] = own_key()
    field: Named[str] = own_key()
    text: Named[str]
    typed_at: Named[datetime]


draft_table = record_table("draft", DraftColumns)


class SettingColumns(Columns):
    """One fact about the record as a whole, by name; `value` is canonical JSON."""

    name: Named[str] = own_key()
    value: Named[str] = Column(JSON)


setting_table = record_table("setting", SettingColumns)
