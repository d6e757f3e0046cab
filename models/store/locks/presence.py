"""Who is at a record on a server, and what its administrator tells them; nothing of it is journalled."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from sqlalchemy import text

from models.program import numbers, version
from models.session import Session
from models.store.postgres.guards import CHANNEL
from models.trouble import Trouble
from scoring.written.days import clock

if TYPE_CHECKING:
    import psycopg

    from models.store.store import Store

_NOTICE = text("SELECT closes_at, words, smallest_version FROM locks.notice")


class ServerNotice(NamedTuple):
    """What whoever runs the server tells: when it closes, and the oldest program that may open the record."""

    closes_at: datetime | None = None
    words: str = ""
    smallest_version: str = ""

    @property
    def is_too_new(self) -> bool:
        """Whether this program is older than the record asks for."""
        return bool(self.smallest_version) and numbers(version()) < numbers(self.smallest_version)

    @property
    def too_new_words(self) -> str:
        """Say which program the record asks for."""
        return (
            f"The record asks for Grant Panel {self.smallest_version} or later, and this is {version()}. "
            "Install the newer one; the person who runs the server says where it is."
        )

    @property
    def closed_words(self) -> str:
        """Say that the record is closed, and why."""
        assert self.closes_at is not None, "asked where a time was given"
        why = f" {self.words}" if self.words else ""
        at = clock(self.closes_at.astimezone())
        return f"The record is closed for maintenance since {at}.{why} Nothing was changed. Try again later."


def notice(session: Session) -> ServerNotice:
    """Return what the administrator tells everybody."""
    row = session.execute(_NOTICE).one_or_none()
    return ServerNotice() if row is None else ServerNotice(*row)


def set_notice(connection: "psycopg.Connection[Any]", **values: object) -> None:
    """Tell everybody who has the record open something else than before, as its administrator."""
    from psycopg import sql

    connection.execute("INSERT INTO locks.notice DEFAULT VALUES ON CONFLICT DO NOTHING")
    for name, value in values.items():
        connection.execute(sql.SQL("UPDATE locks.notice SET {} = %s").format(sql.Identifier(name)), [value])
    connection.execute(f"SELECT pg_notify('{CHANNEL}', '')")


_SEEN = "seen_at > now() - interval '7 minutes'"
"""A window says every few minutes that it is still there; one whose network was cut says nothing."""
_OTHERS = text(
    f"SELECT person, page, since FROM locks.presence WHERE {_SEEN} AND place <> :place ORDER BY person, since"
)
_CLEAR = text(f"DELETE FROM locks.presence WHERE NOT {_SEEN} OR NOT locks.is_listening(place)")
_ANNOUNCE = text(
    "INSERT INTO locks.presence (place, person, page) VALUES (:place, locks.person(), :page) "
    "ON CONFLICT (login, place) DO UPDATE SET page = excluded.page, seen_at = now(), "
    "since = CASE WHEN presence.page = excluded.page THEN presence.since ELSE now() END "
    "RETURNING since = seen_at"
)
_WITHDRAW = text("DELETE FROM locks.presence WHERE login = session_user AND place = :place")
_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', '')")


class Present(NamedTuple):
    """Somebody who has the record open: the page that they are on, and since when (UTC)."""

    person: str
    page: str
    since: datetime


class Presence:
    """Who is at a record together; in one without locks everybody is alone."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self.place, self._is_here = uuid4().hex, False
        """The name of this window, which its listening connection holds."""

    def announce(self, page: str) -> None:
        """Tell the others on which page the person who is signed on is."""
        if self._store.signed_on is None:
            return
        with self._store.writing() as session:
            is_other = session.execute(_ANNOUNCE, {"place": self.place, "page": page}).scalar_one()
            if session.execute(_CLEAR).rowcount or is_other:
                session.execute(_NOTIFY)
        self._is_here = True

    def withdraw(self) -> None:
        """Tell the others that the person is gone from this window, if they were told of it."""
        if self._is_here:
            self._is_here = False
            with suppress(Trouble), self._store.writing() as session:
                session.execute(_WITHDRAW, {"place": self.place})
                session.execute(_NOTIFY)

    def others(self) -> tuple[tuple[Present, ...], ServerNotice]:
        """Return who has the record open in another window, by name, and what the administrator tells."""
        if self._store.signed_on is None:
            return (), ServerNotice()
        with self._store.reading() as session:
            here = session.execute(_OTHERS, {"place": self.place})
            return tuple(Present(*row) for row in here), notice(session)
