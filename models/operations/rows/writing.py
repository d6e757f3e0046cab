"""Putting rows in, many at a time, and the identities they get: numbers in order, and names that travel."""

import json
import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, delete, func, select

from models.schema.journal import setting_table
from models.schema.set_up.round import round_table
from models.session import OF_ROUND, Session, into

Row = Mapping[str, Any]

_NO_RECORD = uuid.UUID("6f9c7a52-0d7e-5b39-9a4c-2f5d1c3e8b70")
_RECORD = select(setting_table.c.value).where(setting_table.c.name == "record id")
_ROUND = select(round_table.c.uid).where(round_table.c.id == OF_ROUND)


def put(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Put rows in, all in one statement; each has the same columns."""
    if rows:
        session.execute(into(table), rows)


def remove(session: Session, table: Table, where: ColumnElement[bool]) -> None:
    """Take rows out."""
    session.execute(delete(table).where(where))


def next_id(session: Session, column: Column[int]) -> int:
    """Return the number after the highest in use."""
    return (session.scalar(_highest(column)) or 0) + 1


def record_uid(session: Session) -> uuid.UUID:
    """Return the record's own identity, from which everything that travels derives one."""
    value = session.scalar(_RECORD)
    return _NO_RECORD if value is None else uuid.UUID(json.loads(value))


def round_uid(session: Session, round_id: int) -> uuid.UUID:
    """Return a round's identity, from which what belongs to it derives one."""
    return uuid.UUID(session.scalars(_ROUND, {"of_round": round_id}).one())


def uid(within: uuid.UUID, *names: str | int) -> str:
    """Return the identity of what bears these names in the record: the same names, the same identity.

    It is the version 5 UUID of the names, one a line, in the space `within`.
    """
    return str(uuid.uuid5(within, "\n".join(map(str, names))))


@cache
def _highest(column: Column[int]) -> Select[int]:
    return select(func.max(column))
