"""Change an amount in its cell: Enter keeps it, Esc puts back, a problem is said beneath."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.tables.ranking.rows import TableRow
from gui.theme.look import look
from gui.theme.tokens import Tone
from gui.widgets.edit_conflict import Beneath, EditConflict
from gui.widgets.typed import TextLine, amount_fault, pence_of, plain

Check = Callable[[str, int], str]
"""Called with a reference and an amount in pence; returns why it cannot be, "" when it can."""
Keep = Callable[[str, int], object]

CELL_EDGE, EDITOR_HEIGHT = 4, 32
STAYS = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class AmountEditor(TextLine):
    """A box over one cell. It ends itself; whoever opens it is told the amount once, or nothing."""

    def __init__(self, row: TableRow, check: Check, keep: Keep, parent: QWidget) -> None:
        super().__init__(parent)
        self._row, self._check, self._keep, self._under = row, check, keep, parent
        self._is_done = False
        pence = row.amount_pence if row.amount_pence is not None else row.asked_pence
        self._before = plain(pence)
        self._conflict = EditConflict(self)
        self.setText(self._before)
        self.setFont(look.font(13, 600))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(f"Recommend for {row.name}, of £{plain(row.asked_pence)} requested")
        self.problem = Beneath(self, Tone.DANGER)
        self.textChanged.connect(self.problem.hide)
        self.selectAll()

    def lie_over(self, cell: QRect) -> None:
        """Take the room of a cell, within its edges."""
        inner = cell.adjusted(0, 2, -look.px(CELL_EDGE), -3)
        height = min(inner.height(), look.px(EDITOR_HEIGHT))
        self.setGeometry(inner.x(), inner.center().y() - height // 2, inner.width(), height)

    def show_row(self, row: TableRow) -> None:
        """Take what stands by now; what is typed stays, and is asked about where another saved an amount."""
        now = plain(row.amount_pence if row.amount_pence is not None else row.asked_pence)
        self._conflict.meet(self._before, now)
        self._row, self._before = row, now

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep with Enter or Tab, put back with Esc; arrows up and down stay in the box."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.finish()
        elif event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Keep the amount with Tab, as with Enter."""
        self.finish()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what can be kept when something else is gone to; else put back."""
        super().focusOutEvent(event)
        if event.reason() not in STAYS and not self._is_done:
            if self._problem():
                self.leave()
            else:
                self.finish()

    @Slot()
    def finish(self) -> None:
        """Hand the amount on where it is another one; stay and say why where it cannot be."""
        words = self._problem()
        if words:
            self.problem.say(words)
            self.selectAll()
            return
        pence = pence_of(self.text())
        is_other = self.text().strip() != self._before or self._row.amount_pence is None
        self.leave()
        if is_other and pence is not None:
            self._conflict.hand_on(plain(pence))
            self._keep(self._row.name, pence)
            self._conflict.take()

    def leave(self) -> None:
        """Go; the cell shows what it showed."""
        if self._is_done:
            return
        self._is_done = True
        table = self._under.parentWidget()
        self.problem.hide()
        self.hide()
        if table is not None:
            table.setFocus()
        self.deleteLater()

    def _problem(self) -> str:
        pence = pence_of(self.text())
        return amount_fault(self.text()) if pence is None else self._check(self._row.name, pence)
