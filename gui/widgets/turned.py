"""Lists, numbers, days and sliders that the mouse wheel turns only while they have the focus.

Qt's own turn under the pointer as a page is scrolled past them, and what somebody chose is another thing
without a sign. These leave the wheel to the page until they have been clicked or reached by Tab. Nothing
in the window makes Qt's own; a test reads that.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QSlider, QSpinBox, QWidget


def _turns(control: QWidget, event: QWheelEvent) -> bool:
    """Whether the wheel is meant for a control; if not, the event is left to the page."""
    event.setAccepted(control.hasFocus())
    return control.hasFocus()


class ChoiceList(QComboBox):
    """A list to choose from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Choose the next line, with the focus alone."""
        if _turns(self, event):
            super().wheelEvent(event)


class NumberBox(QSpinBox):
    """A whole number to type or step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step, with the focus alone."""
        if _turns(self, event):
            super().wheelEvent(event)


class DayBox(QDateEdit):
    """A day to type or choose from a calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go to the next day, with the focus alone."""
        if _turns(self, event):
            super().wheelEvent(event)


class LevelSlider(QSlider):
    """A figure on a horizontal line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move, with the focus alone."""
        if _turns(self, event):
            super().wheelEvent(event)
