"""The keys that recommend in the ranked table: letters act only while the table has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from models.queries.deciding.round_list import Mark

LETTERS = {
    Qt.Key.Key_F: Mark.FUND,
    Qt.Key.Key_P: Mark.PART,
    Qt.Key.Key_R: Mark.RESERVE,
    Qt.Key.Key_D: Mark.DECLINE,
    Qt.Key.Key_L: Mark.DEFER,
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def outcome_of(event: QKeyEvent) -> Mark | None:
    """Return the outcome that a letter stands for, None for another key or with a modifier."""
    return LETTERS.get(Qt.Key(event.key())) if _is_plain(event) else None


def is_edit(event: QKeyEvent) -> bool:
    """Whether a key asks to change the amount in place."""
    return event.key() == Qt.Key.Key_F2 and _is_plain(event)


def is_enter(event: QKeyEvent) -> bool:
    """Whether a key asks to open the row."""
    return event.key() in ENTER and _is_plain(event)


def _is_plain(event: QKeyEvent) -> bool:
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
