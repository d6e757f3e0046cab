"""What is done once to a record in a file as it is opened, each after a copy is kept.

A lock that was taken over is recorded, and an older record is brought to the newest format.
"""

from datetime import datetime

from models.copies.automatic import make_copy
from models.journal.chain import JournalHead
from models.operation import Actor, Operation
from models.schema.base import moment_text
from models.store.record_file import newest_format
from models.store.sqlite import record_check
from models.store.sqlite.engine import RawConnection
from models.store.sqlite.store import SqliteStore
from models.store.upkeep import NoteTakeOver, NoteUpgrade


def take_over_note(file: SqliteStore, now: datetime) -> NoteTakeOver | None:
    """Keep a copy of a file whose lock was taken over, and return what is to be recorded of it."""
    other = None if file.lock is None else file.lock.taken_from
    if other is None:
        return None
    kept = make_copy(file, now, "take-over").name
    return NoteTakeOver(other.person, other.host, moment_text(other.since), kept)


def bring_up_to_date(file: SqliteStore, program: str, actor: Actor, now: datetime) -> JournalHead | None:
    """Bring an older record to the newest format; return its newest row, None where nothing was to do."""
    found, newest = record_check.format_of(file.raw), newest_format()
    if found >= newest:
        return None
    kept = make_copy(file, now, f"format {newest}").name
    with file.troubles():
        head = upgraded(file.raw, NoteUpgrade(found, newest, program, kept), actor, now)
    file.note_change()
    return head


def upgraded(raw: RawConnection, operation: Operation, actor: Actor, at: datetime) -> JournalHead:
    """Bring the tables to the newest format, and journal it, in one transaction."""
    from models.store import upgrade  # costs a tenth of a second, and is rarely wanted

    return upgrade.upgrade(raw, upgrade.Note(operation, actor, at))


def upgraded_to_read(raw: RawConnection) -> None:
    """Bring the tables of a scratch copy to the newest format."""
    from models.store import upgrade

    upgrade.upgrade(raw)
