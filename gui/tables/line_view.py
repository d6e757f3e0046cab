"""A table of lines as a view: one row current, columns that give way, Enter to open, rules kept in sight."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QMetaMethod, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.tables.column_widths import HeadFont, Need, head_width, needs, no_across, widths_by_name
from gui.tables.columns import Across, Gives, LineColumn, Rule, row_words
from gui.tables.line_delegate import ONE_LINE_UNDER, LineDelegate, StickyRule
from gui.tables.rows_model import Index, RowsModel
from gui.theme.look import look
from gui.widgets.buttons import ENTER
from gui.widgets.speech.announcing import announce

Row = TypeVar("Row")

ROW_HEIGHT = 40
RULE_HEIGHT = 26
WIDE_MINIMUM = 200
"""The least width of the one column that takes what is left."""
MOST_IN_A_STEP = 3
"""So many rows apart two rows are at most when one key goes from one to the other."""


HEAD_HEIGHT = 32
LOW_HEAD = 24
"""How high the heads are where there is room for few rows."""
ROOMY_ROWS = 5
"""From so many rows on the heads have their whole height."""
KEPT_ROWS = 3
"""So many rows a list shows however little room there is: the page scrolls instead."""

NO_FLAGS = Qt.ItemFlag.NoItemFlags
CELL_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
"""What Qt says of a cell of any table: it asks twice a cell that it paints."""


class LineModel(RowsModel[Row], Generic[Row]):
    """Rows of which rules are only drawn; other columns of them are a reset."""

    across: Callable[[Any], Across | None] = staticmethod(no_across)

    def show_columns(self, columns: Sequence[LineColumn[Row]]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let keys and clicks pass over rules."""
        if not index.isValid():
            return NO_FLAGS
        across = self.across(self.rows[index.row()])
        return CELL_FLAGS if across is None or across.rule is None else NO_FLAGS


