"""Whether the database behind a connection is a record that this version reads, and of which format."""

from pathlib import Path

from models.store import definition, record_file
from models.store.sqlite.engine import APPLICATION_ID, RawConnection
from models.trouble import Trouble


def format_of(raw: RawConnection) -> int:
    """Return the format number of the record behind a connection."""
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def check_ours(path: Path, raw: RawConnection) -> int:
    """Return the record's format; refuse another program's database, a newer format, and what was altered."""
    found = marked_format(path, raw)
    definition.check(path, raw, found)
    return found


def marked_format(path: Path, raw: RawConnection) -> int:
    """Return the format that a record is marked with; refuse another program's, and a newer one."""
    mark = raw.execute("PRAGMA application_id").fetchone()[0]
    record_file.check_mark(path.name, mark)
    if mark != APPLICATION_ID:
        raise Trouble(f"{path.name} is not a Grant Panel record. Nothing was changed. Choose another file.")
    found = format_of(raw)
    if found < 1:
        raise Trouble(
            f"{path.name} was never finished, so it is not a record. Nothing was changed. Make a new one."
        )
    record_file.check_format(path, found)
    return found
