"""The manual makes the command, and what a terminal is spared."""

import os
import sys

import pytest

from cli.frame.output import table
from cli.frame.parser import loaded, manual
from tests.cli.conftest import Run


def test_every_paragraph_without_actions_names_a_function_that_is_there() -> None:
    above = {path[:-1] for path in manual()}

    for path, said in manual().items():
        assert (path in above) is not bool(said.function), path
        assert path in above or callable(loaded(said.function)), path


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
