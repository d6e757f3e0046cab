"""Which application a sheet is of, how it stands and what it comes to is heard as the sheet comes on show."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.panel.scoring import criterion, form
from gui.pages.panel.scoring.criterion import HIDDEN, SHOWN
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.panel.scoring.words import sheet_words
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


def test_the_sheet_is_named_again_to_who_comes_back_to_the_page(
    page: ScoringPage, window: Window, heard: Heard, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(heard))
    first = heard.pop()
    window.controller.navigation.go_to("overview")
    window.controller.navigation.go_to("scoring")
    qtbot.waitUntil(lambda: bool(heard))

    assert heard == [first]


def test_a_mark_says_the_total_alone_and_the_last_that_the_sheet_can_be_handed_in(
    page: ScoringPage, heard: Heard, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(heard))
    heard.clear()
    for key in "4j4j4j4j4j4j4":
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)
        if key == "4":
            said = len(heard)
            qtbot.waitUntil(lambda said=said: len(heard) > said)

    assert [words.partition(" ")[0] for words in heard] == ["Total"] * 7
    assert [words.endswith("Ready to hand in.") for words in heard] == [False] * 6 + [True]


def test_tab_goes_from_the_last_reason_to_the_buttons_beneath_it(page: ScoringPage, qtbot: QtBot) -> None:
    page.form.open(page.form.boxes[-1].code)
    page.form.focus_open()
    reached = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    foot = page.form.footer
    box = page.form.open_box
    assert reached == [box.reason, foot.skip, foot.abstain, foot.declare, foot.next]


@given(parts=st.tuples(*[st.sampled_from(["", "Item 1 of 2: W-001", "Handed in", "It is closed."])] * 3))
def test_what_is_heard_of_a_sheet_is_sentences(parts: tuple[str, str, str]) -> None:
    words = sheet_words(*parts)

    assert ".." not in words
    assert words.count(".") == sum(map(bool, parts))


def test_who_folds_the_meanings_out_hears_where_they_are(
    page: ScoringPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = hear(monkeypatch, criterion)
    fold = page.form.open_box.body.fold

    fold.click()
    fold.click()

    assert said == [SHOWN, HIDDEN]
