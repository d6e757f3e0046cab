"""The lock file beside an open record: who has it, where and since when.

It gives the words; safety comes from the database's own exclusive lock. A lock left by a process of
this computer that is gone is replaced without asking; another computer's only by typing its name.
"""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psutil
from msgspec import Struct

from models.store.private_files import opener, read_regular
from models.store.record_file import ENDING
from models.store.sqlite.engine import RecordLocked
from models.trouble import Trouble, Unwritable
from models.values import canonical
from scoring.written.days import full_day

_SAME_START_MS = 2_000
_UNREADABLE_AFTER_S = 10
_LONGEST = 1 << 16
_LONGEST_NAME = 200
_PIDS = range(1, 1 << 32)
_YEARS = range(2000, 3000)
"""Windows tells the local time of no later year."""


class Holder(Struct, frozen=True):
    """Who has a record open: the computer and process, and the person and program."""

    host: str
    pid: int
    started_ms: int
    person: str
    program: str
    since: datetime

    @property
    def is_here(self) -> bool:
        return self.host.casefold() == this_host().casefold()

    @property
    def is_gone(self) -> bool:
        """Whether it is certain that the process that made the lock has ended."""
        if not self.is_here:
            return False
        try:
            process = psutil.Process(self.pid)
            if process.status() == psutil.STATUS_ZOMBIE:  # killed, and its parent has not looked yet
                return True
            started_ms = int(process.create_time() * 1000)
        except (psutil.NoSuchProcess, ValueError, OverflowError):  # no process can have such a number
            return True
        except psutil.Error:
            return False
        return abs(started_ms - self.started_ms) > _SAME_START_MS


class RecordInUse(RecordLocked):
    """Somebody has the record open; `holder` says who, None when the lock file cannot be read."""

    def __init__(self, words: str, holder: Holder | None) -> None:
        super().__init__(words)
        self.holder = holder

    @property
    def can_be_taken_over(self) -> bool:
        """Whether typing the other computer's name opens the record here."""
        return self.holder is not None and not self.holder.is_here


class Lock(Struct, frozen=True):
    """A lock file of ours; `taken_from` is the other computer's that it took the place of, None if none."""

    path: Path
    text: str
    taken_from: Holder | None = None

    def release(self) -> None:
        """Remove the lock file, if it is still ours."""
        if _text(self.path) == self.text:
            self.path.unlink(missing_ok=True)


def this_host() -> str:
    return platform.node() or "this computer"


def lock_path(record: Path) -> Path:
    return record.with_name(record.name + (".lock" if record.suffix == ENDING else f"{ENDING}.lock"))


def read_holder(record: Path) -> Holder | None:
    """Return who has a record open by its lock file; None when there is none or it makes no sense.

    Raises Trouble where the system does not let it be read: somebody may well have the record open.
    """
    return _holder(_lock_text(lock_path(record)))


def take(record: Path, ours: Holder, *, typed_host: str | None = None) -> Lock:
    """Lock a record for `ours`; `RecordInUse` when somebody has it, save a computer named by `typed_host`.

    Raises Trouble where what lies under the lock's name cannot be read.
    """
    path, text = lock_path(record), canonical.to_text(ours)
    if _created(path, text):
        return Lock(path, text)
    found = _lock_text(path)
    holder = _holder(found)
    if not _may_replace(path, holder, typed_host):
        raise RecordInUse(_in_use_words(record, holder, ours.since), holder)
    _set_aside(path, found)
    if not _created(path, text):  # another program was quicker
        holder = _holder(_text(path))
        raise RecordInUse(_in_use_words(record, holder, ours.since), holder)
    return Lock(path, text, holder if holder is not None and not holder.is_here else None)


@contextmanager
def held(record: Path, ours: Holder) -> Iterator[None]:
    """Hold a record's lock for what is done inside."""
    lock = take(record, ours)
    try:
        yield
    finally:
        lock.release()


