"""The one declaration of the locks, `resources/server/locks.toml`: who reads each table, what writes it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from msgspec import Struct, convert, toml
from msgspec.structs import replace

import resources
from models.permissions.table import PAPERS_OF_CHAIR, PERMISSIONS, Condition
from models.role import Roles
from models.schema import tables as schema
from models.schema.base import MARKED
from models.values.attachments import LEAVING

Kinds = tuple[str, ...]


class Rests(Enum):
    """What the rows of a table tell of: nothing that closes, an application, marks on it, or each member's.

    The value is what gives the numbers of the applications whose rows are closed, or their identities.
    """

    ON_NOTHING = ""
    ON_APPLICATION = "locks.barred()"
    ON_MARKS = "locks.unseen()"
    ON_SHEETS = "locks.without_sheets()"
    ON_SUBJECT = "locks.barred_uids()"


class Lock(Struct, frozen=True, forbid_unknown_fields=True):
    """Who reads the rows of some tables, and by which kinds of change they are written.

    `readers` None is everybody with a role in the record; `reads` is what else must hold of a row that is
    read. `rests` None is of the application where the table has a column of one. `checks` are, by condition
    of a permission, what must hold of a row that is written; `unchecked` is what must hold of one that is
    written by a kind whose conditions have no check here. In both, ROUND is the row's round. `columns` are
    all that an update may change, None any, in which case rows are removed as well.
    """

    tables: tuple[str, ...]
    kinds: Kinds
    readers: Roles | None = None
    rests: Rests | None = None
    reads: str = ""
    checks: Mapping[Condition, str] = {}
    unchecked: str = ""
    columns: tuple[str, ...] | None = None


class Declaration(Struct, frozen=True, forbid_unknown_fields=True):
    """All that the file declares, whose comments say what each list is, by its name."""

    lists: Mapping[str, tuple[str, ...]]
    journal: Mapping[str, tuple[tuple[str, str], ...]]
    also_touched: Mapping[str, tuple[str, ...]]
    added_with: Mapping[str, tuple[tuple[str, str, str], ...]]
    opens: Mapping[str, Kinds]
    kept: Mapping[str, tuple[str, ...]]
    empty: Mapping[str, str]
    lock: tuple[Lock, ...]


def among(column: str, rows: str) -> str:
    """Return what is NULL but in rows whose column is among others, looked up once a statement.

    A look-up in JSON costs nothing in the engine's reckoning, so that no comparison comes before it: one that
    ran first over closed rows would be told by EXPLAIN ANALYZE. A call of a function, however cheap, comes
    after `IS NULL` and a yes or no.
    """
    return f"(SELECT coalesce(jsonb_object_agg(key, 1), '{{}}') FROM {rows} AS key)[{column}]"


def sql_list(words: Iterable[str]) -> str:
    """Return words as a list of the engine's, which holds no quotes of its own."""
    return "'{" + ",".join(words) + "}'"


def _alike(kind: str) -> Sequence[str]:
    """Return the kinds of change that are made in the roles of one, without a condition."""
    roles = PERMISSIONS[kind].roles
    return [name for name, one in PERMISSIONS.items() if (one.roles, one.conditions) == (roles, ())]


_AMONG = re.compile(r"AMONG\((\w+), (\w+\.\w+\(\)|\(.+?\))\)")
KNOWN = "EXISTS (SELECT FROM locks.logins WHERE login = session_user)"
"""Of a login that is let into the record: each sees of the logins its own."""
_PUT_IN = {
    "CHAIRS": sql_list(sorted(PAPERS_OF_CHAIR)),
    "KNOWN": KNOWN,
    "LEAVING": sql_list(sorted(LEAVING)),
}


def _said(value: Any, lists: Mapping[str, Sequence[str]]) -> Any:
    """Return a value of the file with the lists, papers and look-ups that it names put in."""
    if isinstance(value, dict):
        return {name: _said(one, lists) for name, one in value.items()}
    if isinstance(value, list):
        parts = (_said(lists[one], lists) if str(one) in lists else [_said(one, lists)] for one in value)
        return [one for part in parts for one in part]
    for word, said in _PUT_IN.items():
        value = value.replace(word, said)
    return _AMONG.sub(lambda found: among(*found.groups()), value)


def _declared() -> Declaration:
    found = toml.decode(resources.text("server/locks.toml"))
    lists = {
        "*office": [kind for kind in _alike("load round") if kind != "erase bodies"],  # it empties
        "*money": _alike("set due"),
        "*marked": [table.name for table in schema.TABLES if any(one.info[MARKED] for one in table.c)],
    }
    named = {f"*{name}": kinds for name, kinds in found["lists"].items()}
    declared = convert(_said(found, named | lists), Declaration)
    return replace(declared, lock=tuple(map(_with_words, declared.lock)))


def _with_words(lock: Lock) -> Lock:
    """Return a lock by which an erasure can change the columns that hold words of people."""
    if lock.columns is None:
        return lock
    tables = (table for table in schema.TABLES if table.name in lock.tables)
    marked = (column.name for table in tables for column in table.c if column.info[MARKED])
    return replace(lock, columns=tuple(dict.fromkeys((*lock.columns, *marked))))


DECLARED = _declared()
LOCKS = {table: lock for lock in DECLARED.lock for table in lock.tables}
"""Every table but those that the journal is kept in, which `journal` locks by hand."""
