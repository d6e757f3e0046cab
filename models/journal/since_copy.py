"""Do again what was changed between two copies of a record, and compare the tables with the later one's.

This is what is done unasked, beside the window, as each day's copy is made: the copy before it is taken as
it was found then, and only what came after it is done over. `verify` takes nothing on trust.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from models.copies.backup import Copy, Tick, copies
from models.journal import chain as journal
from models.journal import replay
from models.journal.chain import JournalHead
from models.journal.replay import NOT_REPLAYED, quoted
from models.operation import Operation
from models.session import Session
from models.store import definition
from models.store.record_file import is_encrypted, newest_format
from models.store.sqlite import engine
from models.store.sqlite.engine import DRIVERS_OWN, RawConnection
from models.store.sqlite.record_check import format_of
from models.trouble import Trouble
from scoring.written.days import full_day


class NotAsJournalled(Trouble):
    """The tables of a record are not what its journal makes of an earlier copy."""


def refuse_unjournalled(
    record: Path,
    made: Path,
    key: str | None,
    operations: Mapping[str, type[Operation]],
    tick: Tick = None,
) -> Copy | None:
    """Return the copy before `made` from which the journal makes its tables; None where none is before it.

    Raises `NotAsJournalled` where the journal makes other tables of it.
    """
    with _opened(made, key) as later:
        for copy in copies(record):
            head = None if copy.path == made else _head_in(copy.path, key, later)
            found = None if head is None else _since(copy.path, key, head, later, operations, tick)
            if found is not None:
                _refuse_other(record, copy, found)
                return copy
    return None


def _refuse_other(record: Path, copy: Copy, found: tuple[replay.Difference, ...]) -> None:
    if found:
        raise NotAsJournalled(
            f"What is in {record.name} is not what its journal makes of the copy of "
            f"{full_day(copy.made_at.astimezone())}: {found[0].words} Somebody may have changed the file "
            "outside the program. Keep that copy, and check the whole record in Settings."
        )


def _head_in(copy: Path, key: str | None, later: Session) -> JournalHead | None:
    """Return the head of an earlier copy of the same record and format, None of any other file."""
    if is_encrypted(copy) != (key is not None):
        return None
    with suppress(Trouble, *DRIVERS_OWN), _opened(copy, key) as earlier:
        head = journal.head(earlier)
        if head.seq and journal.code_at(later, head.seq) == head.hash_hex:
            return head
    return None


@contextmanager
def _opened(copy: Path, key: str | None) -> Iterator[Session]:
    """Give a copy of the newest format to be read; Trouble where it is of another or cannot be read."""
    with closing(engine.connect_to_read(copy, key)) as raw:
        if format_of(raw) != newest_format():
            raise Trouble(f"{copy.name} was made by another version of the program.")
        with Session(engine.engine_on(raw)) as session:
            yield session


def _since(
    copy: Path,
    key: str | None,
    head: JournalHead,
    later: Session,
    operations: Mapping[str, type[Operation]],
    tick: Tick,
) -> tuple[replay.Difference, ...] | None:
    """Return what differs, None where the tables of the copy cannot be read whole."""
    with closing(engine.scratch()) as raw:
        try:
            definition.make(raw, lambda: _fill(raw, copy, key))
        except DRIVERS_OWN:  # a page is damaged, or a table is not of the format that the copy names
            return None
        _drop_triggers(raw)
        with Session(engine.engine_on(raw)) as scratch:
            return replay.differences_after(head.seq, later, scratch, operations, tick)


def _fill(raw: RawConnection, copy: Path, key: str | None) -> None:
    """Put the rows of a copy into empty tables of the same format."""
    raw.execute("ATTACH DATABASE ? AS earlier KEY ?", (engine.uri(copy, "mode=ro&immutable=1"), key or ""))
    names = raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    for name in sorted({str(row[0]) for row in names} - NOT_REPLAYED):
        raw.execute(f"INSERT INTO main.{quoted(name)} SELECT * FROM earlier.{quoted(name)}")
    raw.execute("DETACH DATABASE earlier")


def _drop_triggers(raw: RawConnection) -> None:
    """Let what was refused or not when it was done be done again: here is no journal for a trigger to ask."""
    for (name,) in raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER main.{quoted(str(name))}")
