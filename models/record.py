"""The record: open it, change it by operations, ask it, back it up, close it.

One record is used by one thread at a time; a second one waits. While it is open, nothing but its own
connection may touch its file: opening and closing the file anywhere in this process would drop its lock.
One on an office server is changed by others meanwhile: what they did is met at each look and each change.
"""

import uuid
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import delete, insert
from sqlalchemy.exc import DBAPIError

from models.copies.automatic import AutomaticCopies, make_copy
from models.copies.backup import Tick
from models.copies.backup_steps import BackupSteps
from models.journal import chain as journal
from models.journal.chain import JournalHead
from models.journal.in_doubt import Attempt
from models.journal.unseen import SharedChanges
from models.office_words import in_its_words
from models.operation import Actor, CheckedAtEntry, Operation, Outcome, Topic
from models.permissions.check import require
from models.schema.base import moment_text
from models.schema.journal import draft_table
from models.session import Session
from models.store.address import Address, ServerAddress
from models.store.locks.presence import Presence
from models.store.locks.signing_on import SignedOn, unlocked
from models.store.query_cache import BEFORE, CACHE, QueryCache
from models.store.record_file import newest_format
from models.store.sqlite import engine, opening, record_check
from models.store.sqlite.engine import RawConnection
from models.store.sqlite.lock import Holder, Lock, holder_here
from models.store.sqlite.opening import Opened
from models.store.sqlite.page_check import PageCheck, check_pages
from models.store.sqlite.store import SqliteStore
from models.store.store import DraftsHere, Listener, Store
from models.store.upkeep import MakeRecord, NoteNewKey, NoteTakeOver, NoteUpgrade
from models.trouble import Trouble
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.store.postgres.store import PostgresStore

Clock = Callable[[], datetime]
T = TypeVar("T")

NEW = JournalHead(0, journal.NOTHING_BEFORE, None)
"""The head of a journal without rows."""

ON_SERVER = (
    "{} is on an office server, where this is not done from here: the person who runs the server keeps its "
    "copies. A copy in a file can be made with “grant-panel server copy”."
)


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opener:
    """Who opens a record, and with which program ("the window", "the command")."""

    person: str
    program: str

    def holder(self, since: datetime) -> Holder:
        """Return this process, for this person, as the holder of a lock."""
        return holder_here(self.person, self.program, since)


