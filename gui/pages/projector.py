"""What a page puts on a screen that everybody sees: type half as large again, and nothing can be changed."""

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.keys.key_hints import with_key
from gui.theme.look import Look
from gui.widgets.buttons import Button
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


class LargerLook(Look):
    """The window's look with every length and letter half as large again."""

    def __init__(self, look: Look) -> None:
        QObject.__init__(self, look)
        self._of = look
        self.icons, self.theme, self.area_label = look.icons, look.theme, look.area_label
        self._fonts, self.letter_widths = {}, {}
        look.changed.connect(self._follow)

    def letters(self) -> QFont:
        """Return the families that the window draws with."""
        return self._of.letters()

    @property
    def factor(self) -> float:
        """Return what every length drawn for a 13 px base is multiplied by."""
        return self._of.factor * LARGER

    @Slot()
    def _follow(self) -> None:
        self.theme, self.area_label = self._of.theme, self._of.area_label
        self._fonts.clear()
        self.letter_widths.clear()
        self.changed.emit()


class Projector(QWidget):
    """A window of its own, so that the laptop goes on being worked on."""

    closed = Signal()
    stepped = Signal(int)

    def __init__(self, look: Look, parent: QWidget, title: str) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._look = LargerLook(look)
        self.setWindowTitle(title)
        self.setAccessibleName("Projector")
        self.resize(look.px(1180), look.px(680))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with F5 or Esc, and tell of keys that go on and back."""
        if event.key() in (Qt.Key.Key_F5, Qt.Key.Key_Escape):
            self.close()
        elif event.key() in STEPS:
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the page that the mode is off."""
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.surface)
        painter.end()


Shown = TypeVar("Shown", bound=Projector)


class Projecting(QObject, Generic[Shown]):
    """A page's projector with its button, kept in step with the page while it is on."""

    def __init__(self, look: Look, page: QWidget, what: str) -> None:
        super().__init__(page)
        self._look, self._page, self._what = look, page, what
        self.button = Button(look, "Projector", icon="meeting")
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
        """Whether the projector is on."""
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
