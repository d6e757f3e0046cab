"""A record in a database on an office server, which others read and change at the same time."""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, Engine, LargeBinary, column, event, func, select, table, text
from sqlalchemy.exc import DBAPIError

from models.schema.base import MOMENT, WHOLE
from models.session import LET_IN, Session
from models.store import parts
from models.store.chain import JournalHead
from models.store.locks.signing_on import SignedOn, refuse_without_all, signed_on
from models.store.places import ServerAddress
from models.store.postgres import guards, troubles
from models.store.postgres.connecting import (
    STANDSTILL,
    ServerListener,
    check_empty,
    check_format,
    check_server,
    engine_for,
)
from models.store.record_file import newest_format
from models.store.sqlite.backup import Tick
from models.store.store import Overwritten, Planned
from models.trouble import or_else
from scoring.written.text import Refused

if TYPE_CHECKING:
    from models.store.definition import Note
    from models.store.postgres.transfer import Fill


PLANS = "plans"
"""The option of a session that only plans what is written, with the `Planning` that goes through it."""


class Planning:
    """Goes with one attempt at a change: nothing of it is written, and nothing is read after it would be."""

    def __init__(self) -> None:
        self._has_planned = False

    def plan(self, cursor: Any, statement: str, parameters: Any) -> bool:
        """Plan a statement that writes, and say that this was done; of one that reads, say no.

        Rows are put in as if it were done; what changes or removes rows is counted, so that is the end.
        """
        is_read = statement.startswith(("SELECT", "WITH"))
        if is_read and not self._has_planned:
            return False
        if is_read or not statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise Planned
        self._has_planned = True
        cursor.connection.execute(f"EXPLAIN {statement}", parameters)
        if not statement.startswith("INSERT") or " RETURNING " in statement:
            raise Planned
        return True


def listen(engine: Engine) -> None:
    """Let sessions that carry a planning only plan what they write."""
    event.listen(engine, "do_execute", _plan)
    event.listen(engine, "do_executemany", _plan_first)


