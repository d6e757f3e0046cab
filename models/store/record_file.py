"""What can be told of a record's file before it is opened, and what lies beside it by its names."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from models.store.private_files import MARK, NotAFile, open_regular, own_mark, read_regular, writing_in
from models.store.sqlite.engine import (
    APPLICATION_ID,
    BEFORE_THE_RELEASE,
    RecordGone,
    RecordMissing,
    damaged_at_its_beginning,
)
from models.trouble import Trouble, Unwritable

ENDING = ".panel"


def copies_folder(record: Path) -> Path:
    return record.with_name(f"{record.stem if record.suffix == ENDING else record.name}.backups")


def journal_of(path: Path) -> Path:
    """Return where the engine keeps what it would take to undo a change that is not finished."""
    return path.with_name(f"{path.name}-journal")


def engines_own(path: Path) -> tuple[Path, ...]:
    """Return all that the engine might look for beside a file."""
    return (journal_of(path), path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))


ANEW, PART = ".anew-", ".part-"
_BESIDE = rf"(?:-journal|-wal|-shm|{re.escape(ENDING)}\.lock)"
_AFTER = rf"(?:(?:{re.escape(ANEW)}|{re.escape(PART)}){MARK})+(?:\.undone)?{_BESIDE}?"
"""How the name of what this program writes under a name for a while ends; nobody's own file does."""
_AFTER_ITS_NAME, OF_COPIES = re.compile(_AFTER), re.compile(rf".*{re.escape(ENDING)}{_AFTER}")
"""What follows the name of a record that is made, put in its place or written anew; any copy's whole name."""

_NOUGHTS = 1 << 16


def left_beside(record: Path) -> tuple[Path, ...]:
    """Return what is left beside a record and among its copies, by its name; none of it is any use."""
    parts = [*_parts(record.parent, _AFTER_ITS_NAME, record.name), *_parts(copies_folder(record), OF_COPIES)]
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


@contextmanager
def in_part(path: Path) -> Iterator[Path]:
    """Give another name to write under what is to get this one; nothing is left under it in the end."""
    part = path.with_name(f"{path.name}{PART}{own_mark()}")
    remove(part)
    with writing_in(path.parent):
        try:
            yield part
        finally:
            remove(part)


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
        for start in range(0, size, _NOUGHTS):
            file.write(bytes(min(_NOUGHTS, size - start)))
        file.flush()
        os.fsync(file.fileno())


_VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"
_MAGIC = b"SQLite format 3\0"
_FORMAT_AT = slice(60, 64)
_APPLICATION_AT = slice(68, 72)
_HEADER = 100
_OURS = b"CREATE TABLE journal_body"
"""What every record holds, wherever in the file, and nothing else does."""

_PIECE = 1 << 20
_PAGE = 4096
_AS_OF_CHANCE = 200
"""So many different bytes are in any page of an encrypted record, and in none of readable text."""

_HIGHEST_FORMAT = 9999


class NeedsPassphrase(Trouble):
    """The file begins as an encrypted record does, and no passphrase was given."""


@cache
def newest_format() -> int:
    """Return the format number that this program writes: that of its newest migration."""
    return max(int(p.name[:4]) for p in _VERSIONS.glob("[0-9]*.py"))


def is_there(path: Path) -> bool:
    """Say whether something has this name; `Trouble` when the system cannot tell."""
    try:
        return path.exists()
    except OSError as error:
        raise no_disk(path, error) from error


def check_there(path: Path) -> None:
    """Refuse a path at which no record can be opened, by its outward signs alone."""
    if not is_there(path):
        raise RecordMissing(
            f"There is no file {path.name} in {path.absolute().parent}. Check the name, or make a new record."
        )
    if path.is_dir():
        raise Trouble(f"{path} is a folder, not a record. Choose the record's file.")
    if not path.is_file():
        raise Trouble(f"{path} is a pipe or a device, not a record. Choose the record's file.")
    if path.stat().st_size == 0:
        raise RecordGone(
            f"{path.name} is empty, so it is not a record. Nothing was changed. Restore a backup of it."
        )


def check_new(path: Path) -> None:
    """Refuse a path at which no record can be made: no folder, or a journal without its record."""
    if not path.parent.is_dir():
        raise Trouble(f"There is no folder {path.parent}. Make it first, or choose another place.")
    left = journal_of(path)
    if left.exists() and not is_idle(left):  # the engine would roll it back into the new file
        raise Trouble(
            f"{left.name} in {path.parent} holds a change that was under way when a program crashed, and the "
            "record it belongs to is not there. Choose another name, or put that record back beside it."
        )


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from any other, without opening it; None when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def no_disk(path: Path, error: OSError) -> Trouble:
    """Return what is said when the system refuses to read or write a record's file."""
    return Trouble(
        f"{path.name} could not be used in {path.parent} ({error.strerror}). Nothing was changed. "
        "Check the name, the disk and who may use the folder."
    )


def check_writable(path: Path) -> None:
    """Refuse a record that is marked read-only, or whose folder is."""
    if not path.stat().st_mode & stat.S_IWUSR:
        raise Unwritable(f"{path.name} is marked read-only. Remove the mark, or copy the record elsewhere.")
    if not path.parent.stat().st_mode & stat.S_IWUSR:
        raise Unwritable(
            f"The folder {path.parent} is read-only. Copy the record to a folder you can write in."
        )


