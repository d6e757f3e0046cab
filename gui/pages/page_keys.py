"""The keys of a page that work wherever the focus is in it, and where the focus goes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

Keys = tuple[tuple[str, ...], Callable[[], object]]
"""Names of keys that mean the same, and what they do."""


def to_focus(wanted: QWidget | None, panes: Sequence[QWidget]) -> QWidget | None:
    """Return what takes the focus: what is wanted, else the last pane on show; parts take turns in tabs."""
    if wanted is not None and wanted.isVisible():
        return wanted
    shown = [pane for pane in panes if pane.isVisible()]
    return shown[-1] if shown else wanted


def holds_focus(page: QWidget) -> bool:
    """Whether the focus is on something that shows in a page."""
    holder = page.window().focusWidget()
    return holder is not None and page.isAncestorOf(holder) and holder.isVisible()


def add_keys(page: QWidget, keys: Sequence[Keys]) -> None:
    """Have keys do their actions while the focus is in a page."""
    for names, action in keys:
        for name in names:
            shortcut = QShortcut(QKeySequence(name), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
