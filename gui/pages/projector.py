"""What a page puts on a screen that everybody sees: all half as large again, and nothing can be changed."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, QTransform
from PySide6.QtWidgets import QGraphicsEffect, QWidget

from gui.keys.key_map import with_key
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.on_screen import room_of
from gui.widgets.tips import set_tip

LARGER = 1.5
STEPS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Left: -1,
}
"""Keys that go on or back, as in a slide show."""


class _Larger(QGraphicsEffect):
    """Draws a widget with all that is in it larger than it is, from its left upper corner."""

    def boundingRectFor(self, rect: QRectF | QRect) -> QRectF:
        return QTransform.fromScale(LARGER, LARGER).mapRect(QRectF(rect))

    def draw(self, painter: QPainter) -> None:
        """Draw letters and lines at the size that they come out at, so that they are sharp."""
        page = self.parent()
        assert isinstance(page, QWidget), "it is made for one"
        painter.scale(LARGER, LARGER)
        page.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)


class Projector(QWidget):
    """A window of its own, so that the laptop goes on being worked on; what it shows stands in its page."""

    closed = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(title)
        self.setAccessibleName("Projector")
        self.page = QWidget(self)
        self.page.setGraphicsEffect(_Larger(self.page))
        self.page.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(QSize(look.px(1180), look.px(680)).boundedTo(room_of(self)))

    @property
    def sharpness(self) -> float:
        """Return how many pixels of the screen a length of the page comes to."""
        return self.devicePixelRatioF() * LARGER

    def event(self, event: QEvent) -> bool:
        """Draw all anew when a part is to be: Qt knows of it where it stands, not where it is drawn."""
        if event.type() == QEvent.Type.UpdateRequest:
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with F5 or Esc, and tell of keys that go on and back."""
        if event.key() in (Qt.Key.Key_F5, Qt.Key.Key_Escape):
            self.close()
        elif event.key() in STEPS:
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page what fills the window once it is drawn larger."""
        super().resizeEvent(event)
        self.page.resize(self.size() / LARGER)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the page that the mode is off."""
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.theme.surface)
        painter.end()


Shown = TypeVar("Shown", bound=Projector)


class Projecting(QObject, Generic[Shown]):
    """A page's projector with its button, kept in step with the page while it is on."""

    def __init__(self, page: QWidget, what: str) -> None:
        super().__init__(page)
        self._page, self._what = page, what
        self.button = Button("Projector", icon="meeting")
        self.show_key("")
        self._projector: Shown | None = None
        self.button.clicked.connect(self.toggle)

    @property
    def projector(self) -> Shown:
        """Return the projector's window, which is made when it is first wanted."""
        if self._projector is None:
            self._projector = self._make()
        return self._projector

    @property
    def is_on(self) -> bool:
        return self._projector is not None and self._projector.isVisible()

    def show_key(self, key: str) -> None:
        """Name the key of the projector, "" where there is none."""
        set_tip(self.button, with_key(f"Show the {self._what} on the projector", key))

    @Slot()
    def toggle(self) -> None:
        """Switch the projector on or off."""
        if self.is_on:
            self.projector.close()
        elif self._put():
            screen = self._page.screen()
            has_more = screen is not None and len(screen.virtualSiblings()) > 1
            self.projector.showFullScreen() if has_more else self.projector.show()
            self._begin()

    def switch_off(self) -> None:
        """Take down what the person who uses the laptop now may not see."""
        if self.is_on:
            self.projector.close()

    def _make(self) -> Shown:
        raise NotImplementedError

    def _put(self) -> bool:
        """Put what the page shows onto the projector; return whether there is anything."""
        raise NotImplementedError

    def _begin(self) -> None:
        """Do what goes with the projector being on."""
