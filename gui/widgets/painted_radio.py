"""A radio button that paints itself: clicks anywhere on it, light under the pointer, the ring after a key."""

from PySide6.QtCore import QPoint, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from gui.theme.look import look, smooth
from gui.widgets.ring import has_ring, paint_ring

CLICK, TAB = int(Qt.FocusPolicy.ClickFocus), int(Qt.FocusPolicy.TabFocus)
ROOM = 3.5
"""Where a tile's edge stands, so that the ring has room around it."""


class PaintedRadio(QRadioButton):
    """To keys and screen readers a radio button; `paint` says what it looks like."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        across: QSizePolicy.Policy = QSizePolicy.Policy.Expanding,
    ) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self._refresh)

    @Slot()
    def _refresh(self) -> None:
        self.dress()

    def dress(self) -> None:
        """Follow the look; a tile does more here, and never in the slot itself."""
        self.updateGeometry()
        self.update()

    def checkStateSet(self) -> None:
        """Let Tab stop at the one that is chosen, as Qt does only once one of them had the focus."""
        super().checkStateSet()
        group = self.group()
        buttons = [] if group is None else group.buttons()
        chosen = self if self.isChecked() else next((one for one in buttons if one.isChecked()), None)
        is_alone = chosen is not None and chosen is not self  # the others followed as that one was chosen
        for button in [self] if is_alone else buttons:
            policy, is_stop = int(button.focusPolicy()), chosen is None or button is chosen
            if policy & CLICK and bool(policy & TAB) is not is_stop:
                button.setFocusPolicy(Qt.FocusPolicy(policy ^ TAB))

    @property
    def is_lit(self) -> bool:
        """Whether the pointer is on it and it can be chosen."""
        return self.underMouse() and self.isEnabled()

    def hitButton(self, position: QPoint) -> bool:
        """Take clicks anywhere on the button."""
        return self.rect().contains(position)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint under the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button and, after a key, the ring."""
        with smooth(self) as painter:
            radius = self.paint(painter)
            if has_ring(self):
                paint_ring(painter, QRectF(self.rect()), radius)

    def paint(self, painter: QPainter) -> float:
        """Paint the button without the ring; return the ring's radius."""
        raise NotImplementedError

    def paint_tile(self, painter: QPainter, radius: float | None = None, *, strong: bool = False) -> QRectF:
        """Paint a rounded tile, filled when chosen or lit, half-round ends by default; return where it is."""
        theme = look.theme
        rect = QRectF(self.rect()).adjusted(ROOM, ROOM, -ROOM, -ROOM)
        fill = theme.selected if self.isChecked() else theme.hover if self.is_lit else theme.surface
        edge = theme.accent_text if self.isChecked() else theme.line
        is_thick = not theme.is_tinted or (strong and self.isChecked())
        painter.setPen(QPen(QColor(edge), 2 if is_thick else 1))
        painter.setBrush(fill)
        bend = rect.height() / 2 if radius is None else radius
        painter.drawRoundedRect(rect, bend, bend)
        return rect
