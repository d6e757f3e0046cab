"""From a path to a held connection, and back: lock, look at the file, connect; or leave all as it was."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from models import engine, lock, record_file
from models.engine import APPLICATION_ID, RawConnection, RecordLocked
from models.lock import Holder, Lock
from models.trouble import Trouble

Build = Callable[[RawConnection], None]
"""Makes, or brings up to date, the tables of the record behind a connection."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection and what is to be let go with it; a copy to read has no lock."""

    path: Path
    raw: RawConnection
    key: str | None
    lock: Lock | None = None
    scratch: Path | None = None

    def close(self) -> None:
        """Close the connection, let go of the lock, and remove a scratch copy."""
        self.raw.close()
        if self.lock is not None:
            self.lock.release()
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)


def make(path: Path, holder: Holder, key: str | None, build: Build) -> Opened:
    """Make a new record where nothing is; built under another name, so that it is there whole or not."""
    path = path.resolve()
    if path.exists():
        raise Trouble(
            f"{path.name} is there already in {path.parent}. Choose another name for the new record."
        )
    if not path.parent.is_dir():
        raise Trouble(f"There is no folder {path.parent}. Make it first, or choose another place.")
    part = path.with_name(f"{path.name}.part-{os.getpid()}")
    with _locked(path, holder) as held:
        try:
            _build(part, key, build)
            part.rename(path)
            record_file.sync_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)
        return Opened(path, engine.connect(path, key), key, held)


def take(path: Path, holder: Holder, key: str | None, typed_host: str | None = None) -> Opened:
    """Open an existing record to be changed; whatever stands in the way, its file stays as it is."""
    path = path.resolve()
    record_file.check_there(path)
    record_file.check_writable(path)
    with _locked(path, holder, typed_host) as held:
        record_file.check_header(path, key)
        if key is not None and record_file.has_unfinished_change(path):
            engine.connect_to_read(path, key).close()  # a wrong key must not set off the roll-back
        raw = engine.connect(path, key)
        try:
            _check_ours(path, raw)
        except BaseException:
            raw.close()
            raise
        return Opened(path, raw, key, held)


def take_to_read(path: Path, key: str | None, folder: Path | None, build: Build) -> Opened:
    """Open a copy only to read it; one of an older format is copied to `folder` and brought up to date."""
    path = path.resolve()
    record_file.check_there(path)
    holder = lock.read_holder(path)
    if (holder is not None and not holder.is_gone) or record_file.has_unfinished_change(path):
        raise Trouble(
            f"{path.name} is in use, so it cannot be read as a copy. Read its newest backup instead."
        )
    record_file.check_header(path, key)
    raw = engine.connect_to_read(path, key)
    try:
        is_older = _check_ours(path, raw) < record_file.newest_format()
    except BaseException:
        raw.close()
        raise
    if not is_older:
        return Opened(path, raw, key)
    raw.close()
    return _take_older(path, key, folder, build)


def format_of(raw: RawConnection) -> int:
    """Return the format number of the record behind a connection."""
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def _take_older(path: Path, key: str | None, folder: Path | None, build: Build) -> Opened:
    kept = folder or Path(platformdirs.user_data_dir("Grant Panel", appauthor=False))
    kept.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="copy-", dir=kept))
    try:
        copied = Path(shutil.copyfile(path, scratch / path.name))
        raw = engine.connect(copied, key)
        try:
            build(raw)
        finally:
            raw.close()
        return Opened(path, engine.connect_to_read(copied, key), key, scratch=scratch)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _build(part: Path, key: str | None, build: Build) -> None:
    part.unlink(missing_ok=True)
    raw = engine.connect(part, key, mode="rwc")
    try:
        build(raw)
    finally:
        raw.close()


def _check_ours(path: Path, raw: RawConnection) -> int:
    """Return the record's format; refuse another program's database, and a newer format."""
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Trouble(f"{path.name} is not a Grant Panel record. Nothing was changed. Choose another file.")
    found = format_of(raw)
    if found < 1:
        raise Trouble(
            f"{path.name} was never finished, so it is no record. Nothing was changed. Make a new one."
        )
    record_file.check_format(path, found)
    return found


@contextmanager
def _locked(path: Path, holder: Holder, typed_host: str | None = None) -> Iterator[Lock]:
    """Hold the lock file for what is done inside; keep it unless that fails."""
    held = lock.take(path, holder, typed_host=typed_host)
    try:
        yield held
    except RecordLocked:
        held.give_back()
        raise
    except BaseException:
        held.release()
        raise
