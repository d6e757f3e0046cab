"""Files that somebody names, to be read: a pipe or a device is refused, since it might be waited for."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

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
