"""The manual makes the command, and what a terminal is spared."""

import os
import sys

import pytest

from cli.frame.output import table
from cli.frame.parser import Argument, loaded, manual, parser
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("award", "due"), Argument("--on", "DAY", "~!", "", None, "", 'the day; "" for none yet')),
        (
            ("declare",),
            Argument("--none-for-all-the-rest", "", "", "rest", None, "", "no interest in any other"),
        ),
        (("sensitivity",), Argument("--seed", "N", "", "", "1", "", "the seed for drawing them")),
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
