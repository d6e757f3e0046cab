"""Choices in a row of pills, one of which holds: filters of a list, tabs of a narrow window."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from gui.theme.look import Look
from gui.widgets.ring import has_ring

HEIGHT = 28


class Pill(QRadioButton):
    """A painted radio button; `value` is what it stands for."""

    def __init__(self, look: Look, text: str, value: object = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.value = value
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self._refresh)
        self._refresh()

    def show_words(self, text: str) -> None:
        """Change the words on the pill."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    @Slot()
    def _refresh(self) -> None:
        self.setFont(self._look.font(12, 600))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room of the words, with the ring's 3 px around."""
        look = self._look
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + look.px(24) + 6, look.px(HEIGHT) + 6)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """Take clicks anywhere on the pill."""
        return self.rect().contains(position)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint under the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill, its words and, after a key, the ring."""
        look, theme = self._look, self._look.theme
        rect = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
        fill = theme.selected if self.isChecked() else theme.hover if self.underMouse() else theme.surface
        edge = theme.accent_text if self.isChecked() else theme.line
        ink = theme.text if theme.is_tinted or not self.isChecked() else theme.on_accent
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour(edge), 1 if theme.is_tinted else 2))
        painter.setBrush(look.colour(fill))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(look.colour(ink))
        painter.setFont(self.font())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        if has_ring(self):
            paint_ring(painter, look, QRectF(self.rect()), rect.height() / 2 + 2)
        painter.end()


def paint_ring(painter: QPainter, look: Look, rect: QRectF, radius: float) -> None:
    """Paint the focus ring just inside a rectangle."""
    painter.setPen(QPen(look.colour(look.theme.accent_text), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
