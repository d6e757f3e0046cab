"""The ranked table as a view: row heights, columns that give way, keys, and the sticky budget line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from gui.tables.density import Density
from gui.tables.list_look import look_like_a_list
from gui.tables.ranking_columns import APPLICANT, BAR_WIDTH, OUTCOME, PLACE, RANKING_COLUMNS, RUNNING, TOTAL
from gui.tables.ranking_delegate import RankingDelegate
from gui.tables.ranking_keys import is_edit, outcome_of
from gui.tables.ranking_rows import Key, Kind, TableRow
from gui.tables.rows_model import RowsModel
from gui.tables.sticky_line import StickyLine
from gui.theme.look import Look

APPLICANT_MINIMUM = 200
BUDGET_HEIGHT = 26
HEAD_HEIGHT = 32
CHIP_ALONE = 50
NAMES = tuple(column.name for column in RANKING_COLUMNS)


class RankingView(QTableView):
    """The ranked table. It shows rows, tells which one is current, and folds those not ranked."""

    picked = Signal(str)
    fold_asked = Signal()
    recommended = Signal(str, object)
    edit_asked = Signal(str)
    menu_asked = Signal(str, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._density = Density.TWO_LINE
        self._model = RowsModel[TableRow](RANKING_COLUMNS, _key, _name, self)
        self._delegate = RankingDelegate(look, NAMES, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.sticky = StickyLine(look, self.viewport())
        self.sticky.clicked.connect(self._go_to_line)
        self._sticky_row = -1
        self._lines: list[int] = []
        self.setAccessibleName("Ranked applications")
        look_like_a_list(self)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.verticalScrollBar().valueChanged.connect(self._place_sticky)
        look.changed.connect(self._refresh)
        self._refresh()

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows and keep the current one if it is still there."""
        held = self._model.key_at(self.currentIndex().row())
        old = tuple(row.key for row in self._model.rows)
        self._model.show(rows)
        if old != tuple(row.key for row in self._model.rows):
            self._lay_rows()
            self._lay_columns()
            self._restore(held)
        self._place_sticky()

    def set_density(self, density: Density) -> None:
        """Set the height of the rows."""
        self._density = density
        self._lay_rows()

    def set_stale(self, *, is_stale: bool) -> None:
        """Grey the rows while newer ones are worked out; the focus stays."""
        self._delegate.is_stale = is_stale
        self.viewport().update()

    def select(self, reference: str) -> bool:
        """Make an application current; return whether it is on show."""
        for kind in (Kind.LINE, Kind.UNRANKED):
            number = self._model.row_of((kind, reference))
            if number is not None:
                self._go(number)
                return True
        return False

    def select_first(self) -> None:
        """Make the first application current, if there is one."""
        for number, row in enumerate(self._model.rows):
            if not row.spans:
                self._go(number)
                return

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """Return the rows on show."""
        return self._model.rows

    @Slot()
    def _refresh(self) -> None:
        self.horizontalHeader().setFont(self._look.font(12, 400))
        self.horizontalHeader().setFixedHeight(self._look.px(HEAD_HEIGHT))
        self.verticalScrollBar().setSingleStep(self._look.px(self._density))
        self._lay_rows()
        self._lay_columns()
        self.viewport().update()

    def _lay_rows(self) -> None:
        heads = self.verticalHeader()
        heads.setDefaultSectionSize(self._look.px(self._density))
        self.clearSpans()
        for number, row in enumerate(self._model.rows):
            height = self._look.px(self._height(row))
            if heads.sectionSize(number) != height:
                heads.resizeSection(number, height)
            self._span(number, row)
        self._lines = [n for n, row in enumerate(self._model.rows) if row.kind is Kind.BUDGET]
        self._place_sticky()

    def _height(self, row: TableRow) -> int:
        if row.kind is Kind.BUDGET:
            return BUDGET_HEIGHT
        return HEAD_HEIGHT if row.spans else self._density

    def _span(self, number: int, row: TableRow) -> None:
        if row.spans:
            self.setSpan(number, 0, 1, len(NAMES))
        elif row.kind is Kind.UNRANKED:
            first = NAMES.index(TOTAL)
            self.setSpan(number, first, 1, NAMES.index(RUNNING) - first + 1)

    def _lay_columns(self) -> None:
        look, header = self._look, self.horizontalHeader()
        widths = {column.name: look.px(column.width) for column in RANKING_COLUMNS}
        widths[PLACE] = max(widths[PLACE], self._widest_rung())
        room = self.viewport().width()
        if room - sum(widths.values()) < look.px(APPLICANT_MINIMUM):
            widths[TOTAL] -= look.px(BAR_WIDTH)
        is_short = room - sum(widths.values()) < look.px(APPLICANT_MINIMUM)
        if is_short:
            widths[RUNNING] = 0
        if room - sum(widths.values()) < look.px(APPLICANT_MINIMUM):
            widths[OUTCOME] = look.px(CHIP_ALONE)
        widths[APPLICANT] = max(room - sum(widths.values()), look.px(APPLICANT_MINIMUM) // 2)
        for number, name in enumerate(NAMES):
            header.setSectionHidden(number, name == RUNNING and is_short)
            header.resizeSection(number, widths[name])

    def _widest_rung(self) -> int:
        """Return the room for the longest tie rung that won a place, 0 when none did."""
        rungs = {row.place.partition(" ")[2] for row in self._model.rows} - {""}
        metrics = QFontMetrics(self._look.font(12))
        return max((metrics.horizontalAdvance(rung) + self._look.px(22) for rung in rungs), default=0)

    @Slot(QModelIndex, QModelIndex)
    def _tell_current(self, current: QModelIndex, before: QModelIndex) -> None:
        key = self._model.key_at(current.row())
        if isinstance(key, tuple) and key[0] in (Kind.LINE, Kind.UNRANKED):
            self.picked.emit(key[1])

    def _current(self) -> str:
        key = self._model.key_at(self.currentIndex().row())
        is_line = isinstance(key, tuple) and key[0] in (Kind.LINE, Kind.UNRANKED)
        return str(key[1]) if is_line and isinstance(key, tuple) else ""

    @Slot()
    def _go_to_line(self) -> None:
        self._go(self._sticky_row)

    def _go(self, number: int) -> None:
        self.setCurrentIndex(self._model.index(number, 0))
        self.scrollTo(self._model.index(number, 0))

    def _restore(self, held: object) -> None:
        number = self._model.row_of(held) if isinstance(held, tuple) else None
        if number is not None:
            self._go(number)

    @Slot()
    def _place_sticky(self) -> None:
        self._sticky_row = self._nearest_line()
        bottom = self.viewport().height()
        height = self._look.px(BUDGET_HEIGHT)
        top = self.rowViewportPosition(self._sticky_row) if self._sticky_row >= 0 else 0
        if self._sticky_row < 0 or 0 <= top <= bottom - height:
            self.sticky.hide()
            return
        edge = bottom - height if top > 0 else 0
        self.sticky.setGeometry(QRect(0, edge, self.viewport().width(), height))
        self.sticky.show_row(self._model.rows[self._sticky_row], is_below=top > 0)

    def _nearest_line(self) -> int:
        """Return the budget line of the area at the top of the viewport, -1 when there is none."""
        first = self.rowAt(1)
        rows = self._model.rows
        area = rows[first].area if 0 <= first < len(rows) else ""
        own = next((number for number in self._lines if rows[number].area == area), -1)
        return self._lines[-1] if own < 0 and self._lines else own

    def _toggle_if_head(self) -> bool:
        key = self._model.key_at(self.currentIndex().row())
        if isinstance(key, tuple) and key[0] == Kind.NOT_RANKED:
            self.fold_asked.emit()
            return True
        return False

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, and out from under the sticky line."""
        super().scrollTo(index, hint)
        self._place_sticky()
        if not self.sticky.isVisible():
            return
        top = self.rowViewportPosition(index.row())
        bar, edge = self.verticalScrollBar(), self.sticky.geometry()
        if edge.top() == 0 and top < edge.height():
            bar.setValue(bar.value() - (edge.height() - top))
        elif edge.top() > 0 and top + self.rowHeight(index.row()) > edge.top():
            bar.setValue(bar.value() + top + self.rowHeight(index.row()) - edge.top())

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are kept for recommending, and a filter box finds words."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold those not ranked with Enter or Space; recommend by letter; change an amount with F2."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._toggle_if_head():
            return
        reference, outcome = self._current(), outcome_of(event)
        if reference and outcome is not None:
            self.recommended.emit(reference, outcome)
            return
        if reference and is_edit(event):
            self.edit_asked.emit(reference)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the current application, by mouse or by key."""
        reference = self._current()
        if reference:
            self.menu_asked.emit(reference, event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold those not ranked with a click."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._toggle_if_head()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Keep track of the row under the pointer: Qt only knows the cell."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the row under the pointer."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, number: int) -> None:
        if number != self._delegate.hovered:
            self._delegate.hovered = number
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns anew; the current row stays in sight if it was."""
        top = self.rowViewportPosition(self.currentIndex().row())
        was_in_sight = self.currentIndex().isValid() and 0 <= top < event.oldSize().height()
        super().resizeEvent(event)
        self._lay_columns()
        if was_in_sight:
            self.scrollTo(self.currentIndex())
        self._place_sticky()

    def sizeHint(self) -> QSize:
        """Ask for a few rows; the layout gives the rest."""
        return QSize(self._look.px(600), self._look.px(240))


def _key(row: TableRow) -> Key:
    return row.key


def _name(row: TableRow) -> str:
    return row.spoken