def _created(path: Path, text: str) -> bool:
    """Create the lock file with its text; False when there is one already."""
    try:
        file = open(path, "x", encoding="utf-8", opener=opener)  # noqa: SIM115  (used two lines on)
    except FileExistsError:
        return False
    except OSError as error:
        raise _no_lock(path, error) from error
    try:
        with file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _no_lock(path, error) from error
    return True


def _no_lock(path: Path, error: OSError) -> Unwritable:
    return Unwritable(
        f"No lock file could be made in {path.parent} ({error.strerror}), so the record was not opened. "
        "Nothing was changed. Make room there, or copy the record to a folder you can write in."
    )


def _may_replace(path: Path, holder: Holder | None, typed_host: str | None) -> bool:
    if holder is None:
        return _age_s(path) > _UNREADABLE_AFTER_S
    if holder.is_gone:
        return True
    typed = (typed_host or "").strip().casefold()
    return not holder.is_here and typed == holder.host.casefold()


def _age_s(path: Path) -> float:
    try:
        return abs(datetime.now().timestamp() - path.stat().st_mtime)  # the clock may have gone back
    except FileNotFoundError:
        return _UNREADABLE_AFTER_S + 1


def _set_aside(path: Path, found: str) -> None:
    """Remove the lock file whose text was `found`; one that another program just made stays.

    It is moved away before it is looked at: between a look and a removal another's could slip in.
    """
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.replace(aside)
        if _text(aside) != found:
            _put_back(aside, path)
        aside.unlink(missing_ok=True)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _no_lock(path, error) from error


def _put_back(aside: Path, path: Path) -> None:
    """Give a lock file its name again, unless one is there by now."""
    try:
        with open(path, "x", encoding="utf-8", opener=opener) as file:
            file.write(_text(aside))
    except FileExistsError:
        return


def _lock_text(path: Path) -> str:
    """Return what a lock file says, "" when there is none; Trouble where nobody can tell."""
    try:
        return _read(path)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise Trouble(
            f"The lock file {path.name} in {path.parent} cannot be read ({error.strerror}), so nobody can "
            "tell whether somebody has the record open. Nothing was changed. If nobody has, remove that file "
            "and try again."
        ) from error


def _text(path: Path) -> str:
    try:
        return _read(path)
    except OSError:
        return ""


def _read(path: Path) -> str:
    """Return the text of a lock file; one that is no text, or far too long, says nothing."""
    content = read_regular(path, _LONGEST + 1)
    try:
        return content.decode() if len(content) <= _LONGEST else ""
    except UnicodeDecodeError:
        return ""


def _holder(text: str) -> Holder | None:
    """Return the holder that a lock file names; None for what no program of ours wrote."""
    try:
        found = canonical.from_text(Holder, text)
    except (ValueError, RecursionError):
        return None
    return found if _makes_sense(found) else None


def _makes_sense(holder: Holder) -> bool:
    """Whether all of it can be said in a sentence, and asked of the system."""
    names = (holder.host, holder.person, holder.program)
    return (
        all(name.isprintable() and len(name) <= _LONGEST_NAME for name in names)
        and holder.pid in _PIDS
        and holder.since.tzinfo is not None
        and holder.since.year in _YEARS
    )


def _in_use_words(record: Path, holder: Holder | None, now: datetime) -> str:
    if holder is None:
        return f"{record.name} is just being opened by another program. Try again in a moment."
    words = f"{holder.person} has this record open, on {holder.host} since {_since_words(holder.since, now)}."
    if holder.is_here:
        return f"{words} Close it there ({holder.program}), then try again."
    return (
        f"{words} Close it there ({holder.program}), then try again. If that computer has crashed, "
        f"the record can be taken over by typing its name."
    )


def _since_words(since: datetime, now: datetime) -> str:
    """Return a time of day, with the date unless it is today's."""
    there, here = since.astimezone(), now.astimezone()
    clock = f"{there:%H:%M}"
    return clock if there.date() == here.date() else f"{clock} on {full_day(there)}"
