"""Put a backup back as a record of its own, never over one that is there; what lies beside a record."""

import filecmp
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from operator import itemgetter
from pathlib import Path

from msgspec import Struct
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from models.clock import Clock, utc_now
from models.copies.diverged import Divergence, Standing, compare
from models.journal.verify import FILE, checks, verify
from models.operation import Actor
from models.queries.papers.issues import changes_by_kind
from models.record import Opener, Record
from models.session import record_uid
from models.store import chain as journal
from models.store import record_file
from models.store.chain import JournalHead, code_at
from models.store.definition import Note, RecordAltered, format_of, upgrade
from models.store.private_files import copy_file
from models.store.record_file import (
    NeedsPassphrase,
    check_new,
    clear_journal,
    has_unfinished_change,
    identity,
    in_part,
    is_encrypted,
    is_plain_record,
    is_there,
    journal_of,
    newest_format,
    sync_folder,
)
from models.store.sqlite import engine, lock, opening, piece_store
from models.store.sqlite.backup import Copy, Tick, automatic_path, copies
from models.store.sqlite.engine import DRIVERS_OWN, NotOpened, RawConnection
from models.store.sqlite.opening import troubles
from models.store.upkeep import NoteRestore, NoteUpgrade
from models.trouble import Trouble
from scoring.written.days import clock, full_day


class Restored(Struct, frozen=True):
    """The record as it came back: where it is, the row its backup ended with, and what is odd about it.

    `warnings` say what in the backup did not hold, its file apart: it is still the best there is.
    `kept` is where the record is that stood there, None where none did.
    """

    path: Path
    was_at: JournalHead
    warnings: tuple[str, ...] = ()
    kept: Path | None = None

    @property
    def words(self) -> str:
        """Return what was done, in a sentence."""
        head = self.was_at
        return f"Restored {self.path.name}{_as_of(head)}, at row {head.seq}, code {head.code}."


class Preview(Struct, frozen=True):
    """What going back to a backup would come to: as of when, and what was changed later than it."""

    was_at: JournalHead
    comparison: Divergence

    @property
    def is_of_record(self) -> bool:
        return self.comparison.standing is not Standing.ANOTHER

    @property
    def words(self) -> str:
        """Return the preview in sentences."""
        if self.comparison.standing is Standing.ANOTHER:
            return self.comparison.words
        kinds = [row.kind for row in self.comparison.here]
        lost = changes_by_kind(kinds, "later than it and would be lost") if kinds else "Nothing is later."
        return f"This is the record{_as_of(self.was_at)}, at row {self.was_at.seq:,}. {lost}"


def _as_of(head: JournalHead) -> str:
    made = head.at
    return "" if made is None else f" as of {clock(made.astimezone())} on {full_day(made)}"


def preview(record: Record, backup: Path) -> Preview:
    """Say what an open record would lose by going back to a backup; neither is changed."""
    with record.open_copy(backup) as copy:
        return Preview(copy.head(), compare(record, copy))


def restore_over(
    backup: Path, record: Path, opener: Opener, *, key: str | None = None, clock: Clock = utc_now
) -> Restored:
    """Put a backup in the place of a closed record, which is kept among its automatic copies.

    The backup is copied and verified first; a kill at any moment leaves the old record or the new one under
    its name. Where no record is there any more, the backup takes its name.
    """
    record = record.resolve()
    with _prepared(backup, record, opener, key=key, clock=clock) as ready:
        opening.settle(record, key)
        kept = opening.swap_in(ready.part, record, automatic_path(record, clock(), "restore"))
    return Restored(record, ready.was_at, ready.warnings, kept=kept)


def restore(backup: Path, record: Path, opener: Opener, *, key: str | None = None) -> Restored:
    """Copy a backup to a new record, check it, and journal where it came from; the backup is not changed."""
    record = record.resolve()
    if is_there(record):
        raise Trouble(
            f"{record.name} is there already, and a record is never written over. Choose another name."
        )
    check_new(record)
    with _prepared(backup, record, opener, key=key, clock=utc_now) as ready:
        clear_journal(record)
        ready.part.rename(record)
        sync_folder(record.parent)
    return Restored(record, ready.was_at, ready.warnings)


class _Ready(Struct, frozen=True):
    """A backup copied beside the record, verified, with the row on where it came from in its journal."""

    part: Path
    was_at: JournalHead
    warnings: tuple[str, ...]


