"""What holds for every subcommand: exit status, plain lines, nothing loaded that is not needed."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cli.command import main
from cli.frame.parser import manual, parser
from models.program import version
from tests.cli.conftest import Run
from tests.exchange.round_workbook.workbooks import good_sheets, put, save

PROJECT = Path(__file__).parent.parent.parent
COMMAND = "import sys; from cli.command import main; sys.exit(main())"
HEAVY = ("PySide6", "gui", "sqlalchemy", "openpyxl", "reportlab", "sqlcipher3", "alembic", "python_calamine")


def test_the_version_is_printed_and_nothing_heavy_is_loaded_for_it() -> None:
    code = (
        "import sys; from cli.command import main; status = main(['--version']); "
        f"print(status, [name for name in {HEAVY} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert done.stdout == f"grant-panel {version()}\n0 []\n"


def test_an_option_that_is_given_twice_says_that_the_last_counts(record: Path, run: Run) -> None:
    once = run("rank", record, "--round", "Autumn")
    again = run("rank", record, "--round", "Autumn", "--round", "Autumn")
    other = run("rank", record, "--round", "Spring", "--round", "Autumn")

    assert (once.status, again, other.status, other.out) == (0, once, 0, once.out)
    assert other.err == f"Warning: --round is given twice, and only the last of them counts.\n{once.err}"


def test_no_subcommand_loads_qt(record: Path) -> None:
    commands = [["rank", "round.xlsx"], ["rank", "office.panel"], ["verify", "office.panel"]]
    code = (
        f"import sys; from cli.command import main; print([main(words) for words in {commands}]); "
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'gui')])"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=record.parent, capture_output=True, check=True, env=environment
    )

    assert done.stdout.decode().splitlines()[-2:] == ["[0, 0, 0]", "[]"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["rnak", "round.xlsx"],
        ["rank"],
        ["rank", "round.xlsx", "--colour"],
        ["rank", "round.xlsx", "--year", "2026"],
        ["export", "office.panel", "postcards", "--round", "Autumn", "--out", "x.pdf"],
        ["save", "office.panel", "x.xlsx"],
    ],
)
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)

    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("grant-panel")
    assert len(done.err.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["rank", "missing.xlsx"],
        ["rank", "."],
        ["load", "missing.panel", "round.xlsx"],
        ["import", "missing.panel", "round.xlsx", "--round", "Autumn"],
        ["verify", "missing.panel"],
        ["verify", "round.xlsx"],
        ["backup", "missing.panel", "copy.panel"],
        ["restore", "missing.panel", "new.panel"],
        ["restore", "office.panel", "office.panel"],
        ["new", "office.panel"],
        ["new", "none/office.panel"],
        ["new", "other.panel", "--encrypt"],  # without a terminal to ask at
        ["rank", "office.panel", "--round", "Winter"],
        ["rank", "round.xlsx", "--round", "Winter"],
        ["rank", "round.xlsx", "--area", "Elsewhere"],
        ["explain", "round.xlsx", "--application", "ACF-999"],
        ["save", "office.panel", "--round", "Autumn", "office.panel"],
        ["save", "office.panel", "--round", "Autumn", "none/there.xlsx"],
        ["load", "office.panel", "round.xlsx"],
        ["load", "office.panel", "office.panel"],
        ["import", "office.panel", "office.panel", "--round", "Autumn"],
        ["import", "office.panel", "round.xlsx", "--round", "New", "--fund", "No such fund"],
        ["export", "office.panel", "schedule-pdf", "--round", "Autumn", "--out", "schedule.xlsx"],
        ["export", "office.panel", "schedule-pdf", "--round", "Autumn", "--out", "none/schedule.pdf"],
        ["export", "office.panel", "schedule-xlsx", "--round", "Autumn", "--out", "none/schedule.xlsx"],
        [
            "export",
            "office.panel",
            "schedule-xlsx",
            "--round",
            "Autumn",
            "--area",
            "Elsewhere",
            "--out",
            "s.xlsx",
        ],
    ],
)
def test_a_refusal_is_1_with_one_to_four_plain_lines_and_changes_nothing(
    run: Run, record: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(record.parent)
    before = {path.name: path.read_bytes() for path in record.parent.iterdir()}

    done = run(*arguments)

    assert (done.status, done.out) == (1, "")
    assert 1 <= len(done.err.splitlines()) <= 4
    assert "Traceback" not in done.err
    assert {path.name: path.read_bytes() for path in record.parent.iterdir()} == before


def test_a_faulty_round_workbook_prints_one_line_a_fault(run: Run, tmp_path: Path) -> None:
    sheets = good_sheets()
    for cell in ("D2", "D3", "E2", "E3", "E4"):
        put(sheets, f"Marks!{cell}", 9)

    done = run("rank", save(sheets, tmp_path / "round.xlsx"), "--json")

    assert (done.status, done.out) == (1, "")
    assert done.err.splitlines() == [
        f"Marks!{cell}: 9 is not a whole number from 0 to 5." for cell in ("D2", "E2", "D3", "E3", "E4")
    ]


def test_a_fault_of_the_program_is_told_plainly(
    run: Run, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(round_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cli.deciding.rank.rank", broken)

    done = run("rank", workbook)

    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(
        "This is a fault in the program, not in your file: ZeroDivisionError at test_command.py:"
    )
    assert len(done.err.splitlines()) == 2


def test_the_details_to_report_hold_nothing_of_the_file(
    run: Run, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(round_: object) -> None:
        raise ValueError("Allotment Friends")

    monkeypatch.setattr("cli.deciding.rank.rank", broken)
    monkeypatch.setenv("GRANT_PANEL_DEBUG", "1")

    done = run("rank", workbook)

    assert (done.status, done.out) == (1, "")
    assert "tests/cli/test_command.py:" in done.err
    assert done.err.endswith("ValueError\n")
    assert "Allotment" not in done.err


def test_stopping_it_is_told_plainly(run: Run, workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(round_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.deciding.rank.rank", stopped)

    done = run("rank", workbook)

    assert (done.status, done.err) == (1, "Stopped before it was done.\n")


def test_a_reader_who_leaves_early_is_no_error(workbook: Path) -> None:
    told = shlex.join([sys.executable, "-c", COMMAND, "rank", str(workbook), "--json"])
    command = f"{told} | head -c 1"

    done = subprocess.run(["sh", "-c", command], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("{", "")


def test_names_of_any_script_are_printed_in_utf_8_on_any_terminal(tmp_path: Path) -> None:
    path = save(put(good_sheets(), "Applications!B2", "Clwb Tŷ ਪੰਜਾਬੀ"), tmp_path / "round.xlsx")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}

    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "rank", str(path)], cwd=PROJECT, capture_output=True, env=environment
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert "Clwb Tŷ ਪੰਜਾਬੀ" in done.stdout.decode("utf-8")


def test_without_a_display_the_window_is_refused_in_words(
    run: Run, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM")

    assert "There is no display here" in run().err
    assert run(record).status == 1


def test_the_help_of_every_subcommand_ends_with_an_example_that_can_be_typed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    examples = {path: one.example for path, one in manual().items() if one.example}
    for (name, *_), example in examples.items():
        assert parser().parse_args(shlex.split(example)).run is not None
        assert main([name, "--help"]) == 0
        assert f"Example: grant-panel {example}" in " ".join(capsys.readouterr().out.split())

    assert [path for path in manual() if len(path) == 1] == [*examples]


@pytest.mark.parametrize("command", ["award", "fund", "server"])
def test_an_action_before_its_record_is_told_how_it_is_typed(run: Run, command: str) -> None:
    action = {"award": "show", "fund": "list", "server": "status"}[command]

    ran = run(command, action, "office.panel", "A-031-01")

    swapped = f"grant-panel {command}: the record comes first: grant-panel {command} office.panel {action} …."
    assert (ran.status, swapped in ran.err) == (2, command != "server")


@pytest.mark.parametrize("before", [["server", "person"], ["server", "person", "URL"]])
def test_the_help_of_an_action_is_given_with_and_without_what_it_is_done_to(
    before: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*before, "add", "--help"]) == 0

    assert "--login LOGIN" in capsys.readouterr().out
