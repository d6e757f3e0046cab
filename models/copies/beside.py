"""What lies beside a record: its newest sound copy, copies in a second place, and what anybody can read."""

import os
from contextlib import closing, suppress
from getpass import getuser
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from models.record import Record
from models.session import record_uid
from models.store import record_file
from models.store.definition import check_ours
from models.store.private_files import FOLDER, copy_file
from models.store.record_file import identity, is_encrypted, is_plain_record
from models.store.sqlite import backup, engine, piece_store
from models.store.sqlite.backup import Copy, copies
from models.store.sqlite.lock import this_host
from models.trouble import Trouble


def latest_valid_backup(record: Path, key: str | None) -> Copy | None:
    """Return the newest copy whose pages hold together and are the program's; None when there is none.

    One that is encrypted, where no passphrase is known, is taken to be good: restoring it checks it. Of an
    encrypted record only encrypted copies count.
    """
    return next((copy for copy in copies(record) if _is_good(copy.path, key)), None)


def _is_good(path: Path, key: str | None) -> bool:
    is_sealed = is_encrypted(path)
    if is_sealed != (key is not None):
        return is_sealed  # an encrypted record never goes back to a copy that anybody can read
    try:
        with closing(engine.connect_to_read(path, key if is_sealed else None)) as raw:
            return bool(check_ours(path, raw)) and not engine.integrity_problems(raw, is_encrypted=is_sealed)
    except (Trouble, dbapi2.Error, UnicodeDecodeError):
        return False


def keep_in_second_place(made: Path, record: Path, place: Path, key: str | None = None) -> Path:
    """Copy an automatic copy into a folder of this person and computer there, and thin those that it holds.

    What lies beside the copy is put into the file there: it is whole by itself.

    Raises Trouble where the place does not take it; the copy beside the record is there by then.
    """
    theirs = place / f"{getuser()} on {this_host()}" / record.name
    kept = record_file.copies_folder(theirs) / made.name
    try:
        kept.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        if piece_store.is_listed(made):
            _write_whole(made, kept, key)
        else:
            with record_file.in_part(kept) as part:
                copy_file(made, part)
                os.replace(part, kept)
        backup.delete_outlived(theirs)
    except OSError as error:
        raise Trouble(
            f"Today's copy of {record.name} is beside the record, but not in the second place, {place} "
            f"({error.strerror or error}). Check the network, and ask those who look after this computer."
        ) from error
    return kept


def _write_whole(made: Path, kept: Path, key: str | None) -> None:
    with closing(engine.connect_to_read(made, key)) as raw:
        backup.write_copy(raw, kept, key, of_copy=made)


def plain_beside(record: Record) -> tuple[str, ...]:
    """Return the names of the files in an open record's folder that hold it without encryption.

    Those that a crash left and that could not be removed are among them; automatic copies are not.
    """
    left = {path.name for path in record_file.left_beside(record.path)}
    with suppress(OSError):
        left |= {path.name for path in record.path.parent.iterdir() if _is_of(record, path)}
    return tuple(sorted(left))


def _is_of(record: Record, path: Path) -> bool:
    """Say whether a file is another, plain copy of the record; the record's own file is never touched."""
    if identity(path) == identity(record.path) or not is_plain_record(path):
        return False
    try:
        with closing(engine.connect_to_read(path, None)) as raw, engine.engine_on(raw).connect() as session:
            return record_uid(session) == record.ask(record_uid)
    except (Trouble, DBAPIError, dbapi2.Error, ValueError):
        return False
