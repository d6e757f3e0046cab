"""Parts of a record that were read, and stand until a change writes to a table that they came from.

From which tables a part comes is not declared but seen: the words of each statement that runs while it is
read are noted, and so are those of the parts it is made from. A change lets go of what holds the name of a
table that it was seen to write.

A part that is read by rows, such as the marks of each sheet, is kept but for the rows that a change names:
these alone are read again. Which rows those are is seen as well, in the conditions and values of what is
written; where a statement names none, all are read.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from sqlalchemy import ClauseElement, Column, Delete, Engine, Insert, Table, Update, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.sql import operators
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList

from models.session import CLOSED, UNTOLD, WITH_FIGURES, Session

P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")
Keys = frozenset[Any]
Rows = Mapping[str, Mapping[str, Keys]]
"""What names all the rows of a table that were written: their values in a column, by table and column."""
By = Mapping[str, str]
"""The column of each table by which a part is read."""
PARTS = "parts"
"""Under this name a session carries the parts that stand for it."""
BESIDE_TABLES = "locks"
"""The word in a statement that reads by a server's own functions: what these read is not seen."""

_NO_ROWS: Rows = {}
_BY_NOTHING: By = {}
_GIVEN = re.compile(r"\b(\w+)=")
"""What a statement gives other values, as SQLAlchemy writes it: a condition has spaces about its sign."""
_WORD = re.compile(r"\w+")
_WRITTEN = re.compile(r'(?:\bINSERT(?: OR \w+)? INTO|(?<!FOR )\bUPDATE|\bDELETE FROM) (?:public\.)?"?(\w+)')


class Part(NamedTuple):
    """What was read, and the words of the statements it was read by.

    One that is read `by` rows is a mapping, of which those under the keys in `stale` are to be read again.
    """

    value: object
    words: frozenset[str]
    by: By = _BY_NOTHING
    stale: Keys = frozenset()

    def without(self, tables: Collection[str], rows: Rows) -> "Part | None":
        """Return what stands of it once these tables are written, None for nothing."""
        if self.words.isdisjoint(tables):
            return self
        hit = self.words.intersection(tables)
        named = [rows.get(table, {}).get(self.by.get(table, "")) for table in hit]
        known = [keys for keys in named if keys is not None]
        return self._replace(stale=self.stale.union(*known)) if len(known) == len(named) else None


class Parts:
    """The parts of one open record, as frozen values; they rest on journalled tables alone, no drafts."""

    def __init__(self) -> None:
        self._parts: dict[Hashable, Part] = {}
        self._reading: list[set[str]] = []
        self._changes = 0

    def read(self, key: Hashable, load: Callable[[Keys], T], by: By = _BY_NOTHING) -> T:
        """Return a part, read now unless it stands; of one that is read by rows those that are stale.

        `load` is told which, none for all.
        """
        part = self._parts.get(key)
        if part is None or part.stale:
            part = self._read(key, load, part or Part({}, frozenset(), by))
        if self._reading:
            self._reading[-1] |= part.words
        return cast(T, part.value)

    def _read(self, key: Hashable, load: Callable[[Keys], object], before: Part) -> Part:
        changes = self._changes
        self._reading.append(set())
        try:
            value = load(before.stale)
        finally:
            words = self._reading.pop()
        if before.stale:
            stands = cast(Mapping[Any, Any], before.value).items()
            value = {of: one for of, one in stands if of not in before.stale} | cast(dict[Any, Any], value)
        part = Part(value, before.words.union(words), before.by)
        if changes == self._changes:
            self._parts[key] = part
        return part

    def note(self, statement: str) -> None:
        """Note a statement that runs: what is read now comes from its tables."""
        if self._reading:
            self._reading[-1] |= _words(statement)

    def forget(self, tables: Collection[str], rows: Rows = _NO_ROWS) -> None:
        """Forget what came from these tables; where their rows are named, no others."""
        self._changes += 1
        written = {*tables, BESIDE_TABLES}
        left = ((key, part.without(written, rows)) for key, part in self._parts.items())
        self._parts = {key: part for key, part in left if part is not None}

    def clear(self) -> None:
        """Forget everything."""
        self._changes += 1
        self._parts.clear()


class ChangeParts(Parts):
    """What one change reads: the record's parts until it writes, and from then on its own."""

    def __init__(self, before: Parts) -> None:
        super().__init__()
        self._before = before
        self.rows = dict[str, Mapping[str, Keys]]()
        """The tables that the change was seen to write, and what names the rows that it wrote there."""

    @property
    def written(self) -> Collection[str]:
        """Return the names of the tables that the change was seen to write."""
        return self.rows.keys()

    def read(self, key: Hashable, load: Callable[[Keys], T], by: By = _BY_NOTHING) -> T:
        """Return a part as the change has left it so far."""
        return super().read(key, load, by) if self.rows else self._before.read(key, load, by)

    def note(self, statement: str, context: DefaultExecutionContext | None = None) -> None:
        """Note a statement that runs."""
        self._before.note(statement)
        super().note(statement)
        if tables := tables_written(statement):
            named = rows_written(context)
            for table in tables:
                now = named.get(table, {})
                before = self.rows.get(table, now)
                self.rows[table] = {of: before[of] | keys for of, keys in now.items() if of in before}
            self.forget(tables, named)


