"""Copies of a record: written through its own connection, at once or in slices, and verified."""

import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from getpass import getuser
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import Connection, inspect
from sqlcipher3 import dbapi2

from models.session import Session
from models.store import chain as journal
from models.store.chain import JournalHead
from models.store.private_files import FOLDER, copy_file, make_file, own_mark, writing_in
from models.store.record_file import (
    ENDING,
    OF_COPIES,
    PART,
    check_new,
    clear_journal,
    copies_folder,
    in_part,
    is_encrypted,
    is_there,
    journal_of,
    remove,
    sync_folder,
    wipe,
)
from models.store.sqlite import engine, piece_store
from models.store.sqlite.apart_copy import apart_copy
from models.store.sqlite.engine import RawConnection
from models.store.sqlite.lock import this_host
from models.trouble import Trouble
from scoring.written.days import full_moment
from scoring.written.text import listed

Tick = Callable[[int, int], None] | None

DAILY, WEEKLY, MONTHLY = 12, 10, 9
DUE_AFTER = timedelta(days=1)
AT_MOST_EVERY = timedelta(minutes=30)
EVERY_TIME = frozenset({"merge", "newer pack"})
"""Before these a copy is kept although one was made a moment ago."""
DRASTIC = frozenset({"import applications", "load round", "replace round", "record decisions"})
"""The kinds of changes before which a routine copy is made, unless one of the last half hour is there."""
_PAGES = 1000
_NAME = re.compile(r".* (\d{4}-\d\d-\d\d \d{6})Z( .*)?" + re.escape(ENDING))


class Copy(Struct, frozen=True):
    """An automatic copy: its file, when it was made, and what it was made before ("" when routine)."""

    path: Path
    made_at: datetime
    reason: str

    @property
    def words(self) -> str:
        """Return when it was made, and before what."""
        before = f", before {self.reason}" if self.reason else ""
        return f"{full_moment(self.made_at.astimezone())}{before}"


class Contents(Struct, frozen=True):
    """What two copies of one record have in common: the rows of each table, and the journal's head."""

    counts: dict[str, int]
    head: JournalHead


def write_copy(
    raw: RawConnection, path: Path, key: str | None, tick: Tick = None, *, of_copy: Path | None = None
) -> Path:
    """Copy the open record into a new file, verify it, and only then give it its name.

    What is read from a copy is made whole with the pieces that lie beside it.
    """
    with being_written(path) as part:
        _copy_pages(raw, part, key, tick)
        if of_copy is not None:
            with closing(engine.connect(part, key)) as target:
                if piece_store.put_back(target, of_copy, key):
                    raise OSError(None, f"a piece of a file is missing beside {of_copy.name}")
        give_name(part, path, key, contents(raw))
    return path


def write_automatic(raw: RawConnection, path: Path, key: str | None) -> Path:
    """Copy the open record beside itself, without the pieces of its files where there are many."""
    apart = apart_copy(raw, path, key)
    if apart is None:
        return write_copy(raw, path, key)
    try:
        with being_written(path) as part:
            apart.prepare(part)
            apart.copy(lambda done, whole: None)
            apart.complete()
            give_name(part, path, key, contents(raw))
    finally:
        piece_store.sweep(path.parent)
    return path


def write_anew(raw: RawConnection, path: Path, key: str | None) -> None:
    """Write the open record into a new file under another key, verify it, and only then give it its name.

    The engine's backup cannot turn a plain file into an encrypted one, so its export is used, which leaves
    the marks in the header behind.
    """
    with being_written(path) as part:
        make_file(part)
        raw.execute("ATTACH DATABASE ? AS anew KEY ?", (engine.uri(part, "mode=rwc"), key or ""))
        try:
            for mark in ("application_id", "user_version"):
                value = int(raw.execute(f"PRAGMA main.{mark}").fetchone()[0])
                raw.execute(f"PRAGMA anew.{mark}={value}")
            raw.execute("SELECT sqlcipher_export('anew')").fetchone()
        finally:
            raw.execute("DETACH DATABASE anew")
        give_name(part, path, key, contents(raw))


@contextmanager
def being_written(path: Path) -> Iterator[Path]:
    """Give the file to write a copy into; say in words what stands in the way, and leave nothing behind."""
    try:
        refuse_taken(path)
        with in_part(path) as part:
            yield part
    except (OSError, dbapi2.Error) as error:
        raise no_copy(path, error) from error


def refuse_taken(path: Path) -> None:
    """Refuse a path that a copy cannot be given."""
    if is_there(path):
        raise Trouble(f"{path.name} is there already in {path.parent}. Choose another name.")
    check_new(path)


