"""The salt of an encrypted record, noted where damage to the record's file spares it.

The first 16 bytes of an encrypted file are its salt. It is no secret, but without it the passphrase opens
nothing; so it is also written into a small file in the folder of the record's copies.
"""

from contextlib import suppress
from pathlib import Path

from models.store.private_files import write_file
from models.store.record_names import copies_folder
from models.store.regular_files import read_regular
from models.store.sqlite.engine import RawConnection

BYTES = 16
ENDING = ".salt"


def note_salt(path: Path, raw: RawConnection) -> None:
    """Write an open record's salt beside its copies; it goes without where the disk does not take it."""
    salt = bytes.fromhex(str(raw.execute("PRAGMA cipher_salt").fetchone()[0]))
    if noted_salts(path) != (salt,):
        with suppress(OSError):
            write_file(_place(path), f"{salt.hex()}\n".encode())


def noted_salts(path: Path) -> tuple[bytes, ...]:
    """Return the salt that was noted for a record, none where there is no such note."""
    try:
        salt = bytes.fromhex(read_regular(_place(path), 3 * BYTES).decode("ascii").strip())
    except (OSError, ValueError):
        return ()
    return (salt,) if len(salt) == BYTES else ()


def forget_salt(path: Path) -> None:
    """Remove the note of a record that is not encrypted any more."""
    with suppress(OSError):
        _place(path).unlink(missing_ok=True)


def _place(path: Path) -> Path:
    folder = copies_folder(path)
    return folder / f"{folder.stem}{ENDING}"
