"""What is done to a record in a file beside its work: copies kept, formats settled, another passphrase."""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from models.operation import Actor
from models.schema.base import moment_text
from models.store import chain as journal
from models.store import definition
from models.store.chain import JournalHead
from models.store.definition import Note, check_ours, upgrade
from models.store.private_files import make_folder
from models.store.record_file import copies_folder, is_encrypted, newest_format
from models.store.sqlite import backup, engine
from models.store.sqlite.backup import BackupSteps, Copy, copies
from models.store.sqlite.store import SqliteStore
from models.store.store import Store
from models.store.upkeep import NoteNewKey, NoteTakeOver, NoteUpgrade
from models.trouble import Trouble
from scoring.written.text import Refused

_HAS_OLDER = text(
    "SELECT 1 FROM journal WHERE seq = 1 AND at < :half_hour_ago AND EXISTS (SELECT 1 FROM applications)"
)


class AutomaticCopies:
    """Makes them when they are due, or before something drastic; none of a copy or a record on a server.

    What makes a copy raises `RecordDamaged`, and makes none, where the record's pages do not hold together.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._file = store if isinstance(store, SqliteStore) and not store.is_copy else None
        self._clock = clock

    def steps_if_due(self) -> BackupSteps | None:
        """Begin today's copy in slices unless one of the last day is there."""
        now, file = self._clock(), self._file
        if file is None or not backup.is_due(file.path, now):
            return None
        file.check_pages()
        return file.copy_in_steps(_new_path(file, now, ""))

    def make_if_due(self) -> Path | None:
        """Make today's copy unless one of the last day is there, and thin the older ones."""
        now, file = self._clock(), self._file
        if file is None or not backup.is_due(file.path, now):
            return None
        made = make_copy(file, now, "")
        backup.delete_outlived(file.path)
        return made

    def make_before(self, kind: str) -> None:
        """Make a routine one before a drastic change, of a record that has applications and is not new."""
        if self._file is not None and kind in backup.DRASTIC:
            half_hour_ago = self._clock() - backup.AT_MOST_EVERY
            with self._file.reading() as session:
                has_older = session.scalar(_HAS_OLDER, {"half_hour_ago": moment_text(half_hour_ago)})
            if has_older:
                self.keep_before("")

    def keep_before(self, reason: str) -> Path | None:
        """Keep a copy before something drastic, unless one of the last half hour is there.

        Before what puts others' work in, one is kept each time; "" makes a routine one.
        """
        now, file = self._clock(), self._file
        if file is None or (
            reason not in backup.EVERY_TIME and not backup.is_due(file.path, now, every=backup.AT_MOST_EVERY)
        ):
            return None
        return make_copy(file, now, reason)

    def replace(self, older: Sequence[Copy], second: Path | None = None) -> tuple[str, ...]:
        """Make a verified copy, and delete older ones once it is there; return the names of those left.

        It is put into the second place, too, where there is one.
        """
        if self._file is None or not older:
            return ()
        made = make_copy(self._file, self._clock(), "")
        if second is not None:
            backup.keep_in_second_place(made, self._file.path, second, self._file.key)
        return backup.delete_copies(self._file.path, older)


def make_copy(file: SqliteStore, now: datetime, reason: str) -> Path:
    """Make a copy in the folder beside the record, all of whose pages hold together."""
    file.check_pages()
    return file.copy_beside(_new_path(file, now, reason))


def _new_path(file: SqliteStore, now: datetime, reason: str) -> Path:
    """Return the name of a copy made now, in a folder that is there; no two have the same."""
    with suppress(OSError):  # the copy itself says what stands in the way
        make_folder(copies_folder(file.path))
    return backup.automatic_path(file.path, now, reason)


def take_over_note(file: SqliteStore, now: datetime) -> NoteTakeOver | None:
    """Keep a copy of a file whose lock was taken over, and return what is to be recorded of it."""
    other = None if file.lock is None else file.lock.taken_from
    if other is None:
        return None
    return NoteTakeOver(
        other.person, other.host, moment_text(other.since), make_copy(file, now, "take-over").name
    )


def bring_up_to_date(file: SqliteStore, program: str, actor: Actor, now: datetime) -> JournalHead | None:
    """Bring an older record to the newest format; return its newest row, None where nothing was to do."""
    found, newest = definition.format_of(file.raw), newest_format()
    if found >= newest:
        return None
    kept = make_copy(file, now, f"format {newest}").name
    with file.troubles():
        head = upgrade(file.raw, Note(NoteUpgrade(found, newest, program, kept), actor, now))
    file.note_change()
    return head


def change_key(
    file: SqliteStore, key: str | None, actor: Actor, after: JournalHead, at: datetime
) -> JournalHead:
    """Put a verified copy under another passphrase (None: under none) in a file's place, and journal it.

    The engine's own change of key in place is never used: a kill in its midst can leave either key in
    force. That it was changed is recorded in the copy, so that it is there as soon as the key is in
    force. Copies that were made before keep the passphrase they had. Raises Trouble when the disk does
    not take the copy; the record is as it was then.
    """
    file.refuse_if_copy()
    new = None if key is None else engine.clean_key(key)
    if engine.is_same_key(file.key, key):
        raise Refused(
            "That is the passphrase the record has already. Nothing was changed; choose another one."
            if key is not None
            else "The record is not encrypted. Nothing was changed."
        )
    note = NoteNewKey(file.is_encrypted, new is not None)
    with file.written_anew(new) as session:
        return journal.carry_out(session, after, note, actor, at)[1]


def latest_valid_backup(record: Path, key: str | None) -> Copy | None:
    """Return the newest copy whose pages hold together and are the program's; None when there is none.

    One that is encrypted, where no passphrase is known, is taken to be good: restoring it checks it. Of an
    encrypted record only encrypted copies count.
    """
    return next((copy for copy in copies(record) if _is_good(copy.path, key)), None)


def _is_good(path: Path, key: str | None) -> bool:
    is_sealed = is_encrypted(path)
    if is_sealed != (key is not None):
        return is_sealed  # an encrypted record never goes back to a copy that anybody can read
    try:
        with closing(engine.connect_to_read(path, key if is_sealed else None)) as raw:
            return bool(check_ours(path, raw)) and not engine.integrity_problems(raw, is_encrypted=is_sealed)
    except (Trouble, *engine.DRIVERS_OWN):
        return False
