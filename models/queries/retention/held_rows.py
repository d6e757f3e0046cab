"""Rows of the record as they are handed to whoever asks what is held: plain words and figures."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, select

from models.papers.held import HeldTable, Said
from models.session import Session


def whole_rows(session: Session, table: Table, where: ColumnElement[bool]) -> HeldTable:
    """Return rows of a table with all their columns."""
    rows = session.execute(select(table).where(where).order_by(*table.primary_key.columns))
    told = tuple(tuple(map(value_words, row)) for row in rows)
    return HeldTable(in_words(table.name), tuple(in_words(column.name) for column in table.columns), told)


def value_words(value: Any) -> Said:
    """Return a value as it is told."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def in_words(name: str) -> str:
    """Return the name of a table or a column in words."""
    return name.replace("_", " ")
