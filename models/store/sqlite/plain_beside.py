"""What lies beside an encrypted record and can be read by anybody: its leftovers, and copies made by hand."""

from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from models.record import Record
from models.session import record_uid
from models.store.record_file import identity, is_plain_record
from models.store.sqlite import engine, leftovers
from models.trouble import Trouble


def plain_beside(record: Record) -> tuple[str, ...]:
    """Return the names of the files in an open record's folder that hold it without encryption.

    Those that a crash left and that could not be removed are among them; automatic copies are not.
    """
    left = {path.name for path in leftovers.found(record.path)}
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
