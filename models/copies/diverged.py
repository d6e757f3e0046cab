"""Two records of one identity compared: what each did since, done again and held against its tables."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from sqlalchemy import select

from models.clock import Clock, utc_now
from models.journal import replay
from models.journal.replay import NOT_REPLAYED
from models.operations.registry import KNOWN
from models.queries.papers.issues import changes_by_kind
from models.record import Opener, Record
from models.schema.base import METADATA
from models.schema.journal import journal_table
from models.session import Session, record_uid
from models.store import chain as journal
from models.store import definition
from models.store.chain import JournalHead, tombstones
from models.store.definition import format_of
from models.store.record_file import (
    check_there,
    check_writable,
    clear_journal,
    has_unfinished_change,
    identity,
    in_part,
    is_encrypted,
    newest_format,
)
from models.store.sqlite import engine, lock
from models.store.sqlite.backup import Copy, Tick, automatic_path, copies
from models.store.sqlite.engine import DRIVERS_OWN, RawConnection
from models.store.sqlite.opening import swap_in
from models.trouble import Trouble
from models.values import canonical
from models.values.as_done import as_done
from scoring.written.days import full_day
from scoring.written.text import Refused


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
    only_here = here.ask(changes_after, common)
    only_there = there.ask(changes_after, common)
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
        return entry.kind.capitalize() if body else "What was changed here has been erased."
    return as_done(canonical.from_text(KNOWN[entry.kind], body).label)


class NotAsJournalled(Trouble):
    """The tables of a record are not what its journal makes of an earlier copy."""


def refuse_unjournalled(
    record: Path,
    made: Path,
    key: str | None,
    tick: Tick = None,
) -> Copy | None:
    """Return the copy before `made` from which the journal makes its tables; None where none is before it.

    Raises `NotAsJournalled` where the journal makes other tables of it.
    """
    with _opened(made, key) as later:
        for copy in copies(record):
            head = None if copy.path == made else _head_in(copy.path, key, later)
            found = None if head is None else _since(copy.path, key, head, later, tick)
            if found is not None:
                _refuse_other(record, copy, found)
                return copy
    return None


def _refuse_other(record: Path, copy: Copy, found: tuple[replay.Difference, ...]) -> None:
    if found:
        raise NotAsJournalled(
            f"What is in {record.name} is not what its journal makes of the copy of "
            f"{full_day(copy.made_at.astimezone())}: {found[0].words} Somebody may have changed the file "
            "outside the program. Keep that copy, and check the whole record in Settings."
        )


def _head_in(copy: Path, key: str | None, later: Session) -> JournalHead | None:
    """Return the head of an earlier copy of the same record and format, None of any other file."""
    if is_encrypted(copy) != (key is not None):
        return None
    with suppress(Trouble, *DRIVERS_OWN), _opened(copy, key) as earlier:
        head = journal.head(earlier)
        if head.seq and journal.code_at(later, head.seq) == head.hash_hex:
            return head
    return None


@contextmanager
def _opened(copy: Path, key: str | None) -> Iterator[Session]:
    """Give a copy of the newest format to be read; Trouble where it is of another or cannot be read."""
    with closing(engine.connect_to_read(copy, key)) as raw:
        if format_of(raw) != newest_format():
            raise Trouble(f"{copy.name} was made by another version of the program.")
        with Session(engine.engine_on(raw)) as session:
            yield session


def _since(
    copy: Path,
    key: str | None,
    head: JournalHead,
    later: Session,
    tick: Tick,
) -> tuple[replay.Difference, ...] | None:
    """Return what differs, None where the tables of the copy cannot be read whole."""
    with closing(engine.scratch()) as raw:
        try:
            definition.make(raw, lambda: _fill(raw, copy, key))
        except DRIVERS_OWN:  # a page is damaged, or a table is not of the format that the copy names
            return None
        _drop_triggers(raw)
        with Session(engine.engine_on(raw)) as scratch:
            return replay.differences_after(head.seq, later, scratch, tick)


def _fill(raw: RawConnection, copy: Path, key: str | None) -> None:
    """Put the rows of a copy into empty tables of the same format."""
    raw.execute("ATTACH DATABASE ? AS earlier KEY ?", (engine.uri(copy, "mode=ro&immutable=1"), key or ""))
    for name in METADATA.tables.keys() - NOT_REPLAYED:
        raw.execute(f'INSERT INTO main."{name}" SELECT * FROM earlier."{name}"')
    raw.execute("DETACH DATABASE earlier")


def _drop_triggers(raw: RawConnection) -> None:
    """Let what was refused or not when it was done be done again: here is no journal for a trigger to ask."""
    for (name,) in raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER main."{name}"')


REASON = "copy back"
STANDS = {
    Standing.ANOTHER: "{} is another record, so it was not replaced. Choose the one this was copied from.",
    Standing.SAME: "{} is the same as this record, row for row. There is nothing to copy back.",
}
CHANGED = (
    "{} was changed since this copy was made, so it was not replaced: nothing is written over. {} "
    "Compare with it to import what members recorded there, then decide which of the two to continue with."
)
UNFINISHED = (
    "{} was not closed properly last time and holds an unfinished change, so it was not replaced. Open it "
    "and close it once, which completes that change; then copy back again."
)
SEALED = (
    "{} is encrypted and this record is not, so it was not replaced: what is in it would be open to anybody. "
    "Encrypt this record first, in Settings."
)


class ChangedThere(Refused):
    """The record that was to be replaced was changed since."""


class CopiedBack(Struct, frozen=True):
    """Where the record went, at which row, and what the one that stood there is called now."""

    path: Path
    head: JournalHead
    kept: Path

    @property
    def words(self) -> str:
        """Return what was done, in sentences."""
        return (
            f"{self.path.name} in {self.path.parent} is now the same as this record, at row "
            f"{self.head.seq:,}. The one that was there is kept as “{self.kept.name}”."
        )


def copy_back(
    record: Record, target: Path, opener: Opener, *, clock: Clock = utc_now, tick: Tick = None
) -> CopiedBack:
    """Put an open record's state in the place of the one it was copied from; that one must not have gone on.

    Raises Refused where it did, and Trouble where somebody has it open or the disk does not take it; nothing
    is changed then.
    """
    target = target.resolve()
    check_there(target)
    check_writable(target)
    if identity(target) == identity(record.path):
        raise Refused("That is the record that is open. Choose the one it was copied from.")
    if is_encrypted(target) and not record.is_encrypted:
        raise Refused(SEALED.format(target.name))
    if has_unfinished_change(target):
        raise Trouble(UNFINISHED.format(target.name))
    before = _state(target)
    _require_older(record, target)
    with lock.held(target, opener.holder(clock())), in_part(target) as coming:
        clear_journal(target)
        record.backup(coming, tick)
        if _state(target) != before:
            raise ChangedThere(CHANGED.format(target.name, "Somebody saved into it just now."))
        return CopiedBack(target, record.head(), _swapped(coming, target, clock))


def _require_older(record: Record, target: Path) -> None:
    """Refuse to replace anything but what the record went on from."""
    opens = record.open_copy if is_encrypted(target) else Record.read_copy
    with opens(target) as there:
        found = compare(record, there)
    if found.standing in STANDS:
        raise Refused(STANDS[found.standing].format(target.name))
    if found.standing is not Standing.OLDER:
        raise ChangedThere(CHANGED.format(target.name, found.words))


def _state(target: Path) -> tuple[int, int, int]:
    """Return what changes when somebody saves into a file."""
    found = target.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _swapped(coming: Path, target: Path, clock: Clock) -> Path:
    """Give the new file the old one's name, and keep the old one among the copies; both or neither."""
    kept = automatic_path(target, clock(), REASON)
    try:
        swap_in(coming, target, kept)
    except OSError as error:
        raise Trouble(
            f"{target.name} in {target.parent} could not be replaced ({error.strerror}); it is as it was. "
            "Close any program that has it open, then copy back again."
        ) from error
    return kept
