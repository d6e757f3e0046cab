"""Two records of one identity compared by their journals: the part in common, and what each did since."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import select

from models.journal import chain as journal
from models.journal.tombstones import tombstones
from models.journal.verify import KNOWN
from models.queries.papers.issues import changes_by_kind
from models.record import Record
from models.schema.journal import journal_table
from models.session import Session, record_uid
from models.values import canonical
from models.values.as_done import as_done

ERASED = "What was changed here has been erased."


class Standing(StrEnum):
    """How another record stands to this one."""

    ANOTHER = "another record"
    SAME = "the same"
    OLDER = "older"
    NEWER = "newer"
    DIVERGED = "diverged"


class Changed(Struct, frozen=True):
    """One change that only one of two records has."""

    seq: int
    at: datetime
    actor: str
    kind: str
    words: str


class Divergence(Struct, frozen=True):
    """How far two records are the same, and what each has beyond that, oldest first."""

    standing: Standing
    common: int
    here: tuple[Changed, ...]
    there: tuple[Changed, ...]

    @property
    def words(self) -> str:
        """Return the comparison in sentences."""
        if self.standing is Standing.ANOTHER:
            return "The other file is another record: it was not copied from this one, nor this from it."
        same = f"Both are the same up to row {self.common:,}."
        here = changes_by_kind([row.kind for row in self.here], "here alone")
        there = changes_by_kind([row.kind for row in self.there], "there alone")
        return same if self.standing is Standing.SAME else f"{same} {here} {there}"


def compare(here: Record, there: Record) -> Divergence:
    """Compare two open records; neither is changed."""
    if here.ask(record_uid) != there.ask(record_uid):
        return Divergence(Standing.ANOTHER, 0, (), ())
    ours, theirs = here.ask(_hashes), there.ask(_hashes)
    common = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
    common = min(len(ours), len(theirs)) if common is None else common
    only_here = here.ask(lambda session: changes_after(session, common))
    only_there = there.ask(lambda session: changes_after(session, common))
    return Divergence(_standing(bool(only_here), bool(only_there)), common, only_here, only_there)


def changes_after(session: Session, row: int) -> tuple[Changed, ...]:
    """Return what was changed after a row, oldest first."""
    dead = tombstones(session)
    return tuple(
        Changed(entry.seq, entry.at, entry.actor.name, entry.kind, _words(entry, dead.get(entry.seq, "")))
        for entry in journal.entries(session, after=row)
    )


def _hashes(session: Session) -> list[bytes]:
    return list(session.scalars(select(journal_table.c.hash).order_by(journal_table.c.seq)))


def _standing(has_here: bool, has_there: bool) -> Standing:
    if has_here and has_there:
        return Standing.DIVERGED
    if has_here:
        return Standing.OLDER
    return Standing.NEWER if has_there else Standing.SAME


def _words(entry: journal.Entry, instead: str) -> str:
    body = instead if entry.body is None else entry.body
    if not body or entry.kind not in KNOWN:
        return entry.kind.capitalize() if body else ERASED
    return as_done(canonical.from_text(KNOWN[entry.kind], body).label)
