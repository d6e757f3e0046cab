"""The copies that a record in a file keeps beside itself, made without being asked for."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from models.copies import backup
from models.copies.backup import Tick
from models.copies.backup_steps import BackupSteps
from models.store.private_files import make_folder
from models.store.sqlite.page_check import check_pages
from models.store.sqlite.store import SqliteStore
from models.store.store import Store


class AutomaticCopies:
    """Makes them when they are due, or before something drastic; of a record on a server it makes none.

    `changed_at` tells when the record was last changed. What makes a copy raises `RecordDamaged`, and makes
    none, where the record's pages do not hold together.
    """

    def __init__(
        self, store: Store, clock: Callable[[], datetime], changed_at: Callable[[], datetime | None]
    ) -> None:
        self._file = store if isinstance(store, SqliteStore) else None
        self._clock, self._changed_at = clock, changed_at

    def steps_if_due(self) -> BackupSteps | None:
        """Begin today's copy in slices unless one of the last day is there."""
        now, file = self._clock(), self._file
        if file is None or not backup.is_due(file.path, now):
            return None
        check_pages(file)
        return file.copy_in_steps(_new_path(file, now, ""))

    def make_if_due(self, tick: Tick = None) -> Path | None:
        """Make today's copy unless one of the last day is there, and thin the older ones."""
        now, file = self._clock(), self._file
        if file is None or not backup.is_due(file.path, now):
            return None
        made = make_copy(file, now, "", tick)
        backup.delete_outlived(file.path)
        return made

    def keep_before(self, reason: str, tick: Tick = None) -> Path | None:
        """Keep a copy before something drastic, unless one of the last half hour is there.

        Before what puts others' work in, unless one is there that holds all that was changed.
        """
        now, file = self._clock(), self._file
        if file is None:
            return None
        if reason in backup.EVERY_TIME:
            changed = self._changed_at()
            if changed is not None and backup.holds_last_change(file.path, changed, now):
                return None
        elif not backup.is_due(file.path, now, every=backup.AT_MOST_EVERY):
            return None
        return make_copy(file, now, reason, tick)


def make_copy(file: SqliteStore, now: datetime, reason: str, tick: Tick = None) -> Path:
    """Make a copy in the folder beside the record, all of whose pages hold together."""
    check_pages(file)
    return file.copy_out(_new_path(file, now, reason), None, tick)


def _new_path(file: SqliteStore, now: datetime, reason: str) -> Path:
    """Return the name of a copy made now, in a folder that is there; no two have the same."""
    path = backup.automatic_path(file.path, now, reason)
    with suppress(OSError):  # the copy itself says what stands in the way
        make_folder(path.parent)
        while path.exists():
            now += timedelta(seconds=1)
            path = backup.automatic_path(file.path, now, reason)
    return path
