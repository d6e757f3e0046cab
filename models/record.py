"""The record: open it, change it by operations, ask it, back it up, close it.

One record is used by one thread at a time. While it is open, nothing but its own connection may
touch its file: opening and closing the file anywhere in this process would drop its lock.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from models import canonical, engine, journal, record_file
from models.journal import Entry, JournalHead
from models.operation import Actor, Operation, Outcome
from models.trouble import Trouble
from models.upkeep import MakeRecord

Clock = Callable[[], datetime]
T = TypeVar("T")


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opener:
    """Who opens a record, and with which program ("window", "command")."""

    person: str
    program: str


class Record:
    """An open record; made by `create` or `open`, and closed by `close` or at the end of a `with`."""

    def __init__(self, path: Path, raw: engine.RawConnection, clock: Clock) -> None:
        self.path = path
        self._raw = raw
        self._clock = clock
        self._engine: Engine = engine.engine_on(raw)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._has_committed = False
        self._head = self.ask(journal.head)

    @classmethod
    def create(
        cls, path: Path, opener: Opener, *, key: str | None = None, clock: Clock = utc_now
    ) -> "Record":
        """Make a new, empty record at a path where nothing is, and open it."""
        path = path.resolve()
        if path.exists():
            raise Trouble(f"{path.name} is there already in {path.parent}. Choose another name.")
        from models.upgrade import run_migrations

        raw = engine.connect(path, key, mode="rwc")
        made = engine.engine_on(raw)
        with made.begin() as connection:
            run_migrations(connection)
        record = cls(path, raw, clock)
        record.perform(MakeRecord(str(uuid.uuid4()), opener.program), Actor(opener.person))
        return record

    @classmethod
    def open(cls, path: Path, opener: Opener, *, key: str | None = None, clock: Clock = utc_now) -> "Record":
        """Open an existing record."""
        path = path.resolve()
        record_file.check_there(path)
        record_file.check_header(path, key)
        return cls(path, engine.connect(path, key), clock)

    def perform(self, operation: Operation, actor: Actor) -> Outcome:
        """Make one change and journal it, both or neither; `Refused` and `Trouble` change nothing."""
        body = canonical.to_text(operation)
        at = self._now()
        with self._writing() as session:
            outcome = operation.apply(session, actor, at)
            session.flush()
            entry = Entry(self._head.seq + 1, at, actor, operation.kind, body)
            head = journal.append(session, self._head, entry)
        self._head = head
        return outcome

    def ask(self, query: Callable[[Session], T]) -> T:
        """Return what a query answers; whatever it might change is thrown away."""
        with self._troubles(), self._sessions() as session:
            return query(session)

    def head(self) -> JournalHead:
        """Return the newest row of the journal: its number, hash and printed code."""
        return self._head

    def close(self) -> None:
        """Close the record and let go of its lock."""
        if self._has_committed:
            with suppress(Exception):
                self._raw.execute("PRAGMA optimize")
        self._engine.dispose()
        self._raw.close()

    def __enter__(self) -> "Record":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _now(self) -> datetime:
        now = self._clock()
        return now if self._head.at is None else max(now, self._head.at)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self._troubles(), self._sessions.begin() as session:
            yield session
        self._has_committed = True

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if error.orig is None or not engine.is_disk_trouble(error.orig):
                raise
            raise engine.trouble_of(error.orig, self.path) from error
