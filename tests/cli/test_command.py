"""What holds for every subcommand: exit status, plain lines that steer no terminal."""

import ast
import json
import re
import shlex
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

import cli
from cli.command import main
from cli.frame.output import REPLACEMENT, complain, on_one_line, print_json, say, table, without_controls
from cli.frame.parser import manual, parser
from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from tests.cli.conftest import Ran, Run
from tests.cli.offered import options, tree
from tests.models.packed_rounds import packed_rows
from tests.sources import ROOMS, texts


def test_a_refusal_is_1_with_one_to_four_plain_lines_and_changes_nothing(
    run: Run, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (
        ["rank", "missing.xlsx"],
        ["verify", "missing.panel"],
        ["verify", "round.xlsx"],
        ["restore", "office.panel", "office.panel"],
        ["new", "office.panel"],
        ["new", "other.panel", "--encrypt"],  # without a terminal to ask at
        ["rank", "office.panel", "--round", "Winter"],
        ["save", "office.panel", "--round", "Autumn", "office.panel"],
        ["save", "office.panel", "--round", "Autumn", "round.pdf"],
        ["guide", "--out", "guide.docx"],
        ["screenshots", "--out", "round.xlsx"],
        ["load", "office.panel", "office.panel"],
        ["import", "office.panel", "office.panel", "--round", "Autumn"],
        ["export", "office.panel", "schedule-pdf", "--round", "Autumn", "--out", "schedule.xlsx"],
    ):
        monkeypatch.chdir(record.parent)
        before = {path.name: path.read_bytes() for path in record.parent.iterdir()}

        done = run(*arguments)
        assert (done.status, done.out) == (1, "")
        assert 1 <= len(done.err.splitlines()) <= 4
        assert "Traceback" not in done.err
        assert {path.name: path.read_bytes() for path in record.parent.iterdir()} == before


def test_a_fault_of_the_program_and_stopping_it_are_told_plainly(
    run: Run, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raises(error: BaseException) -> Ran:
        def broken(round_: object) -> None:
            raise error

        monkeypatch.setattr("cli.deciding.rank.rank", broken)
        done = run("rank", workbook)
        assert (done.status, done.out) == (1, "")
        return done

    told = raises(ZeroDivisionError()).err
    assert told.startswith(
        "This is a fault in the program, not in your file: ZeroDivisionError at test_command.py:"
    )
    assert len(told.splitlines()) == 2
    assert raises(KeyboardInterrupt()).err == "Stopped before it was done.\n"
    monkeypatch.setenv("GRANT_PANEL_DEBUG", "1")
    details = raises(ValueError("Allotment Friends")).err
    assert "tests/cli/test_command.py:" in details
    assert details.endswith("ValueError\n")
    assert "Allotment" not in details, "they hold nothing of the file"


def test_without_a_display_the_window_is_refused_in_words(
    run: Run, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM")

    assert "There is no display here" in run().err
    assert run(record).status == 1


def test_the_help_of_every_subcommand_ends_with_an_example_that_can_be_typed() -> None:
    examples = {path: one.example for path, one in manual().items() if one.example}
    whole, helps = parser(), dict(tree())
    for path, example in examples.items():
        assert whole.parse_args(shlex.split(example)).run is not None
        assert f"Example: grant-panel {example}" in " ".join(helps[path].format_help().split())

    assert [path for path in manual() if len(path) == 1] == [*examples]


def test_wrong_usage_is_2_and_an_action_before_its_record_is_told_how_it_is_typed(run: Run) -> None:
    for arguments in (
        ["rnak", "round.xlsx"],
        ["rank", "round.xlsx", "--colour"],
        ["export", "office.panel", "postcards", "--round", "Autumn", "--out", "x.pdf"],
        ["save", "office.panel", "x.xlsx"],
        ["decide", "office.panel", "--round", "Autumn", "--on", "soon"],
    ):
        done = run(*arguments)
        assert (done.status, done.out) == (2, "")
        assert re.fullmatch(r"grant-panel.*[^.][.?]\nSee grant-panel.*[^.]\.\n", done.err)

    for command, action in {"award": "show", "fund": "list", "server": "status"}.items():
        ran = run(command, action, "office.panel", "A-031-01")
        typed = f"grant-panel {command} office.panel {action} …."
        assert ran.status == 2
        assert (f"grant-panel {command}: the record comes first: {typed}" in ran.err) == (command != "server")


def test_the_help_of_an_action_is_given_with_and_without_what_it_is_done_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for before in (["server", "person"], ["server", "person", "URL"]):
        assert main([*before, "add", "--help"]) == 0
        assert "--login LOGIN" in capsys.readouterr().out


def test_a_window_is_opened_on_records_only(run: Run, workbook: Path, tmp_path: Path) -> None:
    assert "round.xlsx is not a record" in run(workbook).err
    assert "There is no file gone.panel" in run("gone.panel").err
    assert run("gone").status == 2


OBEYED = (
    *map(chr, (*range(9), *range(11, 32), *range(127, 160))),
    *"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ud800",
)
NASTY = "A\x1b[2J\x1b]0;owned\x07\rB\x9b31m\u202egnp.exe\u2066\ud83d"


def test_what_a_terminal_obeys_is_shown_as_something_else_and_a_text_stays_on_its_line() -> None:
    for sign in OBEYED:
        assert without_controls(f"a{sign}b") == f"a{REPLACEMENT}b", hex(ord(sign))
    for kept in ("a\tb\nc", "Ysgol Tŷ Ŵ", "🧑\u200d🚒", "ਸਾਂਝ Café", "שלום", ""):
        assert without_controls(kept) == kept

    assert on_one_line("a\nEverything is in order.\r\nb") == "a Everything is in order. b"


def test_every_way_out_is_harmless_and_json_says_the_same_though_it_is_escaped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say(NASTY)
    complain(NASTY)
    print_json({"name": NASTY})
    say(*table(["Name"], [[NASTY + "\nEverything is in order."]]))

    found = capsys.readouterr()
    shown = found.out + found.err
    assert not [sign for sign in shown if sign != "\n" and sign in OBEYED]
    assert "\nEverything is in order." not in shown

    document = {"name": NASTY, "line": "one\ntwo", "emoji": "🧑\u200d🚒"}

    print_json(document)

    assert json.loads(capsys.readouterr().out) == document


def test_the_command_prints_by_one_function_only() -> None:
    folder = Path(cli.__file__).parent
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(folder.rglob("*.py"))
        if path != folder / "frame" / "output.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.stderr")
        or (isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.stdout.write")
    ]

    assert found == []


def test_no_command_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    """Whatever a terminal obeys may stand in names of the record and in what is typed."""
    name, path = NASTY.replace("\ud83d", ""), tmp_path / "nasty.panel"
    rows = packed_rows()
    changes = {"organisation": name, "project": name}
    applications = tuple(replace(one, **changes) for one in rows.applications)
    members = (replace(rows.members[0], name=f"Ann {name}"), rows.members[1])
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        spoiled = replace(rows, applications=applications, members=members)
        record.perform(LoadRound(spoiled), Actor("Grace Okoro"))

    for command in (
        ("rank", path, "--round", "Autumn"),
        ("explain", path, "ACF-001", "--round", "Autumn"),
        ("explain", path, "\x1b[2JACF-009", "--round", "Autumn"),
        ("verify", path),
        ("rank", "nowhere\x1b[2J.panel", "--round", "Autumn"),
        ("\x1b[2J",),
    ):
        ran = run(*command)
        assert ran.out + ran.err
        assert not [sign for sign in ran.out + ran.err if sign != "\n" and sign in OBEYED], command


def test_every_option_that_a_sentence_of_ours_names_is_one_of_some_command() -> None:
    offered = {"--help", "--version", "--screenshots"}.union(*(options(one) for _, one in tree()))

    named = {
        (path, option)
        for path, text in texts(*ROOMS).items()
        for words in re.findall(r'"([^"\n]*)"', text)
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", words)
    }

    assert {(path, option) for path, option in named if option not in offered} == set()
