"""The ranked table as a view: letters recommend, an amount is changed in its cell, a menu of each line."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.tables.line_view import LineView
from gui.tables.ranking.amount_editor import AmountEditor, Check
from gui.tables.ranking.columns import AMOUNT, RANKING_COLUMNS, chosen_columns
from gui.tables.ranking.rows import Kind, TableRow
from gui.theme.look import Density, look
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

    def __init__(self, parent: QWidget | None = None) -> None:
        self.may_edit: Callable[[str], bool] = _nothing
        self.check_amount: Check = _nothing_wrong
        self.editor: AmountEditor | None = None
        super().__init__(
            RANKING_COLUMNS,
            attrgetter("key"),
            attrgetter("spoken"),
            parent,
            across=attrgetter("across"),
            group=attrgetter("area"),
        )
        self.set_row_height(Density.TWO_LINE)
        self.setAccessibleName("Ranked applications")
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
        key, is_plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        reference = self._key_to_open(self.currentIndex()) if is_plain else None
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
