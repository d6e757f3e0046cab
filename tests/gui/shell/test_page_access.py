"""Each role has in its bar what it needs, nothing of it grey, and reaches the rest by search."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.shell.page_list import PAGES
from gui.widgets.frame.page_link import PageLink
from tests.gui.deciding import COMMANDER, DECIDER

BARS = {
    "member": "Overview, Applications, Interests, Scoring, Meeting",
    "adviser": "Overview, Applications, Interests, Meeting",
    "note-taker": "Overview, Applications, Meeting",
    "chair": "Overview, History, Applications, Panel & interests, Scoring, Meeting, Ranking & budget, "
    "Decisions, Papers",
    "commander": "Overview, Decisions",
    "decider": "Overview, Decisions",
    "finance": "Overview, History, Papers, Awards & payments",
    "reader": "Overview, History, Applications, Criteria & scale, Ranking & budget, Decisions, Reports",
    "officer": "Overview, History, Applications, Criteria & scale, Panel & interests, Meeting, "
    "Ranking & budget, Decisions, Papers, Awards & payments, Budget, Office",
}
"""What stands before Settings and Help on Overview, in a round that has come to its decisions."""
PEOPLE = {
    "member": Identity("Tom Hale", "member", "HALE"),
    "adviser": Identity("Tom Hale", "adviser", "HALE"),
    "chair": Identity("Priya Nair", "chair", "NAIR"),
    "commander": Identity(COMMANDER.name, "commander"),
    "decider": Identity(DECIDER.name, "decider"),
}
"""Those who have to declare before anything opens to them, and did."""


@pytest.fixture
def office(window: Window, decided: Path, tmp_path: Path) -> Window:
    window.controller.open(Path(shutil.copy(decided, tmp_path / "office.panel")))
    return window


def in_the_bar(window: Window) -> list[PageLink]:
    return [one for one in window.main.sidebar.findChildren(PageLink) if one.isVisible()]


@pytest.mark.parametrize("role", BARS)
def test_a_role_has_its_own_bar(office: Window, role: str) -> None:
    office.main.tools.use_as(PEOPLE.get(role, Identity("Robin Example", role)))
    office.main.tools.go("overview")
    links = in_the_bar(office)

    assert ", ".join(link.name.words for link in links) == f"{BARS[role]}, Settings, Help"
    assert all(link.is_open for link in links)


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_an_officers_bar_stays_short_wherever_they_are(office: Window, key: str) -> None:
    office.main.tools.use_as(Identity("Grace Okoro", "officer"))
    office.main.tools.go(key)

    assert len(in_the_bar(office)) <= 14


def test_who_marks_alone_has_short_menus_and_all_keys(office: Window, qtbot: QtBot) -> None:
    main = office.main
    record, bar = main.menus.menus[0], main.menuBar()

    main.tools.use_as(Identity("Robin Example", "note-taker"))
    short = [action.objectName() for action in record.actions() if action.objectName()]
    shown = [action.text() for action in bar.actions() if action.isVisible()]
    qtbot.keyClick(main, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    gone_to = main.pages.key
    main.tools.use_as(Identity("Grace Okoro", "officer"))

    assert short == ["lock", "close", "quit"]
    assert shown == ["&Record", "&Edit", "&View", "&Help"], "Score stands on the pages that have its keys"
    assert gone_to == "applications"
    assert len(record.actions()) > len(short) + 10


def test_where_there_is_nothing_to_choose_no_drop_down_stands(office: Window) -> None:
    header = office.main.header
    office.main.tools.use_as(Identity("Robin Example", "note-taker"))
    shown = [switch for switch in (header.fund, header.round, header.area) if switch.isVisible()]

    assert shown == [one for one in (header.fund, header.round, header.area) if one.has_choice]
    office.main.tools.use_as(Identity("Grace Okoro", "officer"))
    assert header.round.isVisible(), "another one can be started there"


def test_a_member_has_little_in_sight_beside_the_task(office: Window) -> None:
    main = office.main
    main.tools.use_as(PEOPLE["member"])
    main.tools.go("overview")
    beside = (main.sidebar, main.header, main.status)
    buttons = [one for part in beside for one in part.findChildren(QAbstractButton) if one.isVisible()]
    menus = [action for action in main.menuBar().actions() if action.isVisible()]

    assert len(buttons) + len(menus) <= 15