def _plan(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    planning = context.execution_options.get(PLANS)
    return planning is not None and planning.plan(cursor, statement, parameters)


def _plan_first(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    return _plan(cursor, statement, parameters[0], context)


_WRITES = "writes"
_READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_WRITING = {"isolation_level": "READ COMMITTED"}
_FORMAT = select(column("version_num")).select_from(table("alembic_version")).scalar_subquery()
_HEAD = select(
    column("seq", WHOLE),
    column("hash", LargeBinary),
    column("at", MOMENT),
    _FORMAT.label("format"),
    func.clock_timestamp(type_=DateTime(timezone=True)).label("now"),
).select_from(table("journal_head"))
_HELD = _HEAD.add_columns(
    func.set_config("idle_in_transaction_session_timeout", STANDSTILL, True)
).with_for_update()
"""The head as whoever writes takes it: nobody else takes it until then."""
_GUARD = text(
    f"SELECT set_config('{guards.UNSEEN}', array_agg(xmin)::text, true), "
    f"set_config('{guards.UNSEEN_ROWS}', array_agg(seq)::text, true) "
    "FROM public.journal WHERE seq = ANY(:rows)"
)


class PostgresStore:
    """Reads at one moment, and writes one after another: whoever writes holds the head of the journal."""

    is_shared = True
    is_copy = False
    is_encrypted = False

    def __init__(self, address: ServerAddress) -> None:
        self.address = address
        self.turn = threading.RLock()
        self.signed_on: SignedOn | None = None
        self.now: datetime | None = None
        self._engine = engine_for(address)
        parts.listen(self._engine)
        listen(self._engine)

    @classmethod
    def join(cls, address: ServerAddress, *, as_administrator: bool = False) -> "PostgresStore":
        """Connect to a record; Trouble where there is none that this program may open.

        An administrator, whom no lock holds, is let in by no other way than by saying so.
        """
        store = cls(address)
        with or_else(store.close), store.reading() as session:
            check_server(session, address)
            check_format(session, address)
            store.signed_on = signed_on(session, address, as_administrator=as_administrator)
        return store

    @classmethod
    def create(
        cls, address: ServerAddress, begin: Callable[[Session], None], *, fill: "Fill" = None
    ) -> "PostgresStore":
        """Make a record in an empty database, whole or not at all, and connect to it.

        `fill` puts in verified rows before the tables guard themselves; `begin` makes the first change.
        """
        from models.store.postgres.transfer import make_tables  # it loads every table there is

        store = cls(address)
        with or_else(store.close), store._troubles(), store._engine.begin() as session:
            check_empty(session, address)
            make_tables(session, fill)
            begin(session)
        return store

    @classmethod
    def upgrade(cls, address: ServerAddress, note: "Callable[[int], Note]") -> int | None:
        """Bring an older record to this program's format, whole or not at all, while others are connected.

        Return the format that it had, None where it is of this one; `note` is what the journal says of it.
        """
        from models.store.postgres import transfer  # rarely wanted

        store = cls(address)
        try:
            with store._troubles(), store._engine.begin() as session:
                return transfer.upgrade(session, address, note)
        finally:
            store.close()

    @contextmanager
    def reading(self, **options: Any) -> Iterator[Session]:
        """Give a session that sees the record as it stood at one moment, and changes nothing."""
        with self._troubles(is_saving=False), self._engine.connect() as connection:
            yield connection.execution_options(**_READING, **self._let_in(), **options)

    @contextmanager
    def writing(self, **options: Any) -> Iterator[Session]:
        """Give a session whose changes are saved together at its end, or none of them."""
        with self._troubles(), self._engine.connect() as connection:
            session = connection.execution_options(**_WRITING, **self._let_in(), **{_WRITES: True}, **options)
            with session.begin() as change:
                yield session
                try:
                    change.commit()
                except DBAPIError as error:
                    if error.orig is not None and troubles.is_lost(error.orig):
                        raise troubles.in_doubt(self.address) from error
                    raise

    @contextmanager
    def planning(self, **options: Any) -> Iterator[Session]:
        """Give a session that reads, and only plans what would be written: nobody waits for it."""
        with self._troubles(is_saving=False), self._engine.connect() as connection:
            ahead = {PLANS: Planning()}
            yield connection.execution_options(**_READING, **self._let_in(), **ahead, **options)

    def head(self, session: Session) -> JournalHead:
        """Return the newest row of the journal; within `writing` nobody else adds one until it ends.

        Trouble where the record was brought to another format since it was opened.
        """
        is_held = session.get_execution_options().get(_WRITES)
        *head, found, now = session.execute(_HELD if is_held else _HEAD).one()[:5]
        if self.signed_on is not None:
            self.now = now
        if int(found) != newest_format():
            check_format(session, self.address)
        return JournalHead(*head)

    def guard_unseen(self, session: Session, rows: Collection[int]) -> None:
        """Let the rest of a change write over nothing that came with these rows of the journal."""
        session.execute(_GUARD, {"rows": list(rows)})

    def listen(self) -> ServerListener:
        return ServerListener(self.address)

    def refuse_if_copy(self) -> None:
        """Allow any change: a record on a server is no copy."""

    def copy_out(self, path: Path, key: str | None, tick: Tick = None) -> Path:
        """Write the whole record into a new file, verified; refused to whom not every row is open."""
        from models.store.postgres.transfer import copy_out  # rarely wanted

        with self.reading() as session:
            check_server(session, self.address)
            check_format(session, self.address)
            refuse_without_all(session)
            return copy_out(session, path, key, tick)

    def close(self) -> None:
        self._engine.dispose()

    def _let_in(self) -> dict[str, object]:
        return {} if self.signed_on is None else {LET_IN: self.signed_on.roles}

    @contextmanager
    def _troubles(self, *, is_saving: bool = True) -> Iterator[None]:
        """Take the turn, and tell what the server or the network says no to as `Trouble`.

        Refused where a text holds what PostgreSQL takes in none: to try again would not help.
        """
        with self.turn:
            try:
                yield
            except DBAPIError as error:
                if error.orig is not None and troubles.holds_nul(error.orig):
                    raise Refused(troubles.HOLDS_NUL) from error
                if error.orig is not None and (row := troubles.overwritten(error.orig)):
                    raise Overwritten(row) from error
                if error.orig is None or not troubles.is_trouble(error.orig):
                    raise
                raise troubles.trouble_of(error.orig, self.address, is_saving=is_saving) from error
