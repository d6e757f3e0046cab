"""What lies beside a record's file by its names, and what a killed program left of it: removed for good."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from models.store.private_files import read_regular

ENDING = ".panel"


def copies_folder(record: Path) -> Path:
    """Return the folder of a record's automatic copies."""
    return record.with_name(f"{record.stem if record.suffix == ENDING else record.name}.backups")


def journal_of(path: Path) -> Path:
    """Return where the engine keeps what it would take to undo a change that is not finished."""
    return path.with_name(f"{path.name}-journal")


def engines_own(path: Path) -> tuple[Path, ...]:
    """Return all that the engine might look for beside a file."""
    return (journal_of(path), path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))


ANEW, PART = ".anew-", ".part-"
_BESIDE = rf"(?:-journal|-wal|-shm|{re.escape(ENDING)}\.lock)"
_AFTER = rf"(?:(?:{re.escape(ANEW)}|{re.escape(PART)})\d+)+(?:\.undone)?{_BESIDE}?"
"""How the name of what this program writes under a name for a while ends; nobody's own file does."""
_AFTER_ITS_NAME, _OF_COPIES = re.compile(_AFTER), re.compile(rf".*{re.escape(ENDING)}{_AFTER}")
"""What follows the name of a record that is made, put in its place or written anew; any copy's whole name."""

_PIECE = 1 << 16


def sweep(record: Path) -> tuple[Path, ...]:
    """Remove what is left of a record being made, copied or written anew; return what could not be."""
    return tuple(left for left in found(record) if not wipe(left))


def found(record: Path) -> tuple[Path, ...]:
    """Return what is left beside a record and among its copies, by its name; none of it is any use."""
    parts = [*_parts(record.parent, _AFTER_ITS_NAME, record.name), *_parts(copies_folder(record), _OF_COPIES)]
    idle = [journal_of(record)] if is_idle(journal_of(record)) else []
    return (*idle, *sorted(parts))


def clear_journal(path: Path) -> None:
    """Remove an idle journal; one that would undo an unfinished change stays."""
    if is_idle(journal_of(path)):
        wipe(journal_of(path))


def is_idle(journal: Path) -> bool:
    """Say whether a journal is there and of no use: the engine would not roll anything back by it."""
    try:
        return read_regular(journal, 1) in (b"", b"\0")
    except OSError:
        return False


def remove(path: Path) -> None:
    """Write a file over and remove it with what the engine made beside it; nothing is said of what stays."""
    for left in (path, *engines_own(path)):
        wipe(left)


def wipe(path: Path) -> bool:
    """Write noughts over a file and remove it; say whether it is gone.

    One that has a second name, and whatever is no file, is only taken away under this one.
    """
    try:
        seen = path.lstat()
        if stat.S_ISREG(seen.st_mode) and seen.st_nlink == 1:
            with suppress(OSError):  # where it cannot be written over, it can still be removed
                _write_over(path, seen.st_size)
        path.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _parts(folder: Path, names: re.Pattern[str], record: str = "") -> Iterator[Path]:
    """Yield what has such a name after that of a record."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(record) and names.fullmatch(path.name, len(record)):
                yield path


def _write_over(path: Path, size: int) -> None:
    with path.open("rb+") as file:
        for start in range(0, size, _PIECE):
            file.write(bytes(min(_PIECE, size - start)))
        file.flush()
        os.fsync(file.fileno())
