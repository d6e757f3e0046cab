"""What a terminal is spared: tables wider than itself, and silence."""

import os
import sys
from collections.abc import Callable

import pytest

from cli.frame import output
from cli.frame.output import Working, table

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


def test_a_table_in_a_file_is_as_wide_as_its_texts() -> None:
    assert max(map(len, table(HEADINGS, ROWS, right=(2,)))) == 105  # 9 + 41 + 9 + 40 and three times two


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
