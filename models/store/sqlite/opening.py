"""From a path to a held connection, and back: lock, look at the file, connect; or leave all as it was."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy.exc import DBAPIError

from models.store import record_file
from models.store.definition import check_ours, upgrade
from models.store.leftovers import SCRATCH, data_folder
from models.store.private_files import (
    copy_file,
    make_folder,
    own_mark,
    take_mode_of,
    temporary_folder,
    temporary_in,
)
from models.store.record_file import (
    PART,
    clear_journal,
    has_unfinished_change,
    is_there,
    journal_of,
    sync_folder,
)
from models.store.sqlite import engine, lock, piece_store
from models.store.sqlite.engine import DRIVERS_OWN, RawConnection, RecordLocked
from models.store.sqlite.lock import Holder, Lock
from models.trouble import Trouble, or_else
from models.values.canonical import Guarded

_OPEN_HERE: set[tuple[int, int]] = set()
"""The files that this process has open as records: looking into one would drop its lock."""


Build = Callable[[RawConnection], object]
"""Makes the tables of the record behind a connection."""


class Opened(Guarded, frozen=True):
    """A connection and what is to be let go with it; a copy to read has no lock."""

    unshown = frozenset({"key"})
    path: Path
    raw: RawConnection
    key: str | None
    lock: Lock | None = None
    scratch: Path | None = None
    file: tuple[int, int] | None = None

    @property
    def read_from(self) -> Path:
        """Return the file that is read: a scratch copy where there is one."""
        return self.path if self.scratch is None else self.scratch / self.path.name

    def close(self) -> None:
        """Close the connection, let go of the lock, and remove a scratch copy."""
        self.close_but_hold()
        if self.lock is not None:
            self.lock.release()

    def close_but_hold(self) -> None:
        """Close the connection, so that nothing can be read, and leave the lock file where it is."""
        self.raw.close()
        if self.file is not None:
            _OPEN_HERE.discard(self.file)
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)


def make(path: Path, holder: Holder, key: str | None, build: Build) -> Opened:
    """Make a new record where nothing is; built under another name, so that it is there whole or not."""
    path = path.resolve()
    if record_file.is_there(path):
        raise Trouble(
            f"{path.name} is there already in {path.parent}. Choose another name for the new record."
        )
    record_file.check_new(path)
    with _locked(path, holder) as held:
        with record_file.in_part(path) as part, troubles(path):
            record_file.clear_journal(path)
            with closing(engine.connect(part, key, mode="rwc")) as raw:
                build(raw)
            part.rename(path)
            record_file.sync_folder(path.parent)
        return _held(path, engine.connect(path, key), key, held)


def take(path: Path, holder: Holder, key: str | None, typed_host: str | None = None) -> Opened:
    """Open an existing record to be changed; whatever stands in the way, its file stays as it is."""
    path = path.resolve()
    record_file.check_there(path)
    record_file.check_writable(path)
    with _locked(path, holder, typed_host) as held, _damage_apart(path, key):
        return _taken(path, key, held)


def take_again(path: Path, key: str | None, held: Lock) -> Opened:
    """Open a record whose lock file was held since it was closed; it stays held where this fails."""
    record_file.check_there(path)
    record_file.check_writable(path)
    with _damage_apart(path, key):
        return _taken(path, key, replace(held, taken_from=None))


def put_in_place(opened: Opened, part: Path, key: str | None) -> tuple[Opened, OSError | None]:
    """Put a verified copy in the place of an open record and connect to what is there; the lock is held.

    The connection is closed first, since an open file cannot be replaced everywhere. Where the file could
    not be replaced, the error comes back with the old record, connected to again.
    """
    assert opened.lock is not None, "a record that is changed is locked"
    opened.close_but_hold()
    found, failure = opened.key, None
    try:
        take_mode_of(part, opened.path)
        os.replace(part, opened.path)
        found = key
        record_file.sync_folder(opened.path.parent)
    except OSError as error:
        failure = error
    return _held(opened.path, engine.connect(opened.path, found), found, opened.lock), failure


def take_to_read(path: Path, key: str | None, folder: Path | None) -> Opened:
    """Open a copy only to read it.

    One of an older format, or with a change that a crash left unfinished, is copied to `folder`; there it is
    brought up to date, or the change is undone.
    """
    path = path.resolve()
    record_file.check_there(path)
    if _is_held(path):
        raise Trouble(
            f"{path.name} is in use, so it cannot be read as a copy. Read its newest backup instead."
        )
    _refuse_open_here(path)
    record_file.check_header(path, key)
    if not record_file.has_unfinished_change(path):
        with _damage_apart(path, key):
            raw = engine.connect_to_read(path, key)
        with or_else(raw.close), troubles(path):
            is_newest = check_ours(path, raw) == record_file.newest_format()
            piece_store.lay_over(raw, path, key)
        if is_newest:
            return Opened(path, raw, key)
        raw.close()
    return _take_aside(path, key, folder)


def refuse_in_use(path: Path) -> None:
    """Refuse to salvage a record that is open, here or elsewhere."""
    record_file.check_there(path)
    if _is_held(path):
        raise Trouble(f"{path.name} is in use, so it cannot be salvaged. Close it first, then try again.")
    _refuse_open_here(path)


def _take_aside(path: Path, key: str | None, folder: Path | None) -> Opened:
    """Read a copy in a folder of the person's own, since it cannot be read where it is as it is."""
    kept = folder or data_folder()
    with troubles(kept / path.name):
        kept.mkdir(parents=True, exist_ok=True)
        return _brought_up_to_date(path, key, temporary_in(kept, SCRATCH))


