"""Stored values that are none of their column's, each named by its table, its row and its column."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from msgspec.json import decode
from sqlalchemy import (
    CheckConstraint,
    Column,
    LargeBinary,
    Table,
    Text,
    TextClause,
    cast,
    select,
    text,
    type_coerce,
)

from models.schema.base import METADATA, AsText
from models.schema.forms import (
    ENGINE,
    JSON,
    JSON_LIST,
    JSON_OBJECT,
    JSON_OBJECT_OR_NONE,
    OF_JSON,
    guard_forms,
)
from models.session import Session
from models.store.closed_sets import CLOSED
from models.store.upkeep import key_names
from models.values.stored import BY_ANOTHER, is_readable
from scoring.written.days import is_stored
from scoring.written.text import listed

_SHORT = 40
"""The characters of a value that are shown."""
_HOLDS: dict[Any, type] = {JSON_LIST: list, JSON_OBJECT: dict, JSON_OBJECT_OR_NONE: dict, JSON: object}


def unreadable(session: Session) -> Iterator[str]:
    """Yield the first row of each column that holds what is none of its values."""
    guard_forms(METADATA)
    for table in METADATA.sorted_tables:
        yield from unreadable_in(session, table)
    yield from outside(session)


def outside(session: Session) -> Iterator[str]:
    """Yield the first row of each column of a closed set whose value is no member of that."""
    for column, members in CLOSED.items():
        table, _, name = column.partition(".")
        of = METADATA.tables[table].c[name]
        keys = [type_coerce(of.table.c[key], Text) for key in key_names(table)]
        found = session.execute(select(*keys, of).where(of.not_in(members())).limit(1)).first()
        if found is not None:
            said = found[-1][:_SHORT]
            yield f"{_row(of.table, found[:-1])}, column {name}: “{said}” is none of its values."


def without_text(session: Session) -> Iterator[str]:
    """Yield the first row of each column of a file whose text is bytes that are none."""
    tables = METADATA.sorted_tables if session.dialect.name == "sqlite" else ()
    for column in (one for table in tables for one in table.c if isinstance(one.type, Text | AsText)):
        keys = [cast(column.table.c[name], LargeBinary) for name in key_names(column.table.name)]
        for *row, said in session.execute(select(*keys, cast(column, LargeBinary))):
            try:
                (said or b"").decode()
            except UnicodeDecodeError:
                shown = [one.decode("utf-8", "replace") for one in row]
                yield f"{_row(column.table, shown)}, column {column.name}: its bytes are no text."
                break


def unreadable_in(session: Session, table: Table) -> Iterator[str]:
    """Yield the same of one table: what cannot be read, then what its rules forbid."""
    read = [one for one in table.c if isinstance(one.type, AsText) or one.type in OF_JSON]
    for one in read:
        yield from _undecoded(session, one)
    rules = [*_rules(table, session.dialect.name, frozenset(one.name for one in read))]
    any_broken = text(" OR ".join(f"NOT ({rule.condition})" for rule in rules))
    if rules and session.execute(select(table.c[0]).where(any_broken).limit(1)).first() is None:
        return  # all of them are looked at in one reading of the table
    for rule in rules:
        yield from _broken(session, table, rule)


class _Asked(NamedTuple):
    """A rule as a statement asks for it, and the columns that it is about."""

    condition: str
    columns: list[str]


def _rules(table: Table, engine: str, read: frozenset[str]) -> Iterator[_Asked]:
    """Yield the rules of a table, without the forms of columns that are read one value after another.

    A server may fail at these: it would convert what it is asked to judge.
    """
    for rule in table.constraints:
        if not isinstance(rule, CheckConstraint) or rule.info.get(ENGINE, engine) != engine:
            continue
        if isinstance(rule.sqltext, TextClause):
            words = set(re.findall(r"\w+", re.sub("'[^']*'", "", rule.sqltext.text)))
            about = [one.name for one in table.c if one.name in words]
            if ENGINE not in rule.info or read.isdisjoint(about):
                yield _Asked(rule.sqltext.text, about)
        elif engine == "sqlite":  # a server knows yes and no
            (said,) = rule.columns
            yield _Asked(f'"{said.name}" IN (0, 1)', [said.name])


def _broken(session: Session, table: Table, rule: _Asked) -> Iterator[str]:
    keys = key_names(table.name)
    shown = [type_coerce(table.c[name], Text) for name in (*keys, *rule.columns)]
    found = session.execute(select(*shown).where(text(f"NOT ({rule.condition})")).limit(1)).first()
    if found is not None:
        values = [f"“{str(one)[:_SHORT]}”" for one in found[len(keys) :]]
        if len(values) == 1:
            yield f"{_row(table, found)}, column {rule.columns[0]}: {values[0]} is none of its values."
        else:
            about = f"columns {listed(rule.columns)}: {listed(values)}"
            yield f"{_row(table, found)}, {about} do not go together."


def _undecoded(session: Session, of: "Column[Any]") -> Iterator[str]:
    by = of.table.c[BY_ANOTHER.get(str(of), of.name)]
    told, named = type_coerce(of, Text), type_coerce(by, Text)
    stored = select(told, named).where(of.is_not(None)).distinct()
    if of.type is JSON_OBJECT_OR_NONE:
        stored = stored.where(of != "")
    wrong = next((row for row in session.execute(stored) if not _is_read(of, *row)), None)
    if wrong is not None:
        keys = [type_coerce(of.table.c[name], Text) for name in key_names(of.table.name)]
        found = session.execute(select(*keys).where(told == wrong[0], named == wrong[1]).limit(1)).one()
        yield f"{_row(of.table, found)}, column {of.name}: “{wrong[0][:_SHORT]}” cannot be read."


def _is_read(of: "Column[Any]", value: str, by: str) -> bool:
    """Whether a value is as the program writes it; `by` is what another column of its row names."""
    try:
        if isinstance(of.type, AsText):
            found = of.type.read(value)
            return of.type.write(found) == value and (not isinstance(found, date) or is_stored(found))
        return isinstance(decode(value), _HOLDS[of.type]) and is_readable(str(of), value, by)
    except (ValueError, ArithmeticError, RecursionError):
        return False


def _row(table: Any, found: Any) -> str:
    keys = zip(key_names(table.name), found, strict=False)
    return f"Table {table.name}, {listed([f'{name} {value}' for name, value in keys])}"
