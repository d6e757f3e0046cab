"""An encrypted record of about 50 MB: opened, checked, copied and put back, against the engine alone."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

from sqlcipher3 import dbapi2

from benchmarks.paired import duration, paired, ratio
from benchmarks.table import Row
from benchmarks.window.record import write_record
from models.copies.restore import restore
from models.journal.verify import verify_at
from models.record import Opener, Record
from models.session import Session
from models.store import chain as journal

KEY = "six plain random words in order"
OPENER = Opener("Made-up officer", "benchmarks")
APPLICATIONS = 12_000


def measure() -> Iterator[Row]:
    """Yield the ratios, and the milliseconds, whose aims are those of a machine at rest."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_record(Path(folder, "big.panel"), APPLICATIONS, KEY)
        size, numbers = f"{path.stat().st_size // 1_000_000} MB, encrypted", count()

        def new(name: str) -> Path:
            return Path(folder, f"{name} {next(numbers)}.panel")

        figures = paired(partial(open_and_ask, path), partial(open_raw, path), 5)
        opening = f"Opening a record of {size}"
        yield ratio(opening, figures, 1.5, "the engine's opening")
        yield duration(opening, figures, 1_000)
        figures = paired(partial(check, path), partial(check_raw, path), 3)
        yield ratio("Checking its pages, key and chain", figures, 2, "the engine's check")
        yield duration("Checking its pages, key and chain", figures, 3_000)
        figures = paired(partial(verify_at, path, OPENER, key=KEY), partial(check_raw, path), 1)
        yield ratio("Checking all of it, its journal done over too", figures, 10, "the engine's check")
        figures = paired(lambda: copy(path, new("copy")), lambda: copy_raw(path, new("raw")), 3)
        yield ratio("Copying it, the copy checked", figures, 4, "the engine's copying")
        yield duration("Copying it, the copy checked", figures, 2_000)
        kept = copy(path, new("kept"))
        figures = paired(
            lambda: restore(kept, new("back"), OPENER, key=KEY), lambda: copy_raw(path, new("raw")), 1
        )
        yield ratio("Putting it back, all of it checked", figures, 10, "the engine's copying")


def open_and_ask(path: Path) -> int:
    """Open it as the window does, and ask for the newest row."""
    with Record.open(path, OPENER, key=KEY) as record:
        return record.head().seq


def check(path: Path) -> object:
    """Open it by its key, and check every page, every reference and the chain."""
    with Record.open(path, OPENER, key=KEY) as record:
        for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
            record.ask(partial(_asked, pragma=pragma))
        return record.ask(journal.first_fault)


def _asked(session: Session, pragma: str) -> object:
    return session.exec_driver_sql(f"PRAGMA {pragma}").fetchall()


def copy(path: Path, target: Path) -> Path:
    """Make a copy as a backup is made."""
    with Record.open(path, OPENER, key=KEY) as record:
        return record.backup(target)


def connected(path: Path) -> dbapi2.Connection:
    """Return the engine's own connection."""
    raw = dbapi2.connect(str(path), isolation_level=None)
    raw.execute(f"PRAGMA key='{KEY}'")
    return raw


def open_raw(path: Path) -> object:
    """Open it with the engine alone, and read the first page."""
    with closing(connected(path)) as raw:
        return raw.execute("SELECT count(*) FROM sqlite_master").fetchone()


def check_raw(path: Path) -> list[object]:
    """Have the engine check every page."""
    with closing(connected(path)) as raw:
        found = raw.execute("PRAGMA integrity_check").fetchall()
        return [*found, *raw.execute("PRAGMA cipher_integrity_check").fetchall()]


def copy_raw(path: Path, target: Path) -> None:
    """Copy it with the engine alone, unchecked."""
    with closing(connected(path)) as raw, closing(connected(target)) as other:
        raw.backup(other)