@contextmanager
def _prepared(
    backup: Path, record: Path, opener: Opener, *, key: str | None, clock: Clock
) -> Iterator[_Ready]:
    """Give a backup that is ready to take a record's name, whose lock is held meanwhile.

    What the disk does not take, here or inside, becomes Trouble; the record is as it was then.
    """
    with lock.held(record, opener.holder(clock())), in_part(record) as part:
        try:
            with troubles(part):
                was_at, warnings = _checked(backup, part, key, opener, clock)
            yield _Ready(part, was_at, warnings)
        except OSError as error:
            raise Trouble(
                f"{backup.name} was not restored to {record} ({error.strerror}). Nothing was changed. "
                "Close any program that has it open, check the disk, or choose another place."
            ) from error


def _checked(
    backup: Path, part: Path, key: str | None, opener: Opener, clock: Clock
) -> tuple[JournalHead, tuple[str, ...]]:
    """Copy a backup with the row on where it came from, and check both; refuse it where its file is damaged.

    Return the journal's head in the backup, and what else of it does not hold.
    """
    with Record.read_copy(backup, key=key) as original:  # refuses what is no record, or is in use
        pieces = piece_store.pieces_there(backup)
        _copy(backup, part)
        # The engine completes the copy and looks at its pages while Python looks at what the backup holds.
        with closing(engine.connect(part, key)) as raw, ThreadPoolExecutor(1) as beside:
            completed = beside.submit(_has_its_pieces, raw, part, backup, key)
            looked = checks(original)
            if not next(looked).ok:
                raise Trouble(
                    f"{backup.name} is damaged, so it was not restored. Nothing was changed. "
                    "Try an older backup."
                )
            was_at = original.head()
            note = NoteRestore(backup.name, was_at.seq, was_at.code)
            noted = beside.submit(_record, raw, note, opener, clock)
            problems = beside.submit(engine.integrity_problems, raw, is_encrypted=key is not None)
            warnings = tuple(check.words for check in looked if not check.ok)
            is_complete = completed.result()
            noted.result()
            is_whole = not problems.result()
    were_deleted = pieces > piece_store.pieces_there(backup)
    if not is_complete and (were_deleted or not warnings):
        raise Trouble(
            f"Files beside {backup.name} were deleted while it was restored. Nothing was changed. "
            "Try a newer backup."
        )
    if not is_whole:
        raise _not_exact(backup)
    return was_at, warnings


def _copy(backup: Path, part: Path) -> None:
    """Copy the backup's bytes, and what would undo a change that a crash left unfinished."""
    copy_file(backup, part)
    if has_unfinished_change(backup):
        copy_file(journal_of(backup), journal_of(part))
    if not filecmp.cmp(backup, part, shallow=False):
        raise _not_exact(backup)


def _not_exact(backup: Path) -> Trouble:
    return Trouble(f"{backup.name} was not copied exactly, so it was not restored. Nothing was changed.")


def _has_its_pieces(raw: RawConnection, part: Path, backup: Path, key: str | None) -> bool:
    """Put the pieces of kept files in their place, where the backup was made without them.

    Some may be missing of one that was whole as it was looked at: it is being thinned out.
    """
    try:
        return not piece_store.put_back(raw, backup, key)
    except DRIVERS_OWN as error:
        raise engine.trouble_of(error, part) from error


def _record(raw: RawConnection, note: NoteRestore, opener: Opener, clock: Clock) -> None:
    """Journal in the copy where it came from, having brought an older one up to date.

    The backup itself is the copy that is kept of the older format.
    """
    actor = Actor(opener.person)
    found, newest = format_of(raw), newest_format()
    if found < newest:
        told = NoteUpgrade(found, newest, opener.program, note.restored_from)
        upgrade(raw, Note(told, actor, clock()))
    with engine.engine_on(raw).begin() as session:
        head, now = journal.head(session), clock()
        journal.carry_out(session, head, note, actor, now if head.at is None else max(now, head.at))


DAMAGED = "its file is damaged"
_PARTS = 100
"""Of looking at one copy: the most that its progress is told in."""


class Looked(Struct, frozen=True):
    """A copy that was looked at: why it is not taken, "" where it is sound, and whether its file is whole."""

    copy: Copy
    why: str = ""
    is_whole: bool = True
    head: JournalHead | None = None

    @property
    def words(self) -> str:
        return f"Passed over the copy of {self.copy.words}: {self.why}."


