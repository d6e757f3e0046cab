"""What a killed process leaves, each kind by its name, and how the next start clears it.

Whatever is written for a while bears the mark of its process (`private_files.own_mark`), by which a later one
knows that it is gone. There are folders for a piece of work among the computer's temporary files, copies of
older records in the person's own data, and parts: files of any kind that do not have their own name yet, in
whatever folder somebody chose. While a part is written, a folder of the first kind names that place.

Beside a record its lock says who holds it, and is taken over from a process that is gone; what else lies
there goes as the record is opened (`record_file.left_beside`).
"""

import re
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs

from models.store.private_files import (
    MARK,
    PLACES,
    PREFIX,
    STALE_SECONDS,
    is_of_the_dead,
    left_in,
    remove_folders,
)
from models.store.record_file import wipe

SCRATCH = "copy-"
"""How a folder begins in which an older record is read."""
_PART = re.compile(rf".+\.part-({MARK})(?:\.\w+|-journal|-wal|-shm)?")


def clear() -> None:
    """Remove what processes that are gone left: folders, copies, and parts where they were writing some."""
    folders = left_in(Path(tempfile.gettempdir()), PREFIX)
    for place in {place for folder in folders for place in _places(folder)}:
        clear_parts(place)
    remove_folders((*folders, *left_in(data_folder(), SCRATCH)))


clear_once = cache(clear)
"""The same, once for this process: it looks through all temporary files of the computer."""


def data_folder() -> Path:
    """Return the folder of the person's own data."""
    return Path(platformdirs.user_data_dir("Grant Panel", appauthor=False))


def clear_parts(folder: Path, *, now: float | None = None) -> None:
    """Remove parts that a killed program left in a folder: here at once, from elsewhere after a day."""
    oldest = (time.time() if now is None else now) - STALE_SECONDS
    with suppress(OSError):
        for file in folder.iterdir():
            mark = _PART.fullmatch(file.name)
            if mark is None or not file.is_file():
                continue
            if is_of_the_dead(mark[1]) or file.stat().st_mtime < oldest:
                wipe(file)


def _places(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [*map(Path, (folder / PLACES).read_text("utf-8", "surrogateescape").splitlines())]
    return []
