"""Who is at a record on a server, and on which page: on the server, and not journalled."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import text

from models.store.locks.server_notice import ServerNotice, notice
from models.store.postgres.guards import CHANNEL
from models.store.store import Store
from models.trouble import Trouble

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

    def __init__(self, store: Store) -> None:
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
