"""What an operation and a query read and write the record through."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, Table, select

Session = Connection
"""One transaction on the record's one connection, which ends with the operation or the query."""

_FORMAT = "format of the rows done over again"


def row_at(session: Session, table: Table, key: object) -> Row[Any] | None:
    """Return the row of a table whose primary key is one column with this value, None without one."""
    (column,) = table.primary_key
    return session.execute(select(table).where(column == key)).one_or_none()


@contextmanager
def done_again(session: Session) -> Iterator[None]:
    """Have rows of a journal done over again under the rules of the format that each was written in."""
    session.info[_FORMAT] = 0
    try:
        yield
    finally:
        del session.info[_FORMAT]


def came_to(session: Session, number: int) -> None:
    """Note that the rows that follow were written in a format; of no effect on new changes."""
    if _FORMAT in session.info:
        session.info[_FORMAT] = number


def binds(session: Session, since: int) -> bool:
    """Say whether a rule that came with a format binds the change at hand.

    It binds every new one. A row of the journal that is done over again is bound by the rules of its day.
    """
    return bool(session.info.get(_FORMAT, since) >= since)
