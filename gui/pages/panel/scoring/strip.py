"""Where am I: a strip with a short bar for every sheet, done and to do, and the one on show."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from gui.theme.look import Look
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.tips import set_tip
from models.queries.panel.score_sheets import CLOSED, SheetLine

HEIGHT = 28
BAR = 8
KEYS = "Left and Right go along the sheets, T shows them as a table."


class SheetStrip(QAbstractSlider):
    """Chart C4: a bar for every sheet; a click or the arrow keys go to one, T to the table of them."""

    gone_to = Signal(int)
    table_asked = Signal()
    pressed_to = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines: tuple[SheetLine, ...] = ()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Sheets")
        self.setAccessibleDescription(KEYS)
        self.valueChanged.connect(self._tell)
        look.changed.connect(self._refresh)

    def show_lines(self, lines: Sequence[SheetLine], current: int, said: str) -> None:
        """Show the sheets with the current one; `said` is what a screen reader hears."""
        self._lines = tuple(lines)
        self.blockSignals(True)
        self.setRange(0, max(len(lines) - 1, 0))
        self.setValue(current)
        self.blockSignals(False)
        self.setAccessibleName(said)
        set_tip(self, said)
        self._refresh()

    @Slot(int)
    def _tell(self, number: int) -> None:
        if 0 <= number < len(self._lines):
            self.gone_to.emit(number)

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return 6 px for each sheet, between two bounds."""
        px = self._look.px
        return QSize(min(max(px(6) * len(self._lines), px(80)), px(236)), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Shrink to a stub."""
        return QSize(self._look.px(60), self._look.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the table with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.table_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the sheet under the pointer."""
        if self._lines:
            step = self._pitch()
            self.setValue(min(int((event.position().x() - 4) / step), len(self._lines) - 1))
            self.pressed_to.emit()

    def _pitch(self) -> float:
        return max(self.width() - 8, 1) / max(len(self._lines), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, the current one ringed."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch = min(self._pitch(), look.px(16))
        width = max(pitch - 2, 1)
        top = (self.height() - look.px(BAR)) / 2
        last_in_pixel = {int(number * pitch): number for number in range(len(self._lines))}
        for number in sorted({*last_in_pixel.values(), self.value()}) if self._lines else ():
            bar = QRectF(4 + number * pitch, top, width, look.px(BAR))
            self._paint_bar(painter, bar, self._lines[number])
            if number == self.value():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour(theme.text), 1.6))
                painter.drawRoundedRect(bar.adjusted(-1.5, -2, 1.5, 2), 2, 2)
        if has_ring(self):
            paint_ring(painter, look, QRectF(self.rect()), look.px(6))
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRectF, line: SheetLine) -> None:
        theme = self._look.theme
        if line.state in CLOSED:
            bar = bar.adjusted(0, bar.height() / 2 - 1, 0, -bar.height() / 2 + 1)
        colour = theme.accent_text if line.is_scored else theme.muted if line.state in CLOSED else theme.track
        painter.setPen(
            Qt.PenStyle.NoPen if line.is_scored or theme.is_tinted else QPen(self._look.colour(theme.text))
        )
        painter.setBrush(self._look.colour(colour))
        painter.drawRoundedRect(bar, 1.5, 1.5)
