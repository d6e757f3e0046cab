"""A ring around a control of the window, which follows it and lets every click through."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme.look import Look, smooth

ROOM, WIDTH, CORNER = 4, 3, 8
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Pointer(QWidget):
    """Drawn over the window; nothing to screen readers, which are told in words."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._at: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def at(self) -> QWidget | None:
        """Return the control that it is around."""
        return self._at

    def point(self, control: QWidget | None) -> None:
        """Go around a control, or around none."""
        for part in self._watched():
            part.removeEventFilter(self)
        self._at = control
        for part in self._watched():
            part.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control when it, or what it stands in, moves or hides."""
        if event.type() in MOVES:
            self._follow()
        return False

    def _watched(self) -> list[QWidget]:
        """Return the control and what it stands in, up to the window."""
        found: list[QWidget] = []
        part = self._at
        while part is not None and part is not self._window:
            found.append(part)
            part = part.parentWidget()
        return found

    def _follow(self) -> None:
        control = self._at
        if control is None or not control.isVisible():
            self.hide()
            return
        px = self._look.px(ROOM)
        corner = control.mapTo(self._window, QPoint(0, 0))
        self.setGeometry(
            corner.x() - px, corner.y() - px, control.width() + 2 * px, control.height() + 2 * px
        )
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        with smooth(self) as painter:
            width = self._look.px(WIDTH)
            painter.setPen(QPen(self._look.colour(self._look.theme.accent), width))
            inset = width // 2 + 1
            corner = self._look.px(CORNER)
            painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), corner, corner)
