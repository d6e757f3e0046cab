"""The manual makes the command; its standard streams, and what a terminal is spared."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.command import main
from cli.frame import output
from cli.frame.output import Working, table
from cli.frame.parser import Argument, loaded, manual, parser
from tests.cli.conftest import Run

PROJECT = Path(__file__).parents[3]
COMMAND = "import sys; from cli.command import main; sys.exit(main())"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("award", "due"), Argument("--on", "DAY", "~!", "", None, "", 'the day; "" for none yet')),
        (("rank",), Argument("--area", "NAME", "", "", None, "", "")),
        (
            ("declare",),
            Argument("--none-for-all-the-rest", "", "", "rest", None, "", "no interest in any other"),
        ),
        (("sensitivity",), Argument("--seed", "N", "", "", "1", "", "the seed for drawing them")),
        (("new",), Argument("--office", "NAME", "", "", "", "", "the office's legal name")),
        (("server", "closing"), Argument("--over", "", "", "", None, "|!", "open it again")),
    ],
)
def test_an_argument_is_read_from_the_manual(path: tuple[str, ...], said: Argument) -> None:
    assert said in manual()[path].arguments


def test_every_paragraph_without_actions_names_a_function_that_is_there() -> None:
    above = {path[:-1] for path in manual()}

    for path, said in manual().items():
        assert (path in above) is not bool(said.function), path
        assert path in above or callable(loaded(said.function)), path


@pytest.mark.parametrize(
    "given",
    [
        ["attachments", "--passphrase-file", "fd:3", "a.panel", "list"],
        ["attachments", "a.panel", "list", "--passphrase-file", "fd:3"],
        ["award", "a.panel", "due", "A-1", "--on", "1 May 2026", "--passphrase-file", "fd:3"],
    ],
)
def test_a_passphrase_stands_before_an_action_or_after_it(given: list[str]) -> None:
    assert parser(given).parse_args(given).passphrase_file == "fd:3"


def test_only_the_module_of_what_is_typed_is_loaded() -> None:
    code = (
        "import sys; from cli.command import main; main(['award', 'x.panel', 'due', '--help']); "
        "print([name for name in ('cli.awards.terms', 'cli.awards.paying', 'cli.papers.export') "
        "if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "['cli.awards.terms']"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["rnak", "round.xlsx"], "there is no 'rnak'. Did you mean rank?"),
        (["award", "office.panel", "lst"], "there is no 'lst'. Did you mean list?"),
        (["rank", "round.xlsx", "--rond", "Autumn"], "arguments: --rond Autumn. Did you mean --round?"),
        (["export", "x.panel", "minuts", "--out", "x.pdf"], "there is no 'minuts'. Did you mean minutes?"),
    ],
)
def test_wrong_usage_says_what_was_perhaps_meant(run: Run, typed: list[str], meant: str) -> None:
    ran = run(*typed)

    assert ran.status == 2
    assert meant in ran.err.splitlines()[0]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("grant-panel aw", "award "),
        ("grant-panel award x.panel l", "list ledger"),
        ("grant-panel award x.panel list --la", "--late "),
    ],
)
def test_a_shell_is_told_what_may_come_next(line: str, offered: str, tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    environment = {
        **os.environ,
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": " ",
        "_ARGCOMPLETE_SHELL": "bash",
        "COMP_TYPE": "9",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(told),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }

    subprocess.run(
        [sys.executable, "-c", COMMAND], cwd=PROJECT, env=environment, capture_output=True, check=True
    )

    assert told.read_text() == offered


def typed_in(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_a_workbook_is_ranked_from_standard_input(
    run: Run, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed_in(monkeypatch, workbook.read_bytes())

    assert run("rank", "-", "--json").json == run("rank", workbook, "--json").json


def test_a_file_goes_to_standard_output_and_what_is_said_beside_it(
    record: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status = main(["save", str(record), "--round", "Autumn", "-"])
    printed = capfdbinary.readouterr()
    saved = tmp_path / "saved.xlsx"
    saved.write_bytes(printed.out)

    assert status == 0
    assert b"as standard output." in printed.err
    assert main(["rank", str(saved)]) == 0
    assert capfdbinary.readouterr().out.startswith(b"Active Citizens Fund, Autumn")


def test_the_annex_of_minutes_does_not_go_there_and_that_is_said(
    record: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status = main(["export", str(record), "minutes", "--round", "Autumn", "--out", "-"])

    said = capfdbinary.readouterr().err
    assert status == 0
    assert b"The annex is not written to -: name a file after --out to have both." in said


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("letters", [], "What is written fills a folder."),
        ("schedule-pdf", ["--json"], "Only one thing can go to standard output."),
    ],
)
def test_what_is_no_file_or_one_too_many_is_refused(
    run: Run, record: Path, kind: str, options: list[str], said: str
) -> None:
    ran = run("export", record, kind, "--round", "Autumn", "--out", "-", *options)

    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(said)


def test_after_a_refusal_what_is_said_goes_to_standard_output_again(run: Run, record: Path) -> None:
    refused = run("save", record, "--round", "Winter", "-")

    assert (refused.status, refused.out) == (1, "")
    assert run("rank", record).out.startswith("Active Citizens Fund")


ROWS = [("ACF-001", "The Allotment Friends of Lower Harrowmere", "£4,500.00", "x" * 40)]
HEADINGS = ("Reference", "Organisation", "Asked", "Why")


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print on a terminal of sixty columns."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((60, 24)))


@pytest.mark.usefixtures("narrow")
def test_a_table_is_no_wider_than_the_terminal_and_cuts_no_figure() -> None:
    lines = table(HEADINGS, ROWS, right=(2,))

    assert max(map(len, lines)) <= 58
    assert "£4,500.00" in lines[1]
    assert lines[1].startswith("ACF-001")
    assert lines[1].count("…") == 2


class Terminal:
    """Standard error of somebody who waits."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.said.append(text)
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def test_a_long_silence_on_a_terminal_is_broken_until_something_is_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal, waits = Terminal(), iter((False, False, True))
    monkeypatch.setattr(output.sys, "stderr", terminal)

    Working._say(type("Done", (), {"wait": lambda _, seconds: next(waits)})())

    assert [text.strip() for text in terminal.said if text.strip()] == ["Working, 2 s …", "Working, 3 s …"]
    assert terminal.said[-2].endswith("\r")


def test_who_reads_no_terminal_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Callable[[], None]] = []
    monkeypatch.setattr(output, "Thread", started.append)

    Working().start()

    assert started == []
