"""Lists, numbers, days and sliders that the mouse wheel does not turn unasked.

Qt's own turn under the pointer as a page is scrolled past them, and what somebody chose is another thing
without a sign. Numbers, days and sliders leave the wheel to the page until they have the focus. A list
leaves it always: a dialog opens with the focus in its first list, and the pointer still rests on the list
from which something was just chosen. Nothing in the window makes Qt's own; a test reads that.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QSlider, QSpinBox, QWidget

if TYPE_CHECKING:
    _Control = QWidget
else:
    _Control = object  # of two bases that are both Qt's, PySide makes neither


class _TurnedByFocus(_Control):
    """What leaves the wheel to the page unless it has the focus; named before one of Qt's own."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn, with the focus alone."""
        event.setAccepted(self.hasFocus())
        if self.hasFocus():
            super().wheelEvent(event)


class ChoiceList(_TurnedByFocus, QComboBox):
    """A list to choose from, by click or by keys."""

    def showPopup(self) -> None:
        """Drop the list down under the name of its field: it is a window of its own, which readers name."""
        self.view().setAccessibleName(self.accessibleName())
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, with the focus too."""
        event.ignore()


class NumberBox(_TurnedByFocus, QSpinBox):
    """A whole number to type or step."""


class DayBox(_TurnedByFocus, QDateEdit):
    """A day to type or choose from a calendar."""


class LevelSlider(_TurnedByFocus, QSlider):
    """A figure on a horizontal line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