class LineView(QTableView, Generic[Row]):
    """A table of frozen rows; it tells which one is current and which one is to be opened.

    With `across` some rows are heads or rules over all columns: they are neither picked nor opened, and the
    whole rule of the `group` at the top of the view stays at its edge while it is out of sight. A row is
    `named`, to readers, by what its columns say unless it has a name of its own, and the table is `called`.
    """

    picked = Signal(object)
    opened = Signal(object)
    fold_asked = Signal()
    paints: type[LineDelegate] = LineDelegate

    def __init__(
        self,
        columns: Sequence[LineColumn[Row]],
        key: Callable[[Row], Hashable],
        named: Callable[[Row], str] | None = None,
        *,
        called: str = "",
        across: Callable[[Row], Across | None] = no_across,
        group: Callable[[Row], str] = str,
    ) -> None:
        super().__init__()
        self.setAccessibleName(called)
        named = named or partial(row_words, columns)
        first, *others = columns
        said = replace(first, spoken=first.spoken or named)
        self._columns, self._across, self._group = (said, *others), across, group
        self._delegate = self.paints(self._columns, across)
        self._delegate.setParent(self)
        self._model: LineModel[Row] = LineModel(self._columns, key, named, self)
        self._model.across = across
        self._row_height = ROW_HEIGHT
        self._rules: list[int] = []
        self._heights: dict[int, int] = {}
        self._sticky_row = -1
        self.sticky: StickyRule | None = None
        self._set_up()
        look.changed.connect(self._refresh)
        self._wide_minimum = WIDE_MINIMUM
        self._needs: tuple[Need, ...] = ()
        self._lost: Hashable = None
        self.picked.connect(self.forget_lost)
        if across is not no_across:
            self.sticky = StickyRule(self.viewport())
            self.sticky.clicked.connect(self._go_to_sticky)
            self.verticalScrollBar().valueChanged.connect(self._place_sticky)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.doubleClicked.connect(self._tell_opened)
        self._refresh()

    @property
    def current(self) -> Any:
        """Return the key of the current row, None without one."""
        return self._model.key_at(self.currentIndex().row())

    @property
    def at_hand(self) -> Row | None:
        """Return the current row, None without one."""
        number = self.currentIndex().row()
        return self.rows[number] if 0 <= number < len(self.rows) else None

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._model.rows

    def set_stale(self, *, is_stale: bool) -> None:
        """Grey the rows while newer ones are asked for; the focus stays."""
        if self._delegate.is_stale is not is_stale:
            self._delegate.is_stale = is_stale
            self.viewport().update()

    def set_row_height(self, height: int) -> None:
        """Set how high rows are, at 13 px text."""
        self._row_height = height
        self._refresh()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows and keep the current one if it is still there."""
        held, at = self.current, self.currentIndex().row()
        self._model.show(rows)
        self._lay_rows()
        self._lay_columns()
        if held is not None and (held, at) != (self.current, self.currentIndex().row()):
            self.select(held)

    def came_back(self, keys: Collection[Hashable]) -> Hashable:
        """Return the key of the row that was at hand as it went, once it is among all there are again.

        None is for none. One that is only filtered out did not go.
        """
        if self.current is not None and self.current not in keys:
            self._lost = self.current
        elif self._lost in keys:
            back, self._lost = self._lost, None
            return back
        return None

    @Slot()
    def forget_lost(self) -> None:
        """Lead nobody to what went, as once another row is picked."""
        self._lost = None

    def show_columns(self, columns: Sequence[LineColumn[Row]]) -> None:
        """Show other columns of the same rows, and keep the current one."""
        held = self.current
        self._columns = self._delegate.columns = tuple(columns)
        self._needs = ()
        self._model.show_columns(self._columns)
        self._lay_rows()
        self._lay_columns()
        if held is not None:
            self.select(held)

    def select(self, key: Hashable) -> bool:
        """Make a row current; return whether it is on show."""
        number = self._model.row_of(key)
        if number is None:
            return False
        self._go(number, max(self.currentIndex().column(), 0))
        return True

    def select_first(self, since: int = 0) -> None:
        """Make the first row from a place on current, else the last one there is."""
        numbers = [number for number, row in enumerate(self._model.rows) if not self._spans(row)]
        first = next((number for number in numbers if number >= since), numbers[-1] if numbers else -1)
        if numbers:
            self.setCurrentIndex(self._model.index(first, 0))

    @Slot()
    def go_to_rule(self, group: str = "") -> None:
        """Bring the whole rule of a group into sight, the nearest where none is named."""
        rows = self._model.rows
        number = next((n for n in self._rules if self._group(rows[n]) == group), self._nearest_rule())
        if number >= 0:
            self._go_beside(number)
            self.setFocus()

    def set_wide_minimum(self, width: int) -> None:
        """Set the least width of the column that takes what is left."""
        self._wide_minimum = width
        self._lay_columns()

    @Slot()
    def _refresh(self) -> None:
        self._set_head()
        self.verticalHeader().setDefaultSectionSize(look.px(self._row_height))
        self.verticalScrollBar().setSingleStep(look.px(self._row_height))
        self._lay_rows()
        self._lay_columns()
        for part in (self, self.horizontalHeader()):
            part.viewport().update()

    @property
    def _head(self) -> int:
        """How high the heads are, at 13 px text: they give way before a row does."""
        is_low = self.height() < look.px(HEAD_HEIGHT + self._row_height * ROOMY_ROWS)
        return LOW_HEAD if is_low else HEAD_HEIGHT

    def _set_head(self) -> bool:
        """Give the heads the height that there is room for; return whether it is another one."""
        high = look.px(self._head)
        is_other = self.horizontalHeader().height() != high
        if is_other:
            self.horizontalHeader().setFixedHeight(high)
            self.updateGeometries()  # else the rows stay where the heads ended before, behind higher ones
        return is_other

    def _go(self, number: int, column: int = 0) -> None:
        """Make a row current and bring it into sight."""
        index = self._model.index(number, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _hover(self, number: int) -> None:
        """Note the row under the pointer: Qt only knows the cell."""
        if number != self._delegate.hovered:
            self._delegate.hovered = number
            self.viewport().update()

    def _set_up(self) -> None:
        """Be set up before there are columns: Qt measures all heads again at each setting of theirs.

        It is read as a list: one whole row is current, no cell is edited, and Tab leaves it.
        """
        self.setProperty("rows", "painted")  # the heads stand over what the delegates paint
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setMinimumSectionSize(1)
        HeadFont(header)
        self.setItemDelegate(self._delegate)
        self.setModel(self._model)

    def _spans(self, row: Row) -> bool:
        across = self._across(row)
        return across is not None and across.spans

    def _lay_rows(self) -> None:
        """Note the room that the columns ask for with these rows, and lay what runs across them."""
        has_two, rows = self._row_height >= ONE_LINE_UNDER, self._model.rows
        self._needs = needs(self._columns, rows, has_two_lines=has_two, across=self._across)
        if self.sticky is not None:
            self._lay_across(rows)
            self._place_sticky()

    def _lay_across(self, rows: Sequence[Row]) -> None:
        """Give heads and rules their heights, and what runs across its columns."""
        heads = self.verticalHeader()
        usual, head, rule = (look.px(high) for high in (self._row_height, self._head, RULE_HEIGHT))
        names = [column.name for column in self._columns]
        found = {at: over for at, row in enumerate(rows) if (over := self._across(row)) is not None}
        self.clearSpans()
        for at, over in found.items():
            first = names.index(over.columns[0]) if over.columns else 0
            self.setSpan(at, first, 1, len(over.columns) or len(names))
        before = self._heights
        self._heights = {at: head if over.rule is None else rule for at, over in found.items() if over.spans}
        for at in before.keys() | self._heights.keys():
            heads.resizeSection(at, self._heights.get(at, usual))
        self._rules = [at for at, over in found.items() if over.rule is Rule.WHOLE]

    def _lay_columns(self) -> None:
        if not self._needs:  # other columns are on their way
            return
        least, room = look.px(self._wide_minimum), self.viewport().width()
        widths = widths_by_name(self._needs, least, room)
        header, label = self.horizontalHeader(), look.area_label  # the office's word may be a long one
        briefly = []
        for number, column in enumerate(self._columns):
            width = widths[column.name]
            header.setSectionHidden(number, not width)
            header.resizeSection(number, width)
            lacks = 0 < width < head_width(label.labelled(column.head))
            if lacks and (column.brief or label.brief(column.head)):
                briefly.append(column.name)
        self._model.say_briefly(briefly)
        self._delegate.area = self._lost_area(widths)

    def _lost_area(self, widths: Mapping[str, int]) -> LineColumn[Row] | None:
        """Return the column of areas when it has given way and the rows are of several."""
        lost = (c for c in self._columns if Gives.AREA <= c.gives_way < Gives.STATE and not widths[c.name])
        several = (column for column in lost if len(set(map(column.text, self._model.rows))) > 1)
        return next(several, None)

    @Slot(QModelIndex, QModelIndex)
    def _tell_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(current)  # Qt makes a row current with the focus, and does not mark it
        self._tell_rules_passed(before.row(), current.row())
        key = self._key_to_open(current)
        if key is not None:
            self.picked.emit(key)

    @Slot(QModelIndex)
    def _tell_opened(self, index: QModelIndex) -> None:
        key = self._key_to_open(index)
        if key is not None:
            self.opened.emit(key)

    def _key_to_open(self, index: QModelIndex) -> Hashable | None:
        """Return the key of a row, None outside the rows and for what spans them."""
        rows, number = self._model.rows, index.row()
        is_there = 0 <= number < len(rows) and not self._spans(rows[number])
        return self._model.key_at(number) if is_there else None

    def _tell_rules_passed(self, before: int, now: int) -> None:
        """Say the rules that a step goes over to whoever does not see them."""
        low, high = sorted((before, now))
        if low >= 0 and high - low <= MOST_IN_A_STEP:
            for row in self._model.rows[low + 1 : high]:
                across = self._across(row)
                if across is not None and across.rule is not None:
                    announce(self, self._columns[0].said(row))

    @Slot()
    def _go_to_sticky(self) -> None:
        self._go_beside(self._sticky_row)

    def _go_beside(self, number: int) -> None:
        """Take the row above a rule in hand, or the one below; the rule itself is drawn."""
        rows = self._model.rows
        around = (*range(number - 1, -1, -1), *range(number + 1, len(rows)))
        beside = next((n for n in around if not self._spans(rows[n])), -1)
        if beside >= 0:
            self._go(beside)
        self.scrollTo(self._model.index(number, 0))

    @Slot()
    def _place_sticky(self) -> None:
        if self.sticky is None:
            return
        number = self._sticky_row = self._nearest_rule()
        if number < 0:
            self.sticky.hide()
            return
        row, high = self._model.rows[number], look.px(RULE_HEIGHT)
        across = self._across(row)
        assert across is not None, "it was found by its rule"
        spoken, top = self._columns[0].said(row), self.rowViewportPosition(number)
        self.sticky.stand_for(across, spoken, top, high, self.viewport().size())

    def _nearest_rule(self) -> int:
        """Return the whole rule of the group at the top of the view, else the last; -1 when there is none."""
        first, rows = self.rowAt(1), self._model.rows
        group = self._group(rows[first]) if self._rules and 0 <= first < len(rows) else ""
        own = next((number for number in self._rules if self._group(rows[number]) == group), -1)
        return self._rules[-1] if own < 0 and self._rules else own

    def _fold(self) -> bool:
        """Ask to fold what the current row is the head of; return whether it is one."""
        number, rows = self.currentIndex().row(), self._model.rows
        across = self._across(rows[number]) if 0 <= number < len(rows) else None
        if across is None or across.is_folded is None:
            return False
        self.fold_asked.emit()
        return True

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, and out from under the rule that is kept there."""
        super().scrollTo(index, hint)
        if self.sticky is None or not self.isVisible():
            return
        self._place_sticky()
        hidden = self.sticky.covers(self.rowViewportPosition(index.row()), self.rowHeight(index.row()))
        if hidden:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row with Enter; where rows are not opened, Enter is for what is around them.

        Enter and Space fold by a head. Digits, of which a list has no use, are for the page to answer.
        """
        if event.key() in (*ENTER, Qt.Key.Key_Space) and self._fold():
            return
        if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
            event.ignore()
        elif event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not self.isSignalConnected(QMetaMethod.fromSignal(self.opened)):
            event.ignore()
        elif self.currentIndex().isValid():
            self._tell_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold by a head with a click."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._fold()

    def moveCursor(self, action: QAbstractItemView.CursorAction, keys: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first row with Home and to the last with End: of cells side by side a list has none."""
        move = QAbstractItemView.CursorAction
        is_end = action in (move.MoveHome, move.MoveEnd)
        return super().moveCursor(action, keys | Qt.KeyboardModifier.ControlModifier if is_end else keys)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: a filter box finds words, and letters may have a use of their own."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Note the row under the pointer."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the row under the pointer."""
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay heads and columns anew; a row that was chosen in sight stays there, beside a rule as well."""
        current, high = self.currentIndex(), event.oldSize().height()
        place = self.visualRect(current)
        is_in_sight = current.isValid() and place.top() >= 0 and place.bottom() < high
        super().resizeEvent(event)
        if self._set_head():
            self._lay_rows()
            self.updateGeometries()  # else the bar ends where rows of the height before did
        self._lay_columns()
        if is_in_sight:
            self.scrollTo(current)
        self._place_sticky()

    def minimumSizeHint(self) -> QSize:
        """Keep the heads and three rows in sight, beside a head and a rule where there are any."""
        across = LOW_HEAD + RULE_HEIGHT if self.sticky is not None else 0
        high = LOW_HEAD + self._row_height * KEPT_ROWS + across
        return QSize(super().minimumSizeHint().width(), look.px(high))

    def sizeHint(self) -> QSize:
        """Ask for a few rows; the layout gives the rest."""
        return QSize(look.px(560), look.px(240))
