"""The keys of the window: each does its action, stands in a menu and on the key sheet, and none twice."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.search import SearchDialog
from gui.pages.page import Identity

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = {
    "Ctrl+N": "new",
    "Ctrl+O": "open",
    "Ctrl+W": "close",
    "Ctrl+P": "print",
    "Ctrl+Q": "quit",
    "Ctrl+S": "save",
    "Ctrl+Shift+S": "copy_record",
    "Ctrl+L": "lock",
    "Ctrl+K": "search",
    "Ctrl+F": "find",
    "F3": "next_match",
    "Ctrl+1": "overview",
    "Ctrl+2": "applications",
    "Ctrl+3": "criteria",
    "Ctrl+4": "panel",
    "Ctrl+5": "scoring",
    "Ctrl+6": "meeting",
    "Ctrl+7": "ranking",
    "Ctrl+8": "decisions",
    "Ctrl+9": "awards",
    "Alt+Left": "back",
    "Alt+Right": "forward",
    "F6": "next_pane",
    "Shift+F6": "previous_pane",
    "Ctrl++": "larger",
    "Ctrl+-": "smaller",
    "Ctrl+0": "plain_size",
    "F11": "full_screen",
    "F1": "help",
    "Shift+F1": "what_is_this",
    "Ctrl+/": "keys",
}
"""The rows of the specification's table that work on every page."""
NEVER = ("Ctrl+Alt+", "Alt+Space", "Ctrl+Esc", "Ins", "Ctrl+Shift+U", "CapsLock")


def menus(window: Window) -> list[QMenu]:
    found = [action.menu() for action in window.main.menuBar().actions()]
    return [menu for menu in found if isinstance(menu, QMenu)]


def entries(menu: QMenu) -> list[str]:
    """The words of a menu and of those in it."""
    found = []
    for action in menu.actions():
        found.append(action.text())
        if isinstance(action.menu(), QMenu):
            found += entries(action.menu())
    return found


def a_key_has_its_action_its_menu_and_its_line_on_the_key_sheet(window: Window, key: str, name: str) -> None:
    action = window.main.actions_by_name[name]
    words = [text for menu in menus(window) for text in entries(menu)]
    sheet = {key for keys, _ in window.main.actions_by_name.sheet() for key in keys.split(", ")}

    assert QKeySequence(key) in action.shortcuts()
    assert action.text() in words
    assert key in sheet


def undo_and_redo_have_their_three_keys(window: Window) -> None:
    undo, redo = window.main.searchable()[:2]

    assert [one.toString() for one in undo.shortcuts()] == ["Ctrl+Z"]
    assert [one.toString() for one in redo.shortcuts()] == ["Ctrl+Y", "Ctrl+Shift+Z"]


def no_key_is_given_twice_and_none_that_belongs_to_somebody_else(window: Window) -> None:
    keys = Counter(key.toString() for action in window.main.searchable() for key in action.shortcuts())

    assert [key for key, times in keys.items() if times > 1] == []
    assert [key for key in keys if key.startswith(NEVER)] == []
    assert [key for key in keys if len(key) == 1] == [], "a single character is never a shortcut"


def the_menus_have_the_letters_and_the_order_of_the_specification(window: Window) -> None:
    titles = [action.text() for action in window.main.menuBar().actions()]

    assert titles == ["&Record", "&Edit", "&Go", "R&ound", "&Score", "&View", "&Help"]


def no_menu_has_a_letter_twice(window: Window) -> None:
    for menu in menus(window):
        texts = [action.text().split("\t")[0].replace("&&", "") for action in menu.actions()]
        letters = Counter(text[text.index("&") + 1].casefold() for text in texts if "&" in text)
        assert [letter for letter, times in letters.items() if times > 1] == [], menu.title()


