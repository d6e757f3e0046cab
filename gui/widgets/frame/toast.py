"""A few words in the strip at the foot on what was just done, with Undo; gone after eight seconds."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from gui.text import ended
from gui.theme.look import look, smooth
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, whole_clauses
from gui.widgets.nesting import row_of
from gui.widgets.speech.announcing import announce
from scoring import money

STAYS_MS = 8000


class Toast(QWidget):
    """Stays while the pointer is over it or the focus is in it; it never takes the focus itself.

    It stands between the parts of the strip, where nothing is: it covers nothing and pushes nothing, and a
    part that says nothing now (`room_asked`) leaves its room to it. Where they leave too little for all its
    words, it says as many whole clauses as have room, and the rest in its tooltip and aloud. Only where not
    even the first has room the whole strip gives way to it while it is there.
    """

    undo_asked = Signal()
    room_asked = Signal(bool)

    def __init__(self, strip: QWidget) -> None:
        super().__init__(strip.parentWidget())
        self._strip = strip
        self._waiting = ""
        self._words = ElidedLabel()
        self._words.give_way_by_clauses()
        self.undo = Button("Undo", kind="link")
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where one works
        self.undo.clicked.connect(self._ask_undo)
        self._row = row_of((self._words, 1), self.undo, spacing=10, edges=(12, 0, 6, 0), inside=self)
        self._gone = QTimer(self)
        self._gone.setInterval(STAYS_MS)
        self._gone.timeout.connect(self._leave)
        keeps_room = strip.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        strip.setSizePolicy(keeps_room)
        strip.installEventFilter(self)
        look.changed.connect(self._follow)
        self.hide()

    @property
    def words(self) -> str:
        """Return what is said, "" while nothing is."""
        return self._words.text() if self.isVisible() else ""

    def show_words(self, words: str, *, can_undo: bool) -> None:
        """Say what was done, money as screens show it; Undo is there when it can be undone."""
        self._say(words, can_undo=can_undo)
        announce(self, self._words.text(), is_of_change=True)

    @Slot(str)
    def take_back(self, words: str) -> None:
        """Go where these words are what is said."""
        if self.words == _said(words):
            self.settle()

    def hold(self, words: str) -> None:
        """Say a message that has no room yet, until it has; "" is that it has."""
        if words:
            self._say(words, can_undo=False)
        elif self._waiting and self._waiting == self._words.text():
            self.settle()
        self._waiting = self._words.text() if words else ""

    @Slot(bool)
    def offer_undo(self, can_undo: bool) -> None:
        """Leave Undo out once nothing can be undone any more; what was done stays said."""
        if not can_undo and self.undo.isVisibleTo(self):
            self.undo.hide()
            self._follow()

    @Slot()
    def give_way(self) -> None:
        """Go where Undo is offered: something else was saved, and Undo would take that back."""
        if self.isVisible() and self.undo.isVisibleTo(self):
            self.settle()

    @Slot()
    def settle(self) -> None:
        """Go at once: something else was done or undone, or what it tells of is gone."""
        self._gone.stop()
        self.hide()
        self.room_asked.emit(False)
        self._strip.show()

    def _say(self, words: str, *, can_undo: bool) -> None:
        words = _said(words)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.undo.setVisible(can_undo)
        self.room_asked.emit(True)
        self._strip.show()  # a longer message may have made it give way
        self._place()
        self.show()
        self.raise_()
        self._gone.start()

    @Slot()
    def _leave(self) -> None:
        focused = QApplication.focusWidget()
        is_held = focused is not None and self.isAncestorOf(focused)
        is_waiting = bool(self._waiting) and self._waiting == self._words.text()
        if not (is_held or is_waiting or self.underMouse()):
            self.settle()

    @Slot()
    def _ask_undo(self) -> None:
        self.settle()
        self.undo_asked.emit()

    @Slot()
    def _place(self) -> None:
        """Stand in the middle of the room that the parts of the strip leave."""
        px = look.px
        self._words.setFont(look.font(12))
        self.undo.setFixedHeight(px(24))
        gap, wanted = self._free(), self._row.sizeHint().width() + px(8)
        if not self._is_begun_in(gap.width() - px(8)) and not self._is_strip_in_use():
            self._strip.hide()
            gap = self._strip.geometry()
        width = min(wanted, gap.width() - px(8))
        left = gap.x() + (gap.width() - width) // 2
        self.setGeometry(left, gap.y() + 2, width, gap.height() - 3)

    def _is_begun_in(self, room: int) -> bool:
        """Whether a room in pixels takes all its words, or a first clause of them."""
        beside = self._row.sizeHint().width() - self._words.sizeHint().width()
        return bool(whole_clauses(self._words.fontMetrics(), self._words.text(), room - beside))

    def _free(self) -> QRect:
        """Return the widest room between parts of the strip, where it stands in the window."""
        strip = self._strip
        if strip.isHidden():
            return strip.geometry()
        inside = strip.rect().adjusted(look.px(10), 0, -look.px(10), 0)
        parts = [one.geometry() for one in strip.findChildren(QAbstractButton) if not one.isHidden()]
        ends = [inside.left(), *sorted(part.right() + 1 for part in parts)]
        begins = [*sorted(part.left() for part in parts), inside.right()]
        left, right = max(zip(ends, begins, strict=True), key=_width)
        return QRect(left, 0, right - left, strip.height()).translated(strip.pos())

    def _is_strip_in_use(self) -> bool:
        focused = QApplication.focusWidget()
        return self._strip.underMouse() or (focused is not None and self._strip.isAncestorOf(focused))

    @Slot()
    def _follow(self) -> None:
        if self.isVisible():
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window or a part of the strip changes size."""
        kinds = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest)
        if event.type() in kinds and self.isVisible():
            QTimer.singleShot(0, self, self._follow)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a sheet with an edge that stands out from the strip."""
        with smooth(self) as painter:
            painter.setPen(QPen(QColor(look.theme.control), 1 if look.theme.is_tinted else 2))
            painter.setBrush(look.theme.surface)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.px(6), look.px(6))


def _said(words: str) -> str:
    return ended(ours(money.without_noughts(words)))


def _width(gap: tuple[int, int]) -> int:
    return gap[1] - gap[0]
