"""Put a finished file in place of an older one in one step, so that no reader ever sees half a file."""

import errno
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from models.program import version
from models.store.leftovers import clear_parts
from models.store.private_files import MARK, make_file, own_mark, writing_in
from models.trouble import Trouble


def laid_out_by() -> str:
    return f"Grant Panel {version()}"


Tick = Callable[[int, int], None] | None
"""Called with (done, total) of what a file has; may raise to cancel."""
RETRIES = 5
RETRY_SECONDS = 0.4

_PART_NUMBER = re.compile(rf"\.part-{MARK}(?=(?:\.\w+)?$)")
_NO_TEMPORARY_FILE = "SerialisationError"
"""By name, since lxml need not be installed: where it is, openpyxl's temporary sheets fail with it."""
_FULL = (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC, errno.EFBIG)


def write_beside(
    path: Path,
    write: Callable[[Path], object],
    check: Callable[[Path], object],
    *,
    is_private: bool = False,
    wait: Callable[[float], None] = time.sleep,
) -> Path:
    """Write a file beside `path`, check it, then put it in place; gives the path it really has.

    `write` makes the file and closes it; `check` opens it again and raises when it is not whole. When
    another program holds `path`, the new file is kept as "Name (2)" beside it: see `kept_beside`. Whatever
    fails, also a cancel, leaves `path` as it was and no part file. Raises `Trouble` for a full disk or a bad
    folder. The part file keeps the ending, which readers go by. Who may read the file follows the person's
    umask, but is never more than might read the one it replaces; a private one is its owner's alone.
    """
    path = path.resolve() if path.is_symlink() else path
    _refuse_special(path, "nothing was changed")
    clear_parts(path.parent)
    part = path.with_name(f"{path.stem}.part-{own_mark()}{path.suffix}")
    try:
        with writing_in(path.parent):
            if is_private:
                part.unlink(missing_ok=True)
                make_file(part)
            write(part)
            _narrow(part, path)
            _flush(part, os.O_RDWR)
            check(part)
            written = _put_in_place(part, path, wait)
            with suppress(OSError):  # where folders can be flushed, the new name itself reaches the disk
                _flush(path.parent, os.O_RDONLY)
            return written
    except OSError as error:
        if error.filename and Path(error.filename).parent != path.parent:
            raise
        raise not_written(path, error) from error
    except Exception as error:
        if type(error).__name__ != _NO_TEMPORARY_FILE:
            raise
        raise Trouble(
            f"{path.name} could not be written because the folder for temporary files is full; make room "
            "on that disk and try again; nothing was changed."
        ) from error
    finally:
        with suppress(OSError):  # nothing can be removed either where nothing can be written
            part.unlink(missing_ok=True)


def kept_beside(wanted: Path, written: Path) -> str:
    """Say that a file was kept under another name; "" when it has the name that was wanted."""
    if written.name == wanted.name or written == wanted.resolve():
        return ""
    return (
        f"{wanted.name} is open in another program, probably Excel. Your new copy was saved as "
        f"{written.name}. "
        "Close the other one and export again if you want the same name."
    )


def require_place(path: Path) -> None:
    """Refuse a place where no paper can be written, before a version is issued for it."""
    folder = path.resolve().parent
    if path.is_dir():
        raise Trouble(f"{path} is a folder. Nothing was issued; name a file in it.")
    _refuse_special(path, "nothing was issued")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        words = f"Nothing can be written in {folder} ({error.strerror})."
        raise Trouble(f"{words} Nothing was issued; choose another folder.") from error


def require_whole(part: Path, *, is_whole: bool) -> None:
    """Raise Trouble, with the name that the file was to have, where its check found it cut short."""
    if not is_whole:
        name = _PART_NUMBER.sub("", part.name)
        raise Trouble(f"{name} was not written in full; try again; nothing was changed.")


def _refuse_special(path: Path, so_far: str) -> None:
    """Refuse to put a file in the place of a pipe or a device, on which other programs rely."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise Trouble(f"{path.name} is a pipe or a device, not a file; choose another name; {so_far}.")


def _narrow(part: Path, path: Path) -> None:
    """Let nobody read the new file who could not read the one that it replaces."""
    with suppress(FileNotFoundError):
        part.chmod(part.stat().st_mode & path.stat().st_mode & 0o777 | stat.S_IRUSR | stat.S_IWUSR)


def _flush(place: Path, flags: int) -> None:
    handle = os.open(place, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_in_place(part: Path, path: Path, wait: Callable[[float], None]) -> Path:
    """Replace the file, waiting for those who hold it for a moment, else keep the new one beside it."""
    for _ in range(RETRIES):
        try:
            os.replace(part, path)
            return path
        except PermissionError:
            wait(RETRY_SECONDS)
    with suppress(PermissionError):
        os.replace(part, path)
        return path
    beside = free_name(path)
    os.replace(part, beside)
    return beside


def free_name(path: Path) -> Path:
    """Return a name like another that no file has: with (2), (3) and so on before its ending."""
    number = 2
    while (beside := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return beside


def not_written(path: Path, error: OSError) -> Trouble:
    """Return what is said where the system does not take a file: the disk, the folder or the name."""
    if error.errno in _FULL:
        return Trouble(
            f"{path.name} could not be written because the disk is full; make room on it and try again; "
            "nothing was changed."
        )
    if not path.parent.is_dir():
        return Trouble(f"The folder {path.parent} is not there; choose another one; nothing was changed.")
    if path.is_dir():
        return Trouble(f"{path.name} is a folder; choose another name; nothing was changed.")
    return Trouble(
        f"{path.name} could not be written to {path.parent.resolve()}; check that you are allowed to write "
        "there, or choose another folder; nothing was changed."
    )


CORE = "docProps/core.xml"
"""The part of a Word document or workbook that says who saved it last, and when."""
LONGEST_CORE = 65_536
OURS = b"Grant Panel"


def is_saved_since(path: Path) -> bool:
    """Whether a Word document or workbook was saved by another program after it was written.

    It is so where its day of change is not that of its making, or its last writer is not this program. A file
    that is not there, or of another form, is not.
    """
    core = core_of(path)
    return told_in(core, b"dcterms:created") != told_in(core, b"dcterms:modified") or (
        told_in(core, b"cp:lastModifiedBy") not in (b"", OURS)
    )


def core_of(path: Path) -> bytes:
    """Return the part of a Word document or workbook that tells of the file, b"" of any other."""
    try:
        with ZipFile(path) as whole, whole.open(CORE) as part:
            return part.read(LONGEST_CORE)
    except (OSError, BadZipFile, KeyError):
        return b""


def new_place(wanted: Path) -> Path:
    """Return where a new file goes: under a free name beside one of that name that a person changed."""
    return free_name(wanted) if is_saved_since(wanted) else wanted


def beside_words(wanted: Path, place: Path, written: Path) -> str:
    """Say why a file stands beside the one of its name: a person changed that, or a program has it open.

    "" where it was written as it was `wanted`; `place` is where it was to go.
    """
    if place == wanted:
        return kept_beside(wanted, written)
    return f"“{wanted.name}” was changed since it was written, so it stays; the new one is “{written.name}”."


def told_in(core: bytes, name: bytes) -> bytes:
    """Return what stands in an element of that part, b"" without one."""
    found = re.search(rb"<%s(?:\s[^>]*)?>([^<]*)</%s>" % (name, name), core)
    return found[1].strip() if found else b""
