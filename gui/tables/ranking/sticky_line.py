"""The copy of the budget line that keeps money in sight while the real one is scrolled away."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.tables.ranking.delegate import paint_budget_line
from gui.tables.ranking.rows import TableRow
from gui.theme.look import Look


class StickyLine(QAbstractButton):
    """A copy of the budget line that stays at the table's edge while the real one is out of sight."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._is_over = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def stand_for(self, row: TableRow, top: int, height: int, room: QSize) -> None:
        """Show a line at the edge behind which it is, by where its top is; hide while it is in sight."""
        if 0 <= top <= room.height() - height:
            self.hide()
            return
        edge = room.height() - height if top > 0 else 0
        self.setGeometry(0, edge, room.width(), height)
        self.show_row(row, is_below=top > 0)

    def covers(self, top: int, height: int) -> int:
        """Return how far to scroll for a row to come out from under the line, up where it is negative."""
        if not self.isVisible():
            return 0
        edge = self.geometry()
        if edge.top() == 0:
            return min(top - edge.height(), 0)
        return max(top + height - edge.top(), 0)

    def show_row(self, row: TableRow, *, is_below: bool) -> None:
        """Copy a budget line, saying where it really is."""
        self._is_over = row.is_over
        self.setText(f"{row.words}   {'below ∨' if is_below else 'above ∧'}")
        self.setAccessibleName(f"Go to the budget line, {row.spoken}")
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line on the table's own ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._look.colour(self._look.theme.surface))
        paint_budget_line(painter, self._look, self.rect(), self.text(), is_over=self._is_over)
        painter.end()
