"""Each kind of file that is written for a while, as tasks that are killed in the midst of it."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs
from cryptography.fernet import Fernet

from exchange.atomic import write_beside
from exchange.pack_files import stage_sealed
from models.journal import local_drafts
from models.journal.local_drafts import LocalDrafts
from models.record import Record
from models.store import leftovers
from models.store.private_files import temporary_folder, temporary_in
from models.store.record_file import in_part
from tests.safety.forked import say
from tests.safety.saving import OPENER

WORDS = b"What an applicant wrote"


def halt() -> None:
    """Tell that it is being written, and wait for the kill."""
    say("writing")
    time.sleep(60)


def export(folder: Path) -> None:
    write_beside(folder / "letters.docx", _half, _half)


def _half(part: Path) -> None:
    part.write_bytes(WORDS)
    halt()


def pack(folder: Path) -> None:
    stage_sealed(_chunks(), folder / "ann.gpack")


def _chunks() -> Iterator[bytes]:
    yield WORDS * 100_000
    halt()


def record(folder: Path) -> None:
    with in_part(folder / "office.panel") as part:
        _half(part)


def backup(folder: Path) -> None:
    with Record.create(folder / "kept" / "office.panel", OPENER) as opened:
        steps = opened._file.copy_in_steps(folder / "copy.panel")
        steps._ready.wait()  # its own thread makes the file
        steps._part.write_bytes(WORDS)
        halt()


def work(folder: Path) -> None:
    with temporary_folder() as aside:
        _half(aside / "page.pdf")


def older_copy(folder: Path) -> None:
    _half(temporary_in(leftovers.data_folder(), leftovers.SCRATCH) / "office.panel")


def setting(folder: Path) -> None:
    from gui import settings  # its library is for windows

    settings.write_file = _half_written
    settings.save_settings(folder / "settings.json", {"looks": "dark"})


def draft(folder: Path) -> None:
    local_drafts.write_file = _half_written
    LocalDrafts(folder / "ann.draft", Fernet.generate_key().decode()).keep("reason", "")


def _half_written(part: Path, _: bytes) -> None:
    _half(part)


KINDS: dict[str, Callable[[Path], None]] = {
    "a paper": export,
    "a sealed pack": pack,
    "a record": record,
    "a backup": backup,
    "a folder for a piece of work": work,
    "a copy of an older record": older_copy,
    "what this computer remembers": setting,
    "what is typed without a server": draft,
}


def leave(kind: str, folder: str) -> None:
    """Write something of a kind, and wait for the kill."""
    use(Path(folder))
    KINDS[kind](Path(folder) / "chosen")


def use(folder: Path) -> None:
    """Let a folder hold all temporary files, and the person's own data."""
    tempfile.tempdir = str(folder / "temporary")
    platformdirs.user_data_dir = lambda *_, **__: str(folder / "data")  # type: ignore[assignment]
