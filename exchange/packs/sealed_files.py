"""A sealed file on the disk: written whole or not at all, read with its size known first."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from exchange.atomic import require_place, require_whole, write_beside
from models.trouble import Trouble

UNWRITTEN = (
    "It is in the record, but {} could not be written. Make it again in another folder: the "
    "person who gets it uses the newest."
)


def write_sealed(content: bytes, path: Path, record: Callable[[], object] | None = None) -> Path:
    """Write a sealed file beside, for its owner alone, and put it in place; return the path it really has.

    `record` records it once it is written whole; where that is refused no file is left.
    """
    done: list[object] = []

    def write(part: Path) -> None:
        part.write_bytes(content)

    def check(part: Path) -> None:
        require_whole(part, is_whole=part.read_bytes() == content)
        if record is not None:
            done.append(record())

    require_place(path)
    try:
        return write_beside(path, write, check, is_private=True)
    except Trouble as error:
        if done:
            raise Trouble(UNWRITTEN.format(path.name)) from error
        raise


def require_room(content: bytes, path: Path) -> None:
    """Refuse a place where a sealed file cannot be written whole, before it is recorded as written."""
    require_place(path)
    try:
        with tempfile.TemporaryFile(dir=path.resolve().parent) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        words = f"{path.name} cannot be written there ({error.strerror})."
        raise Trouble(f"{words} Nothing was changed; choose another folder.") from error
