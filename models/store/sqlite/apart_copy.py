"""A copy of a record without the pieces of its files, which go into files beside the copies, once each."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import chain, count
from pathlib import Path

from models.store.sqlite import engine, piece_store
from models.store.sqlite.engine import DRIVERS_OWN, RawConnection, RecordDamaged
from models.store.sqlite.piece_store import TABLE, PieceStore

Progress = Callable[[int, int], None]
"""Is told how many rows are done, and of how many; the record may be changed while it is."""

APART_FROM = 8 * 1024 * 1024
"""From so many bytes of pieces on a copy is made without them."""
ROWS_A_SLICE, PIECE_ROWS = 2_000, 100
"""Rows copied at once; writing a piece takes about as long as so many of them."""
_MOST_SLICES = 10_000
"""Of one table, however far apart its rows' numbers are."""
_NUMBERS = count(1)
"""Copies that are made at one time are attached under different names."""
_TRIES = 3
"""How often a copy begins anew because the record was changed in its midst; the last goes on at one go."""

_SIZE = f"SELECT coalesce(sum(length(piece)), 0) FROM main.{TABLE}"
_DEFINITION = (
    "SELECT type, name, sql FROM main.sqlite_master "
    "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
)
_PIECES = f"SELECT rowid, sha256, number, length(piece) FROM main.{TABLE} ORDER BY rowid"


Work = tuple[int, Callable[[], None]]
"""How many rows are copied at most, and what copies them."""


class ApartCopy:
    """A copy under way: `prepare` and `complete` away from the record, `copy` on it."""

    def __init__(self, raw: RawConnection, path: Path, key: str | None) -> None:
        """Read what the copy is to be made of."""
        self._raw, self._path, self._key = raw, path, key
        self._salt = piece_store.salt_of(raw)
        self._apart, self._sizes = f"apart_{next(_NUMBERS)}", dict[bytes, int]()
        self._definition = raw.execute(_DEFINITION).fetchall()
        self._marks = {
            name: int(raw.execute(f"PRAGMA main.{name}").fetchone()[0])
            for name in ("application_id", "user_version")
        }

    def prepare(self, part: Path) -> None:
        """Make the copy's file with its tables, and the keys."""
        self._part = part
        self._store = PieceStore(self._path, self._key, self._salt)
        with closing(engine.connect_for_copy(part, self._key)) as target:
            self._run(target, is_of_table=True)
        self._literal = "''" if self._key is None else engine.hashed_key(part, self._key)

    def copy(self, progress: Progress) -> None:
        """Copy all rows in slices; begin anew where the record is changed between two of them."""
        with piece_store.attached(self._raw, self._apart, self._part, self._literal):
            for left in reversed(range(_TRIES)):
                if self._is_copied(progress if left else _at_one_go):
                    return

    def complete(self) -> None:
        """Make what rests on the rows, and the marks of a record; see that no piece lacks."""
        self._store.require(self._sizes)
        with closing(engine.connect(self._part, self._key)) as target:
            self._run(target, is_of_table=False)
            for name, value in self._marks.items():
                target.execute(f"PRAGMA {name}={value}")

    def _run(self, target: RawConnection, *, is_of_table: bool) -> None:
        target.execute("PRAGMA synchronous=OFF")
        target.execute("BEGIN")
        for kind, _, statement in self._definition:
            if (kind == "table") is is_of_table:
                target.execute(statement)
        target.execute("COMMIT")

    def _is_copied(self, progress: Progress) -> bool:
        """Copy all rows, and say whether the record stood still meanwhile."""
        raw = self._raw
        tables = [name for kind, name, _ in self._definition if kind == "table"]
        for name in tables:
            raw.execute(f'DELETE FROM {self._apart}."{name}"')
        others = (self._of_table(name) for name in tables if name != TABLE)
        work = [*chain.from_iterable(others), *self._pieces()]
        done, whole, changes = 0, sum(rows for rows, _ in work), raw.total_changes
        for rows, copied in work:
            if raw.total_changes != changes:
                return False
            copied()
            done, changes = done + rows, raw.total_changes
            if done < whole:
                progress(done, whole)
        return raw.total_changes == changes

    def _of_table(self, name: str, columns: str = "*") -> Iterator[Work]:
        """Yield the work of copying a table, some rows at once."""
        asked = f'SELECT {columns} FROM main."{name}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'
        statement = f'INSERT INTO {self._apart}."{name}" {asked}'
        first, last = self._raw.execute(f'SELECT min(rowid), max(rowid) FROM main."{name}"').fetchone()
        if first is not None:
            step = max(ROWS_A_SLICE, (last - first) // _MOST_SLICES + 1)
            for at in range(first, last + 1, step):
                yield ROWS_A_SLICE, partial(self._put, statement, at, at + step - 1)

    def _put(self, statement: str, *parameters: object) -> None:
        """Copy rows in the order they stand in, whatever they refer to."""
        self._raw.execute("PRAGMA foreign_keys=OFF")
        try:
            self._raw.execute(statement, parameters)
        finally:
            self._raw.execute("PRAGMA foreign_keys=ON")

    def _pieces(self) -> Iterator[Work]:
        """Yield the work of writing each piece that is not there yet, and that of marking where all are."""
        day, store = datetime.now(UTC).toordinal(), self._store
        rows = self._raw.execute(_PIECES).fetchall()
        whole: Counter[str] = Counter()
        for _, of, _, size in rows:
            whole[of] += size
        named = {row: store.name_of(of, number, size, whole[of]) for row, of, number, size in rows}
        self._sizes = {named[row]: size for row, _, _, size in rows}
        yield PIECE_ROWS, partial(store.announce, named.values())
        for number, _, _, size in rows:
            if not store.is_sound(named[number], size, day):
                yield PIECE_ROWS, partial(self._write, number, named[number])
        self._raw.create_function("mark_of", 1, lambda row: piece_store.mark(named[row]))
        yield from self._of_table(TABLE, piece_store.columns(self._raw, "mark_of(rowid)"))

    def _write(self, number: int, name: bytes) -> None:
        asked = f"SELECT piece FROM main.{TABLE} WHERE rowid = ?"
        try:
            (piece,) = self._raw.execute(asked, (number,)).fetchone()
        except DRIVERS_OWN as error:
            raise RecordDamaged("not all of the record's pages can be read") from error
        self._store.put(name, piece)


def _at_one_go(done: int, whole: int) -> None:
    """Go on without a break."""


def has_many_pieces(raw: RawConnection) -> bool:
    """Whether a record holds so much of files that it is copied without them."""
    return piece_store.has_pieces(raw) and int(raw.execute(_SIZE).fetchone()[0]) >= APART_FROM


def apart_copy(raw: RawConnection, path: Path, key: str | None) -> ApartCopy | None:
    """Return a copy without pieces, None where a record is copied whole."""
    return ApartCopy(raw, path, key) if has_many_pieces(raw) else None
