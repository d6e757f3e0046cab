"""The file behind an open record: one connection, one turn at it, and its troubles as sentences."""

import re
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Any

from msgspec.structs import replace
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from models.session import Session
from models.store import chain as journal
from models.store import record_file
from models.store.chain import JournalHead
from models.store.sqlite import backup, engine, opening
from models.store.sqlite.apart_copy import has_many_pieces
from models.store.sqlite.backup import BackupSteps, Tick
from models.store.sqlite.engine import DRIVERS_OWN, WHAT_HELPS, RawConnection, RecordDamaged
from models.store.sqlite.lock import Lock
from models.store.sqlite.opening import Opened
from models.store.sqlite.piece_store import TABLE
from models.trouble import Trouble
from scoring.written.text import Refused

WORTH_UPKEEP = 200
"""From so many rows written on, what the engine knows of its indexes is worth bringing up to date."""


class SqliteStore:
    """What was opened, read and written by one thread at a time; a second one waits its turn."""

    is_shared = False
    signed_on = None
    now = None

    def __init__(self, opened: Opened) -> None:
        self._hold(opened)
        self._engine = engine.engine_on(opened.raw)
        self._has_committed = False
        self._steps: BackupSteps | None = None
        self._fault: RecordDamaged | None = None
        self.is_checked = False
        """Whether every page was looked at since the file was opened, and found whole."""
        self.turn = threading.RLock()

    def _hold(self, opened: Opened) -> None:
        """Take over what was opened: a lock is None for a copy that is only read."""
        self._opened, self.raw = opened, opened.raw
        self.path = self.address = opened.path
        self.lock = opened.lock
        self.is_copy, self.is_encrypted = opened.lock is None, opened.key is not None

    @property
    def key(self) -> str | None:
        """The key, None for a plain file: what was opened alone holds it, and does not show it."""
        return self._opened.key

    @contextmanager
    def reading(self, **options: Any) -> Iterator[Session]:
        """Give a session; whatever it might change is thrown away."""
        with self.troubles(), self._engine.connect() as session:
            yield session.execution_options(**options)

    @contextmanager
    def reading_apart(self) -> Iterator[Session]:
        """Give a session of a copy on a connection of its own, without taking the turn: nobody writes it."""
        assert self.is_copy, "what is written cannot be read beside it"
        raw = engine.connect_to_read(self._opened.read_from, self.key)
        with closing(raw), self._in_words(), engine.engine_on(raw).connect() as session:
            yield session

    @contextmanager
    def writing(self, **options: Any) -> Iterator[Session]:
        """Give a session whose changes are saved together at its end, or none of them."""
        self.refuse_if_moved()
        with self.troubles(), self._engine.begin() as session:
            yield session.execution_options(**options)
        self.note_change()

    def planning(self, **options: Any) -> AbstractContextManager[Session]:
        """Give a session to read: nobody waits for a change in a file, so none is planned ahead."""
        return self.reading(**options)

    def head(self, session: Session) -> JournalHead:
        """Return the newest row of the journal; nobody else adds one while the file is open."""
        return journal.head(session)

    def guard_unseen(self, session: Session, rows: Collection[int]) -> None:
        """Let anything be written: nobody else can change the file."""

    def listen(self) -> None:
        """Hear nothing: nobody else can change the file."""

    def note_change(self) -> None:
        """Note that there is upkeep to do when the file is closed."""
        self._has_committed = True

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Take the turn, and tell what the disk says no to as `Trouble`."""
        with self.turn, self._in_words():
            yield

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, *DRIVERS_OWN) as error:
            own = error.orig if isinstance(error, DBAPIError) else error
            if own is None or not engine.is_disk_trouble(own):
                raise
            # the engine's words hold those of the cell
            raise self.trouble_of(own) from None if engine.is_no_text(own) else error

    def trouble_of(self, error: BaseException) -> Trouble:
        """Return what the driver's error means for this file; once it is known to be damaged, that it is."""
        found = engine.trouble_of(error, self.path)
        if isinstance(found, RecordDamaged):
            self._fault = self._fault or found
        is_of_disk = type(found) is Trouble and not engine.is_full(error)
        return self._fault if self._fault is not None and is_of_disk else found

    def found_damaged(self, words: str) -> RecordDamaged:
        """Note what is wrong with the file, and return what is said of it."""
        self._fault = RecordDamaged(f"{self.path.name} is damaged: {words}. {WHAT_HELPS}")
        return self._fault

    def check_pages(self) -> None:
        """Look at all pages, unless that was done since the record was opened.

        Where there are many pieces of files, theirs are left out: a copy looks at those that are new to it.
        Raises `RecordDamaged` where not all of them hold together.
        """
        if self._fault is not None:
            raise self._fault
        check = PageCheck(self, with_pieces=False)
        while not self.is_checked:
            check.step()

    def refuse_if_copy(self) -> None:
        """Refuse to change what was opened only to be read."""
        if self.is_copy:
            raise Refused(
                f"You are reading a copy, or a record where nothing can be written: {self.path.name} is "
                "open for reading only, so it cannot be changed. Open the record itself, or a copy of it "
                "in a "
                "folder that you can write in."
            )

    def refuse_if_moved(self) -> None:
        """Refuse to save into a file that nobody would find again."""
        opened = self._opened
        if opened.file is not None and record_file.identity(opened.path) != opened.file:
            raise Trouble(
                f"{self.path.name} was deleted, moved or replaced in {self.path.parent} while it was open. "
                "The last change was not saved; all that was saved before is still here. Make a copy of the "
                "record under another name, then close it."
            )

    def copy_out(self, path: Path, key: str | None, tick: Tick = None) -> Path:
        """Write a verified copy to a new file; RecordDamaged where not all of the file can be read.

        It has the file's own passphrase, and no other.
        """
        assert key is None, "a file is copied as it is"
        with self.turn:
            try:
                of_copy = self.path if self.is_copy else None
                return backup.write_copy(self.raw, path.resolve(), self.key, tick, of_copy=of_copy)
            except DBAPIError as error:
                raise self.found_damaged("not all of its pages can be read") from error

    def copy_beside(self, path: Path) -> Path:
        """Write a verified automatic copy; RecordDamaged where not all of the file can be read."""
        with self.turn:
            try:
                return backup.write_automatic(self.raw, path.resolve(), self.key)
            except (DBAPIError, RecordDamaged) as error:
                raise self.found_damaged("not all of its pages can be read") from error

    def copy_in_steps(self, path: Path) -> BackupSteps:
        """Begin a copy that is made in slices; one that is not finished is stopped."""
        self.stop_steps()
        self._steps = BackupSteps(self.raw, path.resolve(), self.key)
        return self._steps

    def stop_steps(self) -> None:
        """Stop a copy that is being made in slices; a finished one is kept."""
        if self._steps is not None:
            self._steps.cancel()
        self._steps = None

    def compact(self) -> None:
        """Write the file anew without the pages that were freed.

        It is built in a file without a name, as encrypted as the record, and not in memory.
        """
        with self.troubles():
            self.stop_steps()
            self.refuse_if_moved()
            try:
                self.raw.execute("PRAGMA temp_store=FILE")
                self.raw.execute("VACUUM")
                self.raw.execute("PRAGMA temp_store=MEMORY")
            except dbapi2.Error as error:
                raise engine.trouble_of(error, self.path) from error

    @contextmanager
    def written_anew(self, key: str | None) -> Iterator[Session]:
        """Give a session on a copy under another passphrase, which takes the file's place at the end.

        The copy is verified. Raises Trouble where it could not be put there; the file is as it was then.
        """
        with self.turn:
            if self._steps is not None:
                self._steps.drop()
            self.stop_steps()
            self.refuse_if_moved()
            part = record_file.anew(self.path)
            record_file.remove(part)
            try:
                backup.write_anew(self.raw, part, key)
                with (
                    self.troubles(),
                    closing(engine.connect(part, key)) as raw,
                    engine.engine_on(raw).begin() as session,
                ):
                    yield session
                failure = self._take_place(part, key)
            finally:
                record_file.remove(part)
            if failure is not None:
                raise Trouble(
                    f"{self.path.name} could not be replaced ({failure.strerror}); it is as it was, with the "
                    "passphrase it had. Close any program that has the file open, then try again."
                ) from failure
            self.note_change()

    def _take_place(self, part: Path, key: str | None) -> OSError | None:
        """Put a copy in the file's place and hold it; return why not, where the old one is held again."""
        self._engine.dispose()
        opened, failure = opening.put_in_place(self._opened, part, key)
        self._hold(opened)
        self._engine = engine.engine_on(self.raw)
        return failure

    def close(self) -> None:
        """Close the file and let go of its lock; closing twice does no harm."""
        self._wind_up()
        self._opened.close()
        self._forget_key()

    def close_but_hold(self) -> Lock | None:
        """Close the file and forget its passphrase, but keep its lock file; return it, None for a copy."""
        self._wind_up()
        lock = self.lock
        if lock is None:
            self._opened.close()
        else:
            self._opened.close_but_hold()
        self._forget_key()
        return lock

    def _wind_up(self) -> None:
        """End what runs on the connection."""
        self.stop_steps()
        if self._has_committed and self.raw.total_changes >= WORTH_UPKEEP:
            with suppress(dbapi2.Error):  # upkeep only: what was saved is saved
                self.raw.execute("PRAGMA optimize")
        self._has_committed = False
        self._engine.dispose()

    def _forget_key(self) -> None:
        """Drop the passphrase; Python cannot wipe the memory where it stood."""
        self._hold(replace(self._opened, key=None))


