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
_NAME = re.compile(rf"{_PREFIX}(\d+)-")


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Give an empty folder, and remove it with all that is in it, however the work ends."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> tuple[Path, ...]:
    """Remove the folders of processes that are gone, and return them."""
    found: list[Path] = []
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = _NAME.match(folder.name)
        if owner is not None and folder.is_dir() and not psutil.pid_exists(int(owner[1])):
            shutil.rmtree(folder, ignore_errors=True)
            found.append(folder)
    return tuple(found)
