"""Which application a sheet is of, how it stands and what it comes to is heard as the sheet comes on show."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.panel.scoring import form
from gui.pages.panel.scoring.page import ScoringPage
from models.queries.panel.score_sheets import CLOSED
from tests.gui.announcing import Heard, hear
from tests.gui.pages.panel.scoring_rounds import at_scoring


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    monkeypatch.setattr(form, "SAY_AFTER_MS", 1)
    return hear(monkeypatch, form)


@pytest.fixture
def page(window: Window, scoring_file: Path, heard: Heard) -> ScoringPage:
    """The page of the chair, who scores, on the first sheet."""
    return at_scoring(window, scoring_file)


def test_every_sheet_is_named_once_as_it_comes_on_show(page: ScoringPage, heard: Heard, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(heard))
    there = page.sheets.current
    for number, line in enumerate(page.sheets.lines):
        if line is there:
            continue
        there = line
        heard.clear()
        page.navigation.go_to(number)
        qtbot.waitUntil(lambda: bool(heard))
        QApplication.processEvents()

        assert len(heard) == 1
        assert heard[0].startswith(f"Sheet {number + 1} of {len(page.sheets.lines)}: {line.reference}, ")
        assert line.organisation in heard[0]
        assert ("Total" in heard[0]) is (line.state not in CLOSED)
        assert ("You declared an interest" in heard[0]) is (line.state in CLOSED)


def test_a_mark_says_the_total_alone_and_the_last_that_the_sheet_can_be_handed_in_and_tab_goes_on(
    page: ScoringPage, heard: Heard, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(heard))
    heard.clear()
    for key in "4j4j4j4j4j4j4":
        qtbot.keyClick(QApplication.focusWidget(), key)
        if key == "4":
            said = len(heard)
            qtbot.waitUntil(lambda said=said: len(heard) > said)
    assert [words.partition(" ")[0] for words in heard] == ["Total"] * 7
    assert [words.endswith("Ready to hand in.") for words in heard] == [False] * 6 + [True]

    # from the last reason to the buttons beneath it
    reached, foot = [], page.form.footer
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [page.form.open_box.reason, foot.skip, foot.abstain, foot.declare, foot.next]
