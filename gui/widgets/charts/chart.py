"""What every painted chart has in common: one sentence, keys between its marks, T for the table, its role."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from gui.tables.columns import Keeps
from gui.theme.look import fill_with, look, smooth
from gui.theme.office_words import ours
from gui.widgets.label import shortened, two_lines, whole_or_hashes
from gui.widgets.ring import paint_ring
from gui.widgets.speech.announcing import announce, give_role
from gui.widgets.tips import set_tip

Cells = Sequence[tuple[str, ...]]
"""A chart's figures as a table has them: a line of cells for each of its marks."""


class Head(NamedTuple):
    """The head of a column of figures; the first, which names them, takes what room is left."""

    words: str
    width: int = 0
    keeps: Keeps = Keeps.WORDS


class Chart(QWidget):
    """Marks along a line. `back` and `on` go along, Home and End to the ends, T asks for the table.

    `title` names it, and `called` names what those keys go along: "months". What it shows is told by
    `show_marks`; `slot` and `paint_marks` say where and how.
    """

    table_asked = Signal()
    back: tuple[Qt.Key, ...] = (Qt.Key.Key_Left,)
    on: tuple[Qt.Key, ...] = (Qt.Key.Key_Right,)
    keys = "Left and Right"

    def __init__(self, title: str, called: str) -> None:
        super().__init__()
        self._title, self._called = title, called
        self.at, self.marks, self.sentence = 0, tuple[str, ...](), ""
        """Which mark is at hand, all of them in full words, and the whole chart in one sentence."""
        give_role(Chart, QAccessible.Role.Graphic)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    @property
    def title(self) -> str:
        """Return what the chart is called."""
        return ours(self._title)

    def show_marks(self, marks: Iterable[str], sentence: str) -> None:
        """Show marks of which these are the full words, and the whole of which is one sentence."""
        self.marks, self.sentence = tuple(marks), sentence
        self.at = min(self.at, max(len(self.marks) - 1, 0))
        self._say()
        self.update()

    def slot(self, number: int) -> QRectF:
        """Return where a mark stands; a click there takes it in hand."""
        raise NotImplementedError

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the marks; the one at hand is ringed while the chart has the focus."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the marks, or ask for the table."""
        places = {
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.marks) - 1,
            **dict.fromkeys(self.back, self.at - 1),
            **dict.fromkeys(self.on, self.at + 1),
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_T and not event.modifiers():
            self.table_asked.emit()
        elif key in places:
            self._go(places[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the mark under the pointer."""
        for number in range(len(self.marks)):
            if self.slot(number).contains(event.position()):
                self._go(number)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which mark is at hand."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart."""
        with smooth(self) as painter:
            self.paint_marks(painter)

    def _go(self, number: int) -> None:
        if 0 <= number < len(self.marks) and number != self.at:
            self.at = number
            self._say()
            announce(self, self._words())
            self.update()

    def _say(self) -> None:
        self.setAccessibleName(f"{self.title}, chart. {self._words()}")
        keys = f"{self.keys} go along the {ours(self._called)}, T shows them as a table."
        self.setAccessibleDescription(f"{self.sentence} {keys}")
        set_tip(self, self.sentence)

    def _words(self) -> str:
        if not self.marks:
            return self.sentence
        return f"{self.marks[self.at]}, {self.at + 1} of {len(self.marks)}"


BAR, GAP = 9, 2
LEAST_WIDE = 200


TWO_LINES = (11, 10, 9)
"""The sizes of type, for a 13 px base, that a name over two lines may have."""
YOU = " (you)"
"""What is said of one's own row, where there is room for it."""


class RowsChart(Chart):
    """Rows of one height, each with a name at the left; `paint_row` paints one where it stands."""

    back, on = (Qt.Key.Key_Up, Qt.Key.Key_Left), (Qt.Key.Key_Down, Qt.Key.Key_Right)
    keys = "Up and Down"

    def __init__(self, title: str, called: str, *, pitch: int, wide: int) -> None:
        super().__init__(title, called)
        self._pitch, self._wide = pitch, wide

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint one row."""
        raise NotImplementedError

    def slot(self, number: int) -> QRectF:
        """Return where a row stands."""
        high = look.px(self._pitch)
        return QRectF(0, number * high, self.width(), high)

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the rows; the one at hand is ringed while the chart has the focus."""
        for number in range(len(self.marks)):
            self.paint_row(painter, number, self.slot(number))
        if self.hasFocus() and self.marks:
            around = self.slot(self.at)
            paint_ring(painter, around, look.px(4))

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(look.px(self._wide), look.px(self._pitch) * max(len(self.marks), 1))

    def minimumSizeHint(self) -> QSize:
        """Keep the height, and give up width."""
        return QSize(look.px(LEAST_WIDE), self.sizeHint().height())

    def show_marks(self, marks: Iterable[str], sentence: str) -> None:
        """Show other rows, as high as they are together."""
        super().show_marks(marks, sentence)
        self.updateGeometry()

    def set_pitch(self, pitch: int) -> None:
        """Give rows another height, for a 13 px base."""
        if pitch != self._pitch:
            self._pitch = pitch
            self.updateGeometry()

    def _go(self, number: int) -> None:
        """Go to a row, and scroll so far that it is seen whole."""
        super()._go(number)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        page = None if area is None else area.widget()
        if area is not None and page is not None and self.marks:
            place = self.slot(self.at)
            middle = self.mapTo(page, place.center().toPoint())
            area.ensureVisible(0, middle.y(), 0, int(place.height() / 2) + 2)

    def _room_of(self, words: str, weight: int = 600) -> int:
        """Return how wide words are, at the size of the rows."""
        return QFontMetrics(look.font(13, weight)).horizontalAdvance(words)

    def _paint_name(self, painter: QPainter, row: QRectF, name: str, wide: float) -> None:
        """Paint a name at the left, with the room it has in pixels."""
        painter.setFont(look.font(13))
        painter.setPen(look.theme.text)
        room = QRectF(look.px(4), row.y(), max(wide, 0), row.height())
        shown = shortened(painter.fontMetrics(), name, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_person(self, painter: QPainter, row: QRectF, name: str, wide: float) -> None:
        """Paint a person's name whole: over two lines where it is too long for one."""
        if self._room_of(name, 400) <= wide - look.px(4):
            self._paint_name(painter, row, name, wide)
            return
        painter.setPen(look.theme.text)
        tries = ((size, words) for size in TWO_LINES for words in (name, name.removesuffix(YOU)))
        for size, words in tries:
            painter.setFont(look.font(size))
            metrics = painter.fontMetrics()
            halves = two_lines(metrics, words)
            if max(map(metrics.horizontalAdvance, halves)) <= wide:
                break
        half = row.height() / 2
        for number, words in enumerate(halves):
            room = QRectF(look.px(4), row.y() + number * half, max(wide, 0), half)
            shown = whole_or_hashes(metrics, words, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _bar(self, row: QRectF, left: float, right: float) -> QRectF:
        """Return the bar's place between what stands at the left and at the right, in pixels."""
        tall, wide = look.px(BAR), max(row.width() - left - right, 1)
        return QRectF(left, row.y() + (row.height() - tall) / 2, wide, tall)

    def _fill(self, painter: QPainter, rect: QRectF, colour: str) -> None:
        if rect.width() > 0:
            fill_with(painter, colour)
            painter.drawRoundedRect(rect, 2, 2)
