"""Which rows of a record come into another one with its rounds, and how they refer to one another."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, Integer, Table, UniqueConstraint, true

from models.operations.set_up.round_tables import stored
from models.schema.base import METADATA
from models.schema.tables import TABLES
from models.session import Session

Value = str | int | None
Row = dict[str, Value]
Rows = Mapping[str, list[Row]]
"""The rows of each table, as they are stored."""

LEFT = frozenset(
    {
        *("journal", "journal_body", "erasure", "draft", "setting"),
        *("office_logo", "register_extracts", "register_entries"),
        *("bank_details", "private_keys", "file_pieces"),
    }
)
"""What stays behind: the other record's own journal, and what can be loaded or entered here again.

Bank details, keys and kept files come too, but beside the change: no journal holds them.
"""
BY_UID: Mapping[str, tuple[str, str]] = {
    "packs": ("round", "rounds"),
    "returned": ("round", "rounds"),
    "revisions": ("round", "rounds"),
    "member_keys": ("member", "members"),
    "pack_items": ("application", "applications"),
}
"""Tables that name what they are of by the identity that travels: the column, and the table that has it."""
_ONE_ROW = ("office", "publisher")
"""Tables of which a record has one row at most."""
assert TABLES, "the declared tables are whole once they are imported"


class Target(NamedTuple):
    """What a column refers to in the end: a table, and the number by which its rows are told apart."""

    table: str
    column: str


@cache
def carried() -> tuple[Table, ...]:
    """Return the tables whose rows come in, each after those that it refers to."""
    return tuple(table for table in METADATA.sorted_tables if table.name not in LEFT)


@cache
def of_rounds() -> frozenset[str]:
    """Return the tables whose rows hang on a round."""
    found = {"rounds"}
    for table in carried():
        if any(key.column.table.name in found for key in table.foreign_keys):
            found.add(table.name)
    return frozenset(found) | BY_UID.keys()


@cache
def target_of(column: "Column[object]") -> Target | None:
    """Return which numbered row a column means, None where it holds a value of its own."""
    for key in column.foreign_keys:
        return target_of(key.column)
    table = column.table
    numbered = number_of(table)
    return Target(table.name, column.name) if numbered is not None and column.name == numbered else None


@cache
def number_of(table: Table) -> str | None:
    """Return the column whose whole number names a row in this record alone, None where there is none."""
    keys = list(table.primary_key)
    is_number = len(keys) == 1 and isinstance(keys[0].type, BigInteger | Integer) and not keys[0].foreign_keys
    return keys[0].name if is_number else None


@cache
def natural_keys(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return by which columns a row is the same here and there: what is unique, but for numbers and uids.

    One of which nothing else is unique is the same where all else is.
    """
    number = number_of(table)
    unique = [
        tuple(column.name for column in rule.columns)
        for rule in table.constraints
        if isinstance(rule, UniqueConstraint)
    ]
    if table.name in _ONE_ROW:
        return ((),)
    found = [names for names in unique if "uid" not in names]
    if number is None:
        found.append(tuple(column.name for column in table.primary_key))
    return tuple(found) or (tuple(c.name for c in table.c if c.name not in (number, "uid")),)


def rows_of(session: Session, table: Table) -> Iterator[Row]:
    """Yield the rows of a table as they are stored, in the order of its key."""
    found = stored(session, table, true())
    for row in found.rows:
        yield dict(zip(found.columns, row, strict=True))
