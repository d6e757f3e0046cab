"""Files that live only while a piece of work runs, such as the paper behind a preview.

They lie in a folder that only this person can read. It is removed as the work ends; one that a crash left
behind is removed before the next is made.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

_PREFIX = "grant-panel-"
_OWNER = re.compile(r"(\d+)-")


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
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=folder))


def sweep_in(folder: Path, prefix: str) -> tuple[Path, ...]:
    """Remove what processes that are gone left in a folder under a prefix, and return it."""
    found: list[Path] = []
    for left in folder.glob(f"{prefix}*"):
        owner = _OWNER.match(left.name.removeprefix(prefix))
        if owner is not None and left.is_dir() and not _is_there(int(owner[1])):
            shutil.rmtree(left, ignore_errors=True)
            found.append(left)
    return tuple(found)


def _is_there(number: int) -> bool:
    """Say whether a process has this number; a name may hold any number."""
    try:
        return bool(psutil.pid_exists(number))
    except OverflowError:
        return False
