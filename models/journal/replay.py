"""Do all that the journal says over again in an empty record, and compare the tables with it.

A change that was made to the tables without a journal row shows here, and only here. Drafts, bank
details and private keys are not journalled and so are left out. In the place of an erased row stands
what its erasure put there.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import zip_longest
from typing import Any

from msgspec import Struct
from sqlalchemy import LargeBinary, Row
from sqlalchemy.exc import SQLAlchemyError

from models.operation import carried_out
from models.operations.registry import KNOWN
from models.schema.base import METADATA
from models.session import Session
from models.store import chain as journal
from models.store import definition
from models.store.chain import tombstones
from models.store.parts import PARTS, ChangeParts, Parts
from models.store.sqlite import engine
from models.store.sqlite.backup import Tick, row_counts
from models.store.upkeep import TableRows, key_names
from models.trouble import Trouble
from models.values import canonical
from scoring.written.text import Refused

NOT_REPLAYED = frozenset(
    {
        *("journal", "journal_body", "erasure", "draft", "bank_details", "private_keys", "file_pieces"),
        "alembic_version",
    }
)
NAMED_NOWHERE = "What journal row {} says is missing, and no erasure says what is done in its place."
_EVERY = 200
_AT_ONCE = 1_000
CANNOT = (
    *(Refused, SQLAlchemyError, ArithmeticError, AssertionError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)
"""What a change comes to whose words somebody made up past the program."""


class Difference(Struct, frozen=True):
    """Where the tables and the journal part: the sentence, and the journal row if one is to blame."""

    words: str
    row: int | None = None


def differences(session: Session, tick: Tick = None) -> tuple[Difference, ...]:
    """Return where the record's tables differ from what its journal makes; none when they agree."""
    with _scratch() as scratch:
        return _found(session, scratch, _repeat(session, scratch, tick))


def differences_after(row: int, session: Session, made: Session, tick: Tick = None) -> tuple[Difference, ...]:
    """Do what follows a row again in `made`, which holds the tables as of it; return where they differ."""
    return _found(session, made, _repeat(session, made, tick, None, row))


def _found(stored: Session, made: Session, stopped: Difference | None) -> tuple[Difference, ...]:
    return tuple(_compare(stored, made)) if stopped is None else (stopped,)


@contextmanager
def made_up_to(session: Session, row: int, tick: Tick = None) -> Iterator[Session]:
    """Give the tables as the journal makes them up to a row; raises Trouble where that cannot be done."""
    with _scratch() as scratch:
        stopped = _repeat(session, scratch, tick, row)
        if stopped is not None:
            raise Trouble(f"What was recorded at row {row:,} cannot be worked out again. {stopped.words}")
        yield scratch


@contextmanager
def _scratch() -> Iterator[Session]:
    with closing(engine.scratch()) as raw:
        definition.build(raw)
        with engine.engine_on(raw).connect() as scratch:
            yield scratch.execution_options(**{PARTS: ChangeParts(Parts())})


def _repeat(
    session: Session,
    scratch: Session,
    tick: Tick,
    up_to: int | None = None,
    after: int = 0,
    passed: list[int] | None = None,
) -> Difference | None:
    """Do rows again; return where it stops, or gather into `passed` each row that cannot be repeated."""
    total = journal.head(session).seq if up_to is None else up_to
    dead = tombstones(session)
    for entry in journal.entries(session, after=after):
        if entry.seq > total:
            break
        if entry.seq % _EVERY == 0:
            _let_go(scratch)
            if tick is not None:
                tick(entry.seq, total)
        if entry.body is None and entry.seq not in dead:
            return Difference(NAMED_NOWHERE.format(entry.seq), entry.seq)
        body = dead.get(entry.seq, entry.body)
        if not body:
            continue
        stopped = do_again(scratch, entry, body)
        if stopped is None:
            continue
        if passed is None:
            return stopped
        passed.append(entry.seq)
    return None


def _let_go(made: Session) -> None:
    """Forget what was read of the tables, so that a long journal is not held in memory round by round."""
    parts = made.get_execution_options().get(PARTS)
    if parts is not None:
        parts.clear()


def do_again(made: Session, entry: journal.Entry, body: str) -> Difference | None:
    """Do what a row says, whole or not at all; return why it cannot be done."""
    kind = KNOWN.get(entry.kind)
    if kind is None:
        return Difference(f"Journal row {entry.seq} is of a kind this program does not know.", entry.seq)
    try:
        with made.begin_nested():
            carried_out(made, canonical.from_text(kind, body), entry.actor, entry.at)
    except CANNOT as error:
        why = first_line(error).rstrip(".")
        return Difference(f"Journal row {entry.seq} cannot be repeated: {why}.", entry.seq)
    return None


