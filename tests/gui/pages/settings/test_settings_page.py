"""Settings hold at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.view import ListedView
from gui.pages.page import Identity
from gui.pages.settings.page import SOUND, SettingsPage
from gui.settings import Settings
from gui.theme.look import Choice, look
from models.role import Role


@pytest.fixture
def settings_page(opened: Window) -> SettingsPage:
    opened.main.tools.go("settings")
    page = opened.main.pages.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def a_look_is_chosen_kept_and_shown(opened: Window, settings_page: SettingsPage, settings: Settings) -> None:
    settings_page.looks.activated.emit(2)

    assert look.choice is Choice.DARK
    assert settings.choice is Choice.DARK
    assert settings_page.looks.currentText() == "Dark"


def a_size_chosen_by_key_elsewhere_shows_here(
    opened: Window, settings_page: SettingsPage, settings: Settings
) -> None:
    settings_page.sizes.activated.emit(3)
    assert (look.percent, settings.percent) == (150, 150)
    opened.main.actions_by_name["plain_size"].trigger()

    assert settings_page.sizes.currentText() == "100%"


def test_a_look_and_a_size_are_chosen_kept_and_shown(
    opened: Window, settings_page: SettingsPage, settings: Settings
) -> None:
    a_size_chosen_by_key_elsewhere_shows_here(opened, settings_page, settings)
    a_look_is_chosen_kept_and_shown(opened, settings_page, settings)


def the_record_is_checked_in_one_sentence(settings_page: SettingsPage) -> None:
    settings_page.check.click()

    assert settings_page.says.text() == SOUND


def a_record_that_was_not_checked_leaves_no_gap(opened: Window, settings_page: SettingsPage) -> None:
    before = settings_page.says.isHidden()
    settings_page.check.click()

    assert before
    assert settings_page.says.isVisible()


def test_single_keys_switched_off_reach_text_alone(
    opened: Window, settings_page: SettingsPage, qtbot: QtBot
) -> None:
    history, seen = opened.main.pages.page("history"), list[str]()
    assert isinstance(history, ListedView)
    (words, *_) = history.narrowing.inputs
    opened.main.toast.undo.keyPressEvent = lambda event: seen.append(event.text())  # type: ignore[method-assign]
    qtbot.keyClick(opened.main.toast.undo, Qt.Key.Key_F)
    settings_page.keys.setChecked(False)
    qtbot.keyClick(opened.main.toast.undo, Qt.Key.Key_F)
    qtbot.keyClicks(words, "cov")

    assert seen == ["f"]
    assert words.text() == "cov"


def settings_say_what_the_round_has_and_lead_to_it(opened: Window, settings_page: SettingsPage) -> None:
    card = settings_page.round
    said = (card.areas.text(), card.chain.text())
    shown = [one.isVisible() for one in (card.to_areas, card.to_panel, card.to_chain)]
    card.to_areas.click()

    # 16,000 + 17,500 + 19,000 + 20,500 + 3,000 + 23,500 + 25,000 + 30,000
    assert said[0] == "8 areas, £154,500 in the pots"
    assert said[1].startswith("Panel › ")
    assert shown == [True, True, True]
    assert opened.main.pages.key == "criteria"


def the_marking_of_a_round_is_chosen_by_the_office_and_undone(
    opened: Window, settings_page: SettingsPage
) -> None:
    opened.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    row = settings_page.round
    opened.main.tools.go("overview")
    opened.main.tools.go("settings")
    shown = [one.isVisible() for one in (row.choice, row.to_areas, row.to_panel, row.to_chain)]
    assert (shown, row.says.text()) == ([False] * 3 + [True], "OFFICIAL. Every paper of the round prints it.")
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    assert (row.choice.isEnabled(), row.choice.currentText()) == (True, "OFFICIAL")

    row.choice.setCurrentText("OFFICIAL-SENSITIVE")
    row.choice.activated.emit(1)

    assert opened.main.status.marking.text() == "OFFICIAL-SENSITIVE"
    opened.workspace.undo_stack.undo()
    assert opened.main.status.marking.text() == "OFFICIAL"
    assert row.choice.currentText() == "OFFICIAL"


def the_record_is_looked_after_by_the_office_and_in_a_record_of_ones_own(
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
    assert shown(Identity("Tom Hale", "member", "HALE", office_role="member"))


def test_the_record_is_checked_and_what_the_round_has_is_chosen_and_led_to(
    opened: Window, settings_page: SettingsPage
) -> None:
    a_record_that_was_not_checked_leaves_no_gap(opened, settings_page)
    the_record_is_checked_in_one_sentence(settings_page)
    the_record_is_looked_after_by_the_office_and_in_a_record_of_ones_own(opened, settings_page)
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.tools.go("settings")
    the_marking_of_a_round_is_chosen_by_the_office_and_undone(opened, settings_page)
    settings_say_what_the_round_has_and_lead_to_it(opened, settings_page)
