"""A white sheet with round corners that holds a table or a panel."""

from typing import Self

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.theme.look import look, smooth, space
from gui.widgets.ring import has_ring

RADIUS = 8


class Card(QFrame):
    """A painted sheet. It shows the focus ring of the one widget that fills it, or of what is read in it."""

    def __init__(self, *, inset: tuple[int, int] = (14, 10)) -> None:
        super().__init__()
        self._ringed: QWidget | None = None
        self.body = space(QVBoxLayout(self), 0)
        self.inset_by(*inset)
        look.changed.connect(self.update)

    def fill_with(self, widget: QWidget) -> Self:
        """Hold one widget alone and show its focus ring at the sheet's edge; returns the card."""
        self.ring_for(widget)
        self.body.addWidget(widget)
        return self

    def ring_for(self, widget: QWidget) -> None:
        """Show the focus ring of a widget at the edge of the sheet: around words it would lie on them."""
        self._ringed = widget
        widget.setProperty("rings", True)

    def inset_by(self, across: int, down: int) -> None:
        """Leave so much room within the edge, for a 13 px base."""
        space(self.body, edges=(across, down, across, down))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet and its edge."""
        is_ringed = self._ringed is not None and has_ring(self._ringed)
        colour = look.theme.accent_text if is_ringed else look.theme.line
        with smooth(self) as painter:
            width = 2 if is_ringed or not look.theme.is_tinted else 1
            painter.setPen(QPen(QColor(colour), width))
            painter.setBrush(look.theme.surface)
            half = width / 2
            rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(rect, look.px(RADIUS), look.px(RADIUS))