def part(load: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """Let what a query of the record answers stand as a part: answer and arguments are frozen values."""

    @wraps(load)
    def read(session: Session, /, *asked: P.args, **named: P.kwargs) -> T:
        return _standing(session, lambda _: load(session, *asked, **named), (load, asked, *named.items()))

    return read


Load = Callable[Concatenate[Session, Keys, P], dict[K, V]]
Loads = Callable[Concatenate[Session, P], Mapping[K, V]]


def part_by(*columns: Column[K]) -> Callable[[Load[P, K, V]], Loads[P, K, V]]:
    """Let the same stand of a query that is read by rows, whose keys are in one of these columns a table.

    The query is told the keys of those that it is asked for, none for all, and answers by them.
    """
    by = {column.table.name: column.name for column in columns}

    def reading(load: Load[P, K, V]) -> Loads[P, K, V]:
        @wraps(load)
        def read(session: Session, /, *asked: P.args, **named: P.kwargs) -> Mapping[K, V]:
            key = load, asked, *named.items()
            return _standing(session, lambda keys: load(session, keys, *asked, **named), key, by)

        return read

    return reading


def _standing(
    session: Session, load: Callable[[Keys], T], key: tuple[object, ...], by: By = _BY_NOTHING
) -> T:
    parts = session.get_execution_options().get(PARTS)
    if parts is None:
        return load(frozenset())
    known = session.info
    read_as = WITH_FIGURES in known, known.get(CLOSED), known.get(UNTOLD)
    return cast(Parts, parts).read((*key, *read_as), load, by)


def listen(engine: Engine) -> None:
    """Let the parts that a session carries note what runs through it, and what is taken back of it."""
    event.listen(engine, "before_cursor_execute", _note)
    event.listen(engine, "rollback_savepoint", _take_back)


@lru_cache(maxsize=4096)
def tables_written(statement: str) -> frozenset[str]:
    """Return the tables that a statement writes to, none where it only reads."""
    return frozenset(_WRITTEN.findall(statement))


def rows_written(context: DefaultExecutionContext | None) -> Rows:
    """Return what names all the rows that a statement writes, as far as its conditions and values do."""
    if context is None or not isinstance(context.compiled, SQLCompiler):
        return _NO_ROWS
    table, binds = _binds(context.compiled)
    values = context.compiled_parameters
    return {table: {of: Keys(_each(values, bind)) for of, bind in binds.items()}} if binds else _NO_ROWS


@lru_cache(maxsize=1024)
def _binds(compiled: SQLCompiler) -> tuple[str, Mapping[str, str]]:
    """Return the table that a statement writes, and by column which parameters name its rows."""
    statement = compiled.statement
    if isinstance(statement, Insert) and isinstance(statement.table, Table) and statement.select is None:
        names = (column.name for column in statement.table.c if column.primary_key or column.foreign_keys)
        return statement.table.name, {of: of for of in names if of in compiled.binds}
    if isinstance(statement, Update | Delete) and isinstance(statement.table, Table):
        named = _named(statement.whereclause, statement.table)
        given = _GIVEN.findall(compiled.string)  # a row that moves would have two keys
        return statement.table.name, {of: compiled.bind_names[one] for of, one in named if of not in given}
    return "", {}


def _named(clause: ClauseElement | None, table: Table) -> Iterator[tuple[str, BindParameter[Any]]]:
    """Yield the columns of a table that a condition wants to hold values, with these."""
    if isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
        for each in clause.clauses:
            yield from _named(each, table)
    elif isinstance(clause, BinaryExpression) and clause.operator in (operators.eq, operators.in_op):
        column, value = clause.left, clause.right
        if isinstance(column, Column) and column.table is table and isinstance(value, BindParameter):
            yield column.name, value


def _each(values: Sequence[Mapping[str, Any]], bind: str) -> Iterator[Any]:
    """Yield the values of a parameter; one of several values has a parameter for each: "id_1_1", "id_1_2"."""
    for row in values:
        yield from (one for name, one in row.items() if name == bind or name.startswith(f"{bind}_"))


@lru_cache(maxsize=4096)
def _words(statement: str) -> frozenset[str]:
    return frozenset(_WORD.findall(statement))


def _note(
    session: Session,
    cursor: Any,
    statement: str,
    parameters: object,
    context: DefaultExecutionContext,
    *_: object,
) -> None:
    parts = session.get_execution_options().get(PARTS)
    if isinstance(parts, ChangeParts):
        parts.note(statement, context)
    elif parts is not None:
        parts.note(statement)


def _take_back(session: Session, *_: object) -> None:
    parts = session.get_execution_options().get(PARTS)
    if parts is not None and isinstance(parts, ChangeParts):
        parts.clear()
