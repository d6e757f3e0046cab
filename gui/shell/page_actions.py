"""The menu bar, and in it what the page on show does by keys of its own: the page keeps its keys."""

from collections.abc import Iterable, Iterator
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget
from shiboken6 import isValid

from gui.keys.key_map import KeyMap, native
from gui.shell.actions import SHIPPED, Actions, plain_words
from gui.shell.page_stack import PageStack
from gui.theme.look import Choice, Density

PAGES_HERE = "pages"
"""Where the Go menu lists the pages."""
MENUS = SHIPPED.menus
RECORD, EDIT, GO, ROUND, SCORE, VIEW = range(6)
SHORT_RECORD = ("undo", "redo", "find", "", "lock", "close", "quit")
"""What stands in the menu *Record*, and nowhere else, for who looks after no record, while one is open."""
LOOKS = {"look_system": Choice.SYSTEM, "look_light": Choice.LIGHT, "look_dark": Choice.DARK}
COLUMNS = tuple(f"column_{name}" for name in ("asked", "quality", "cost", "spread", "sheets", "each", "for"))
ROWS = {"rows_compact": Density.COMPACT, "rows_two_line": Density.TWO_LINE, "rows_large": Density.LARGE}


class Menus:
    """Fill a menu bar from the actions."""

    def __init__(
        self, bar: QMenuBar, actions: Actions, undo: QAction, redo: QAction, pages: tuple[str, ...]
    ) -> None:
        self._pages = pages
        self._actions = actions
        self._undo = {"undo": undo, "redo": redo}
        self.menus = [self._filled(bar.addMenu(title), names) for title, names in MENUS]
        self._is_short = False
        view = self.menus[VIEW]
        of_lists = (
            self._choices("&Row height", ROWS, view),
            self._choices("&Columns of the ranked list", COLUMNS, view, is_one=False),
        )
        for at, menu in enumerate((self._choices("&Light or dark", LOOKS, view), *of_lists)):
            view.insertMenu(view.actions()[at], menu)
        view.insertSeparator(view.actions()[3])
        more = (*(self.menus[one] for one in (EDIT, GO)), *of_lists)
        self._more = [menu.menuAction() for menu in more]

    def shorten(self, *, is_short: bool) -> None:
        """Leave out, or show again, what somebody who looks after no record has no use for.

        What is done with a round stands there for whom any of it is.
        """
        if not isValid(self.menus[ROUND]):  # as a window goes it may be told of a person after its menus went
            return
        *acts, _refresh = MENUS[ROUND][1]
        theirs = any(self._actions[name].isVisible() for name in acts if name)
        self.menus[ROUND].menuAction().setVisible(theirs)
        if is_short is not self._is_short:  # one menu, not two by turns: their letter would open neither
            self._is_short = is_short
            self.menus[RECORD].clear()
            self._filled(self.menus[RECORD], SHORT_RECORD if is_short else MENUS[RECORD][1])
        for one in self._more:
            one.setVisible(not is_short)

    def _filled(self, menu: QMenu, names: tuple[str, ...]) -> QMenu:
        for name in self._listed(names):
            if name:
                menu.addAction(self._undo[name] if name in self._undo else self._actions[name])
            else:
                menu.addSeparator()
        return menu

    def _listed(self, names: tuple[str, ...]) -> tuple[str, ...]:
        if PAGES_HERE not in names:
            return names
        at = names.index(PAGES_HERE)
        return (*names[:at], *self._pages, *names[at + 1 :])

    def _choices(self, title: str, names: Iterable[str], parent: QMenu, *, is_one: bool = True) -> QMenu:
        """Return a menu in which one is ticked, or any number."""
        menu = QMenu(title, parent)
        group = QActionGroup(menu)
        group.setExclusive(is_one)
        for name in names:
            menu.addAction(group.addAction(self._actions[name]))
        return menu


CAME_WITH = "came with"
"""Under this name a key of a page keeps what it was made with."""


class PageActions(QObject):
    """Fill a menu with the keys of pages, which stands where the page on show has any of them."""

    def __init__(self, menu: QMenu, pages: PageStack, keys: KeyMap) -> None:
        super().__init__(menu)
        self._menu, self._pages = menu, pages
        self._chosen = keys
        self._keys: dict[QAction, tuple[str, QKeySequence]] = {}
        for name, words, defaults in SHIPPED.of_pages:
            if not name:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            self._keys[action] = (name, QKeySequence(defaults[0]))
            keys.add(name, plain_words(words), defaults, partial(self._show, action, words))
        menu.aboutToShow.connect(self.update_enabled)
        menu.triggered.connect(self._do)
        pages.currentChanged.connect(self._give)
        keys.changed.connect(self._give)
        self.update_enabled()

    @Slot()
    def update_enabled(self) -> None:
        """Show the entries that the page on show knows, live where they may be pressed there now."""
        for action, (_, key) in self._keys.items():
            made = self._made_with(key)
            action.setVisible(bool(made))
            action.setEnabled(any(one.isEnabled() for one in made))

    def _show(self, action: QAction, words: str, keys: tuple[str, ...]) -> None:
        action.setText(f"{words}\t{native(keys[0])}" if keys else words)

    @Slot()
    def _give(self) -> None:
        """Give the page on show the keys that were chosen."""
        for name, _, defaults in SHIPPED.of_pages:
            keys = self._chosen.keys(name) if name else ()
            for number, default in enumerate(defaults):
                for shortcut in self._made_with(QKeySequence(default)):
                    shortcut.setKey(QKeySequence(keys[number] if number < len(keys) else ""))
        has_keys = any(self._made_with(key) for _, key in self._keys.values())
        if isValid(self._menu):  # as a window goes its pages may turn once more after its menus went
            self._menu.menuAction().setVisible(has_keys)

    @Slot(QAction)
    def _do(self, action: QAction) -> None:
        shortcut = next(self._shortcuts(self._keys[action][1]), None) if action in self._keys else None
        if shortcut is not None:
            shortcut.activated.emit()

    def _shortcuts(self, key: QKeySequence) -> Iterator[QShortcut]:
        return (one for one in self._made_with(key) if one.isEnabled())

    def _made_with(self, key: QKeySequence) -> list[QShortcut]:
        """Return the page's own keys that were made with some, whatever they are by now."""
        page: QWidget | None = self._pages.currentWidget()
        found = page.findChildren(QShortcut) if page is not None else []
        for one in found:
            if one.property(CAME_WITH) is None:
                one.setProperty(CAME_WITH, one.key().toString())
        return [one for one in found if one.property(CAME_WITH) == key.toString()]
