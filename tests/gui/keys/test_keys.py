"""The keys of the window: each does its action, is told where it counts, and may be changed."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.access.identity import identity_of
from gui.app import Window
from gui.dialogs.dialog import Dialog
from gui.dialogs.keys import KeysDialog
from gui.help.search_controller import SearchDialog
from gui.keys import behaviour
from gui.keys.behaviour import FieldStart
from gui.keys.key_map import ALONE, ALT_GR, BOXES, LISTS, MENUS, ONE, READERS, SYSTEM, KeyMap, never_bound
from gui.pages.page import Identity
from gui.pages.settings.page import SettingsPage
from gui.record.runner import InlineRunner
from gui.settings import Settings
from gui.shell.actions import SHIPPED
from gui.shell.page_list import PAGES
from gui.shell.printing import print_page
from tests.gui.conftest import Opens
from tests.gui.pressing import box_of, page_of, told
from tests.gui.walking import draw_papers_once, settle

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


def test_keys_and_menus_are_those_of_the_specification(window: Window) -> None:
    words = [text for menu in menus(window) for text in entries(menu)]
    sheet = {key for keys, _ in window.main.actions_by_name.sheet() for key in keys.split(", ")}
    for key, name in KEYS.items():
        action = window.main.actions_by_name[name]
        assert QKeySequence(key) in action.shortcuts()
        assert action.text() in words
        assert key in sheet
    undo, redo = window.main.searchable()[:2]
    assert [one.toString() for one in undo.shortcuts()] == ["Ctrl+Z"]
    assert [one.toString() for one in redo.shortcuts()] == ["Ctrl+Y", "Ctrl+Shift+Z"]

    # no key is given twice, and none that belongs to somebody else
    times = Counter(key.toString() for action in window.main.searchable() for key in action.shortcuts())
    assert [key for key in times if times[key] > 1] == []
    assert [key for key in times if key.startswith(NEVER)] == []
    assert [key for key in times if len(key) == 1] == [], "a single character is never a shortcut"
    titles = [menu.title() for menu in window.main.menus.menus]
    assert titles == ["&Record", "&Edit", "&Go", "R&ound", "&Score", "&View", "&Help"]
    bar = window.main.menuBar()
    assert len({QKeySequence.mnemonic(one.text()).toString() for one in bar.actions()}) == len(bar.actions())
    for menu in menus(window):
        texts = [action.text().split("\t")[0].replace("&&", "") for action in menu.actions()]
        letters = Counter(text[text.index("&") + 1].casefold() for text in texts if "&" in text)
        assert [letter for letter in letters if letters[letter] > 1] == [], menu.title()


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
    print_page(
        opened.main.tools, opened.main.pages, opened.controller.rounds.place, tmp_path / "overview.pdf"
    )
    data = (tmp_path / "overview.pdf").read_bytes()

    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") == 1
    assert b"/Font" in data, "words stay words"
    assert told(opened) == "The page was written as “overview.pdf”, as it is on the screen."


def test_f3_walks_the_list_and_begins_again_at_its_end_and_ctrl_k_works_from_a_text_box(
    opened: Window, qtbot: QtBot
) -> None:
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
    box = opened.main.pages.page("history").panes()[0]
    box.setFocus()
    qtbot.keyClicks(box, "some words")
    qtbot.keyClick(box, Qt.Key.Key_Home)
    qtbot.keyClick(box, Qt.Key.Key_K, CTRL)

    assert isinstance(opened.controller.dialog, SearchDialog)
    assert box.text() == "some words"


@pytest.mark.overview
def test_the_score_menu_is_live_where_the_page_has_its_keys_and_does_what_they_do(opened: Window) -> None:
    menu = next(menu for menu in menus(opened) if menu.title() == "&Score")
    live = {}
    for key in ("overview", "scoring", "meeting"):
        opened.main.tools.go(key)
        opened.main.page_actions.update_enabled()
        live[key] = [
            a.text().split("\t")[0].replace("&", "") for a in menu.actions() if a.isVisible() and a.text()
        ]

    assert live["overview"] == []
    assert live["scoring"][:2] == ["Save and next", "Skip for now"]
    assert "Projector" not in live["scoring"], "what a page never has does not stand greyed"
    assert "Projector" in live["meeting"]
    entry = next(action for action in menu.actions() if action.text().startswith("Next &app"))
    shortcut = next(opened.main.page_actions._shortcuts(QKeySequence("Ctrl+PgDown")))
    heard: list[bool] = []
    shortcut.activated.connect(lambda: heard.append(True))
    entry.trigger()

    assert heard == [True]


SHIFT = Qt.KeyboardModifier.ShiftModifier


def key_map(window: Window) -> KeyMap:
    return window.main.actions_by_name.keys


@pytest.fixture
def dialog(opened: Window) -> KeysDialog:
    opened.main.tools.go("settings")
    page_of(opened, SettingsPage).to_keys.click()
    return box_of(opened, KeysDialog)


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


def test_a_key_is_changed_kept_and_followed_everywhere_and_never_that_of_another_action(
    opened: Window, dialog: KeysDialog, settings: Settings, qtbot: QtBot
) -> None:
    dialog.table.select("search")
    dialog.do.click()
    qtbot.keyClick(dialog.box, Qt.Key.Key_P, CTRL)
    words = "Ctrl+P is the key of “Print or PDF this page”. Change that one first, or choose another."
    assert dialog.says.text() == words
    assert dialog.box.accessibleDescription() == words, "the field itself says what is wrong with it"
    assert settings.keys_of("search") == ""
    qtbot.keyClick(dialog.box, Qt.Key.Key_J, CTRL)
    said = dialog.says.text()
    dialog.cancel.click()
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


def greyed(page: QWidget) -> Iterator[QPushButton]:
    return (one for one in page.findChildren(QPushButton) if one.isVisible() and not one.isEnabled())


def seats(window: Window) -> Iterator[str]:
    """Sit down as one of each role of each round; tell who it is, and where."""
    rounds = window.controller.rounds
    for line in {line.name: line for line in rounds.lines}.values():
        rounds.choose_round(line.round_id)
        for part in {identity_of(part).role: part for part in rounds.parts}.values():
            window.main.tools.use_as(identity_of(part))
            settle()
            yield f"{part.role or 'no role'} in {line.name}"


@pytest.mark.overview
def test_each_greyed_button_says_why_to_every_role_in_every_round(
    opens: Opens, made_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_papers_once(monkeypatch)
    window = opens(InlineRunner())
    window.controller.open(Path(shutil.copy(made_sample, tmp_path)))
    window.main.resize(1366, 768)
    window.main.show()
    silent, told = set(), 0

    for seat in seats(window):
        for entry in (one for one in PAGES if one.key in window.main.tools.pages):
            window.main.tools.go(entry.key)
            for button in greyed(window.main.pages.current):
                told += bool(button.toolTip())
                if not button.toolTip():
                    silent.add(f"{button.accessibleName()} on {entry.words}, {seat}")

    assert told > 40
    assert silent == set()


class Asked(QLineEdit):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.reasons: list[QContextMenuEvent.Reason] = []

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            self.reasons.append(event.reason())
            return True
        return super().event(event)


def press(qtbot: QtBot, window: QWidget, field: QWidget) -> None:
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)


def test_the_menu_is_asked_of_the_field_with_the_focus_alone(qtbot: QtBot) -> None:
    dialog = Dialog()
    qtbot.addWidget(dialog)
    first, second = Asked("first"), Asked("second")
    column = QVBoxLayout(dialog)
    column.addWidget(first)
    column.addWidget(second)

    press(qtbot, dialog, second)

    assert second.reasons == [QContextMenuEvent.Reason.Keyboard]
    assert first.reasons == []


def test_the_key_that_the_sheet_of_keys_names_is_the_windows_too(opens: Opens, qtbot: QtBot) -> None:
    main = opens(InlineRunner()).main
    field = Asked("field")
    main.statusBar().addWidget(field)

    press(qtbot, main, field)

    assert field.reasons == [QContextMenuEvent.Reason.Keyboard]
    assert behaviour.MENU_KEY in {key for key, _ in SHIPPED.other_keys}


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_where_qt_knows_the_key_it_is_not_pressed_twice(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(behaviour.sys, "platform", system)
    window = QWidget()
    qtbot.addWidget(window)

    behaviour.add_menu_key(window)

    assert window.findChildren(behaviour.MenuKey) == []


def test_tab_selects_all_of_a_field_from_its_end_to_its_beginning(qapp: QApplication, qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    start = FieldStart(qapp, box)
    column = QVBoxLayout(box)
    first, second = QLineEdit(), QLineEdit("Fewer calls, counted each quarter with the team")
    column.addWidget(first)
    column.addWidget(second)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)

    QTest.keyClick(first, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: second.hasFocus() and second.cursorPosition() == 0)
    assert second.selectedText() == second.text()

    QTest.keyClicks(second, "More")
    assert second.text() == "More"
    assert start.parent() is box
