"""What the page on show does by keys of its own, as entries of the menus: the page keeps its keys."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from gui.keys.key_map import KeyMap, native
from gui.shell.actions import SHIPPED, plain_words
from gui.shell.page_stack import PageStack

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
