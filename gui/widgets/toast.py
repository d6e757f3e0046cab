"""A few words over the foot of the page on what was just done, with Undo; gone after eight seconds."""

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import ShortWords
from scoring import money

STAYS_MS = 8000
ABOVE_FOOT = 40


class Toast(QWidget):
    """Stays while the pointer is over it or the focus is in it; it never takes the focus itself."""

    undo_asked = Signal()

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look = look
        self._over = over
        self._words = ShortWords(look)
        self.undo = Button(look, "Undo", kind="link")
        self.undo.clicked.connect(self._ask_undo)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.undo)
        self._gone = QTimer(self)
        self._gone.setInterval(STAYS_MS)
        self._gone.timeout.connect(self._leave)
        over.installEventFilter(self)
        look.changed.connect(self._place)
        self.hide()

    @property
    def words(self) -> str:
        """Return what is said, "" while nothing is."""
        return self._words.text() if self.isVisible() else ""

    def tell(self, words: str, *, can_undo: bool) -> None:
        """Say what was done, money as screens show it; Undo is there when it can be undone."""
        words = money.without_noughts(words)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.undo.setVisible(can_undo)
        self._place()
        self.show()
        self.raise_()
        self._gone.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @Slot(bool)
    def offer_undo(self, can_undo: bool) -> None:
        """Leave Undo out once nothing can be undone any more; what was done stays said."""
        if not can_undo and self.undo.isVisibleTo(self):
            self.undo.hide()
            self._place()

    @Slot()
    def settle(self) -> None:
        """Go at once: something else was done or undone."""
        self._gone.stop()
        self.hide()

    @Slot()
    def _leave(self) -> None:
        focused = QApplication.focusWidget()
        is_held = focused is not None and self.isAncestorOf(focused)
        if not (is_held or self.underMouse()):
            self.settle()

    @Slot()
    def _ask_undo(self) -> None:
        self.settle()
        self.undo_asked.emit()

    @Slot()
    def _place(self) -> None:
        px = self._look.px
        self._row.setContentsMargins(px(16), px(4), px(8), px(4))
        self._row.setSpacing(px(10))
        room = self._over.width() - px(32)
        wanted = self._row.sizeHint().width() + px(8)
        self.resize(min(wanted, room), px(44))
        left = (self._over.width() - self.width()) // 2
        self.move(left, self._over.height() - self.height() - px(ABOVE_FOOT))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window changes size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a sheet with an edge that stands out from the page."""
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour(look.theme.control), 1 if look.theme.is_tinted else 2))
        painter.setBrush(look.colour(look.theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.px(8), look.px(8))
        painter.end()
