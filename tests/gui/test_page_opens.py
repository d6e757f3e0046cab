"""Pages that are too early stay in the sidebar, and say when they open."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.page_opens import DECIDING, MEETING, RECOMMENDING, opens_at
from gui.pages.page import Place
from gui.settings import Settings
from models.operations.areas import MoveArea
from models.queries.rounds import AreaLine, RoundLine
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.meeting_rounds import meeting_record

LATER = ("meeting", "ranking", "decisions", "awards")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    settings.role = "chair"
    return settings


def place(*areas: AreaLine, of: str = "open") -> Place:
    return Place(RoundLine(1, "u", "Fund", "F", "2026/27", "R", of, "OFFICIAL", areas, 3), None)


def area(stage: str, *, was_scored: bool = False) -> AreaLine:
    return AreaLine(f"Area at {stage}", stage, 0, 0, 0, was_scored)


@pytest.mark.parametrize(
    ("stage", "opened"),
    [
        ("intake", ()),
        ("scoring", ()),
        ("meeting", (MEETING,)),
        ("recommending", (MEETING, RECOMMENDING)),
        ("deciding", (MEETING, RECOMMENDING, DECIDING)),
        ("done", (MEETING, RECOMMENDING, DECIDING)),
    ],
)
def test_one_area_that_reaches_a_stage_opens_its_pages(stage: str, opened: tuple[int, ...]) -> None:
    at = place(area("intake"), area(stage))

    assert tuple(one for one in (MEETING, RECOMMENDING, DECIDING) if not opens_at(one)(at)) == opened


def test_a_page_says_the_stage_that_it_waits_for() -> None:
    assert opens_at(MEETING)(place(area("scoring", was_scored=True))) == "Opens when an area reaches Meeting"
    assert opens_at(DECIDING)(None) == "Opens when an area reaches Decide"


def test_a_round_that_was_loaded_with_its_sheets_may_be_looked_at() -> None:
    at = place(area("intake", was_scored=True))

    assert [bool(opens_at(one)(at)) for one in (MEETING, RECOMMENDING, DECIDING)] == [False, False, True]
    assert opens_at(MEETING)(place(area("intake", was_scored=True), of="set up")) == ""


def test_the_sidebar_the_keys_and_the_menu_wait_for_the_stage(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    window.desk.open(meeting_record(tmp_path / "early.panel", "scoring"))
    main = window.main
    qtbot.keyClick(main, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    links = [main.sidebar.link(key) for key in LATER]

    assert main.pages.key == "overview"
    assert not any(link.isEnabled() for link in links)
    assert all(link.isVisible() for link in links[:3]), "pages that are too early stay"
    assert links[0].accessibleDescription() == "Opens when an area reaches Meeting"
    assert links[2].toolTip() == "Opens when an area reaches Recommend"
    assert main.actions_by_name["meeting"].statusTip() == "Opens when an area reaches Meeting"

    window.workspace.perform(MoveArea(1, WOLVERHAMPTON, "meeting"))
    qtbot.keyClick(main, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)

    assert main.pages.key == "meeting"
    assert [link.isEnabled() for link in links] == [True, True, False, False]
