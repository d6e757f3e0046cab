"""What whoever runs a server tells all who open a record on it: on the server, and not journalled."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import text

from models.program import numbers, version
from models.session import Session
from models.store.postgres.guards import CHANNEL
from scoring.written.days import clock

if TYPE_CHECKING:
    import psycopg

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
