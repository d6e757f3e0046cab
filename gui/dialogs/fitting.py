"""A dialog on a screen that is lower than it needs: how much room there is, and what it says in an area."""

from typing import cast

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

FRAME = QSize(16, 44)
"""What the computer's own frame around a dialog takes of the screen, about."""


def room_of(dialog: QWidget) -> QSize:
    """Return the most that a dialog, or what stands in one, may take of the screen that it comes up on."""
    return (dialog.parentWidget() or dialog).screen().availableGeometry().size() - FRAME


class Fitted(QScrollArea):
    """An area that keeps the control with the focus in sight, however the focus came to it.

    What the mouse has just pressed stays under it: moved away before it is let go, it would not be clicked.
    """

    def __init__(self, dialog: QWidget) -> None:
        super().__init__(dialog)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        focused = QApplication.focusWidget()
        is_pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if focused is not None and self.isAncestorOf(focused) and not is_pressed:
            self.ensureWidgetVisible(focused)
