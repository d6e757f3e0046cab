"""Settings hold at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.settings.page import SOUND, SettingsPage
from gui.settings import Settings
from gui.theme.look import Choice, look
from models.role import Role
from tests.gui.pressing import page_of


@pytest.fixture
def settings_page(opened: Window) -> SettingsPage:
    opened.main.tools.go("settings")
    return page_of(opened, SettingsPage)


def test_a_look_and_a_size_are_chosen_kept_and_shown_and_the_record_is_checked(
    opened: Window, settings_page: SettingsPage, settings: Settings
) -> None:
    settings_page.sizes.activated.emit(3)
    assert (look.percent, settings.percent) == (150, 150)
    opened.main.actions_by_name["plain_size"].trigger()
    assert settings_page.sizes.currentText() == "100%", "also where it is chosen by key elsewhere"
    settings_page.looks.activated.emit(2)
    assert (look.choice, settings.choice) == (Choice.DARK, Choice.DARK)
    assert settings_page.looks.currentText() == "Dark"
    assert settings_page.says.isHidden(), "a record that was not checked leaves no gap"
    settings_page.check.click()
    assert settings_page.says.isVisible()
    assert settings_page.says.text() == SOUND


def test_single_keys_switched_off_reach_text_alone(
    opened: Window, settings_page: SettingsPage, qtbot: QtBot
) -> None:
    history, seen = opened.main.pages.page("history"), list[str]()
    (words, *_) = history.narrowing.inputs
    opened.main.toast.undo.keyPressEvent = lambda event: seen.append(event.text())  # type: ignore[method-assign]
    qtbot.keyClick(opened.main.toast.undo, Qt.Key.Key_F)
    settings_page.keys.setChecked(False)
    qtbot.keyClick(opened.main.toast.undo, Qt.Key.Key_F)
    qtbot.keyClicks(words, "cov")

    assert seen == ["f"]
    assert words.text() == "cov"


def test_the_record_is_looked_after_by_the_office_and_what_the_round_has_is_chosen_and_led_to(
    opened: Window, settings_page: SettingsPage
) -> None:
    def shown(identity: Identity) -> bool:
        opened.main.tools.use_as(identity)
        opened.main.tools.go("settings")
        assert settings_page.security.idle.isVisible(), "how long until it locks is of the computer"
        (head,) = [one for one in settings_page.findChildren(QLabel) if one.text() == "The record"]
        assert head.isVisible() == settings_page.check.isVisible() == settings_page.security.isVisible()
        return head.isVisible()

    roles = [role for role in Role if shown(Identity("Tom Hale", role, None))]
    assert roles == [Role.CHAIR, Role.OFFICER, Role.FINANCE, Role.READER]
    assert shown(Identity("Tom Hale", "member", "HALE", office_role="member")), "in a record of one's own"

    opened.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    row = settings_page.round
    opened.main.tools.go("overview")
    opened.main.tools.go("settings")
    seen = [one.isVisible() for one in (row.choice, row.to_areas, row.to_panel, row.to_chain)]
    assert (seen, row.says.text()) == ([False] * 3 + [True], "OFFICIAL. Every paper of the round prints it.")
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    assert (row.choice.isEnabled(), row.choice.currentText()) == (True, "OFFICIAL")
    row.choice.setCurrentText("OFFICIAL-SENSITIVE")
    row.choice.activated.emit(1)
    assert opened.main.status.marking.text() == "OFFICIAL-SENSITIVE"
    opened.workspace.undo_stack.undo()
    assert opened.main.status.marking.text() == "OFFICIAL"
    assert row.choice.currentText() == "OFFICIAL"
    # 16,000 + 17,500 + 19,000 + 20,500 + 3,000 + 23,500 + 25,000 + 30,000
    assert row.areas.text() == "8 areas, £154,500 in the pots"
    assert row.chain.text().startswith("Panel › ")
    assert [one.isVisible() for one in (row.to_areas, row.to_panel, row.to_chain)] == [True, True, True]
    row.to_areas.click()
    assert opened.main.pages.key == "criteria"
