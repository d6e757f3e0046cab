"""Programs killed in the midst of their work leave no file in which an encrypted record could be read."""

import logging
import os
import random
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.access.passphrase import Passphrase
from gui.shell.errors import report_of
from models.record import Record
from models.store import chain as journal
from models.trouble import Trouble
from tests.models.packed_rounds import ANN, office
from tests.safety.forked import forks
from tests.safety.saving import KEY, OPENER
from tests.safety.table import Reached, Times
from tests.safety.traces import holding
from tests.safety.working import FILE_WORDS, MARKERS, NEW_KEY, attach_and_read, make_office

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("records", "temporary", "home", "asked", "secret")
WRONG = "not the passphrase at all"


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder for all that programs may write: records, temporary files, settings, and what is asked for."""
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    (tmp_path / "secret" / "words.txt").write_text(f"{KEY}\n", "utf-8")
    return tmp_path


START = """
import sys
from cli.command import main
sys.exit(main(["new", sys.argv[1], "--office", "Office of the Commissioner for Westmarch"]))
"""


def environment(disk: Path) -> dict[str, str]:
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
    homes += ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    temporary = {name: str(disk / "temporary") for name in ("TMPDIR", "TEMP", "TMP")}
    return {name: str(disk / "home") for name in homes} | temporary


def left(disk: Path, *words: str) -> list[str]:
    """The files that hold any of some words, but for what was asked for and the file of the passphrase."""
    folders = [disk / name for name in FOLDERS[:3]]
    return [name for folder in folders for one in words for name in holding(folder, one)]


@pytest.mark.safety(24)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
def test_a_program_killed_at_work_leaves_no_plain_text(disk: Path, times: Times, reached: Reached) -> None:
    fresh, dice, files, steps = make_office(disk / "asked"), random.Random(24), 0, 0
    kills = times(3, 150)

    with forks("tests.safety.working", **environment(disk)) as server:
        for _ in range(kills):
            shutil.rmtree(disk / "records")
            (disk / "records").mkdir()
            shutil.copy(fresh, disk / "records")
            arguments = (disk / "records", disk / "asked", disk / "secret" / "words.txt")
            ended = server.run("work_on", *arguments, until=dice.randint(1, 9), wait=dice.random() / 10)
            assert ended.status == -9, ended
            steps += len(ended.lines)
            files += sum(path.is_file() for name in FOLDERS[:3] for path in (disk / name).rglob("*"))
            assert left(disk, *MARKERS, KEY, NEW_KEY) == []

    assert holding(disk / "asked", MARKERS[0]) or kills < 10, "what is asked for is plain, and is found"
    done = f"{kills} kills amid {steps} steps with packs, returns, copies and passphrases"
    reached(f"{done}: 0 of {files:,} files left hold any")


def test_the_search_finds_the_words_in_a_plain_record(disk: Path) -> None:
    with Record.create(disk / "records" / "plain.panel", OPENER) as record:
        office(record)
        attach_and_read(record, 0)

    assert left(disk, MARKERS[0]) == ["plain.panel"]
    assert left(disk, FILE_WORDS) == ["plain.panel"]


@pytest.mark.safety(24)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
def test_what_a_killed_preview_left_goes_as_the_program_starts(disk: Path, reached: Reached) -> None:
    with forks("tests.safety.working", **environment(disk)) as server:
        assert server.run("preview_on", disk, disk, "", until=1).status == -9
    assert left(disk, MARKERS[0]) == ["paper.txt"]

    done = subprocess.run(
        [sys.executable, "-c", START, str(disk / "another.panel")],
        cwd=ROOT,
        env=os.environ | environment(disk),
        check=False,
    )

    assert done.returncode == 0
    assert left(disk, MARKERS[0]) == []
    reached("a preview that was killed is gone as the program is next started")


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """All that is logged by anybody, however little."""
    words: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            words.append(f"{record.getMessage()} {record.__dict__}")

    root, listener = logging.getLogger(), Listener(0)
    before = root.level
    root.addHandler(listener)
    root.setLevel(0)
    yield words
    root.removeHandler(listener)
    root.setLevel(before)


@pytest.mark.safety(25)
def test_no_log_repr_or_report_holds_a_passphrase(
    tmp_path: Path, logged: list[str], monkeypatch: pytest.MonkeyPatch, reached: Reached
) -> None:
    said: list[str] = []
    path = make_office(tmp_path)
    with Record.open(path, OPENER, key=KEY) as record:
        record.change_key(NEW_KEY, ANN)
        record.backup(tmp_path / "copy.panel")
        said += [repr(record), repr(record._file._opened), repr(record._file._engine.url)]
        said += [str(vars(record)), str(vars(record._file))]
        said += [record._file._engine.url.render_as_string(hide_password=False), repr(Passphrase(NEW_KEY))]
    for failing in (lambda: Record.open(path, OPENER, key=KEY), lambda: Record.read_copy(path, key=KEY)):
        with pytest.raises(Trouble) as refusal:
            failing()
        said += [*traceback.format_exception(refusal.value), report_of(refusal.value)]
    monkeypatch.setattr(journal, "head", _break)
    with pytest.raises(ZeroDivisionError) as fault:
        Record.open(path, OPENER, key=NEW_KEY)
    said += [*traceback.format_exception(fault.value), report_of(fault.value)]

    found = [words for words in (*said, *logged) for key in (KEY, NEW_KEY) if key in words]

    assert found == []
    reached(f"{len(said)} reprs, tracebacks and reports and {len(logged)} lines logged: 0 hold a passphrase")


def _break(*_: object) -> None:
    raise ZeroDivisionError("a fault of ours")


def shown_of(program: "subprocess.Popen[str]", name: str) -> str:
    """What the system shows of a program that runs: nothing until its code is there."""
    path = Path(f"/proc/{program.pid}/{name}")
    while not (text := path.read_text()) and program.poll() is None:
        pass
    return text


COMMANDS = (
    ("verify", "{record}"),
    ("rank", "{record}"),
    ("save", "{record}", "{disk}/asked/round.xlsx"),
    ("backup", "{record}", "{disk}/asked/copy.panel"),
    ("export", "{record}", "schedule-xlsx", "--round", "Autumn", "--out", "{disk}/asked/s.xlsx"),
    ("export", "{record}", "schedule-xlsx", "--round", "None", "--out", "{disk}/asked/s.xlsx"),
    ("restore", "{disk}/secret/words.txt", "{disk}/asked/back.panel"),
    ("load", "{record}", "{disk}/secret/words.txt"),
    ("rank", "{record}", "--no-such-option"),
)


@pytest.mark.safety(25)
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_no_argument_variable_output_or_file_of_a_command_holds_a_passphrase(
    disk: Path, times: Times, reached: Reached
) -> None:
    path = make_office(disk / "records")
    given = ("--passphrase-file", str(disk / "secret" / "words.txt"))
    chosen = COMMANDS[:: times(3, 1)]
    for command in chosen:
        words = [word.format(record=path, disk=disk) for word in command]
        with subprocess.Popen(
            [sys.executable, "-X", "dev", "-m", "cli.command", *words, *given],
            cwd=ROOT,
            env={**os.environ, **environment(disk)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as program:
            shown = [shown_of(program, name) for name in ("cmdline", "environ")]
            out, _ = program.communicate()
        assert words[0] in shown[0]
        assert "TMPDIR" in shown[1]
        assert [text for text in (*shown, out) if KEY in text] == [], command

    assert left(disk, KEY) == []
    assert holding(disk / "asked", KEY) == []
    reached(f"{len(chosen)} commands, wrong ones too: 0 hold it in arguments, variables, output or files")
