"""A chart whose marks stand under one another, a bar to a row: Up and Down go along them."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QScrollArea, QSizePolicy

from gui.theme.look import fill_with, look
from gui.widgets.charts.chart import Chart
from gui.widgets.label import shortened, two_lines, whole_or_hashes
from gui.widgets.ring import paint_ring

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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint one row."""
        raise NotImplementedError

    def slot(self, number: int) -> QRectF:
        """Return where a row stands."""
        high = look.px(self._pitch)
        return QRectF(0, number * high, self.width(), high)

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the rows; the one at hand is ringed while the chart has the focus."""
        for number in range(self.count()):
            self.paint_row(painter, number, self.slot(number))
        if self.hasFocus() and self.count():
            around = self.slot(self.at)
            paint_ring(painter, around, look.px(4))

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(look.px(self._wide), look.px(self._pitch) * max(self.count(), 1))

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
        if area is not None and page is not None and self.count():
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
