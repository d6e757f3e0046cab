"""Of which applications the rows of any table are: by their own keys, or by the rows that they point to.

It is read off the schema, so that a new table is covered as it is declared.
"""

from collections.abc import Collection
from functools import cache

from sqlalchemy import Column, ColumnElement, Select, Table, false, or_, select

from models.schema.base import IDENTITY, MARKED, METADATA
from models.schema.personal import GOES

APPLICATIONS = "applications"


@cache
def owning_columns(table: Table) -> tuple[tuple[str, Column[int]], ...]:
    """Return by which columns a row is of applications, each with the column elsewhere that holds the same.

    A row is of those in its key; only where its key names none is it of those that it names otherwise. One
    that names none at all is of those that the row is of to which it points.
    """
    if table.name == APPLICATIONS:
        return ((table.c.id.name, table.c.id),)
    numbers, identities = METADATA.tables[APPLICATIONS].c.id, METADATA.tables[APPLICATIONS].c.uid
    by_number = [table.c[name] for name in naming(table)]
    in_key = [column for column in by_number if column.primary_key]
    by_identity = [(column.name, identities) for column in table.c if column.info.get(IDENTITY)]
    if by_number or by_identity:
        return (*((column.name, numbers) for column in in_key or by_number), *by_identity)
    pointing = ((column, key.column) for column in table.c for key in column.foreign_keys)
    return tuple((column.name, target) for column, target in pointing if owning_columns(target.table))


def naming(table: Table) -> tuple[str, ...]:
    """Return the columns by which a row names applications by their numbers."""
    numbers = METADATA.tables[APPLICATIONS].c.id
    return tuple(column.name for column in table.c if _root(column) is numbers)


def _root(column: Column[int]) -> Column[int]:
    """Return the column in which the values of a column began, along its references."""
    targets = [key.column for key in column.foreign_keys]
    return _root(targets[0]) if targets else column


def rows_of(table: Table, numbers: Collection[int]) -> ColumnElement[bool]:
    """Return which rows of a table are of applications with these numbers."""
    return or_(false(), *(table.c[name].in_(values_of(to, numbers)) for name, to in owning_columns(table)))


def values_of(column: Column[int], numbers: Collection[int]) -> "Collection[int] | Select[int]":
    """Return what a column holds in the rows of applications with these numbers."""
    if column is METADATA.tables[APPLICATIONS].c.id:
        return numbers
    return select(column).where(rows_of(column.table, numbers))


def goes_whole(table: Table) -> bool:
    """Whether a row of what is erased goes, for a word in it that nothing can take the place of."""
    return any(column.info[MARKED] == GOES for column in table.c)