_NUMBER = re.compile(r"\bpage (\d+)", re.IGNORECASE)
_SHOWN = 5
_A_STEP_S = 0.02
DISAGREE = "its tables and indexes do not keep their own rules"
"""What is said where every page can be read, but not all that they hold can be."""

_CODES = "PRAGMA cipher_integrity_check"
"""Looks at the code of every page of an encrypted file; it is clean where it answers nothing.

It comes first: once the engine itself has met a page that does not decipher, it reads no other.
"""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


class PageCheck:
    """A look at all pages of an open record, in slices between which changes are made."""

    def __init__(self, file: "SqliteStore", *, with_pieces: bool = True) -> None:
        self._file, self._with_pieces = file, with_pieces
        self._slices: Iterator[str] | None = None

    def step(self) -> bool:
        """Look at the next slice; say whether there is more. Raise `RecordDamaged` at the first fault."""
        with self._file.turn:
            if self._slices is None:
                self._slices = self._begun()
            until = monotonic() + _A_STEP_S
            while monotonic() < until:
                try:
                    fault = next(self._slices, None)
                except DRIVERS_OWN as error:
                    raise self._file.trouble_of(error) from error
                if fault:
                    raise self._file.found_damaged(fault)
                if fault is None:
                    self._file.is_checked = True
                    return False
            return True

    def _begun(self) -> Iterator[str]:
        """Begin with what is quick: where there are many pieces, by their rows and not all at once."""
        raw = self._file.raw
        if not has_many_pieces(raw):
            return _slices(raw, is_encrypted=self._file.key is not None)
        tables = _of_tables(raw, without=TABLE)
        return chain(tables, _of_pieces(raw)) if self._with_pieces else tables