def test_keys_and_menus_are_those_of_the_specification(window: Window) -> None:
    for key, name in KEYS.items():
        a_key_has_its_action_its_menu_and_its_line_on_the_key_sheet(window, key, name)
    undo_and_redo_have_their_three_keys(window)
    no_key_is_given_twice_and_none_that_belongs_to_somebody_else(window)
    the_menus_have_the_letters_and_the_order_of_the_specification(window)
    no_menu_has_a_letter_twice(window)


def test_a_key_of_what_is_greyed_says_why(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    greyed = [one for one in window.main.searchable() if one.isVisible() and not one.isEnabled()]
    for action in greyed:
        for key in action.shortcuts():
            window.main.toast.settle()
            qtbot.keySequence(window.main, key)
            assert window.main.toast.words == f"{action.statusTip()}.", key.toString()

    said = {key.toString(): action.statusTip() for action in greyed for key in action.shortcuts()}
    assert (said["Ctrl+Z"], said["Ctrl+W"]) == ("There is nothing to undo", "Open a record first")
    window.controller.first_run.make(tmp_path / "Office.panel", None, "A test")
    window.main.toast.settle()
    qtbot.keySequence(window.main, QKeySequence("Ctrl+W"))
    assert window.main.toast.words == "", "a key that does something says nothing of the kind"


@pytest.mark.overview
def test_a_page_is_printed_as_a_pdf_with_its_words(opened: Window, tmp_path: Path) -> None:
    opened.main.tools.go("overview")
    opened.controller.printing.write(tmp_path / "overview.pdf")
    data = (tmp_path / "overview.pdf").read_bytes()
    notice = opened.main.notices.current

    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") == 1
    assert b"/Font" in data, "words stay words"
    assert notice is not None
    assert notice.words == "The page was written as “overview.pdf”, as it is on the screen."


def test_f3_walks_the_list_and_begins_again_at_its_end(opened: Window, qtbot: QtBot) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.tools.go("history")
    table = opened.main.pages.page("history").panes()[1]
    rows = table.model().rowCount()
    start = table.currentIndex().row()
    seen = []
    for _ in range(rows + 1):
        qtbot.keyClick(opened.main, Qt.Key.Key_F3)
        seen.append(table.currentIndex().row())

    assert rows > 1
    assert seen == [(start + 1 + step) % rows for step in range(rows + 1)]


def test_ctrl_k_works_from_a_text_box(opened: Window, qtbot: QtBot) -> None:
    opened.main.tools.go("history")
    box = opened.main.pages.page("history").panes()[0]
    box.setFocus()
    qtbot.keyClicks(box, "some words")
    qtbot.keyClick(box, Qt.Key.Key_Home)
    qtbot.keyClick(box, Qt.Key.Key_K, CTRL)

    assert isinstance(opened.controller.dialog, SearchDialog)
    assert box.text() == "some words"


@pytest.mark.overview
def test_the_score_menu_is_live_where_the_page_has_its_keys(opened: Window) -> None:
    menu = next(menu for menu in menus(opened) if menu.title() == "&Score")
    live = {}
    for key in ("overview", "scoring", "meeting"):
        opened.main.tools.go(key)
        opened.main.page_actions.update_enabled()
        live[key] = [
            a.text().split("\t")[0].replace("&", "") for a in menu.actions() if a.isEnabled() and a.text()
        ]

    assert live["overview"] == []
    assert live["scoring"][:2] == ["Save and next", "Skip for now"]
    assert "Projector" in live["meeting"]


def test_an_entry_of_the_score_menu_does_what_its_key_does(opened: Window) -> None:
    opened.main.tools.go("meeting")
    menu = next(menu for menu in menus(opened) if menu.title() == "&Score")
    page = opened.main.pages.page("meeting")
    opened.main.page_actions.update_enabled()
    entry = next(action for action in menu.actions() if action.text().startswith("Next &app"))
    shortcut = next(opened.main.page_actions._shortcuts(QKeySequence("Ctrl+PgDown")))
    heard: list[bool] = []
    shortcut.activated.connect(lambda: heard.append(True))
    entry.trigger()

    assert page is opened.main.pages.currentWidget()
    assert heard == [True]
