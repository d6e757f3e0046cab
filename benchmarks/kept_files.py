"""An encrypted record of 50 MB with 1 GB of kept files beside the same without: opened, copied, put back."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.big_record import APPLICATIONS, KEY, OPENER, connected, copy, copy_raw, open_and_ask
from benchmarks.paired import paired, ratio
from benchmarks.table import Row
from benchmarks.window.record import write_record
from models.copies.restore import restore
from models.journal.erasing import erase, proved_erasure_of
from models.operation import Actor
from models.operations.papers import put_pieces
from models.papers.issued import file_sum
from models.queries.applications.applications import applications
from models.record import Record
from models.store.sqlite import backup
from models.store.sqlite.automatic_copies import make_copy
from models.store.sqlite.backup import keep_in_second_place

FILES, SIZE = 100, 10_000_000
ERASING_MB = 300
SMALL, LARGE = "50 MB", "50 MB and 1 GB of files"


def measure() -> Iterator[Row]:
    """Yield the ratios; half a minute goes to writing the files."""
    with tempfile.TemporaryDirectory() as folder:
        without = write_record(Path(folder, "without.panel"), APPLICATIONS, KEY)
        holding = Path(shutil.copy(without, Path(folder, "holding.panel")))
        add_files(holding)
        figures = paired(partial(open_and_ask, holding), partial(open_and_ask, without), 5)
        yield ratio(f"Opening a record of {LARGE}", figures, 1.5, "the same without")
        figures = paired(partial(copy_beside, holding), partial(copy_beside, without), 3)
        yield ratio("An automatic copy of it, its files unchanged", figures, 3, "the same without")
        yield from _whole_files(SMALL, without, 3)
        yield from _whole_files(LARGE, holding, 1)
        figures = paired(partial(put_back, holding), partial(put_back, without), 1)
        yield ratio("Putting an automatic copy of it back, all of it checked", figures, 3, "the same without")
        yield from _erasing(Path(folder, "erasing.panel"))


def _whole_files(size: str, path: Path, runs: int) -> Iterator[Row]:
    """Yield what it takes to write all of a record."""
    figures = paired(partial(back_up, path), partial(copied_raw, path), runs)
    yield ratio(f"A backup of {size}, checked", figures, 4, "the engine's copying")
    figures = paired(partial(second_place, path), partial(copied_raw, path), runs)
    yield ratio(f"The second place for {size}", figures, 4, "the engine's copying")
    figures = paired(partial(change_key, path), partial(export_raw, path), runs)
    yield ratio(f"A change of passphrase at {size}, checked", figures, 4, "the engine's export")


def _erasing(path: Path) -> Iterator[Row]:
    """Yield the peak memory of an erasure, in a process of its own; it is not measured on Windows."""
    if sys.platform == "win32":
        return
    add_files(write_record(path, 40, KEY))
    code = (
        "import sys; from benchmarks.kept_files import erase_first; erase_first(sys.argv[1]); "
        "from benchmarks.memory import peak; print(peak())"
    )
    done = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True)
    subject = "Erasing an application beside 1 GB of files, peak memory"
    yield Row(subject, int(done.stdout.split()[-1]), ERASING_MB, "MB")


def erase_first(path: str) -> None:
    """Erase what was written in the first application of a record."""
    with Record.open(Path(path), OPENER, key=KEY) as record:
        first = record.ask(lambda session: applications(session, 1))[0].reference
        found = record.ask(
            partial(proved_erasure_of, applications=((1, first),), ground="asked", person="Made-up officer")
        )
        erase(record, found.operation, Actor(OPENER.person))


def add_files(path: Path) -> None:
    """Keep files that cannot be compressed, as a photograph or a PDF cannot."""
    with Record.open(path, OPENER, key=KEY) as record:
        for _ in range(FILES):
            with record._file.writing() as session:
                content = os.urandom(SIZE)
                put_pieces(session, file_sum(content), content)


def copy_beside(path: Path) -> Path:
    """Make an automatic copy."""
    with Record.open(path, OPENER, key=KEY) as record:
        return make_copy(record._file, datetime.now(UTC), "")


def back_up(path: Path) -> None:
    """Write the whole record to a file of its own."""
    copy(path, path.with_name("whole.panel")).unlink()


def second_place(path: Path) -> None:
    """Put the newest automatic copy into a second place, whole."""
    keep_in_second_place(backup.copies(path)[0].path, path, path.with_name("place"), KEY).unlink()


def change_key(path: Path) -> None:
    """Change the passphrase to another, which takes as long each time."""
    with Record.open(path, OPENER, key=KEY) as record:
        record.change_key(f"{KEY} anew", Actor(OPENER.person))
        record.change_key(KEY, Actor(OPENER.person))


def put_back(path: Path) -> None:
    """Put the newest automatic copy back under a name of its own."""
    target = path.with_name("back.panel")
    restore(backup.copies(path)[0].path, target, OPENER, key=KEY)
    target.unlink()


def copied_raw(path: Path) -> None:
    """Copy it with the engine alone, unchecked."""
    target = path.with_name("raw.panel")
    copy_raw(path, target)
    target.unlink()


def export_raw(path: Path) -> None:
    """Write it under another key with the engine alone, twice."""
    target = path.with_name("raw.panel")
    with closing(connected(path)) as raw:
        for key in (f"{KEY} anew", KEY):
            raw.execute(f"ATTACH DATABASE '{target}' AS anew KEY '{key}'")
            raw.execute("SELECT sqlcipher_export('anew')").fetchone()
            raw.execute("DETACH DATABASE anew")
            target.unlink()
