"""The matrix as a view: the current row is the criterion at hand, and digits agree its mark."""

from collections.abc import Callable, Hashable, Sequence
from operator import attrgetter

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTableView, QWidget

from gui.pages.panel.meeting.matrix_delegate import MatrixDelegate
from gui.pages.panel.meeting.matrix_rows import (
    AGREED,
    CRITERION,
    MARKS,
    REASON,
    MatrixRow,
    matrix_columns,
    member_number,
    row_words,
)
from gui.pages.panel.scoring.sheet.mark_button import CLEARS, LONGEST_ROW, digit_of, typed_digit
from gui.tables.columns import Column
from gui.tables.head_font import keep_head_font
from gui.tables.list_view import read_by_rows
from gui.tables.rows_model import RowsModel
from gui.theme.look import Look
from scoring.scheme import Combine

HEAD_HEIGHT, TALL_HEAD_HEIGHT, ROW_HEIGHT = 28, 40, 32
LOW_HEAD_HEIGHT, LOW_ROW_HEIGHT = 24, 24
HEAD_ROOM = 20
CRITERION_MINIMUM, CRITERION_MAXIMUM = 150, 280
GIVE_WAY = (REASON, MARKS)
"""The columns that give way in a narrow window, in this order: the reason stands beneath as well."""
NAME = "Marks of the panel"
BESIDE_TITLE = 50
"""What the code, the edges and a little air take of a criterion's column."""


Heads = tuple[tuple[str, ...], Combine]
"""What the columns are made from: the members' heads, and how their marks are combined."""


class MatrixView(QTableView):
    """Criteria down, members across. It asks for agreed marks and tells which criterion is at hand."""

    picked = Signal(str)
    agreed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._heads: Heads | None = None
        self._item: Hashable = None
        self._is_low = False
        self._model: RowsModel[MatrixRow] = RowsModel((), _code, row_words, self)
        self._delegate = MatrixDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(NAME)
        self.setProperty("rings", True)  # at the cell at hand
        self.setProperty("heads", "inset")  # over what the delegate paints
        self._set_up()
        look.changed.connect(self._refresh)

    @property
    def rows(self) -> tuple[MatrixRow, ...]:
        """Return the rows on show."""
        return self._model.rows

    @property
    def code(self) -> str:
        """Return the criterion at hand, "" without one."""
        key = self._model.key_at(self.currentIndex().row())
        return key if isinstance(key, str) else ""

    def show_item(self, item: Hashable, rows: tuple[MatrixRow, ...], heads: Heads, maximum: int) -> None:
        """Show the rows of an item; the criterion at hand stays, and another item begins at its first."""
        held = self.code if item == self._item else ""
        self._item = item
        if heads != self._heads:
            self._take_heads(heads)
        self._delegate.maximum = maximum
        self._model.show(rows)
        self._refresh()
        self.choose(held if any(row.code == held for row in rows) else _first(rows))

    def forget(self) -> None:
        """Begin the next item at its first criterion, whichever item it is."""
        self._item = None

    def fit(self, *, is_low: bool) -> None:
        """Let the rows sit closer in a low window."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._refresh()

    def choose(self, code: str) -> None:
        """Take a criterion in hand: its agreed cell becomes the current one."""
        number = self._model.row_of(code)
        if number is not None:
            self.setCurrentIndex(self._model.index(number, self._delegate.columns.index(AGREED)))

    def set_stale(self, *, is_stale: bool) -> None:
        """Grey the rows while newer ones are asked for."""
        self._delegate.is_stale = is_stale
        self.viewport().update()

    def _take_heads(self, heads: Heads) -> None:
        self._heads = heads
        columns = matrix_columns(*heads)
        self._delegate.columns = tuple(column.name for column in columns)
        old, self._model = self._model, RowsModel(columns, _code, row_words, self)
        self.setModel(self._model)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        old.deleteLater()

    def _set_up(self) -> None:
        read_by_rows(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        keep_head_font(self._look, header)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(1)

    @Slot()
    def _refresh(self) -> None:
        self.horizontalHeader().setFixedHeight(self._head_height())
        self.verticalHeader().setDefaultSectionSize(self._row_height())
        self.setFixedHeight(self.sizeHint().height())
        self._lay_columns()
        self.viewport().update()

    def _lay_columns(self) -> None:
        px, header = self._look.px, self.horizontalHeader()
        columns = self._model.columns
        widths = {column.name: self._width(column) for column in columns}
        room, hidden = self.viewport().width(), set()
        needed = self._title_width()
        for name in GIVE_WAY:
            if room - sum(widths.values()) >= needed:
                break
            hidden.add(name)
            widths[name] = 0
        if REASON not in hidden:
            spare = max(room - sum(widths.values()) - needed, 0)
            widths[REASON] = widths.get(REASON, 0) + spare
        widths[CRITERION] = max(room - sum(widths.values()), px(CRITERION_MINIMUM) // 2)
        for number, column in enumerate(columns):
            header.setSectionHidden(number, column.name in hidden)
            header.resizeSection(number, widths[column.name])

    def _title_width(self) -> int:
        """Return the room in which every criterion's title can be read, within reason."""
        metrics, px = QFontMetrics(self._look.font(13, 600)), self._look.px
        words = max((metrics.horizontalAdvance(row.line.title) for row in self.rows), default=0)
        return min(max(words + px(BESIDE_TITLE), px(CRITERION_MINIMUM)), px(CRITERION_MAXIMUM))

    def _width(self, column: Column[MatrixRow]) -> int:
        """Return a column's room; a member's name is never cut."""
        width = self._look.px(column.width)
        if member_number(column.name) is None:
            return width
        metrics = QFontMetrics(self._look.font(13))
        words = max(metrics.horizontalAdvance(part) for part in column.head.splitlines())
        return max(width, words + self._look.px(HEAD_ROOM))

    def _head_height(self) -> int:
        is_tall = any("\n" in column.head for column in self._model.columns)
        low = LOW_HEAD_HEIGHT if self._is_low else HEAD_HEIGHT
        return self._look.px(TALL_HEAD_HEIGHT if is_tall else low)

    def _row_height(self) -> int:
        return self._look.px(LOW_ROW_HEIGHT if self._is_low else ROW_HEIGHT)

    @Slot(QModelIndex, QModelIndex)
    def _tell_current(self, current: QModelIndex, before: QModelIndex) -> None:
        key = self._model.key_at(current.row())
        if isinstance(key, str):
            self.picked.emit(key)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: digits agree marks."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Agree a mark by its digit, or take it back with Delete; the page answers for other digits."""
        digit = digit_of(event, self._delegate.maximum) if self._delegate.maximum <= LONGEST_ROW else None
        if digit is not None:
            self.agreed.emit(digit)
        elif typed_digit(event) is not None:
            event.ignore()
        elif event.key() in CLEARS:
            self.agreed.emit(None)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns anew."""
        super().resizeEvent(event)
        self._lay_columns()

    def sizeHint(self) -> QSize:
        """Ask for all rows: the page scrolls, not the table."""
        height = self._head_height() + self._row_height() * len(self._model.rows) + 2
        return QSize(self._look.px(560), height)


_code: Callable[[MatrixRow], str] = attrgetter("code")


def _first(rows: Sequence[MatrixRow]) -> str:
    """Return the first criterion that takes a mark, else the first, "" without rows."""
    marked = [row.code for row in rows if not row.line.is_not_applicable]
    return next(iter((*marked, *(row.code for row in rows))), "")
