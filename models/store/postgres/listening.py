"""Hearing of what others change: a connection of its own on which the server announces journal rows."""

import re
from contextlib import suppress
from threading import Lock

import psycopg

from models.store.address import ServerAddress
from models.store.postgres.connecting import connect
from models.store.postgres.guards import CHANNEL
from models.store.postgres.troubles import trouble_of

_NUMBER = re.compile(r"[0-9]{1,18}")
_HOLD = "SELECT pg_advisory_lock_shared(hashtext(%s), hashtext(%s))"


class ServerListener:
    """Hears the numbers of new journal rows; whoever owns it watches `fileno` and calls `heard`.

    It may be closed from another thread than the one that hears: the driver crashes where a connection is
    freed that is being read, so whoever reads closes it then.
    """

    def __init__(self, address: ServerAddress) -> None:
        self._address = address
        self._turn, self._is_closed = Lock(), False
        self._connection = connect(address, autocommit=True)
        self._connection.execute(f"LISTEN {CHANNEL}")

    def fileno(self) -> int:
        """Return the socket that becomes readable when there is news."""
        return self._connection.fileno()

    def heard(self) -> int | None:
        """Return the highest number announced since the last look, None without news."""
        try:
            with self._turn:
                said = [notice.payload for notice in self._connection.notifies(timeout=0)]
        except psycopg.Error as error:
            raise trouble_of(error, self._address, is_saving=False) from error
        finally:
            if self._is_closed:
                self.close()
        return max((int(words) for words in said if _NUMBER.fullmatch(words)), default=None)

    def hold(self, name: str) -> None:
        """Hold a name for as long as this listens: by it others know that it does."""
        self._connection.execute(_HOLD, [CHANNEL, name])

    def close(self) -> None:
        """Hear no more; nobody waits for whoever is reading."""
        self._is_closed = True
        if self._turn.acquire(blocking=False):
            with suppress(psycopg.Error):
                self._connection.close()
            self._turn.release()
