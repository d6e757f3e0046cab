"""Lists, numbers, days and sliders that the mouse wheel does not turn unasked.

Qt's own turn under the pointer as a page is scrolled past them, and what somebody chose is another thing
without a sign. A slider leaves the wheel to the page until it has the focus. Lists, numbers and days leave
it always: a dialog opens with the focus in its first field, the pointer still rests on the list from which
something was just chosen, and what hides itself hands the focus to the number after it. Nothing in the
window makes Qt's own; a test reads that.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QHelpEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QSlider, QSpinBox, QStyle, QStyleOptionComboBox, QWidget

from gui.widgets.label import PlainLabel, shortened
from gui.widgets.speech.announcing import announce, is_for_orca
from gui.widgets.tips import tell_over

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


class _NeverTurned(_TurnedByFocus):
    """What leaves the wheel to the page, with the focus too."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ChoiceList(_NeverTurned, QComboBox):
    """A list to choose from, by click or by keys. What has no room in it is whole where it drops down."""

    def __init__(self, called: str = "") -> None:
        super().__init__()
        self.setAccessibleName(called)
        self.currentTextChanged.connect(self._say_choice)

    def fill_with(self, options: Iterable[tuple[str, object]], chosen: object = None) -> None:
        """Offer words with their values in place of others, one (None: the first) chosen; nobody is told."""
        with QSignalBlocker(self):
            self.clear()
            for words, value in options:
                self.addItem(words, value)
        if chosen is not None:
            self.choose(chosen)

    def choose(self, value: object) -> None:
        """Choose what has a value, else the first; nobody is told."""
        values = [self.itemData(number) for number in range(self.count())]  # Qt finds no equal day or tuple
        with QSignalBlocker(self):
            self.setCurrentIndex(values.index(value) if value in values else 0)

    @Slot(str)
    def _say_choice(self, words: str) -> None:
        """Say what is chosen with Up and Down in the closed list: Qt tells nobody of it on Linux."""
        if is_for_orca() and self.hasFocus() and not self.view().isVisible():
            announce(self, words)

    def showEvent(self, event: QShowEvent) -> None:
        """Be labelled by its name, where no label stands beside it: on Linux Qt names no list otherwise."""
        super().showEvent(event)
        beside = self.parentWidget()
        if is_for_orca() and beside is not None and self.accessibleName():
            labels = beside.findChildren(PlainLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
            own = next((label for label in labels if label.buddy() is self), None)
            (own or self._labelled(beside)).setAccessibleName(self.accessibleName())

    def _labelled(self, beside: QWidget) -> PlainLabel:
        """Return a label without a look."""
        label = PlainLabel("", beside)
        label.hide()
        label.setBuddy(self)
        return label

    def showPopup(self) -> None:
        """Drop the list down under the name of its field: it is a window of its own, which readers name.

        It is as wide as its longest line, as far as the screen goes.
        """
        view, screen = self.view(), self.screen().availableGeometry()
        view.setAccessibleName(self.accessibleName())
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        wanted = view.sizeHintForColumn(0) + bar + 2 * view.frameWidth()
        view.setMinimumWidth(min(wanted, screen.width()))
        super().showPopup()

    def event(self, event: QEvent) -> bool:
        """Say what is chosen in a tooltip, where there is no room for it and nothing else is said."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            drawn = QStyleOptionComboBox()
            self.initStyleOption(drawn)
            is_cut = drawn.currentText != self.currentText()
            tell_over(event.globalPos(), self.currentText() if is_cut else "", self)
            return True
        return bool(super().event(event))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Draw words that have no room with an ellipsis, never cut within a letter."""
        super().initStyleOption(option)
        whole, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(whole, option, part, self).width()
        option.currentText = shortened(self.fontMetrics(), self.currentText(), room)


class NumberBox(_NeverTurned, QSpinBox):
    """A whole number to type or step."""


class DayBox(_NeverTurned, QDateEdit):
    """A day to type or choose from a calendar."""


class LevelSlider(_TurnedByFocus, QSlider):
    """A figure on a horizontal line."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
