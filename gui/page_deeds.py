"""What the page on show does by keys of its own, as entries of the menus: the page keeps its keys."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from gui.page_stack import PageStack

ELSEWHERE = "This is for the pages Scoring and Meeting"
ENTRIES: tuple[tuple[str, str], ...] = (
    ("Save and &next", "Ctrl+Return"),
    ("&Skip for now", "Ctrl+Shift+Return"),
    ("", ""),
    ("Next &application or item", "Ctrl+PgDown"),
    ("&Previous application or item", "Ctrl+PgUp"),
    ("", ""),
    ("Scroll the text &down", "Alt+PgDown"),
    ("Scroll the text &up", "Alt+PgUp"),
    ("", ""),
    ("Pro&jector", "F5"),
)
"""The words of each entry and the key that the page itself has for it."""


class PageDeeds(QObject):
    """Fill a menu with the keys of pages; an entry is live while the page on show has its key."""

    def __init__(self, menu: QMenu, pages: PageStack) -> None:
        super().__init__(menu)
        self._pages = pages
        self._keys: dict[QAction, QKeySequence] = {}
        for words, key in ENTRIES:
            if not words:
                menu.addSeparator()
                continue
            sequence = QKeySequence(key)
            shown = sequence.toString(QKeySequence.SequenceFormat.NativeText)
            self._keys[menu.addAction(f"{words}\t{shown}")] = sequence
        menu.aboutToShow.connect(self.weigh)
        menu.triggered.connect(self._do)
        self.weigh()

    @Slot()
    def weigh(self) -> None:
        """Let the entries be live that the page on show knows."""
        for action, key in self._keys.items():
            is_there = next(self._shortcuts(key), None) is not None
            action.setEnabled(is_there)
            action.setStatusTip("" if is_there else ELSEWHERE)

    @Slot(QAction)
    def _do(self, action: QAction) -> None:
        shortcut = next(self._shortcuts(self._keys[action]), None) if action in self._keys else None
        if shortcut is not None:
            shortcut.activated.emit()

    def _shortcuts(self, key: QKeySequence) -> Iterator[QShortcut]:
        page: QWidget | None = self._pages.currentWidget()
        found = page.findChildren(QShortcut) if page is not None else []
        return (one for one in found if one.key() == key and one.isEnabled())