class Chosen(Struct, frozen=True):
    """The copy to restore, and sentences on newer ones that were passed over."""

    copy: Copy
    passed_over: tuple[str, ...]


def newest_sound_copy(record: Path, key: str | None, tick: Tick = None) -> Chosen:
    """Choose the newest automatic copy that is sound in every way, else the newest whose file is whole.

    Newest by the time in its name, unless another's journal goes on from it: a clock was set back then.
    An encrypted record goes back to no copy that anybody can read. Raises Trouble, with the reason for each,
    where there is none.
    """
    looked: list[Looked] = []
    found = [copy for copy in copies(record) if key is None or is_encrypted(copy.path)]
    for number, copy in enumerate(found):
        looked.append(_looked_at(copy, key, _tick_within(tick, number, len(found))))
        if not looked[-1].why:
            break
    chosen = next((one for one in looked if not one.why), None)
    if chosen is not None:
        chosen = _gone_on_from(chosen, found[len(looked) :], key) or chosen
    chosen = chosen or next((one for one in looked if one.is_whole), None)
    passed = tuple(one.words for one in looked if one is not chosen and one.why)
    if chosen is None:
        told = " ".join(passed) or "There is no automatic copy of it."
        raise Trouble(f"{record.name} was not restored: no copy of it is sound. {told} Salvage it instead.")
    return Chosen(chosen.copy, passed)


def _gone_on_from(chosen: Looked, others: Sequence[Copy], key: str | None) -> Looked | None:
    """Return the sound copy that holds all of another and went on furthest from it; None where none did."""
    further = [(_rows_beyond(chosen, copy, key), copy) for copy in others]
    for beyond, copy in sorted(further, key=itemgetter(0), reverse=True):
        if beyond and not (found := _looked_at(copy, key)).why:
            return found
    return None


def _rows_beyond(chosen: Looked, copy: Copy, key: str | None) -> int:
    """Return how many rows a copy has beyond another that it holds all of; 0 for any other copy."""
    head = chosen.head
    if head is None:
        return 0
    try:
        with Record.read_either(copy.path, key) as other:
            holds_it = other.ask(code_at, head.seq) == head.hash_hex
            return max(other.head().seq - head.seq, 0) if holds_it else 0
    except (Trouble, DBAPIError, ValueError):
        return 0


def _tick_within(tick: Tick, number: int, count: int) -> Tick:
    """Tick for one copy of several, and say now that it is begun; what looks at it may be stopped within."""
    if tick is None:
        return None
    tick(number * _PARTS, count * _PARTS)

    def within(done: int, total: int) -> None:
        tick(number * _PARTS + _PARTS * done // max(total, 1), count * _PARTS)

    return within


def _looked_at(copy: Copy, key: str | None, tick: Tick = None) -> Looked:
    try:
        with Record.read_either(copy.path, key) as original:
            faults = [check for check in verify(original, tick).checks if not check.ok]
            head = original.head()
    except (NotOpened, NeedsPassphrase):
        return Looked(copy, "it needs another passphrase", is_whole=False)
    except RecordAltered:
        return Looked(copy, "its file was changed outside the program", is_whole=False)
    except (Trouble, DBAPIError, ValueError):
        return Looked(copy, DAMAGED, is_whole=False)
    if any(fault.name == FILE for fault in faults):
        return Looked(copy, DAMAGED, is_whole=False)
    return Looked(copy, faults[0].words.rstrip(".") if faults else "", head=head)


def plain_beside(record: Record) -> tuple[str, ...]:
    """Return the names of the files in an open record's folder that hold it without encryption.

    Those that a crash left and that could not be removed are among them; automatic copies are not.
    """
    left = {path.name for path in record_file.left_beside(record.path)}
    with suppress(OSError):
        left |= {path.name for path in record.path.parent.iterdir() if _is_of(record, path)}
    return tuple(sorted(left))


def _is_of(record: Record, path: Path) -> bool:
    """Say whether a file is another, plain copy of the record; the record's own file is never touched."""
    if identity(path) == identity(record.path) or not is_plain_record(path):
        return False
    try:
        with closing(engine.connect_to_read(path, None)) as raw, engine.engine_on(raw).connect() as session:
            return record_uid(session) == record.ask(record_uid)
    except (Trouble, DBAPIError, dbapi2.Error, ValueError):
        return False
