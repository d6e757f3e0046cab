"""Choices of which one holds: pills in a row, as filters of a list or tabs, and radio buttons."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from gui.theme.look import look, space
from gui.widgets.flow import Flow
from gui.widgets.label import shortened
from gui.widgets.nesting import column_of
from gui.widgets.painted_radio import PaintedRadio
from gui.widgets.tips import set_tip

HEIGHT = 28
SIDES = 24
RING = 6
LEAST = 44
"""The room (at 13 px text) in which a pill still says something; narrower it ends in an ellipsis."""


class Pill(PaintedRadio):
    """A painted radio button; `value` is what it stands for."""

    def __init__(self, text: str, value: object = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent, across=QSizePolicy.Policy.Maximum)
        self.value = value
        self._refresh()

    def show_words(self, text: str, *, name: str = "") -> None:
        """Change the words on the pill, and its accessible name."""
        self.setText(text)
        self.setAccessibleName(name or text)
        self.updateGeometry()

    def dress(self) -> None:
        """Follow the size of text."""
        self.setFont(look.font(12, 600))
        super().dress()

    def sizeHint(self) -> QSize:
        """Return the room of the words, with the ring's 3 px around."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + look.px(SIDES) + RING, look.px(HEIGHT) + RING)

    def minimumSizeHint(self) -> QSize:
        """Let long words give way at the end, short ones never."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), look.px(LEAST) + RING), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole words as a tooltip when they are cut."""
        super().resizeEvent(event)
        set_tip(self, self.text() if self.width() < self.sizeHint().width() else "")

    def paint(self, painter: QPainter) -> float:
        """Paint the pill and its words, elided when they do not fit."""
        theme = look.theme
        rect = self.paint_tile(painter)
        ink = theme.text if theme.is_tinted or not self.isChecked() else theme.on_accent
        painter.setPen(ink if self.isEnabled() else theme.disabled)
        painter.setFont(self.font())
        words, lacking = self.text(), self.sizeHint().width() - self.width()
        if lacking > 0:
            room = self.fontMetrics().horizontalAdvance(words) - lacking
            words = shortened(painter.fontMetrics(), words, max(room, 0))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        return rect.height() / 2 + 2


class PillChoice(QWidget):
    """One of a few options as pills in a row that goes on beneath itself."""

    changed = Signal()

    def __init__(self, options: tuple[tuple[str, Any], ...], value: Any) -> None:
        super().__init__()
        row, self._group = Flow(self), QButtonGroup(self)
        space(row, 0)
        self.pills = [Pill(words, of) for words, of in options]
        for pill in self.pills:
            pill.setChecked(pill.value == value)
            self._group.addButton(pill)
            row.addWidget(pill)
        self.setFocusProxy(next((pill for pill in self.pills if pill.isChecked()), self.pills[0]))
        self._group.idToggled.connect(self.changed)

    @property
    def value(self) -> Any:
        """Return what is chosen."""
        return next((pill.value for pill in self.pills if pill.isChecked()), None)


class RadioChoice(QWidget):
    """One of a few options, as radio buttons one beneath another."""

    changed = Signal()

    def __init__(self, options: tuple[tuple[str, Any], ...], value: Any) -> None:
        super().__init__()
        column, self._group = column_of(spacing=8, inside=self), QButtonGroup(self)
        self.buttons = {of: QRadioButton(words) for words, of in options}
        for of, button in self.buttons.items():
            button.setFont(look.font())
            button.setChecked(of == value)
            self._group.addButton(button)
            column.addWidget(button)
        self.setFocusProxy(self.buttons[value])
        self._group.idToggled.connect(self.changed)

    @property
    def value(self) -> Any:
        """Return what is chosen."""
        return next(of for of, button in self.buttons.items() if button.isChecked())
