"""The keys that recommend in the ranked table: letters act only while the table has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gui.round_list import Mark

LETTERS = {
    Qt.Key.Key_F: Mark.FUND,
    Qt.Key.Key_P: Mark.PART,
    Qt.Key.Key_R: Mark.RESERVE,
    Qt.Key.Key_D: Mark.DECLINE,
    Qt.Key.Key_L: Mark.DEFER,
}
EDIT = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def outcome_of(event: QKeyEvent) -> Mark | None:
    """Return the outcome that a letter stands for, None for another key or with a modifier."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    return LETTERS.get(Qt.Key(event.key()))


def is_edit(event: QKeyEvent) -> bool:
    """Whether a key asks to change the amount in place."""
    return event.key() in EDIT and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
