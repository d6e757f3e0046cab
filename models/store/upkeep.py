"""What happens to a record as a whole, as operations: made, brought up to date, restored, taken over."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct
from sqlalchemy import insert

from models.operation import Actor, Outcome, Topic
from models.salvage.recovered_rows import TakeAsFound
from models.schema.base import moment_text
from models.schema.journal import setting_table
from models.session import Session
from models.values import canonical
from scoring.refused import Refused


class MakeRecord(Struct, frozen=True):
    """Give a new record its identity; the first row of every journal. A barrier.

    `in_format` is that of the record's tables.
    """

    kind: ClassVar[str] = "make record"
    is_barrier: ClassVar[bool] = True
    record_id: str
    program: str
    in_format: int

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Made the record"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Write the identity and the time."""
        facts = {"record id": self.record_id, "made at": moment_text(at), "made with": self.program}
        rows = [{"name": name, "value": canonical.dumps(fact)} for name, fact in facts.items()]
        session.execute(insert(setting_table), rows)
        return _noted(self.label)


class NoteUpgrade(Struct, frozen=True):
    """Record that the record was brought to a newer format. A barrier."""

    kind: ClassVar[str] = "upgrade record"
    is_barrier: ClassVar[bool] = True
    from_format: int
    to_format: int
    program: str
    copy_kept: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Brought the record from format {self.from_format} to format {self.to_format}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Change nothing: the migration did."""
        return _noted(self.label)


class NoteRestore(Struct, frozen=True):
    """Record that the record was restored from a backup. A barrier."""

    kind: ClassVar[str] = "restore record"
    is_barrier: ClassVar[bool] = True
    restored_from: str
    was_at_row: int
    was_at_code: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Restored from {self.restored_from}, which was at row {self.was_at_row} ({self.was_at_code})"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Change nothing: the copy did."""
        return _noted(self.label)


class NoteNewKey(Struct, frozen=True):
    """Record that the record was encrypted, got another passphrase, or is plain now. A barrier."""

    kind: ClassVar[str] = "change passphrase"
    is_barrier: ClassVar[bool] = True
    was_encrypted: bool
    is_encrypted: bool

    @property
    def label(self) -> str:
        """Return the change in words."""
        if not self.is_encrypted:
            return "Took the encryption off the record"
        return "Changed the passphrase" if self.was_encrypted else "Encrypted the record"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Change nothing: the copy did."""
        return _noted(self.label)


class NotePlain(Struct, frozen=True):
    """Record why a record stays without encryption, or takes in a sensitive round so. A barrier."""

    kind: ClassVar[str] = "keep record plain"
    is_barrier: ClassVar[bool] = True
    reason: str
    taken_in: str = ""

    @property
    def label(self) -> str:
        """Return the decision in words."""
        what = f" with {self.taken_in} in it" if self.taken_in else ""
        return f"Kept the record without encryption{what}: {self.reason.strip().rstrip('.')}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Change nothing; refused without a reason."""
        if not self.reason.strip():
            raise Refused("Say why the record stays without encryption. The reason is recorded in History.")
        return _noted(self.label)


class NoteTakeOver(Struct, frozen=True):
    """Record that a lock left by another computer was taken over. A barrier."""

    kind: ClassVar[str] = "take over record"
    is_barrier: ClassVar[bool] = True
    person: str
    host: str
    since: str
    copy_kept: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Took the record over from {self.person} on {self.host}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Change nothing: the lock file was replaced."""
        return _noted(self.label)


class NoteSalvage(Struct, frozen=True):
    """Record that the record was made anew from what could be read of a damaged one. A barrier.

    `rows` are those of its journal that were read, of `of_rows` it is known to have had.
    """

    kind: ClassVar[str] = "salvage record"
    is_barrier: ClassVar[bool] = True
    salvaged_from: str
    rows: int
    of_rows: int

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Salvaged {self.rows} of {self.of_rows} rows from {self.salvaged_from}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Change nothing: doing the rows over again did."""
        return _noted(self.label)


_KINDS = (MakeRecord, NoteUpgrade, NoteRestore, NoteNewKey, NotePlain, NoteTakeOver, NoteSalvage, TakeAsFound)
UPKEEP = {kind.kind: kind for kind in _KINDS}
"""The operations on the record as a whole, by kind."""


def _noted(words: str) -> Outcome:
    return Outcome(touched=frozenset({Topic.RECORD}), inverse=None, words=f"{words}.")
