"""What an operation and a query read and write the record through."""

from typing import Any

from sqlalchemy import Connection, Row, Table, select

Session = Connection
"""One transaction on the record's one connection, which ends with the operation or the query."""
LET_IN = "let_in"
"""The option of a session that holds the roles in which whoever is signed on to a server may act."""


def row_at(session: Session, table: Table, key: object) -> Row[Any] | None:
    """Return the row of a table whose primary key is one column with this value, None without one."""
    (column,) = table.primary_key
    return session.execute(select(table).where(column == key)).one_or_none()
