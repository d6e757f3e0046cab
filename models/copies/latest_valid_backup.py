"""The newest of a record's automatic copies that is whole."""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from models.copies.backup import Copy, copies
from models.store import definition
from models.store.record_file import check_format, is_encrypted
from models.store.sqlite import engine
from models.store.sqlite.record_check import format_of
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
            ours = raw.execute("PRAGMA application_id").fetchone()[0] == engine.APPLICATION_ID
            if not ours or engine.integrity_problems(raw, is_encrypted=is_sealed):
                return False
            found = format_of(raw)
            check_format(path, found)
            definition.check(path, raw, found)
            return True
    except (Trouble, dbapi2.Error, UnicodeDecodeError):
        return False
