"""What looks for a control of the window, and a ring around one, which lets every click through."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.theme.look import look, smooth

ROOM, WIDTH, CORNER = 4, 3, 8
LOOK_AGAIN_MS, LOOKS = 100, 50
"""A page asks the record before it shows its buttons: for so long a button is looked for."""

MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class ControlSearch(QObject):
    """Look for a button by how its words begin, and hand it on once it is there, None where it never is."""

    def __init__(self, within: QWidget, found: Callable[[QAbstractButton | None], None]) -> None:
        super().__init__(within)
        self._within, self._found = within, found
        self._begins: tuple[str, ...] = ()
        self._looked = 0
        self._timer = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look)

    def look_for(self, *begins: str) -> None:
        """Look for a button whose words or name begin so, the first first; "" begins none."""
        self._begins, self._looked = begins, 0
        self._look()

    def stop(self) -> None:
        """Look no longer."""
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        control = self._control()
        self._looked += 1
        if control is None and self._looked <= LOOKS:
            self._timer.start()
        else:
            self._found(control)

    def _control(self) -> QAbstractButton | None:
        buttons = [one for one in self._within.findChildren(QAbstractButton) if one.isVisible()]
        for begins in filter(None, self._begins):
            for button in buttons:
                if button.text().startswith(begins) or button.accessibleName().startswith(begins):
                    return button
        return None


class Pointer(QWidget):
    """Drawn over the window; nothing to screen readers, which are told in words."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.at: QWidget | None = None
        """The control that it is around."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def point(self, control: QWidget | None) -> None:
        """Go around a control, or around none."""
        for part in self._watched():
            part.removeEventFilter(self)
        self.at = control
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
        part = self.at
        while part is not None and part is not self._window:
            found.append(part)
            part = part.parentWidget()
        return found

    def _follow(self) -> None:
        control = self.at
        if control is None or not control.isVisible():
            self.hide()
            return
        px = look.px(ROOM)
        corner = control.mapTo(self._window, QPoint(0, 0))
        self.setGeometry(
            corner.x() - px, corner.y() - px, control.width() + 2 * px, control.height() + 2 * px
        )
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        with smooth(self) as painter:
            width = look.px(WIDTH)
            painter.setPen(QPen(QColor(look.theme.accent), width))
            inset = width // 2 + 1
            corner = look.px(CORNER)
            painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), corner, corner)
