"""The record: open it, change it by operations, ask it, back it up, close it.

One record is used by one thread at a time; a second one waits. While it is open, nothing but its own
connection may touch its file: opening and closing the file anywhere in this process would drop its lock.
One on an office server is changed by others meanwhile: what they did is met at each look and each change.
"""

import os
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import psutil
from msgspec import Struct
from sqlalchemy import delete, insert
from sqlalchemy.exc import DBAPIError

from models.clock import Clock, utc_now
from models.operation import Actor, Operation, Outcome
from models.schema.journal import draft_table
from models.session import Session
from models.store import chain as journal
from models.store.chain import JournalHead
from models.store.definition import Note, upgrade
from models.store.locks.presence import Presence
from models.store.locks.signing_on import SignedOn, unlocked
from models.store.passphrases import is_weak
from models.store.places import Address, ServerAddress
from models.store.record_file import in_part, is_encrypted, newest_format, sync_folder
from models.store.sqlite import engine, opening
from models.store.sqlite.automatic_copies import (
    AutomaticCopies,
    bring_up_to_date,
    change_key,
    take_over_note,
)
from models.store.sqlite.backup import Tick, refuse_taken
from models.store.sqlite.engine import RawConnection
from models.store.sqlite.lock import Holder, Lock, this_host
from models.store.sqlite.opening import Build, Opened
from models.store.sqlite.store import PageCheck, SqliteStore
from models.store.store import DraftsHere, Listener, Store
from models.store.upkeep import MakeRecord
from models.transactions import NEW, Transactions
from models.trouble import Trouble, or_else
from scoring.written.text import Refused

if TYPE_CHECKING:
    from models.store.postgres.store import PostgresStore

T = TypeVar("T")
P = ParamSpec("P")

ON_SERVER = (
    "{} is on an office server, where this is not done from here: the person who runs the server keeps its "
    "copies; the command server copy makes one in a file."
)


class Opener(Struct, frozen=True):
    """Who opens a record, and with which program ("the window", "the command")."""

    person: str
    program: str

    def holder(self, since: datetime) -> Holder:
        """Return this process as the holder of a lock."""
        started_ms = int(psutil.Process().create_time() * 1000)
        return Holder(this_host(), os.getpid(), started_ms, self.person, self.program, since)