def check_header(path: Path, key: str | None) -> None:
    """Refuse a file whose first bytes are not a record's; only for a file that this process has not open."""
    start = _start(path)
    is_plain, found = start.startswith(_MAGIC), _format_in(start)
    if is_plain and key is not None:
        raise Trouble(f"{path.name} is not encrypted: open it without a passphrase. Nothing was changed.")
    if found is not None:
        check_format(path, found)
    elif is_plain or key is None:
        _refuse_other(path, start, is_plain=is_plain)


def _refuse_other(path: Path, start: bytes, *, is_plain: bool) -> None:
    """Say what a file is that does not begin as a plain record does."""
    check_mark(path.name, int.from_bytes(start[_APPLICATION_AT], "big") if is_plain else 0)
    if not _is_of_chance(path) and holds_a_plain_record(path):
        raise damaged_at_its_beginning(path, is_encrypted=False)
    if is_plain or not _may_be_encrypted(path, start):
        raise RecordGone(
            f"{path.name} is not a Grant Panel record. Nothing was changed. Choose another file."
        )
    raise NeedsPassphrase(
        f"{path.name} is encrypted, or it is not a Grant Panel record. Nothing was changed. "
        "Open it with its passphrase, or choose another file."
    )


def _format_in(start: bytes) -> int | None:
    """Return the format that the first bytes of a plain record name; None where no record begins so."""
    mark, found = (int.from_bytes(start[at], "big") for at in (_APPLICATION_AT, _FORMAT_AT))
    is_ours = start.startswith(_MAGIC) and mark == APPLICATION_ID and found <= _HIGHEST_FORMAT
    return found if is_ours else None


def _start(path: Path) -> bytes:
    try:
        return read_regular(path, _HEADER)
    except OSError as error:
        raise no_disk(path, error) from error


def holds_a_plain_record(path: Path) -> bool:
    """Say whether a closed file without a sound beginning holds a plain record's tables all the same."""
    before = b""
    try:
        with open_regular(path) as file:
            while piece := file.read(_PIECE):
                if _OURS in before + piece:
                    return True
                before = piece[-len(_OURS) :]
    except OSError:
        return False
    return False


def is_encrypted(path: Path) -> bool:
    """Whether a file begins as an encrypted record does; only for one that this process has not open."""
    try:
        start = read_regular(path, _HEADER)
        may_be = bool(start) and not start.startswith(_MAGIC) and _may_be_encrypted(path, start)
        return may_be and (_is_of_chance(path) or not holds_a_plain_record(path))
    except OSError:
        return False


def is_plain_record(path: Path) -> bool:
    """Whether a file begins as a plain record does; only for one that this process has not open."""
    try:
        return _format_in(read_regular(path, _HEADER)) is not None
    except OSError:
        return False


def check_format(path: Path, found: int) -> None:
    """Refuse a record of a newer format than this program knows."""
    if found > newest_format():
        raise Trouble(
            f"{path.name} was written by a newer Grant Panel: its format is {found}, and this program "
            f"reads up to {newest_format()}. Nothing was changed. Install the newer Grant Panel to open it."
        )


def check_mark(name: str, mark: int) -> None:
    """Refuse a record that was made before the first release, by the mark that it bears."""
    if mark == BEFORE_THE_RELEASE:
        raise Trouble(
            f"{name} was made by a Grant Panel from before the first release. Nothing was changed. Open it "
            "with that program, save each round as a workbook and load the workbooks into a new record."
        )


def has_unfinished_change(path: Path) -> bool:
    """Say whether the engine would roll a change back on opening: its journal does not begin with nought.

    After a finished change the journal may stay behind a crash, its beginning zeroed; that one is idle.
    Raises Trouble where a pipe or a device has the name of a file of the engine, which would wait for it.
    """
    journal = journal_of(path)
    for own in engines_own(path):
        if own.exists() and not own.is_file():
            raise no_disk(own, NotAFile(own, own.stat().st_mode))
    try:
        return read_regular(journal, 1) not in (b"", b"\0")
    except FileNotFoundError:
        return False
    except OSError as error:
        raise no_disk(journal, error) from error


def anew(path: Path) -> Path:
    """Return the name under which a record is written anew before it takes the record's place."""
    return path.with_name(f"{path.name}{ANEW}{own_mark()}")


def sync_folder(folder: Path) -> None:
    """Ask the system to put a new name in a folder on the disk, where it can (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _may_be_encrypted(path: Path, start: bytes) -> bool:
    """Say whether the bytes could be an encrypted database: whole pages of no readable text.

    One that is cut short, or spoilt at its beginning, is known by its name.
    """
    has_whole_pages = path.stat().st_size % _PAGE == 0
    if has_whole_pages and any(byte >= 0x80 for byte in start):
        return True
    return (has_whole_pages or path.suffix == ENDING) and _is_of_chance(path)


def _is_of_chance(path: Path) -> bool:
    """Say whether the second page is as good as random, as every page of an encrypted record is."""
    with open_regular(path) as file:
        file.seek(_PAGE)
        return len(set(file.read(_PAGE))) >= _AS_OF_CHANCE
