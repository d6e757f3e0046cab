"""No button of any page is grey without a word: its tooltip says what it waits for, or whose it is."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from gui.access.identity import identity_of
from gui.app import Window
from gui.record.runner import InlineRunner
from gui.shell.page_list import PAGES
from tests.gui.conftest import Opens
from tests.gui.walking import settle


def greyed(page: QWidget) -> Iterator[QPushButton]:
    return (one for one in page.findChildren(QPushButton) if one.isVisible() and not one.isEnabled())


def seats(window: Window) -> Iterator[str]:
    """Sit down as one of each role of each round; tell who it is, and where."""
    rounds = window.controller.rounds
    for line in rounds.lines:
        rounds.choose_round(line.round_id)
        settle()
        for part in {part.role: part for part in rounds.parts}.values():
            window.main.tools.use_as(identity_of(part))
            settle()
            yield f"{part.role or 'no role'} in {line.name}"


@pytest.mark.overview
def test_each_greyed_button_says_why_to_every_role_in_every_round(
    opens: Opens, made_sample: Path, tmp_path: Path
) -> None:
    window = opens(InlineRunner())
    window.controller.open(Path(shutil.copy(made_sample, tmp_path)))
    window.main.resize(1366, 768)
    window.main.show()
    silent, told = set(), 0

    for seat in seats(window):
        for entry in (one for one in PAGES if one.key in window.main.tools.pages):
            window.main.tools.go(entry.key)
            settle()
            for button in greyed(window.main.pages.current):
                told += bool(button.toolTip())
                if not button.toolTip():
                    silent.add(f"{button.accessibleName()} on {entry.words}, {seat}")

    assert told > 50
    assert silent == set()
