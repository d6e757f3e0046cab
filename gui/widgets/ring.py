"""Show the focus ring on buttons only when focus came by key."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget

from gui.theme.look import Look

BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class RingFilter(QObject):
    """An application-wide filter that sets the property `ring` on the control with focus."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note how focus came, and let the event pass."""
        if isinstance(event, QFocusEvent) and isinstance(watched, QAbstractButton | QAbstractScrollArea):
            if event.type() == QEvent.Type.FocusIn:
                self._mark(watched, is_on=event.reason() in BY_KEY)
            elif event.type() == QEvent.Type.FocusOut:
                self._mark(watched, is_on=False)
        return False

    def _mark(self, widget: QWidget, *, is_on: bool) -> None:
        if widget.property("ring") == is_on:
            return
        widget.setProperty("ring", is_on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
        parent = widget.parentWidget()
        if parent is not None:
            parent.update()


def has_ring(widget: QWidget) -> bool:
    """Whether a control has focus and should show it."""
    return widget.hasFocus() and bool(widget.property("ring"))


def paint_ring(painter: QPainter, look: Look, rect: QRectF, radius: float) -> None:
    """Paint the focus ring just inside a rectangle."""
    painter.setPen(QPen(look.colour(look.theme.accent_text), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
