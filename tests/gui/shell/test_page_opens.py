"""Pages that are too early stand in no sidebar, and say when they open to whoever asks for one."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import FinalDataForm
from gui.pages.page import Place
from gui.pages.sided_page import ClosedPage
from gui.shell.page_list import opens_words
from models.operations.set_up.areas import MoveAreas
from models.values.rounds import AreaLine, RoundLine
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.meeting_rounds import meeting_record
from tests.gui.pages.panel.meeting.conftest import settings  # noqa: F401  a fixture

LATER = ("meeting", "ranking", "decisions", "awards")


def place(*areas: AreaLine, of: str = "open") -> Place:
    return Place(RoundLine(1, "u", "Fund", "F", "2026/27", "R", of, "OFFICIAL", areas, 3), None)


def area(stage: str, *, was_scored: bool = False) -> AreaLine:
    return AreaLine(f"Area at {stage}", stage, 0, 0, 0, was_scored)


@pytest.mark.parametrize(
    ("stage", "opened"),
    [
        ("intake", ()),
        ("scoring", ()),
        ("meeting", ("Meeting",)),
        ("recommending", ("Meeting", "Recommend")),
        ("deciding", ("Meeting", "Recommend", "Decide")),
        ("done", ("Meeting", "Recommend", "Decide")),
    ],
)
def test_one_area_that_reaches_a_stage_opens_its_pages(stage: str, opened: tuple[str, ...]) -> None:
    at = place(area("intake"), area(stage))

    assert tuple(one for one in ("Meeting", "Recommend", "Decide") if not opens_words(one, at)) == opened


def test_awards_without_a_competition_that_are_of_no_area_wait_for_no_stage() -> None:
    at = place()

    assert opens_words("Decide", at)
    assert opens_words("Decide", replace(at, line=replace(at.line, is_direct=True))) == ""


def test_the_sidebar_the_keys_and_the_menu_wait_for_the_stage(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    window.controller.open(meeting_record(tmp_path / "early.panel", "scoring"))
    main = window.main
    qtbot.keyClick(main, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    links = [main.sidebar.link(key) for key in LATER]

    why = "This page opens when an area comes to Meeting. Now 1 area is at Score."
    page = main.pages.current
    assert isinstance(page, ClosedPage)
    assert page.title.text() == "Meeting"
    assert page.empty.words.startswith(why)
    assert page.empty.button.hasFocus()
    assert "meeting" not in main.tools.pages
    assert [link.isVisible() for link in links] == [True, False, False, False], "the page on show alone"
    assert not any(link.is_open for link in links)
    assert links[0].accessibleDescription().startswith(why)
    assert "comes to Recommend" in links[2].toolTip()
    assert main.actions_by_name["meeting"].statusTip().startswith(why)

    main.tools.go("ranking")
    assert page.title.text() == "Ranking & budget"
    page.empty.button.click()
    assert isinstance(window.controller.dialog, FinalDataForm), "the round has one area, and its box is shown"
    window.controller.dialog.reject()
    qtbot.keyClick(main, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    page.empty.button.setFocus()

    window.workspace.perform(MoveAreas(1, (WOLVERHAMPTON,), "meeting"))
    focused = main.focusWidget()
    assert not isinstance(focused, QAbstractButton), "Enter presses nothing that was not meant"

    assert main.pages.key == "meeting"
    assert [link.is_open for link in links] == [True, True, False, False]
