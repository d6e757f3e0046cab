"""The salt of an encrypted record, noted where damage to the record's file spares it.

The first 16 bytes of an encrypted file are its salt. It is no secret, but without it the passphrase opens
nothing; so it is also written into a small file in the folder of the record's copies.
"""

from contextlib import suppress
from pathlib import Path

from models.engine import RawConnection
from models.lock import ENDING as RECORD

BYTES = 16
ENDING = ".salt"


def note_salt(path: Path, raw: RawConnection) -> None:
    """Write an open record's salt beside its copies; it goes without where the disk does not take it."""
    salt = bytes.fromhex(str(raw.execute("PRAGMA cipher_salt").fetchone()[0]))
    if noted_salts(path) != (salt,):
        with suppress(OSError):
            _place(path).write_text(f"{salt.hex()}\n", encoding="ascii")


def noted_salts(path: Path) -> tuple[bytes, ...]:
    """Return the salt that was noted for a record, none where there is no such note."""
    try:
        salt = bytes.fromhex(_place(path).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return ()
    return (salt,) if len(salt) == BYTES else ()


def forget_salt(path: Path) -> None:
    """Remove the note of a record that is not encrypted any more."""
    with suppress(OSError):
        _place(path).unlink(missing_ok=True)


def _place(path: Path) -> Path:
    name = path.stem if path.suffix == RECORD else path.name
    return path.with_name(f"{name}.backups") / f"{name}{ENDING}"
