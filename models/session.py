"""What an operation and a query read and write the record through."""

import json
import uuid
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Integer, Row, Select, Table, bindparam, insert, select

from models.schema.journal import setting_table

Session = Connection
"""One transaction on the record's one connection, which ends with the operation or the query."""
LET_IN = "let_in"
"""The option of a session that holds the roles in which whoever is signed on to a server may act."""
WITH_FIGURES = "with_figures"
"""The mark of a session, in its `info`, that is given the figures of what a server closes to its reader."""

_NO_RECORD = uuid.UUID("6f9c7a52-0d7e-5b39-9a4c-2f5d1c3e8b70")
_RECORD = select(setting_table.c.value).where(setting_table.c.name == "record id")
OF_ROUND = bindparam("of_round", type_=Integer)
"""The round in a statement that is worked out once: `session.execute(STATEMENT, {"of_round": round_id})`.

To work out what a page asks at every change takes four times as long as to ask it.
"""


def row_at(session: Session, table: Table, key: object) -> Row[Any] | None:
    """Return the row of a table whose primary key is one column with this value, None without one."""
    return session.execute(_row_of(table), {"key_of_row": key}).one_or_none()


def record_uid(session: Session) -> uuid.UUID:
    """Return the record's own identity, from which everything that travels derives one."""
    value = session.scalar(_RECORD)
    return _NO_RECORD if value is None else uuid.UUID(json.loads(value))


@cache
def into(table: Table) -> Insert:
    """Return the statement that puts rows into a table."""
    return insert(table)


@cache
def _row_of(table: Table) -> Select[*tuple[Any, ...]]:
    (column,) = table.primary_key
    return select(table).where(column == bindparam("key_of_row", type_=column.type))
