"""Nothing that stands in a record or a file ever steers the terminal."""

import ast
import json
from pathlib import Path

import pytest

import cli
from cli.command import main
from cli.frame.output import (
    REPLACEMENT,
    as_typed,
    complain,
    on_one_line,
    print_json,
    say,
    table,
    without_controls,
)
from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from models.values import canonical
from tests.cli.conftest import Run
from tests.models.packed_rounds import packed_rows

OBEYED = (
    *map(chr, (*range(9), *range(11, 32), *range(127, 160))),
    *"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ud800",
)
NASTY = "A\x1b[2J\x1b]0;owned\x07\rB\x9b31m\u202egnp.exe\u2066\ud83d"


def test_what_a_terminal_obeys_is_shown_as_something_else() -> None:
    for sign in OBEYED:
        assert without_controls(f"a{sign}b") == f"a{REPLACEMENT}b", hex(ord(sign))
    for kept in ("a\tb\nc", "Ysgol Tŷ Ŵ", "🧑\u200d🚒", "ਸਾਂਝ Café", "שלום", ""):
        assert without_controls(kept) == kept


def test_every_way_out_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    say(NASTY)
    complain(NASTY)
    print_json({"name": NASTY})
    say(*table(["Name"], [[NASTY + "\nEverything is in order."]]))

    found = capsys.readouterr()
    shown = found.out + found.err
    assert not [sign for sign in shown if sign != "\n" and sign in OBEYED]
    assert "\nEverything is in order." not in shown


def test_json_says_the_same_though_it_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    document = {"name": NASTY, "line": "one\ntwo", "emoji": "🧑\u200d🚒"}

    print_json(document)

    assert json.loads(capsys.readouterr().out) == document


def test_a_text_of_a_record_stays_on_its_line() -> None:
    assert on_one_line("a\nEverything is in order.\r\nb") == "a Everything is in order. b"


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


@pytest.fixture
def nasty_record(tmp_path: Path) -> Path:
    """A record in which names hold what a terminal obeys."""
    from msgspec.structs import replace

    rows = packed_rows()
    name = NASTY.replace("\ud83d", "")
    spoiled = replace(
        rows,
        applications=tuple(
            replace(one, organisation=f"{name} {one.reference}", project=name) for one in rows.applications
        ),
        members=(replace(rows.members[0], name=f"Ann {name}"), rows.members[1]),
    )
    path = tmp_path / "nasty.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        record.perform(LoadRound(spoiled), Actor("Grace Okoro"))
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("rank", "{record}", "--round", "Autumn"),
        ("rank", "{record}", "--round", "Autumn", "--json"),
        ("explain", "{record}", "ACF-001", "--round", "Autumn"),
        ("explain", "{record}", "\x1b[2JACF-009", "--round", "Autumn"),
        ("sensitivity", "{record}", "--round", "Autumn"),
        ("verify", "{record}"),
        ("rank", "{record}", "--round", "\x1b[2JAutumn\u202e"),
        ("rank", "nowhere\x1b[2J.panel", "--round", "Autumn"),
        ("\x1b[2J",),
    ],
)
def test_no_command_steers_the_terminal(
    run: Run, nasty_record: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(*(part.format(record=nasty_record) for part in command))

    assert ran.out + ran.err
    assert not [sign for sign in ran.out + ran.err if sign != "\n" and sign in OBEYED]


@pytest.mark.parametrize("text", ["3 ", " 3", "+3", "03", "3.0", "1_0", "٣", "3\n", "", "-", "1" * 40, "²"])
def test_a_number_written_oddly_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a whole number"):
        canonical.whole_number(text)


def test_a_number_is_a_number() -> None:
    assert [canonical.whole_number(text) for text in ("0", "3", "-1", "120")] == [0, 3, -1, 120]


@pytest.mark.parametrize("place", ["fd:3 ", "fd: 3", "fd:٣", "fd:1_0", "fd:-1"])
def test_a_descriptor_is_named_by_its_number_alone(
    nasty_record: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(nasty_record.with_name("new.panel")), "--passphrase-file", place]) == 1
    assert "could not be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("system", "typed"), [("linux", "rank 'our office.panel'"), ("win32", 'rank "our office.panel"')]
)
def test_a_command_to_type_is_quoted_as_the_systems_terminal_reads_it(
    monkeypatch: pytest.MonkeyPatch, system: str, typed: str
) -> None:
    monkeypatch.setattr("cli.frame.output.sys.platform", system)

    assert as_typed("rank", "our office.panel") == typed
