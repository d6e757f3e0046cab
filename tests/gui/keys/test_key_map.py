"""Keys that are changed in the settings: menus, tooltips, pages and the key sheet follow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.keys import KeysDialog
from gui.keys.key_map import KeyMap
from gui.keys.key_rules import ALONE, ALT_GR, BOXES, LISTS, MENUS, ONE, READERS, SYSTEM, never_bound
from gui.pages.settings.page import SettingsPage
from gui.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def key_map(window: Window) -> KeyMap:
    return window.main.actions_by_name.keys


@pytest.fixture
def dialog(opened: Window) -> KeysDialog:
    opened.main.tools.go("settings")
    page = opened.main.pages.page("settings")
    assert isinstance(page, SettingsPage)
    page.to_keys.click()
    shown = opened.controller.dialog
    assert isinstance(shown, KeysDialog)
    return shown


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ("Ctrl+Alt+K", ALT_GR),
        ("Ctrl+Alt+Shift+F7", ALT_GR),
        ("Alt+Space", SYSTEM),
        ("Ctrl+Esc", SYSTEM),
        ("Ctrl+Shift+U", SYSTEM),
        ("Ins", READERS),
        ("Shift+Ins", READERS),
        ("CapsLock", READERS),
        ("Ctrl+C", BOXES),
        ("F2", LISTS),
        ("J", ALONE),
        ("Shift+3", ALONE),
        ("Del", ALONE),
        ("Alt+R", MENUS),
        ("Alt+7", MENUS),
        ("Ctrl+K, Ctrl+J", ONE),
        ("", ONE),
        ("Ctrl+J", ""),
        ("Ctrl+Shift+J", ""),
        ("F7", ""),
        ("Shift+F9", ""),
        ("Alt+Left", ""),
    ],
)
def test_what_belongs_to_somebody_else_is_never_bound(keys: str, why: str) -> None:
    assert never_bound(QKeySequence(keys)) == why


@pytest.mark.parametrize("keys", ["Ctrl+H", "Ctrl+M"])
def test_hiding_and_minimising_stay_the_mac_s(keys: str) -> None:
    assert (never_bound(QKeySequence(keys), is_mac=True), never_bound(QKeySequence(keys))) == (SYSTEM, "")


def test_every_key_that_an_action_comes_with_could_be_chosen(window: Window) -> None:
    for one in key_map(window).all():
        for key in one.keys:
            assert never_bound(QKeySequence(key)) == "", key


def test_a_key_is_changed_kept_and_followed_everywhere(
    opened: Window, dialog: KeysDialog, settings: Settings, qtbot: QtBot
) -> None:
    dialog.table.select("search")
    dialog.change.click()
    qtbot.keyClick(dialog.box, Qt.Key.Key_J, CTRL)
    said = dialog.says.text()
    dialog.close_button.click()
    action = opened.main.actions_by_name["search"]

    assert said == "“Search or command” has Ctrl+J now."
    assert [one.toString() for one in action.shortcuts()] == ["Ctrl+J"]
    assert action.toolTip() == "Search or command… (Ctrl+J)"
    assert ("Ctrl+J", "Search or command") in opened.main.actions_by_name.sheet()
    assert settings.keys_of("search") == "Ctrl+J"
    assert opened.main.header.search.toolTip() == "Search or command (Ctrl+J)"
    opened.main.activateWindow()
    qtbot.waitUntil(opened.main.isActiveWindow)
    qtbot.keyClick(opened.main, Qt.Key.Key_K, CTRL)
    assert opened.controller.dialog is None
    qtbot.keyClick(opened.main, Qt.Key.Key_J, CTRL)
    assert opened.controller.dialog is not None


def test_a_key_of_another_action_is_refused_by_name(
    opened: Window, dialog: KeysDialog, settings: Settings, qtbot: QtBot
) -> None:
    dialog.table.select("search")
    dialog.change.click()
    qtbot.keyClick(dialog.box, Qt.Key.Key_P, CTRL)
    words = "Ctrl+P is the key of “Print or PDF this page”. Change that one first, or choose another."

    assert dialog.says.text() == words
    assert dialog.box.accessibleDescription() == words, "the field itself says what is wrong with it"
    assert settings.keys_of("search") == ""


def test_one_key_is_put_back_and_then_all(window: Window, settings: Settings) -> None:
    keys = key_map(window)
    for name, chosen in (("search", "Ctrl+J"), ("find", "Ctrl+K"), ("undo", "")):
        keys.choose(name, QKeySequence(chosen))
    assert keys.reset("search") == (
        "Ctrl+K is the key of “Filter this page”. Change that one first, or choose another."
    )
    assert keys.reset("undo") == ""
    assert (keys.keys("undo"), keys.keys("search")) == (("Ctrl+Z",), ("Ctrl+J",))

    keys.reset_all()
    assert (keys.keys("search"), keys.keys("find")) == (("Ctrl+K",), ("Ctrl+F",))
    assert not any(one.is_changed for one in keys.all())
    assert settings.keys_of("find") == ""


def test_a_key_of_a_page_is_changed_with_its_menu(opened: Window, qtbot: QtBot) -> None:
    opened.main.tools.go("meeting")
    key_map(opened).choose("page_forward", QKeySequence("Ctrl+Shift+J"))
    opened.main.tools.go("overview")
    opened.main.tools.go("meeting")
    actions = opened.main.page_actions
    shortcut = next(actions._shortcuts(QKeySequence("Ctrl+PgDown")))
    entry = next(action for action in actions._keys if actions._keys[action][0] == "page_forward")
    heard: list[bool] = []
    shortcut.activated.connect(lambda: heard.append(True))
    opened.main.pages.page("meeting").panes()[0].setFocus()
    qtbot.keyClick(opened.main, Qt.Key.Key_J, CTRL | SHIFT)

    assert shortcut.key().toString() == "Ctrl+Shift+J"
    assert entry.text().endswith("\tCtrl+Shift+J")
    assert heard == [True]


def test_an_action_may_have_no_key_and_an_action_without_one_may_get_it(
    dialog: KeysDialog, window: Window
) -> None:
    dialog.table.select("refresh")
    dialog.none.click()
    assert dialog.says.text() == "“Work it out again” has no key now."
    assert window.main.actions_by_name["refresh"].shortcuts() == []

    dialog.table.select("support")
    dialog.change.click()
    dialog.box.setKeySequence(QKeySequence("Ctrl+Shift+H"))
    assert [one.toString() for one in window.main.actions_by_name["support"].shortcuts()] == ["Ctrl+Shift+H"]


def test_the_list_is_filtered_and_opened_again_with_what_was_chosen(
    dialog: KeysDialog, window: Window
) -> None:
    dialog.words.setText("projector")
    assert [one.name for one in dialog.table.rows] == ["projector"]
    dialog.words.setText("no such action")
    assert not dialog.change.isEnabled()
