"""The copy of the budget line that keeps money in sight while the real one is scrolled away."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.tables.ranking_delegate import paint_budget_line
from gui.tables.ranking_rows import TableRow
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
