"""A copy of an open record in slices, so that changes are made between them.

The engine copies all pages within one call. That call runs on a thread of its own, which waits between
slices; so the record's own thread decides when the next one is copied. What is changed in between through
the record's connection is carried into the copy by the engine.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sqlcipher3 import dbapi2

from models.copies import backup
from models.copies.backup import Contents
from models.store.sqlite import engine
from models.store.sqlite.engine import RawConnection
from models.trouble import Trouble

T = TypeVar("T")
PAGES_A_SLICE = 200
"""0.8 MB: some milliseconds, encrypted or not."""

_READY_WITHIN_S = 0.03


class _Stopped(Exception):
    """The copy is not wanted any more."""


class BackupSteps:
    """A copy under way: `step` on the record's thread until it answers False, then `finish` on any.

    `done` and `total` count pages. `cancel` leaves nothing behind, and is safe at any time.
    """

    def __init__(self, raw: RawConnection, path: Path, key: str | None) -> None:
        """Begin; nothing is copied before the first step. Raise `Trouble` when no copy can be made there."""
        self.path = path
        self.done, self.total = 0, 0
        self._raw, self._key = raw, key
        self._part = path.with_name(f"{path.name}.part-{threading.get_native_id()}")
        self._turn, self._back = threading.Semaphore(0), threading.Semaphore(0)
        self._ready, self._ended, self._is_stopped = threading.Event(), False, False
        self._error: Exception | None = None
        self._contents: Contents | None = None
        self._naming, self._is_dropped = threading.Lock(), False
        backup.refuse_taken(path)
        self._copier = threading.Thread(target=self._copy, name="backup", daemon=True)
        self._copier.start()

    def step(self) -> bool:
        """Copy the next slice; say whether there is more to come. Raise `Trouble` when the disk does."""
        if self._is_stopped:
            raise self._was_stopped()
        if not self._ready.wait(_READY_WITHIN_S):
            return True
        if self._contents is None:
            self._next_slice()
        return self._contents is None

    def finish(self) -> Path:
        """Verify the copy through a connection of its own and give it its name."""
        assert self._contents is not None, "every step comes first"
        with self._naming:
            if self._is_dropped:
                raise self._was_stopped()
            try:
                backup.give_name(self._part, self.path, self._key, self._contents)
            except (OSError, dbapi2.Error) as error:
                raise backup.no_copy(self.path, error) from error
            finally:
                backup.remove_part(self._part)
        return self.path

    def under_key(self, action: Callable[[str | None], T]) -> T:
        """Return what an action makes of the passphrase that the copy has."""
        return action(self._key)

    def cancel(self) -> None:
        """Stop and remove what was copied; one that is finished is kept."""
        self._is_stopped = True
        self._turn.release()
        self._copier.join()
        if self._contents is None:
            backup.remove_part(self._part)

    def drop(self) -> None:
        """Stop, and let no copy that is not named yet be named: it has another passphrase from now on."""
        self.cancel()
        with self._naming:
            self._is_dropped = True
            backup.remove_part(self._part)

    def _was_stopped(self) -> Trouble:
        return Trouble(f"The copy {self.path.name} was stopped. The record itself is unchanged.")

    def _next_slice(self) -> None:
        self._turn.release()
        self._back.acquire()
        if self._error is not None:
            self.cancel()
            raise backup.no_copy(self.path, self._error) from self._error
        if self._ended:
            self._contents = backup.contents(self._raw)

    def _copy(self) -> None:
        """Copy all pages, waiting for a turn before each slice; this is the other thread."""
        try:
            backup.remove_part(self._part)
            target = engine.connect_for_copy(self._part, self._key)
            try:
                _prepare(target)
                self._wait()
                self._raw.backup(target, pages=PAGES_A_SLICE, progress=self._progress)
            finally:
                target.close()
        except (OSError, dbapi2.Error, Trouble) as error:
            self._error = error
        except _Stopped:
            return
        self._ended = True
        self._ready.set()
        self._back.release()

    def _progress(self, status: int, remaining: int, total: int) -> None:
        self.done, self.total = total - remaining, total
        if remaining:
            self._back.release()
            self._wait()

    def _wait(self) -> None:
        self._ready.set()
        self._turn.acquire()
        if self._is_stopped:
            raise _Stopped


def _prepare(target: RawConnection) -> None:
    """Derive the key, which takes long, off the record's thread; the one flush to the disk comes last."""
    target.execute("PRAGMA synchronous=OFF")
    with suppress(dbapi2.Error):  # a full disk says so when the pages come
        target.execute("CREATE TABLE starting (nothing)")