def _brought_up_to_date(path: Path, key: str | None, scratch: Path) -> Opened:
    with or_else(partial(shutil.rmtree, scratch, ignore_errors=True)):
        copied = copy_file(path, scratch / path.name)
        if record_file.has_unfinished_change(path):
            copy_file(journal_of(path), journal_of(copied))
        with closing(engine.connect(copied, key)) as raw:
            if check_ours(path, raw) < record_file.newest_format():
                upgrade(raw)
        raw = engine.connect_to_read(copied, key)
        with or_else(raw.close):
            piece_store.lay_over(raw, path, key)
        return Opened(path, raw, key, scratch=scratch)


def _taken(path: Path, key: str | None, held: Lock) -> Opened:
    """Connect to a record whose lock file is ours."""
    _refuse_open_here(path)
    record_file.check_header(path, key)
    if record_file.has_unfinished_change(path) and key is not None:
        _check_key(path, key)
    raw = engine.connect(path, key)
    with or_else(raw.close):
        check_ours(path, raw)
    return _held(path, raw, key, held)


def _check_key(path: Path, key: str) -> None:
    """Refuse a wrong passphrase before it could set off the roll-back of an unfinished change.

    What the change left half written cannot always be read with the right one either; then a copy, as
    encrypted as the record, is rolled back and read instead.
    """
    try:
        engine.connect_to_read(path, key).close()
    except Trouble as trouble:
        with troubles(path), temporary_folder() as folder:
            for source in (path, journal_of(path)):
                copy_file(source, folder / source.name)
            if not _opens(folder / path.name, key):
                raise trouble from trouble.__cause__


def _opens(path: Path, key: str) -> bool:
    """Say whether a file opens, and roll back what is unfinished in it."""
    try:
        engine.connect(path, key).close()
    except Trouble:
        return False
    return True


def _held(path: Path, raw: RawConnection, key: str | None, held: Lock) -> Opened:
    """Return a record that is held, and note that this process has its file open.

    What a crash left beside it goes, now that nobody else can be at work on it.
    """
    for left in record_file.left_beside(path):
        record_file.wipe(left)
    piece_store.sweep(record_file.copies_folder(path))
    file = record_file.identity(path)
    if file is not None:
        _OPEN_HERE.add(file)
    return Opened(path, raw, key, held, file=file)


