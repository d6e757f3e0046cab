"""What a record of a format is made of, and what is refused in one: anything that the program did not make.

Every table, index, trigger and view of a file is compared, statement by statement, with what the program's
own migrations make. A trigger that somebody added would forge the tables as they are written, and a view
in the place of a table would forge what is read.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import cache, lru_cache
from itertools import starmap
from pathlib import Path
from typing import NamedTuple, TypeVar

from models.session import Session
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.store.sqlite.engine import (
    APPLICATION_ID,
    DRIVERS_OWN,
    WHAT_HELPS,
    RawConnection,
    RecordDamaged,
    trouble_of,
)

NEWEST = (1, "8ffdffc05041fd31901c4bbaf855da826b0f9027e8eff92cfdd8d35b95d94097")
"""The newest format and the sum of its definition: opening a record takes one look at its own, and this."""

_WHOLE = "SELECT type, name, tbl_name, sql FROM main.sqlite_master ORDER BY type, name, rowid"
_VERSION = "SELECT version_num FROM main.alembic_version"
_OF_ENGINE = frozenset(
    {
        ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
        ("table", "sqlite_stat4", "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
    }
)
"""Where the engine keeps what it knows of its indexes; nothing else of its own is in a record."""

_SHOWN = 5
_LONGEST = 60

Row = TypeVar("Row", bound=tuple[str | None, ...])
"""A part as it is read, or as it is named."""


class Part(NamedTuple):
    """One entry of a file's definition: its kind, its name, the table that it is of, and its statement."""

    kind: str
    name: str
    of_table: str
    statement: str | None

    @property
    def words(self) -> str:
        """Return the entry as it is named to a person, without characters that cannot be seen."""
        kind, name = ("".join(filter(str.isprintable, str(part)))[:_LONGEST] for part in self[:2])
        return f"the {kind} “{name}”"


class RecordAltered(RecordDamaged):
    """The file holds what no record of its format has, or lacks what every one has: somebody changed it."""


def check(path: Path, raw: RawConnection, number: int) -> None:
    """Refuse a record of a format that is made otherwise than the program makes one, and say what is odd."""
    try:
        rows = raw.execute(_WHOLE).fetchall()
        if (number, _sum_of(without_engines(rows))) == NEWEST:
            return
        told = differences(_ours(rows), number) or _version_faults(raw.execute(_VERSION).fetchall(), number)
    except DRIVERS_OWN as error:
        raise trouble_of(error, path) from error
    if told:
        raise RecordAltered(_words(path, told))


def differences(found: Iterable[Part], number: int) -> tuple[str, ...]:
    """Return in words what differs from the definition of a format, nothing when all of it is the same."""
    parts = tuple(found)
    there = {part[:2] for part in parts}
    missing = dict.fromkeys(part.words for part in of_format(number) if part[:2] not in there)
    return (*strange(parts, number), *(f"{words} is missing" for words in missing))


def strange(found: Iterable[Part], number: int) -> tuple[str, ...]:
    """Return in words what a file has beside the definition of a format, or otherwise than it says."""
    made = of_format(number)
    own = {part[:2] for part in made}
    odd = sorted((Counter(found) - Counter(made)).elements(), key=ascii)
    unknown = dict.fromkeys(part.words for part in odd if part[:2] not in own)
    changed = dict.fromkeys(part.words for part in odd if part[:2] in own)
    return (
        *(f"{words} is not the program's" for words in unknown),
        *(f"{words} is not as the program makes it" for words in changed),
    )


def faults_of(session: Session) -> tuple[str, ...]:
    """Return in words how an open record is made otherwise than one of the newest format."""
    number = newest_format()
    found = differences(parts_of(session), number)
    return found or _version_faults(session.exec_driver_sql(_VERSION), number)


def parts_of(session: Session) -> tuple[Part, ...]:
    """Return the definition that an open record has."""
    return _ours(session.exec_driver_sql(_WHOLE))


def sum_of(parts: Iterable[Row]) -> str:
    """Return the SHA-256 of a definition, in the order of kinds and names, in hexadecimal digits."""
    return hashlib.sha256(ascii(list(map(tuple, parts))).encode()).hexdigest()


@lru_cache(maxsize=4)
def _sum_of(rows: tuple[tuple[str | None, ...], ...]) -> str:
    """Return the sum of a definition as it is read: hardly any is another than the one before."""
    return sum_of(rows)


@cache
def of_format(number: int) -> tuple[Part, ...]:
    """Return the definition of a format as the migrations make it."""
    from models.store import upgrade  # costs a tenth of a second, and is rarely wanted

    with closing(engine.scratch()) as raw:
        upgrade.upgrade(raw, to_format=number)
        return _parts(raw)


def build(raw: RawConnection) -> None:
    """Make an empty record of the newest format in an empty database, by the program's own definition."""
    _empty(of_format(newest_format())).backup(raw)


def make(raw: RawConnection, fill: Callable[[], None], number: int | None = None) -> None:
    """Make a record in an empty database; `fill` puts in rows that need no guarding.

    It is of the newest format where no `number` names another.
    """
    number = number or newest_format()
    parts = of_format(number)
    _run(raw, (part for part in parts if part.kind == "table"))
    fill()
    _run(raw, (part for part in parts if part.kind != "table"))
    raw.execute("INSERT INTO alembic_version VALUES (?)", (f"{number:04}",))
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version={number}")


@cache
def _empty(parts: tuple[Part, ...]) -> RawConnection:
    """Return a record with this definition and nothing in it, which is kept to be copied."""
    raw = engine.scratch()
    _run(raw, (part for part in parts if part.kind == "table"))
    _run(raw, (part for part in parts if part.kind != "table"))
    return raw


def _run(raw: RawConnection, parts: Iterable[Part]) -> None:
    for part in parts:
        if part.statement is not None:
            raw.execute(part.statement)


def without_engines(parts: Iterable[Row]) -> tuple[Row, ...]:
    """Return a definition without what the engine keeps for itself."""
    return tuple(part for part in parts if part not in _OF_ENGINE)


def _parts(raw: RawConnection) -> tuple[Part, ...]:
    return _ours(raw.execute(_WHOLE))


def _ours(rows: Iterable[Iterable[str]]) -> tuple[Part, ...]:
    return tuple(starmap(Part, without_engines(map(tuple, rows))))


def _version_faults(found: Iterable[Iterable[str]], number: int) -> tuple[str, ...]:
    """Return what is wrong with the number that decides which migrations are still to be done."""
    is_right = [tuple(row) for row in found] == [(f"{number:04}",)]
    return () if is_right else ("the number of its format was changed",)


def _words(path: Path, told: tuple[str, ...]) -> str:
    more = f", and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return (
        f"{path.name} was changed outside the program, so it was not opened: "
        f"{', '.join(told[:_SHOWN])}{more}. "
        f"Nothing was changed. {WHAT_HELPS}"
    )
