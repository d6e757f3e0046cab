"""Parts of a record that were read, and stand until a change writes to a table that they came from.

From which tables a part comes is not declared but seen: the words of each statement that runs while it is
read are noted, and so are those of the parts it is made from. A change lets go of what holds the name of a
table that it was seen to write.
"""

import re
from collections.abc import Callable, Collection, Hashable
from functools import lru_cache, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from sqlalchemy import Engine, event

from models.session import WITH_FIGURES, Session

P = ParamSpec("P")
T = TypeVar("T")
PARTS = "parts"
"""Under this name a session carries the parts that stand for it."""
BESIDE_TABLES = "locks"
"""The word in a statement that reads by a server's own functions: what these read is not seen."""

_WORD = re.compile(r"\w+")
_WRITTEN = re.compile(r'(?:\bINSERT(?: OR \w+)? INTO|(?<!FOR )\bUPDATE|\bDELETE FROM) (?:public\.)?"?(\w+)')


class Part(NamedTuple):
    """What was read, and the words of the statements it was read by."""

    value: object
    words: frozenset[str]


class Parts:
    """The parts of one open record, as frozen values; they rest on journalled tables alone, no drafts."""

    def __init__(self) -> None:
        self._parts: dict[Hashable, Part] = {}
        self._reading: list[set[str]] = []
        self._changes = 0

    def read(self, key: Hashable, load: Callable[[], T]) -> T:
        """Return a part, read now unless it stands."""
        part = self._parts.get(key)
        if part is None:
            changes = self._changes
            self._reading.append(set())
            try:
                value = load()
            finally:
                words = self._reading.pop()
            part = Part(value, frozenset(words))
            if changes == self._changes:
                self._parts[key] = part
        if self._reading:
            self._reading[-1] |= part.words
        return cast(T, part.value)

    def note(self, statement: str) -> None:
        """Note a statement that runs: what is read now comes from its tables."""
        if self._reading:
            self._reading[-1] |= _words(statement)

    def forget(self, tables: Collection[str]) -> None:
        """Forget what came from these tables."""
        self._changes += 1
        written = {*tables, BESIDE_TABLES}
        self._parts = {key: part for key, part in self._parts.items() if part.words.isdisjoint(written)}

    def clear(self) -> None:
        """Forget everything."""
        self._changes += 1
        self._parts.clear()


class ChangeParts(Parts):
    """What one change reads: the record's parts until it writes, and from then on its own."""

    def __init__(self, before: Parts) -> None:
        super().__init__()
        self._before = before
        self.written = set[str]()
        """The names of the tables that the change was seen to write."""

    def read(self, key: Hashable, load: Callable[[], T]) -> T:
        """Return a part as the change has left it so far."""
        return super().read(key, load) if self.written else self._before.read(key, load)

    def note(self, statement: str) -> None:
        """Note a statement that runs."""
        self._before.note(statement)
        super().note(statement)
        if tables := tables_written(statement):
            self.written |= tables
            self.forget(tables)


def part(load: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """Let what a query of the record answers stand as a part: answer and arguments are frozen values."""

    @wraps(load)
    def read(session: Session, /, *asked: P.args, **named: P.kwargs) -> T:
        parts = session.get_execution_options().get(PARTS)
        if parts is None:
            return load(session, *asked, **named)
        key = load, asked, tuple(named.items()), WITH_FIGURES in session.info
        return cast(Parts, parts).read(key, lambda: load(session, *asked, **named))

    return read


def listen(engine: Engine) -> None:
    """Let the parts that a session carries note what runs through it, and what is taken back of it."""
    event.listen(engine, "before_cursor_execute", _note)
    event.listen(engine, "rollback_savepoint", _take_back)


@lru_cache(maxsize=4096)
def tables_written(statement: str) -> frozenset[str]:
    """Return the tables that a statement writes to, none where it only reads."""
    return frozenset(_WRITTEN.findall(statement))


@lru_cache(maxsize=4096)
def _words(statement: str) -> frozenset[str]:
    return frozenset(_WORD.findall(statement))


def _note(session: Session, cursor: Any, statement: str, *_: object) -> None:
    parts = session.get_execution_options().get(PARTS)
    if parts is not None:
        parts.note(statement)


def _take_back(session: Session, *_: object) -> None:
    parts = session.get_execution_options().get(PARTS)
    if parts is not None and isinstance(parts, ChangeParts):
        parts.clear()
