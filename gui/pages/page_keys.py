"""The keys of a page that work wherever the focus is in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

Keys = tuple[tuple[str, ...], Callable[[], object]]
"""Names of keys that mean the same, and what they do."""


def add_keys(page: QWidget, keys: Sequence[Keys]) -> None:
    """Have keys do their deeds while the focus is in a page."""
    for names, deed in keys:
        for name in names:
            shortcut = QShortcut(QKeySequence(name), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)
