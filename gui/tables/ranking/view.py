"""The ranked table as a view: letters recommend, an amount is changed in its cell, a menu of each line."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.tables.line_view import LineView
from gui.tables.ranking.rows import AMOUNT, RANKING_COLUMNS, Kind, TableRow, chosen_columns
from gui.theme.look import Density, Tone, look
from gui.widgets.buttons import is_alone
from gui.widgets.edit_conflict import Beneath, EditConflict
from gui.widgets.typed import TextLine, amount_fault, pence_of, plain
from models.queries.deciding.round_list import Mark

LETTERS = {
    Qt.Key.Key_F: Mark.FUND,
    Qt.Key.Key_P: Mark.PART,
    Qt.Key.Key_R: Mark.RESERVE,
    Qt.Key.Key_D: Mark.DECLINE,
    Qt.Key.Key_L: Mark.DEFER,
}


class RankingView(LineView[TableRow]):
    """The ranked table, which is told by references what is picked, opened, recommended and typed."""

    recommended = Signal(str, object)
    edit_asked = Signal(str)
    amount_given = Signal(str, object)
    escaped = Signal()
    menu_asked = Signal(str, object)

    def __init__(self) -> None:
        self.may_edit: Callable[[str], bool] = _nothing
        self.check_amount: Check = _nothing_wrong
        self.editor: AmountEditor | None = None
        super().__init__(
            RANKING_COLUMNS,
            attrgetter("key"),
            attrgetter("spoken"),
            called="Ranked applications",
            across=attrgetter("across"),
            group=attrgetter("area"),
        )
        self.set_row_height(Density.TWO_LINE)
        self.verticalScrollBar().valueChanged.connect(self._place_editor)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows; an amount that is being typed stays."""
        held = self.current
        super().show_rows(rows)
        if self.editor is not None and held is not None and held == self.current:
            self.editor.show_row(self.rows[self.currentIndex().row()])
            self._place_editor()

    def choose_columns(self, names: Collection[str]) -> None:
        """Show the further columns of these names beside the table's own."""
        self.show_columns(chosen_columns(names))

    @Slot(str)
    def edit_amount(self, reference: str) -> None:
        """Open the amount of a ranked application in its cell."""
        number = self._ranked_row(reference)
        if number is None or not self.may_edit(reference):
            return
        self._go(number)
        row, give = self.rows[number], self.amount_given.emit
        self.editor = AmountEditor(row, self.check_amount, give, self.viewport())
        self.editor.destroyed.connect(self._forget_editor)
        self._place_editor()
        self.editor.show()
        self.editor.setFocus()

    def _ranked_row(self, reference: str) -> int | None:
        number = self._model.row_of(reference)
        return number if number is not None and self.rows[number].kind is Kind.LINE else None

    @Slot()
    def _place_editor(self) -> None:
        if self.editor is not None:
            column = next(n for n, column in enumerate(self._columns) if column.name == AMOUNT)
            self.editor.lie_over(self.visualRect(self._model.index(self.currentIndex().row(), column)))

    @Slot()
    def _forget_editor(self) -> None:
        self.editor = None

    def _lay_columns(self) -> None:
        super()._lay_columns()
        self._place_editor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Recommend by letters; F2 is for the amount."""
        key = Qt.Key(event.key())
        reference = self._key_to_open(self.currentIndex()) if is_alone(event) else None
        if key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif isinstance(reference, str) and key in LETTERS:
            self.recommended.emit(reference, LETTERS[key])
        elif isinstance(reference, str) and key == Qt.Key.Key_F2:
            is_ranked = self._ranked_row(reference) is not None
            (self.edit_amount if is_ranked else self.edit_asked.emit)(reference)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the current application, by mouse or by key."""
        reference, at = self._key_to_open(self.currentIndex()), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            cell = self.visualRect(self.currentIndex())
            at = self.viewport().mapToGlobal(cell.bottomLeft() + QPoint(look.px(40), 0))
        if reference is not None:
            self.menu_asked.emit(reference, at)


def _nothing(reference: str) -> bool:
    return False


def _nothing_wrong(reference: str, pence: int) -> str:
    return ""


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
