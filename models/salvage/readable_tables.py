"""All rows that the engine still reads of a damaged record, in a database in memory to be asked as usual.

Each table is read forwards, then backwards, then between by halves: rows on a spoilt page are left out. A
table whose first page is spoilt is lost; so is everything where that of the file is.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import starmap
from pathlib import Path

from msgspec import Struct
from sqlcipher3 import dbapi2

from models.schema.base import METADATA
from models.store import definition
from models.store.definition import Part
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.store.sqlite.engine import DRIVERS_OWN, RawConnection
from models.store.sqlite.record_check import marked_format

Value = None | int | float | str | bytes
Numbered = tuple[int, tuple[Value, ...]]
"""A row with the engine's own number of it."""

_PARTS = "SELECT type, name, tbl_name, sql FROM main.sqlite_master"
_LAST = 1 << 24
"""No table of a record has so many rows; where its last ones are spoilt, they are looked for below."""
_MOST_FAULTS = 400
"""After so many, tables are read from their ends alone: an encrypted file is opened anew after each."""


class ReadableTables(Struct, frozen=True):
    """A database in memory with every row that was read, and of which tables some were not.

    Its tables are the program's own; `strange` names what the file had beside or in the place of them.
    """

    raw: RawConnection
    lost: frozenset[str]
    strange: tuple[str, ...] = ()

    def count(self, name: str) -> int:
        """Return how many rows of a table were read."""
        return int(self.raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])

    def close(self) -> None:
        """Let go of the memory."""
        self.raw.close()


def readable_tables(path: Path, key: str | None) -> ReadableTables:
    """Read what can be read of a closed file; Trouble where it is no record, or its beginning is spoilt."""
    with closing(_File(path, key)) as file:
        number = marked_format(path, file.raw)
        parts = tuple(starmap(_part, file.rows(_PARTS)))
        raw = engine.scratch()
        try:
            lost = _copied(file, raw)
        except BaseException:
            raw.close()
            raise
    return ReadableTables(raw, lost, definition.strange(definition.without_engines(parts), number))


def _part(kind: Value, name: Value, of_table: Value, statement: Value) -> Part:
    return Part(str(kind), str(name), str(of_table), None if statement is None else str(statement))


class _File:
    """A damaged file that is read; an encrypted one is connected to again after each fault."""

    def __init__(self, path: Path, key: str | None) -> None:
        self._path, self._key = path, key if key is None else engine.hashed_key(path, key)
        self.raw = engine.connect_to_damaged(path, self._key)
        self.faults = 0

    def close(self) -> None:
        """Close the file."""
        self.raw.close()

    def rows(self, statement: str) -> list[tuple[Value, ...]]:
        """Return the rows of a question up to the first fault."""
        return self.rows_and_end(statement)[0]

    def rows_and_end(self, statement: str) -> tuple[list[tuple[Value, ...]], bool]:
        """Return the rows of a question up to the first fault, and whether there was none."""
        found: list[tuple[Value, ...]] = []
        try:
            found.extend(self.raw.execute(statement))
        except DRIVERS_OWN:
            self._note_fault()
            return found, False
        return found, True

    def numbered(self, statement: str, first: int, last: int, way: int) -> tuple[list[Numbered], bool]:
        """Return the rows of a table between two numbers, upwards (1) or downwards (-1), up to a fault.

        A row that is out of order is one: a page cut in the middle reads as noughts.
        """
        order = "" if way > 0 else " DESC"
        asked = f"{statement} WHERE rowid > {first} AND rowid < {last} ORDER BY rowid{order}"
        rows, is_whole = self.rows_and_end(asked)
        found: list[Numbered] = []
        before = first if way > 0 else last
        for number, *values in rows:
            if not isinstance(number, int) or (number - before) * way <= 0:
                return found, False
            found.append((number, tuple(values)))
            before = number
        return found, is_whole

    def _note_fault(self) -> None:
        self.faults += 1
        if self._key is not None:
            self.raw.close()
            self.raw = engine.connect_to_damaged(self._path, self._key)


def _copied(file: _File, raw: RawConnection) -> frozenset[str]:
    """Make the program's tables and put in what is read of each; return those that were not read whole."""
    lost = set()
    raw.execute("BEGIN")
    for part in definition.of_format(newest_format()):
        if part.kind == "table" and part.statement is not None:
            raw.execute(part.statement)
            if part.name in METADATA.tables and not _table_copied(file, raw, part.name):
                lost.add(part.name)
    raw.execute("COMMIT")
    return frozenset(lost)


def _table_copied(file: _File, raw: RawConnection, name: str) -> bool:
    """Put what is read of a table into the program's own; return whether that is all it held."""
    there = {str(row[1]) for row in file.rows(f'PRAGMA table_info("{name}")')}
    kind = [row[2] for row in file.rows(f'PRAGMA table_list("{name}")') if row[0] == "main"]
    if kind != ["table"]:
        return False
    columns = [column.name for column in METADATA.tables[name].columns if column.name in there]
    named = ", ".join(f'"{column}"' for column in columns)
    insert = f'INSERT INTO "{name}" ({named}) VALUES ({", ".join("?" * len(columns))})'
    is_whole = True
    for part, is_end in _parts_of(file, f'SELECT rowid, {named} FROM "{name}"'):
        is_whole = is_whole and is_end
        for _, values in part:
            try:
                raw.execute(insert, values)
            except (dbapi2.Error, OverflowError):
                is_whole = False
    return is_whole


def _parts_of(file: _File, statement: str) -> Iterator[tuple[list[Numbered], bool]]:
    """Yield rows of a table in parts, and whether no fault followed on them."""
    waiting = [(-1, 1 << 62)]
    while waiting:
        first, last = waiting.pop()
        found, is_whole = file.numbered(statement, first, last, 1)
        yield found, is_whole
        if is_whole:
            continue
        first = found[-1][0] if found else first
        back, _ = file.numbered(statement, first, last, -1)
        yield back[::-1], False
        last = min(back[-1][0] if back else last, _LAST)
        if last - first > 2 and file.faults < _MOST_FAULTS:
            middle = (first + last) // 2
            waiting += [(middle, last), (first, middle + 1)]
