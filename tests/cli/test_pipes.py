"""A pipe or a device where a file is meant: a sentence at once, never a wait."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.record import Opener, Record
from models.store.record_file import copies_folder
from models.store.sqlite import backup, lock
from tests.cli.conftest import Run, Says
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes with names")
WORDS = "orbit kettle maple signal ridge canoe"


@pytest.fixture(autouse=True)
def never_for_long() -> Iterator[None]:
    """Fail what waits for somebody who never comes."""

    def too_long(number: int, frame: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(PATIENCE_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe.panel"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    "command",
    [
        *(
            ("verify",),
            ("rank",),
            ("import", "x.csv", "--round", "A"),
            ("load", "x.xlsx"),
            ("backup", "c.panel"),
        ),
        *(("salvage", "new.panel"), ("restore", "new.panel"), ("save", "--round", "A", "x.xlsx")),
        *(("open-pack", "new.panel"), ("explain", "--application", "ACF-001"), ("sensitivity",)),
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("what", ["pipe", "device"])
def test_no_command_waits_for_one_as_its_record(
    command: tuple[str, ...], what: str, pipe: Path, refused: Says
) -> None:
    name, *more = command

    said = refused(name, pipe if what == "pipe" else Path("/dev/zero"), *more)

    assert said
    assert "fault in the program" not in said


@pytest.mark.parametrize("command", ["import", "merge", "load", "verify"])
def test_no_command_waits_for_one_as_its_file(
    command: str, record: Path, pipe: Path, run: Run, refused: Says
) -> None:
    more = {"import": ("--round", "New"), "merge": ("--dry-run",)}.get(command, ())
    given = ("--against", pipe) if command == "verify" else (pipe,)

    assert "fault in the program" not in refused(command, record, *given, *more)


def test_a_mapping_and_a_lock_and_a_journal_are_not_waited_for(
    record: Path, workbook: Path, run: Run
) -> None:
    mapping = record.with_name("mapping.toml")
    for left in (mapping, lock.lock_path(record), record.with_name(f"{record.name}-journal")):
        os.mkfifo(left)
        if left is mapping:
            ran = run("import", record, workbook, "--round", "New", "--mapping", mapping)
        else:
            ran = run("verify", record)
        assert ran.status == 1
        assert "fault in the program" not in ran.err
        left.unlink()
    assert run("verify", record).status == 0


def test_one_among_the_copies_is_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        made = record.copies.make_if_due()
    os.mkfifo(copies_folder(path) / "office 2030-01-01 120000Z.panel")

    assert [copy.path for copy in backup.copies(path)] == [made]


def test_a_passphrase_of_a_device_or_an_idle_pipe_is_told(
    tmp_path: Path, run: Run, pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run("new", tmp_path / "new.panel", "--passphrase-file", "/dev/zero")

    assert ran.status == 1
    assert "a device, not a file" in ran.err

    monkeypatch.setattr("cli.frame.record.SILENT_S", 0.1)

    ran = run("new", tmp_path / "new.panel", "--passphrase-file", pipe)

    assert ran.status == 1
    assert "nothing came from it" in ran.err
    assert not (tmp_path / "new.panel").exists()


def test_a_pipe_that_somebody_writes_to_gives_the_passphrase(tmp_path: Path, pipe: Path, run: Run) -> None:
    def write() -> None:
        with pipe.open("w") as stream:
            stream.write(f"{WORDS}\n")

    writer = threading.Thread(target=write, daemon=True)
    writer.start()

    assert run("new", tmp_path / "new.panel", "--passphrase-file", pipe).status == 0
    writer.join(5)