def first_line(error: Exception) -> str:
    """Return an error's first line, without the words of a cell whose text cannot be read."""
    if engine.is_no_text(getattr(error, "orig", None) or error):
        return "a text cannot be read"  # what the engine says holds it
    return str(error).split("\n", 1)[0] or type(error).__name__


def told_beyond(session: Session) -> tuple[tuple[int, ...], tuple[TableRows, ...]]:
    """Return the rows that cannot be repeated, and what the tables hold otherwise than the others make it."""
    passed: list[int] = []
    with _scratch() as scratch:
        _repeat(session, scratch, None, passed=passed)
        return tuple(passed), tuple(found_beyond(session, scratch))


def found_beyond(stored: Session, made: Session) -> Iterator[TableRows]:
    """Yield what tables hold otherwise than others."""
    for table in METADATA.sorted_tables:
        if table.name not in NOT_REPLAYED:
            here, there = (_by_key(session, table.name) for session in (stored, made))
            put = tuple(row for key, row in here.items() if there.get(key) != row)
            gone = tuple(key for key in there if key not in here)
            if put or gone:
                yield TableRows(table.name, tuple(table.columns.keys()), put, gone)


def _by_key(session: Session, name: str) -> Mapping[tuple[Any, ...], tuple[Any, ...]]:
    return {_key(row, name): tuple(row) for row in _rows(session, name)}


def _compare(stored: Session, made: Session) -> Iterator[Difference]:
    """Yield at most one difference of a table, so that one cause does not fill the page."""
    names = sorted(METADATA.tables.keys() - NOT_REPLAYED)
    ours, theirs = row_counts(stored, names), row_counts(made, names)
    for name in (name for name in names if ours[name] or theirs[name]):
        if _are_same(stored, made, name):
            continue
        pairs = zip_longest(_rows(stored, name), _rows(made, name))
        odd = next(((left, right) for left, right in pairs if left != right), None)
        if odd is not None:
            yield Difference(f"Table {name}, {_words(name, *odd)}")


def _are_same(stored: Session, made: Session, name: str) -> bool:
    """Compare a table's rows many at once: as the engine writes them, two thirds of the time, if it can."""
    if stored.dialect.name == made.dialect.name and not _has_bytes(name):
        stored_text, made_text = (
            session.exec_driver_sql(_all_written(name)).scalar_one() for session in (stored, made)
        )
        return bool(stored_text == made_text)
    cursors = [session.connection.cursor() for session in (stored, made)]
    for cursor in cursors:
        cursor.execute(_all_rows(name))
    is_same = is_more = True
    while is_same and is_more:
        ours, theirs = (cursor.fetchmany(_AT_ONCE) for cursor in cursors)
        is_same = ours == theirs
        is_more = bool(ours)
    for cursor in cursors:
        cursor.close()
    return is_same


def _has_bytes(name: str) -> bool:
    return any(isinstance(one.type, LargeBinary) for one in METADATA.tables[name].columns)


def _all_written(name: str) -> str:
    """Ask for a whole table as one text, in which no two values are written alike."""
    columns = _quoted(METADATA.tables[name].columns.keys())
    return f"SELECT json_group_array(json_array({columns})) FROM ({_all_rows(name)})"


def _rows(session: Session, name: str) -> Iterable[Row[Any]]:
    return session.exec_driver_sql(_all_rows(name))


def _all_rows(name: str) -> str:
    """Ask for a table in the order of its key: what the file holds, whatever it is declared to mean."""
    columns, table, keys = map(_quoted, (METADATA.tables[name].columns.keys(), [name], key_names(name)))
    return f"SELECT {columns} FROM {table} ORDER BY {keys}"


def _quoted(names: Iterable[str]) -> str:
    """Return the names of columns, or of a table, as a statement writes them."""
    return ", ".join(f'"{name}"' for name in names)


def _key(row: Row[Any], name: str) -> tuple[Any, ...]:
    return tuple(row._mapping[key] for key in key_names(name))


def _words(name: str, stored: Row[Any] | None, made: Row[Any] | None) -> str:
    """Say which row or column differs of two rows, the first of which may be missing on either side."""
    ours, theirs = (None if row is None else _key(row, name) for row in (stored, made))
    if stored is not None and made is not None and ours == theirs:
        column, left, right = next(
            (column, left, right)
            for column, left, right in zip(stored._fields, stored, made, strict=True)
            if left != right
        )
        differs = f"the record says {left!r}, the journal says {right!r}."
        return f"{_key_words(name, ours)}, column {column}: {differs}"
    if theirs is None or (ours is not None and ours < theirs):
        return f"{_key_words(name, ours)}: only the record has it."
    return f"{_key_words(name, theirs)}: only the journal has it."


def _key_words(name: str, key: tuple[Any, ...] | None) -> str:
    return ", ".join(f"{column} {value}" for column, value in zip(key_names(name), key or (), strict=True))
