"""Files that only their owner may read, files that somebody names, and files for a piece of work alone."""

import errno
import os
import platform
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import psutil

_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class NotAFile(OSError):
    """The name leads to a pipe, a device or a folder; `strerror` says so."""

    def __init__(self, path: Path, mode: int) -> None:
        super().__init__(errno.EINVAL, f"it is {_what(mode)}, not a file", str(path))


def open_regular(path: Path) -> BinaryIO:
    """Open a file to read its bytes; NotAFile where it is none, OSError where the system refuses."""
    _require(path, path.stat().st_mode)  # before it is opened: opening some devices does something
    handle = os.open(path, os.O_RDONLY | _NO_WAIT)
    try:
        _require(path, os.fstat(handle).st_mode)
    except NotAFile:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def read_regular(path: Path, most: int = -1) -> bytes:
    """Return the bytes of a file, at most so many of them (-1: all)."""
    with open_regular(path) as file:
        return file.read(most)


def _require(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise NotAFile(path, mode)


def _what(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "a device"


FILE, FOLDER = 0o600, 0o700
_PIECE = 1 << 20


def opener(path: str, flags: int) -> int:
    """Open a file for `open`, making it readable to its owner alone where it is new."""
    return os.open(path, flags, FILE)


def make_file(path: Path) -> None:
    """Make an empty file; FileExistsError where something has its name."""
    with open(path, "xb", opener=opener):
        pass


def make_folder(path: Path) -> None:
    path.mkdir(mode=FOLDER, exist_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a file, and have it reach the disk."""
    with open(path, "wb", opener=opener) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def copy_file(source: Path, to: Path) -> Path:
    """Copy a file to where nothing is, and have it reach the disk; OSError leaves no part of it behind."""
    try:
        with open_regular(source) as coming, open(to, "xb", opener=opener) as going:
            shutil.copyfileobj(coming, going, _PIECE)
            going.flush()
            os.fsync(going.fileno())
    except FileExistsError:
        raise
    except OSError:
        to.unlink(missing_ok=True)
        raise
    return to


def take_mode_of(path: Path, of: Path) -> None:
    """Let a file that is to take another's place be no wider than that one."""
    with suppress(OSError):
        os.chmod(path, stat.S_IMODE(of.stat().st_mode))


PREFIX, PLACES = "grant-panel-", "places"
"""How a folder for a piece of work begins, and the file in it that names where parts are being written."""
MARK = r"(\d+)\.(gp[0-9a-f]{8})"
"""A mark as `own_mark` makes it. A number alone, or with a date, is never
one: other programs name parts and copies so."""
_OWNER = re.compile(f"{MARK}-")
STALE_SECONDS = 24 * 60 * 60  # a day; no piece of work takes as long


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder, and remove it with all that is in it, however the work ends."""
    folder = temporary_in(Path(tempfile.gettempdir()), PREFIX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Name a folder in which a part is written meanwhile, for the next start to clear it after a kill."""
    with ExitStack() as kept:
        with suppress(OSError):  # where nothing can be noted, the next export to the folder clears it
            notes = kept.enter_context(temporary_folder()) / PLACES
            notes.write_text(f"{folder.absolute()}\n", "utf-8", "surrogateescape")
        yield


def temporary_in(folder: Path, prefix: str) -> Path:
    """Make a folder for this process that only this person can read; `left_in` knows it by its name."""
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{own_mark()}-", dir=folder))


def left_in(folder: Path, prefix: str) -> tuple[Path, ...]:
    """Return the folders that processes which are gone left in a folder, under a prefix."""
    return tuple(left for left in folder.glob(f"{prefix}*") if left.is_dir() and _is_left(left, prefix))


def remove_folders(folders: Iterable[Path]) -> None:
    for left in folders:
        shutil.rmtree(left, ignore_errors=True)


def own_mark(number: int | None = None) -> str:
    """Return what tells the files of this process from those of others: its number, and where it holds.

    The `number` of a thread stands for that of the process.
    """
    return f"{os.getpid() if number is None else number}.{_here()}"


def is_of_the_dead(mark: str) -> bool:
    """Whether a mark is that of a process which ran here and is gone."""
    number, _, where = mark.partition(".")
    return where == _here() and not _is_there(int(number))


def _is_left(folder: Path, prefix: str) -> bool:
    """Say whether nobody works in a folder any more; made elsewhere, only its age can tell."""
    owner = _OWNER.match(folder.name.removeprefix(prefix))
    if owner is None:
        return False
    if owner[2] == _here():
        return not _is_there(int(owner[1]))
    return _age(folder) > STALE_SECONDS


def _age(folder: Path) -> float:
    """Give the seconds since anything was put into a folder; one just taken away has none."""
    try:
        return time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _here() -> str:
    """Name where this process's number holds: the machine and, on Linux, its space of numbers."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        space = ""
    return f"gp{sha256(f'{platform.node()} {space}'.encode()).hexdigest()[:8]}"


def _is_there(number: int) -> bool:
    """Say whether a process has this number; a name may hold any number."""
    try:
        return bool(psutil.pid_exists(number))
    except OverflowError:
        return False


if sys.platform != "win32":
    import resource


def forbid_core_dumps() -> None:
    """Have the system write no core file of this process, or of one that it starts, when it crashes."""
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