class Record:
    """An open record; made by `create`, `open` or `read_copy`, and closed by `close` or a `with`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Take over what was opened; use `create`, `open` or `read_copy` instead."""
        self._store = store
        self._clock = clock
        self._cache = QueryCache()
        self._head = NEW
        self.shared = SharedChanges(store)
        self.presence = Presence(store)
        self.drafts_here: DraftsHere | None = None
        self.in_doubt: Attempt | None = None
        """The last change, where the store did not say whether it was saved."""
        self._head = self.ask(journal.head)
        self.copies = AutomaticCopies(store, clock, self._changed_at)

    @classmethod
    def create(
        cls, address: Address, opener: Opener, *, key: str | None = None, clock: Clock = utc_now
    ) -> "Record":
        """Make a new, empty record in a file or a database where nothing is, and open it."""
        first = MakeRecord(str(uuid.uuid4()), opener.program, newest_format())

        def build(raw: RawConnection) -> None:
            _upgraded(raw, first, Actor(opener.person), clock())

        def begin(session: Session) -> None:
            journal.carry_out(session, NEW, first, Actor(opener.person), clock())

        if isinstance(address, ServerAddress):
            return cls(_servers().create(address, begin), clock)
        return cls._of(opening.make(address, opener.holder(clock()), key, build), clock)

    @classmethod
    def made_by(
        cls,
        path: Path,
        opener: Opener,
        build: Callable[[RawConnection], None],
        *,
        key: str | None = None,
        clock: Clock = utc_now,
    ) -> "Record":
        """Make a record at a path where nothing is from rows of another, and open it; for a salvage alone."""
        return cls._of(opening.make(path, opener.holder(clock()), key, build), clock)

    @classmethod
    def open(
        cls,
        address: Address,
        opener: Opener,
        *,
        key: str | None = None,
        clock: Clock = utc_now,
        take_over_from: str | None = None,
    ) -> "Record":
        """Open an existing record; bring an older one up to date, a copy being kept first.

        Raises `RecordInUse` when somebody has it open. `take_over_from` is the name, as typed, of the
        computer whose lock is to be taken over. One on a server is never in use, and has no passphrase here.
        """
        if isinstance(address, ServerAddress):
            return cls(_servers().join(address), clock)
        opened = opening.take(address, opener.holder(clock()), key, take_over_from)
        record = cls._of(opened, clock)
        try:
            record._settle_in(opener)
        except BaseException:
            record.close()
            raise
        return record

    @classmethod
    def sign_on(cls, address: ServerAddress, opener: Opener) -> "Record":
        """Open a record on a server as a person; Refused where no locks hold whoever connects to it."""
        record = cls.open(address, opener)
        if record.signed_on is None:
            record.close()
            raise unlocked(address)
        return record

    @classmethod
    def open_again(
        cls, path: Path, opener: Opener, held: Lock, *, key: str | None = None, clock: Clock = utc_now
    ) -> "Record":
        """Open a record that `close_but_hold` closed; its lock stays held where that fails."""
        record = cls._of(opening.take_again(path, key, held), clock, keeps_lock=True)
        try:
            record._settle_in(opener)
        except BaseException:
            record.close_but_hold()
            raise
        return record

    @classmethod
    def read_copy(cls, path: Path, *, key: str | None = None, folder: Path | None = None) -> "Record":
        """Open a copy only to read it: no lock, nothing changed.

        One of an older format is copied to `folder` (by default the person's own data folder) first.
        """
        return cls._of(opening.take_to_read(path, key, folder, _upgraded_to_read), utc_now)

    def open_copy(self, path: Path) -> "Record":
        """Open a copy of this record only to read it, under the passphrase that is in force."""
        return Record.read_copy(path, key=self._file.key)

    def close_for(self, action: Callable[[str | None], T]) -> T:
        """Close the record, and do what takes its file's place under the passphrase that was in force."""
        key = self._file.key
        self.close()
        return action(key)

    @classmethod
    def _of(cls, opened: Opened, clock: Clock, *, keeps_lock: bool = False) -> "Record":
        """Return the record of what was opened, or release its lock."""
        release = opened.close_but_hold if keeps_lock else opened.close
        try:
            return cls(SqliteStore(opened), clock)
        except (DBAPIError, ValueError) as error:
            release()
            raise engine.damaged(opened.path) from error
        except BaseException:
            release()
            raise

    @property
    def address(self) -> Address:
        """Return where the record lies."""
        return self._store.address

    @property
    def path(self) -> Path:
        """Return the record's file; Refused where it lies on a server."""
        return self._file.path

    @property
    def is_shared(self) -> bool:
        """Whether the record lies on an office server, where others change it at the same time."""
        return self._store.is_shared

    @property
    def signed_on(self) -> SignedOn | None:
        """Return as whom everything is done here, None where whoever uses the record says so."""
        return self._store.signed_on

    @property
    def is_copy(self) -> bool:
        """Whether the record is open only to be read."""
        return self._store.is_copy

    @property
    def is_encrypted(self) -> bool:
        """Whether a passphrase of its own encrypts the record."""
        return self._store.is_encrypted

    @property
    def _file(self) -> SqliteStore:
        """Return the record's file, with which alone some things can be done."""
        if not isinstance(self._store, SqliteStore):
            raise Refused(ON_SERVER.format(self.address.name))
        return self._store

    def perform(self, operation: Operation, actor: Actor, *, seen: int | None = None) -> Outcome:
        """Make one change and journal it, both or neither.

        `seen` is the last row of the journal that whoever asks for it knew of, None that of the last look.
        Raises `Refused` when it is not this person's to do, would write over what others changed after that,
        or another rule says no, and `Trouble` when the disk does; nothing is changed then.
        """
        return self.perform_beside(operation, _nothing, actor, seen=seen)[0]

    def perform_beside(
        self, operation: Operation, beside: Callable[[Session], T], actor: Actor, *, seen: int | None = None
    ) -> tuple[Outcome, T]:
        """Make one change and journal it, and do beside it what the journal is not to hold: all or nothing.

        For bank details, whose keeping or reading leaves a row, and for the copy that an area goes out with.
        """
        self._store.refuse_if_copy()
        seen = self._head.seq if seen is None else seen
        if self.signed_on is not None:
            self.signed_on.refuse_another(actor)
        with self._store.turn:
            before = {BEFORE: self.shared.known}
            with self.shared.telling(), self._store.writing(**before) as session, in_its_words(session):
                self._meet_others(session)
                done = self._saved_before(session, operation)
                if done is None:
                    done = self._attempt(session, operation, beside, actor, seen)
                self.in_doubt = done  # until the store says that it is saved
            self.in_doubt = None
            self._head = max(self._head, done.head, key=attrgetter("seq"))
            self.shared.note(done.head.seq, operation, done.outcome)
            self._cache.invalidate(done.outcome.touched)
            if operation.kind == journal.ERASE_KIND and not self.is_shared:
                with suppress(Trouble):  # the engine has overwritten what was deleted already
                    self.compact()
        return done.outcome, done.answer

    def _attempt(
        self, session: Session, operation: Operation, beside: Callable[[Session], T], actor: Actor, seen: int
    ) -> Attempt:
        self.shared.meet(session, self._head)
        require(session, operation, actor)
        now = self._now()
        if isinstance(operation, CheckedAtEntry):
            operation.check_at_entry(session, now)
        change = session, self._head, operation, actor, now
        outcome, head = self.shared.carry_out(*change, seen) if self.is_shared else journal.carry_out(*change)
        return Attempt(operation, head, outcome, beside(session))

    def _saved_before(self, session: Session, operation: Operation) -> Attempt | None:
        """Return the attempt before where it was of this very change, and was saved: never done twice."""
        last = self.in_doubt
        is_same = last is not None and last.operation is operation
        return last if last is not None and is_same and last.was_saved(session) else None

    def try_out(self, attempt: Callable[[Session], T], *, unseen: Collection[int] = ()) -> T:
        """Return what an attempt at changes comes to; all that it changed is thrown away.

        On a server it writes over nothing that came with the rows of the journal that are `unseen`.
        """
        self._store.refuse_if_copy()
        with self._store.turn, self._store.writing() as session, in_its_words(session):
            self._meet_others(session)
            self._store.guard_unseen(session, unseen)
            trial = session.begin_nested()
            try:
                return attempt(session)
            finally:
                trial.rollback()

    def ask(self, query: Callable[[Session], T]) -> T:
        """Return what a query answers; whatever it might have changed is thrown away."""
        with self._store.reading(**{CACHE: self._cache}) as session, in_its_words(session):
            self._meet_others(session)
            return query(session)

    def _meet_others(self, session: Session) -> None:
        """Note what others did since the last look; a session that writes keeps them out from here on."""
        if self.is_shared and (head := self._store.head(session)) != self._head:
            self._head = head
            self._cache.invalidate(frozenset(Topic))

    @property
    def last_row(self) -> int:
        """Return the number of the newest row of the journal that was seen from here, without looking."""
        return self._head.seq

    @property
    def own_rows(self) -> frozenset[int]:
        """Return the numbers of the rows that were written from here, of many the last."""
        return self.shared.own_rows

    def listen(self) -> Listener | None:
        """Begin to hear of what others change; None where nobody else can."""
        listener = self._store.listen()
        if listener is not None:
            listener.hold(self.presence.place)
        return listener

    def keep_draft(self, person: str, field: str, text: str) -> None:
        """Save what a person is typing into a field, against a crash; "" drops it. Not journalled."""
        self._store.refuse_if_copy()
        with self._store.writing() as session:
            is_it = (draft_table.c.person == person) & (draft_table.c.field == field)
            session.execute(delete(draft_table).where(is_it))
            if text:
                row = {"person": person, "field": field, "text": text, "typed_at": self._now()}
                session.execute(insert(draft_table), row)
        if self.drafts_here is not None and self.drafts_here.read().get(field):
            self.drafts_here.keep(field, "")

    def head(self) -> JournalHead:
        """Return the newest row of the journal: its number, hash and printed code."""
        if self.is_shared:
            self.ask(_nothing)
        return self._head

    def backup(self, path: Path, tick: Tick = None, *, key: str | None = None) -> Path:
        """Write a verified copy to a new file; `tick` gets what is done and in all, and may raise to stop.

        It has the record's own passphrase; that of a record on a server is encrypted by `key`, if any.
        """
        return self._store.copy_out(path, key, tick)

    def backup_steps(self, path: Path) -> BackupSteps:
        """Begin a copy to a new file that is made in slices; changes may be made between them.

        One that was begun before and is not finished is stopped.
        """
        return self._file.copy_in_steps(path)

    def page_check(self) -> PageCheck:
        """Return a look at all pages, to be made slice by slice."""
        return PageCheck(self._file)

    def check_pages(self) -> None:
        """Look at all pages, unless that was done since the record was opened.

        Raises `RecordDamaged` where not all of them hold together. A server looks after its own.
        """
        if self.is_shared:
            return
        check_pages(self._file)

    def under_key(self, action: Callable[[str | None], T]) -> T:
        """Return what an action makes of the passphrase in force; the record stays open."""
        return action(self._file.key)

    def compact(self) -> None:
        """Write the file anew without the pages that were freed, so that nothing erased can be read there."""
        self._file.refuse_if_copy()
        self._file.compact()

    def change_key(self, key: str | None, actor: Actor) -> None:
        """Encrypt the record with another passphrase, or (None) no longer, by a verified copy in its place.

        The engine's own change of key in place is never used: a kill in its midst can leave either key in
        force. That it was changed is recorded in the copy, so that it is there as soon as the key is in
        force. Copies that were made before keep the passphrase they had. Raises Trouble when the disk does
        not take the copy; the record is as it was then.
        """
        self._file.refuse_if_copy()
        new = None if key is None else engine.clean_key(key)
        self._refuse_same(key)
        note = NoteNewKey(self.is_encrypted, new is not None)
        with self._file.written_anew(new) as session:
            _, head = journal.carry_out(session, self._head, note, actor, self._now())
        self._head = head
        self._cache.invalidate(frozenset({Topic.RECORD}))

    def fits(self, key: str) -> bool:
        """Whether this is the passphrase in force; nothing is read from the disk for it."""
        try:
            return engine.is_same_key(self._file.key, key)
        except Trouble:
            return False

    def _refuse_same(self, key: str | None) -> None:
        """Refuse a new passphrase that is the one in force, by which nothing would be gained."""
        if engine.is_same_key(self._file.key, key):
            raise Refused(
                "That is the passphrase the record has already. Nothing was changed; choose another one."
                if key is not None
                else "The record is not encrypted. Nothing was changed."
            )

    def close(self) -> None:
        """Close the record and let go of its lock; closing twice does no harm."""
        self.presence.withdraw()
        self._store.close()

    def close_but_hold(self) -> Lock | None:
        """Close the record and forget its passphrase, but keep its lock file, so that nobody takes it.

        Return the lock, with which `open_again` opens it; a copy to read has none.
        """
        return self._file.close_but_hold()

    def __enter__(self) -> "Record":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _settle_in(self, opener: Opener) -> None:
        """Record a take-over and bring an older record up to date, each after a copy is kept."""
        actor = Actor(opener.person)
        other = None if self._file.lock is None else self._file.lock.taken_from
        if other is not None:
            kept = make_copy(self._file, self._now(), "take-over").name
            self.perform(NoteTakeOver(other.person, other.host, moment_text(other.since), kept), actor)
        found, newest = record_check.format_of(self._file.raw), newest_format()
        if found < newest:
            kept = make_copy(self._file, self._now(), f"format {newest}").name
            with self._file.troubles():
                note = NoteUpgrade(found, newest, opener.program, kept)
                self._head = _upgraded(self._file.raw, note, actor, self._now())
            self._file.note_change()

    def _changed_at(self) -> datetime | None:
        return self._head.at

    def _now(self) -> datetime:
        """Return the time of a change: never before the row it follows, whatever the clock says."""
        now = self._clock()
        return now if self._head.at is None else max(now, self._head.at)


def _nothing(session: Session) -> None:
    """Do nothing beside a change."""


def _servers() -> "type[PostgresStore]":
    """Return what opens records on servers, whose driver a record in a file does without."""
    from models.store.postgres.store import PostgresStore

    return PostgresStore


def _upgraded(raw: RawConnection, operation: Operation, actor: Actor, at: datetime) -> JournalHead:
    """Bring the tables to the newest format, and journal it, in one transaction."""
    from models.store import upgrade  # costs a tenth of a second, and is rarely wanted

    return upgrade.upgrade(raw, upgrade.Note(operation, actor, at))


def _upgraded_to_read(raw: RawConnection) -> None:
    """Bring the tables of a scratch copy to the newest format."""
    from models.store import upgrade

    upgrade.upgrade(raw)
