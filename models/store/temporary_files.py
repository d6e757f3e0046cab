"""Files that live only while a piece of work runs, such as the paper behind a preview.

They lie in a folder that only this person can read. It is removed as the work ends; one that a crash left
behind is removed before the next is made. Its name says which process made it, and where: a number means
nothing on another machine that shares the folder, nor in a container that shares this machine's.
"""

import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psutil

_PREFIX = "grant-panel-"
_OWNER = re.compile(r"(\d+)(?:\.([0-9a-f]{8}))?-")
_DAY = 24 * 60 * 60  # seconds; no piece of work takes as long


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder, and remove it with all that is in it, however the work ends."""
    sweep()
    folder = temporary_in(Path(tempfile.gettempdir()), _PREFIX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> tuple[Path, ...]:
    """Remove the folders of processes that are gone, and return them."""
    return sweep_in(Path(tempfile.gettempdir()), _PREFIX)


def temporary_in(folder: Path, prefix: str) -> Path:
    """Make a folder for this process that only this person can read; `sweep_in` knows it by its name."""
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}.{_here()}-", dir=folder))


def sweep_in(folder: Path, prefix: str) -> tuple[Path, ...]:
    """Remove what processes that are gone left in a folder under a prefix, and return it."""
    found = tuple(left for left in folder.glob(f"{prefix}*") if left.is_dir() and _is_left(left, prefix))
    for left in found:
        shutil.rmtree(left, ignore_errors=True)
    return found


def _is_left(folder: Path, prefix: str) -> bool:
    """Say whether nobody works in a folder any more; made elsewhere, only its age can tell."""
    owner = _OWNER.match(folder.name.removeprefix(prefix))
    if owner is None:
        return False
    if owner[2] in (None, _here()):
        return not _is_there(int(owner[1]))
    return _age(folder) > _DAY


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
    return sha256(f"{platform.node()} {space}".encode()).hexdigest()[:8]


def _is_there(number: int) -> bool:
    """Say whether a process has this number; a name may hold any number."""
    try:
        return bool(psutil.pid_exists(number))
    except OverflowError:
        return False
