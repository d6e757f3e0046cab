"""Do all that the journal says over again in an empty record, and compare the tables with it.

A change that was made to the tables without a journal row shows here, and only here. Drafts, bank
details and private keys are not journalled and so are left out. In the place of an erased row stands
what its erasure put there.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import zip_longest
from operator import attrgetter
from typing import Any

from msgspec import Struct
from sqlalchemy.exc import SQLAlchemyError

from models.operation import carried_out
from models.operations.registry import KNOWN
from models.schema.base import METADATA
from models.session import Session
from models.store import chain as journal
from models.store import definition
from models.store.chain import tombstones
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
_CANNOT = (
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
            yield scratch


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
        if tick is not None and entry.seq % _EVERY == 0:
            tick(entry.seq, total)
        if entry.body is None and entry.seq not in dead:
            return Difference(NAMED_NOWHERE.format(entry.seq), entry.seq)
        body = dead.get(entry.seq, entry.body)
        if not body:
            continue
        stopped = _do_again(scratch, entry, body)
        if stopped is None:
            continue
        if passed is None:
            return stopped
        passed.append(entry.seq)
    return None


def _do_again(scratch: Session, entry: journal.Entry, body: str) -> Difference | None:
    kind = KNOWN.get(entry.kind)
    if kind is None:
        return Difference(f"Journal row {entry.seq} is of a kind this program does not know.", entry.seq)
    try:
        carried_out(scratch, canonical.from_text(kind, body), entry.actor, entry.at)
    except _CANNOT as error:
        why = first_line(error).rstrip(".")
        return Difference(f"Journal row {entry.seq} cannot be repeated: {why}.", entry.seq)
    return None


def first_line(error: Exception) -> str:
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
            columns = tuple(column.name for column in table.columns)
            here, there = (_by_key(session, table.name, columns) for session in (stored, made))
            put = tuple(row for key, row in here.items() if there.get(key) != row)
            gone = tuple(key for key in there if key not in here)
            if put or gone:
                yield TableRows(table.name, columns, put, gone)


def _by_key(
    session: Session, name: str, columns: tuple[str, ...]
) -> Mapping[tuple[Any, ...], tuple[Any, ...]]:
    named, keys = ", ".join(map(quoted, columns)), [columns.index(key) for key in key_names(name)]
    rows = session.exec_driver_sql(f"SELECT {named} FROM {quoted(name)}")
    return {tuple(row[at] for at in keys): tuple(row) for row in rows}


def _compare(stored: Session, made: Session) -> Iterator[Difference]:
    tables = [part.name for part in definition.parts_of(made) if part.kind == "table"]
    replayed = [name for name in tables if name not in NOT_REPLAYED]
    ours, theirs = row_counts(stored, replayed), row_counts(made, replayed)
    for name in (name for name in replayed if ours[name] or theirs[name]):
        yield from _compare_table(name, stored, made)


def _compare_table(name: str, stored: Session, made: Session) -> Iterator[Difference]:
    """Yield at most one difference, so that one cause does not fill the page.

    What is compared is what the file holds, whatever it is declared to mean.
    """
    ordered, keys = _ordered(name, made)
    for left, right in zip_longest(stored.exec_driver_sql(ordered), made.exec_driver_sql(ordered)):
        if left != right:
            yield Difference(_words(name, keys, left, right))
            return


def _ordered(name: str, made: Session) -> tuple[str, list[str]]:
    """Return the statement that reads a whole table in the order of its key, and the key's columns."""
    table = quoted(name)
    columns = made.exec_driver_sql(f"PRAGMA table_info({table})").all()
    keys = [c.name for c in sorted(columns, key=attrgetter("pk")) if c.pk]
    order = ", ".join(map(quoted, keys or [c.name for c in columns]))
    return f"SELECT {', '.join(quoted(c.name) for c in columns)} FROM {table} ORDER BY {order}", keys


def quoted(name: str) -> str:
    """Return a table's or a column's name as a statement writes it."""
    return '"' + name.replace('"', '""') + '"'


def _words(name: str, keys: list[str], stored: Any, made: Any) -> str:
    left, right = _mapping(stored), _mapping(made)
    if not left or not right or any(left[k] != right[k] for k in keys):
        row, which = (
            (left, "only the record") if _is_before(left, right, keys) else (right, "only the journal")
        )
        return f"Table {name}, {_key_words(row, keys)}: {which} has it."
    other = next(column for column in left if left[column] != right[column])
    return (
        f"Table {name}, {_key_words(left, keys)}, column {other}: "
        f"the record says {left[other]!r}, the journal says {right[other]!r}."
    )


def _mapping(row: Any) -> dict[str, Any]:
    return {} if row is None else dict(row._mapping)


def _is_before(left: dict[str, Any], right: dict[str, Any], keys: list[str]) -> bool:
    """Say whether the record's row comes first, so that the journal's tables lack it."""
    if not left or not right:
        return bool(left)
    return [left[k] for k in keys] < [right[k] for k in keys]


def _key_words(row: dict[str, Any], keys: list[str]) -> str:
    return ", ".join(f"{key} {row[key]}" for key in keys)