def give_name(part: Path, path: Path, key: str | None, expected: Contents) -> None:
    """Verify a written copy and put it in its place."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    _check_copy(part, key, expected)
    clear_journal(path)
    part.rename(path)
    sync_folder(path.parent)


def no_copy(path: Path, error: Exception) -> Trouble:
    """Return what is said when a copy could not be written."""
    return Trouble(
        f"No copy was made at {path} ({_reason(error)}). The record itself is unchanged. "
        "Check the disk, or choose another place."
    )


def contents(raw: RawConnection) -> Contents:
    """Return how many rows each table holds, and the head of the journal."""
    with Session(engine.engine_on(raw)) as session:
        return Contents(row_counts(session), journal.head(session))


def row_counts(connection: Connection, names: Iterable[str] | None = None) -> dict[str, int]:
    """Return the number of rows of each table, or of these alone: all by one statement."""
    tables = sorted(inspect(connection).get_table_names() if names is None else names)
    quoted = map(connection.dialect.identifier_preparer.quote_identifier, tables)
    each = ", ".join(f"(SELECT count(*) FROM {name})" for name in quoted)
    return dict(zip(tables, connection.exec_driver_sql(f"SELECT {each}").one(), strict=True)) if each else {}


def automatic_path(record: Path, at: datetime, reason: str = "") -> Path:
    """Return the free name of an automatic copy made at a time, before `reason` if one is given.

    One that was made in the same second has its name already; the next then bears the second after.
    """
    stamp = f"{at.astimezone(UTC):%Y-%m-%d %H%M%S}Z"
    words = f" before {reason}" if reason else ""
    folder = copies_folder(record)
    path = folder / f"{folder.name.removesuffix('.backups')} {stamp}{words}{ENDING}"
    return automatic_path(record, at + timedelta(seconds=1), reason) if is_there(path) else path


def copies(record: Path) -> tuple[Copy, ...]:
    """Return a record's automatic copies, newest first."""
    folder = copies_folder(record)
    found = [_copy(path) for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return tuple(sorted(filter(None, found), key=attrgetter("made_at"), reverse=True))


def every_copy(record: Path, second: Path | None = None) -> tuple[Copy, ...]:
    """Return a record's automatic copies with those in a second place, newest first."""
    elsewhere = () if second is None else copies(_in_second_place(record, second))
    return tuple(sorted((*copies(record), *elsewhere), key=attrgetter("made_at"), reverse=True))


def _in_second_place(record: Path, place: Path) -> Path:
    """Return the name under which a record has its copies there: of this person and computer."""
    return place / f"{getuser()} on {this_host()}" / record.name


def plain_copies(record: Path) -> tuple[Copy, ...]:
    """Return the automatic copies that anybody can read, newest first."""
    return tuple(copy for copy in copies(record) if not is_encrypted(copy.path))


def delete_plain_copies(record: Path) -> tuple[str, ...]:
    """Write over and delete the automatic copies that anybody can read; return the names of those left."""
    return delete_copies(record, plain_copies(record))


def delete_copies(record: Path, chosen: Iterable[Copy]) -> tuple[str, ...]:
    """Write over and delete some automatic copies of a record; return the names of those left."""
    found = [path for copy in chosen for path in (copy.path, journal_of(copy.path))]
    left = [path for path in found if not wipe(path)]
    return tuple(path.name for path in (*left, *piece_store.sweep(copies_folder(record))))


def newest(record: Path) -> Copy | None:
    """Return a record's newest automatic copy, None when there is none."""
    return next(iter(copies(record)), None)


def is_due(record: Path, now: datetime, *, every: timedelta = DUE_AFTER) -> bool:
    """Say whether the newest copy is older than `every`, or there is none."""
    made = (copy.made_at for copy in copies(record) if copy.made_at <= now)  # a clock may have been ahead
    return all(now - at >= every for at in made)


def delete_outlived(record: Path) -> tuple[Path, ...]:
    """Delete the routine copies that the rule no longer keeps, and return them."""
    routine = [copy for copy in copies(record) if not copy.reason]
    keep = copies_to_keep(copy.made_at for copy in routine)
    gone = tuple(copy.path for copy in routine if copy.made_at not in keep)
    for path in (*gone, *_left_over_parts(copies_folder(record))):
        path.unlink(missing_ok=True)
    piece_store.sweep(copies_folder(record))
    return gone


def _left_over_parts(folder: Path) -> Iterator[Path]:
    """Yield the unfinished copies that a crash left a day ago or earlier."""
    long_ago = time.time() - DUE_AFTER.total_seconds()
    for path in folder.iterdir():
        if OF_COPIES.fullmatch(path.name) and path.stat().st_mtime < long_ago:
            yield path


def copies_to_keep(times: Iterable[datetime]) -> frozenset[datetime]:
    """Return the copies to keep: the newest of each of 12 days, then of 10 weeks, then of 9 months.

    Days, weeks and months without a copy do not count; the newest copy of all is always kept.
    """
    left = sorted(times, reverse=True)
    found: list[datetime] = []
    for period, number in ((datetime.date, DAILY), (_week, WEEKLY), (attrgetter("year", "month"), MONTHLY)):
        firsts = _newest_of_each(period, number, left, found)
        found += firsts
        left = [made_at for made_at in left if not firsts or made_at < firsts[-1]]
    return frozenset(found)


def _newest_of_each(
    period: Callable[[datetime], object], number: int, times: list[datetime], taken: list[datetime]
) -> list[datetime]:
    """Return the newest of each of `number` periods that hold none of those taken already."""
    seen = {period(made_at) for made_at in taken}
    newest_of = dict[object, datetime]()
    for made_at in times:
        newest_of.setdefault(period(made_at), made_at)
    return [made_at for of, made_at in newest_of.items() if of not in seen][:number]


def _week(made_at: datetime) -> object:
    return made_at.isocalendar()[:2]


def _copy(path: Path) -> Copy | None:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    made_at = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    return Copy(path, made_at, (found[2] or "").removeprefix(" before "))


def _copy_pages(raw: RawConnection, part: Path, key: str | None, tick: Tick) -> None:
    def progress(status: int, remaining: int, total: int) -> None:
        if tick is not None:
            tick(total - remaining, total)

    with closing(engine.connect_for_copy(part, key)) as target:
        raw.backup(target, pages=_PAGES, progress=progress)


def _check_copy(part: Path, key: str | None, expected: Contents) -> None:
    """Refuse a copy that is not whole or does not hold what the record holds."""
    with closing(engine.connect_to_read(part, key)) as raw:
        problems = engine.integrity_problems(raw, is_encrypted=key is not None)
        if problems or contents(raw) != expected:
            raise Trouble(
                f"The copy {part.name} did not match the record, so it was not kept. "
                "The record itself is unchanged. Check the disk, or choose another place."
            )
        if spoilt := [*engine.tables_without_text(raw)]:
            raise Trouble(
                f"The record has text that cannot be read, in {listed(spoilt)}, so the copy "
                f"{part.name.partition(PART)[0]} was not kept. The record itself is unchanged. Check the "
                "record (verify), which names the rows. Then restore a copy from before."
            )


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return "the disk is full" if engine.is_full(error) else str(error)


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
        self._part = path.with_name(f"{path.name}{PART}{own_mark(threading.get_native_id())}")
        self._turn, self._back = threading.Semaphore(0), threading.Semaphore(0)
        self._ready, self._ended, self._is_stopped = threading.Event(), False, False
        self._error: Exception | None = None
        self._contents: Contents | None = None
        self._naming, self._is_dropped = threading.Lock(), False
        refuse_taken(path)
        self._notes = ExitStack()
        self._notes.enter_context(writing_in(path.parent))
        self._apart = apart_copy(raw, path, key)
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
                if self._apart is not None:
                    self._apart.complete()
                give_name(self._part, self.path, self._key, self._contents)
            except (OSError, dbapi2.Error) as error:
                raise no_copy(self.path, error) from error
            finally:
                self._remove_part()
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
            self._remove_part()

    def drop(self) -> None:
        """Stop, and let no copy that is not named yet be named: it has another passphrase from now on."""
        self.cancel()
        with self._naming:
            self._is_dropped = True
            self._remove_part()

    def _remove_part(self) -> None:
        """Remove what was not given the copy's name, and pieces that it alone would have named."""
        remove(self._part)
        piece_store.sweep(self.path.parent)
        self._notes.close()

    def _was_stopped(self) -> Trouble:
        return Trouble(f"The copy {self.path.name} was stopped. The record itself is unchanged.")

    def _next_slice(self) -> None:
        self._turn.release()
        self._back.acquire()
        if self._error is not None:
            self.cancel()
            raise no_copy(self.path, self._error) from self._error
        if self._ended:
            self._contents = contents(self._raw)

    def _copy(self) -> None:
        """Copy all pages, waiting for a turn before each slice; this is the other thread."""
        try:
            remove(self._part)
            if self._apart is None:
                self._copy_all()
            else:
                self._apart.prepare(self._part)
                self._wait()
                self._apart.copy(lambda done, whole: self._progress(0, whole - done, whole))
        except (OSError, dbapi2.Error, Trouble) as error:
            self._error = error
        except _Stopped:
            return
        self._ended = True
        self._ready.set()
        self._back.release()

    def _copy_all(self) -> None:
        target = engine.connect_for_copy(self._part, self._key)
        try:
            _prepare(target)
            self._wait()
            self._raw.backup(target, pages=PAGES_A_SLICE, progress=self._progress)
        finally:
            target.close()

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


def keep_in_second_place(made: Path, record: Path, place: Path, key: str | None = None) -> Path:
    """Copy an automatic copy into a folder of this person and computer there, and thin those that it holds.

    What lies beside the copy is put into the file there: it is whole by itself.

    Raises Trouble where the place does not take it; the copy beside the record is there by then.
    """
    theirs = _in_second_place(record, place)
    kept = copies_folder(theirs) / made.name
    try:
        kept.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        if piece_store.is_listed(made):
            with closing(engine.connect_to_read(made, key)) as raw:
                write_copy(raw, kept, key, of_copy=made)
        else:
            with in_part(kept) as part:
                copy_file(made, part)
                os.replace(part, kept)
        delete_outlived(theirs)
    except OSError as error:
        raise Trouble(
            f"Today's copy of {record.name} is beside the record, but not in the second place, {place} "
            f"({error.strerror or error}). Check the network, and ask those who look after this computer."
        ) from error
    return kept
