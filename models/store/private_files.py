"""Files that only their owner may read: records, copies, locks, packs and keys, and the folders they lie in.

They have their mode from the first moment, whatever the person's umask lets others see. Papers are not made
here: they follow the umask. On Windows the folder's own rights hold, and a mode says only "read-only".
"""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from models.store.regular_files import open_regular

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
    """Make a folder unless it is there."""
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