class Record(AbstractContextManager["Record"]):
    """An open record; made by `create`, `open` or `read_copy`, and closed by `close` or a `with`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Take over what was opened; use `create`, `open` or `read_copy` instead."""
        self._store, self.address = store, store.address
        self.is_shared, self.is_copy = store.is_shared, store.is_copy
        """Whether it lies on an office server, where others change it, and whether it can only be read."""
        self.transactions = Transactions(store, clock)
        self.presence = Presence(store)
        self.drafts_here: DraftsHere | None = None
        self.copies = AutomaticCopies(store, clock)

    @classmethod
    def create(
        cls, address: Address, opener: Opener, *, key: str | None = None, clock: Clock = utc_now
    ) -> "Record":
        """Make a new, empty record in a file or a database where nothing is, and open it."""
        first = MakeRecord(str(uuid.uuid4()), opener.program, newest_format())

        def build(raw: RawConnection) -> object:
            return upgrade(raw, Note(first, Actor(opener.person), clock()))

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
        build: Build,
        *,
        key: str | None,
    ) -> "Record":
        """Make a record at a path where nothing is from rows of another, and open it; for a salvage alone."""
        return cls._of(opening.make(path, opener.holder(utc_now()), key, build), utc_now)

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
        with or_else(record.close):
            record._settle_in(opener)
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
    def open_again(cls, path: Path, opener: Opener, held: Lock, *, key: str | None = None) -> "Record":
        """Open a record that `close_but_hold` closed; its lock stays held where that fails."""
        record = cls._of(opening.take_again(path, key, held), utc_now, keeps_lock=True)
        with or_else(record.close_but_hold):
            record._settle_in(opener)
        return record

    @classmethod
    def read_copy(cls, path: Path, *, key: str | None = None, folder: Path | None = None) -> "Record":
        """Open a copy only to read it: no lock, nothing changed.

        One of an older format is copied to `folder` (by default the person's own data folder) first.
        """
        return cls._of(opening.take_to_read(path, key, folder), utc_now)

    @classmethod
    def read_either(cls, path: Path, key: str | None) -> "Record":
        """Read a copy, whether or not it is encrypted: only then the passphrase is used."""
        return cls.read_copy(path, key=key if is_encrypted(path) else None)

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
        with or_else(opened.close_but_hold if keeps_lock else opened.close):
            try:
                return cls(SqliteStore(opened), clock)
            except (DBAPIError, ValueError) as error:
                raise engine.damaged(opened.path) from error

    @property
    def signed_on(self) -> SignedOn | None:
        """Return as whom everything is done here, None where whoever uses the record says so."""
        return self._store.signed_on

    @property
    def path(self) -> Path:
        """Return the record's file; Refused where it lies on a server."""
        return self._file.path

    @property
    def has_weak_passphrase(self) -> bool:
        """Whether its passphrase is easier to guess than a new one may be."""
        key = None if self.is_shared else self._file.key
        return key is not None and is_weak(key)

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
        A copy of the record is made first where the change is a drastic one; no copy, no change.
        """
        if not self.transactions.is_rehearsal:
            self.copies.make_before(operation.kind)
        return self.transactions.perform(operation, beside, actor, seen)

    def rehearsal(self) -> AbstractContextManager[None]:
        """Let each step meanwhile find what was done before it, and throw all of it away at the end."""
        return self.transactions.rehearsal()

    def try_out(self, attempt: Callable[[Session], T], *, unseen: Collection[int] = ()) -> T:
        """Return what an attempt at changes comes to; all that it changed is thrown away.

        On a server it writes over nothing that came with the rows of the journal that are `unseen`.
        """
        return self.transactions.try_out(attempt, unseen)

    def ask(self, query: Callable[Concatenate[Session, P], T], *about: P.args, **named: P.kwargs) -> T:
        """Return what a query answers about something; whatever it might have changed is thrown away."""
        return self.transactions.ask(lambda session: query(session, *about, **named))

    def ask_apart(self, query: Callable[Concatenate[Session, P], T], *about: P.args, **named: P.kwargs) -> T:
        """Return the same of a copy while another thread asks it something else."""
        with self._file.reading_apart() as session:
            return query(session, *about, **named)

    @property
    def last_row(self) -> int:
        """Return the number of the newest row of the journal that was seen from here, without looking."""
        return self.transactions.head.seq

    @property
    def own_rows(self) -> frozenset[int]:
        """Return the numbers of the rows that were written from here, of many the last."""
        return self.transactions.shared.own_rows

    def listen(self) -> Listener | None:
        """Begin to hear of what others change; None where nobody else can."""
        listener = self._store.listen()
        if listener is not None and self._store.signed_on is not None:
            listener.hold(self.presence.place)
        return listener

    def keep_draft(self, person: str, field: str, text: str) -> None:
        """Save what a person is typing into a field, against a crash; "" drops it. Not journalled."""
        self._store.refuse_if_copy()
        with self._store.writing() as session:
            is_it = (draft_table.c.person == person) & (draft_table.c.field == field)
            session.execute(delete(draft_table).where(is_it))
            if text:
                row = {"person": person, "field": field, "text": text, "typed_at": self.transactions.now()}
                session.execute(insert(draft_table), row)
        if self.drafts_here is not None and self.drafts_here.read().get(field):
            self.drafts_here.keep(field, "")

    def head(self) -> JournalHead:
        """Return the newest row of the journal: its number, hash and printed code."""
        if self.is_shared:
            self.ask(_nothing)
        return self.transactions.head

    def backup(self, path: Path, tick: Tick = None, *, key: str | None = None) -> Path:
        """Write a verified copy to a new file; `tick` gets what is done and in all, and may raise to stop.

        It has the record's own passphrase; that of a record on a server is encrypted by `key`, if any.
        """
        return self._store.copy_out(path, key, tick)

    def page_check(self) -> PageCheck:
        """Return a look at all pages, to be made slice by slice."""
        return PageCheck(self._file)

    def check_pages(self) -> None:
        """Look at all pages, unless that was done since the record was opened.

        Raises `RecordDamaged` where not all of them hold together. A server looks after its own.
        """
        if not self.is_shared:
            self._file.check_pages()

    def under_key(self, action: Callable[[str | None], T]) -> T:
        """Return what an action makes of the passphrase in force; the record stays open."""
        return action(self._file.key)

    def compact(self) -> None:
        """Write the file anew without the pages that were freed, so that nothing erased can be read there."""
        self._file.refuse_if_copy()
        self._file.compact()

    def change_key(self, key: str | None, actor: Actor) -> None:
        """Encrypt the record with another passphrase, or (None) no longer, by a verified copy in its place.

        What was copied before keeps the passphrase it had. Raises Trouble when the disk does not take the
        copy; the record is as it was then.
        """
        done = self.transactions
        done.head = change_key(self._file, key, actor, done.head, done.now())
        done.parts.clear()

    def fits(self, key: str) -> bool:
        """Whether this is the passphrase in force; nothing is read from the disk for it."""
        try:
            return engine.is_same_key(self._file.key, key)
        except Trouble:
            return False

    def close(self) -> None:
        """Close the record and let go of its lock; closing twice does no harm."""
        self.presence.withdraw()
        self._store.close()

    def close_but_hold(self) -> Lock | None:
        """Close the record and forget its passphrase, but keep its lock file, so that nobody takes it.

        Return the lock, with which `open_again` opens it; a copy to read has none.
        """
        return self._file.close_but_hold()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _settle_in(self, opener: Opener) -> None:
        """Record a take-over and bring an older record up to date."""
        actor = Actor(opener.person)
        note = take_over_note(self._file, self.transactions.now())
        if note is not None:
            self.perform(note, actor)
        done = self.transactions
        done.head = bring_up_to_date(self._file, opener.program, actor, done.now()) or done.head


@contextmanager
def new_whole(path: Path, opener: Opener, key: str | None) -> Iterator[Record]:
    """Give a new record under another name, which gets its own once all came in; where not, it goes.

    Whoever opens the record then removes what was left by one that was killed.
    """
    refuse_taken(path)
    with in_part(path) as part:
        with Record.create(part, opener, key=key) as record:
            yield record
        refuse_taken(path)
        part.rename(path)
        sync_folder(path.parent)
    Record.open(path, opener, key=key).close()


def _nothing(session: Session) -> None:
    """Do nothing beside a change."""


def _servers() -> "type[PostgresStore]":
    """Return what opens records on servers, whose driver a record in a file does without."""
    from models.store.postgres.store import PostgresStore

    return PostgresStore
