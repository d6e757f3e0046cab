"""A mark typed as a number, where the scale is too long for a row of buttons."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QWidget

from gui.pages.panel.scoring.sheet.mark_button import FRAMELESS, typed_digit
from gui.theme.look import Look
from gui.widgets.label import Label
from gui.widgets.turned import NumberBox

NO_MARK = -1


class _Box(NumberBox):
    cleared = Signal()
    stepped = Signal(int)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the first digit take the place of what stands there, however the box was come to."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear with Delete; Up and Down go to another criterion; Left and Right lower and raise.

        A digit that the box does not take goes to the page, which says why.
        """
        key, before, is_over = event.key(), self.text(), self.lineEdit().hasSelectedText()
        if key == Qt.Key.Key_Delete:
            self.cleared.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepBy(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)
            if typed_digit(event) is not None and self.text() == before and not is_over:
                event.ignore()


class NumberField(QGroupBox):
    """A number from 0 to the scale's maximum, "–" while there is no mark."""

    asked = Signal(object)
    stepped = Signal(int)

    def __init__(self, look: Look, name: str, maximum: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setStyleSheet(FRAMELESS)
        self.box = _Box()
        self.box.setRange(NO_MARK, maximum)
        self.box.setSpecialValueText("–")
        self.box.setKeyboardTracking(False)
        self.box.setAccessibleName(name)
        self.box.setMinimumWidth(look.px(96))
        self.box.setFont(look.font(16, 600))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addWidget(Label(look, f"0 to {maximum}", tone="muted"))
        row.addStretch(1)
        self.box.valueChanged.connect(self._ask)
        self.box.cleared.connect(self._clear)
        self.box.stepped.connect(self.stepped)

    @property
    def mark(self) -> int | None:
        """Return the mark on show."""
        return None if self.box.value() == NO_MARK else self.box.value()

    def show_mark(self, mark: int | None) -> None:
        """Show a mark."""
        self.box.blockSignals(True)
        self.box.setValue(NO_MARK if mark is None else mark)
        self.box.blockSignals(False)

    def focus(self) -> None:
        """Put the cursor into the field."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def begin(self, digit: int) -> None:
        """Begin to type a number here with the digit that was pressed elsewhere."""
        self.focus()
        self.box.lineEdit().insert(str(digit))

    @Slot(int)
    def _ask(self, value: int) -> None:
        self.asked.emit(None if value == NO_MARK else value)

    @Slot()
    def _clear(self) -> None:
        self.asked.emit(None)
