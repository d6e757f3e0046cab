"""A pack with 200 MB of attachments written and read, against AES-GCM of as much to and from a file."""

import hashlib
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.paired import paired, ratio
from benchmarks.table import Row
from exchange.pack_files import PIECE, open_sealed, seal_in_pieces, unlock, write_sealed

FILE, FILES = 25 << 20, 8
WORDS = "six plain words make one passphrase"
CONTENT = os.urandom(1 << 20) * 25


def contents() -> Iterator[bytes]:
    """Yield the bytes of attachments as large as one may be."""
    for _ in range(FILES):
        yield CONTENT


def ours(path: Path) -> None:
    """Write the pack, and read it again."""
    write_sealed(seal_in_pieces("one", contents(), FILES * FILE, WORDS), path)
    for _ in unlock(partial(open_sealed, path), WORDS).pieces():
        pass


def theirs(path: Path) -> None:
    """Seal as much in pieces under one key, have it reach the disk, look at its sum, and read it again."""
    cipher, pieces = AESGCM(bytes(32)), -(-FILES * FILE // PIECE)
    with path.open("wb") as stream:
        for number in range(pieces):
            stream.write(cipher.encrypt(number.to_bytes(12, "big"), CONTENT[:PIECE], b""))
        os.fsync(stream.fileno())
    with path.open("rb") as stream:
        hashlib.file_digest(stream, "sha256")
    with path.open("rb") as stream:
        for number in range(pieces):
            cipher.decrypt(number.to_bytes(12, "big"), stream.read(PIECE + 16), b"")


def once() -> None:
    """Write and read one, for its peak memory."""
    with TemporaryDirectory() as folder:
        ours(Path(folder) / "ann.gpack")


def measure() -> Iterator[Row]:
    """Yield how long it takes as a ratio."""
    with TemporaryDirectory() as folder:
        found = paired(
            partial(ours, Path(folder) / "ann.gpack"), partial(theirs, Path(folder) / "raw"), runs=3
        )
    yield ratio("A pack of 200 MB written and read", found, 4, "AES-GCM and a file")