def _is_held(path: Path) -> bool:
    holder = lock.read_holder(path)
    return holder is not None and not holder.is_gone


def _refuse_open_here(path: Path) -> None:
    if record_file.identity(path) in _OPEN_HERE:
        raise RecordLocked(f"{path.name} is open in this program already. Close it first, then try again.")


@contextmanager
def troubles(path: Path) -> Iterator[None]:
    """Say in words what the disk did not take on the way to a record."""
    try:
        yield
    except OSError as error:
        raise record_file.no_disk(path, error) from error
    except (DBAPIError, *DRIVERS_OWN) as error:
        own = error.orig if isinstance(error, DBAPIError) else error
        if own is None or not engine.is_disk_trouble(own):
            raise
        raise engine.trouble_of(own, path) from error


@contextmanager
def _damage_apart(path: Path, key: str | None) -> Iterator[None]:
    """Say of a record whose first page does not open, but others do, that it is damaged, not shut."""
    try:
        yield
    except engine.NotOpened:
        if key is not None and engine.has_right_key(path, key):
            raise engine.damaged_at_its_beginning(path, is_encrypted=True) from None
        raise


@contextmanager
def _locked(path: Path, holder: Holder, typed_host: str | None = None) -> Iterator[Lock]:
    """Hold the lock file for what is done inside; keep it unless that fails."""
    held = lock.take(path, holder, typed_host=typed_host)
    try:
        yield held
    except BaseException:
        held.release()
        raise


def settle(record: Path, key: str | None) -> None:
    """Undo what a crash left unfinished in a closed record, as opening it would, and clear its journal.

    Raises RecordLocked where a program has it open after all. One that is damaged stays as it is.
    """
    if not is_there(record):
        return
    try:
        with closing(engine.connect(record, key)):
            pass
    except RecordLocked:
        raise
    except Trouble:
        return
    finally:
        clear_journal(record)


def swap_in(coming: Path, record: Path, kept: Path) -> Path | None:
    """Give a file the record's name; return where what stood there is kept, None where nothing did.

    That is copied first, so that a kill at any moment leaves the old record or the new one under the name.
    Raises OSError where the disk does not take it; the record stands as it did then.
    """
    stood = is_there(record)
    if has_unfinished_change(record):  # without what undoes the change it was in the midst of, it is none
        make_folder(kept.parent)
        copy_file(journal_of(record), journal_of(kept))
    if stood:
        make_folder(kept.parent)
        take_mode_of(coming, record)
        try:
            _copy_whole(record, kept)
        except OSError:
            return _renamed(coming, record, kept)
    try:
        _replace(coming, record)
    except OSError:
        _take_back(kept)
        raise
    return kept if stood else None


def _copy_whole(record: Path, kept: Path) -> None:
    """Copy under another name first: a kill must not leave a part of a copy that looks like one."""
    with record_file.in_part(kept) as part:
        copy_file(record, part)
        part.rename(kept)


def _renamed(coming: Path, record: Path, kept: Path) -> Path:
    """Swap without reading a record that the disk does not give any more."""
    record.rename(kept)
    try:
        _replace(coming, record)
    except OSError:
        kept.rename(record)
        _take_back(kept)
        raise
    return kept


def _replace(coming: Path, record: Path) -> None:
    """Put the file in place; what would be undone in the old one must not be undone in this one."""
    journal = journal_of(record)
    aside = record.with_name(f"{record.name}{PART}{own_mark()}.undone")
    with suppress(FileNotFoundError):
        journal.rename(aside)
    try:
        os.replace(coming, record)
    except OSError:
        with suppress(FileNotFoundError):
            aside.rename(journal)
        raise
    aside.unlink(missing_ok=True)
    sync_folder(record.parent)


def _take_back(kept: Path) -> None:
    for made in (kept, journal_of(kept)):
        with suppress(OSError):
            made.unlink(missing_ok=True)