def words_of(problems: Iterable[str], pages: int) -> str:
    """Say what the engine found, whatever the number of its lines; "" where it found nothing."""
    lines = [line for problem in problems for line in str(problem).splitlines() if line != "ok"]
    bad = sorted({int(number) for line in lines for number in _NUMBER.findall(line)})
    if not bad:
        return DISAGREE if lines else ""
    shown = ", ".join(map(str, bad[:_SHOWN])) + (" and others" if len(bad) > _SHOWN else "")
    many = f"{len(bad):,} of its {pages:,} pages are" if len(bad) > 1 else f"1 of its {pages:,} pages is"
    return f"{many} spoilt (number {shown})"


def _slices(raw: RawConnection, *, is_encrypted: bool) -> Iterator[str]:
    """Yield what is wrong with each slice, "" where it is whole."""
    if is_encrypted:
        yield _asked(raw, _CODES)
        return
    yield from _of_tables(raw)


def _of_tables(raw: RawConnection, without: str = "") -> Iterator[str]:
    for (name,) in raw.execute(_TABLES).fetchall():
        quoted = str(name).replace("'", "''")
        if name != without:
            yield _asked(raw, f"PRAGMA integrity_check('{quoted}')")


def _of_pieces(raw: RawConnection) -> Iterator[str]:
    """Read each piece to its end, by which the engine looks at all its pages."""
    for (number,) in raw.execute(f"SELECT rowid FROM main.{TABLE}").fetchall():
        raw.execute(f"SELECT substr(piece, -1) FROM main.{TABLE} WHERE rowid = ?", (number,)).fetchall()
        yield ""


def _asked(raw: RawConnection, pragma: str) -> str:
    pages = int(raw.execute("PRAGMA page_count").fetchone()[0])
    found: list[str] = []
    try:
        found.extend(str(row[0]) for row in raw.execute(pragma))
    except DRIVERS_OWN:
        if not found:
            raise
    return words_of(found, pages)
