"""A table that is read as a list: one whole row is current, columns are laid to fit, nothing is edited."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.tables.cell_text import RowDelegate
from gui.tables.head_font import head_width, keep_head_font
from gui.tables.rows_model import RowsModel
from gui.theme.look import look

Row = TypeVar("Row")

HEAD_HEIGHT = 32
LOW_HEAD = 24
"""How high the heads are where there is room for few rows."""
ROOMY_ROWS = 5
"""From so many rows on the heads have their whole height."""
KEPT_ROWS = 3
"""So many rows a list shows however little room there is: the page scrolls instead."""


def read_by_rows(view: QTableView) -> None:
    """Have a table read as a list: one whole row is current, no cell is edited, and Tab leaves it."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setCornerButtonEnabled(False)
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(1)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.horizontalHeader().setSectionsClickable(False)


class ListView(QTableView, Generic[Row]):
    """What every list has in common; one that is complete calls `_refresh` once it is made.

    It is set up before it has columns: Qt measures all heads again at each setting that concerns them.
    """

    def __init__(
        self, model: RowsModel[Row], delegate: RowDelegate, row_height: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._delegate = model, delegate
        self._row_height = row_height
        model.setParent(self)
        delegate.setParent(self)
        self._set_up()
        keep_head_font(self.horizontalHeader())
        self.setItemDelegate(delegate)
        self.setModel(model)
        look.changed.connect(self._refresh)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows on show."""
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

    @Slot()
    def _refresh(self) -> None:
        self._set_head()
        self.verticalHeader().setDefaultSectionSize(look.px(self._row_height))
        self.verticalScrollBar().setSingleStep(look.px(self._row_height))
        self._lay_rows()
        self._lay_columns()
        self.viewport().update()

    def _lay_rows(self) -> None:
        """Follow other rows, or another height of them."""

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

    def _fit_head(self) -> None:
        """Give the heads the height that there is room for, and their words what room that leaves them."""
        if self._set_head():
            self._lay_rows()

    def _lay_columns(self) -> None:
        """Give the columns the room there is."""

    def _give(self, names: Iterable[str], widths: Mapping[str, int]) -> None:
        """Give columns, named in their order, these widths; nought hides one."""
        header = self.horizontalHeader()
        for number, name in enumerate(names):
            header.setSectionHidden(number, not widths[name])
            header.resizeSection(number, widths[name])
        label = look.area_label  # the office's word may be a long one
        columns = [column for column in self._model.columns if column.brief or label.brief(column.head)]
        room = {column.name: head_width(label.labelled(column.head)) for column in columns}
        self._model.say_briefly(name for name, wide in room.items() if 0 < widths.get(name, 0) < wide)

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
        self.setProperty("rows", "painted")  # the heads stand over what the delegates paint
        read_by_rows(self)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setMinimumSectionSize(1)

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
        """Lay the columns anew; a row that was chosen in sight stays there where a list is made lower."""
        current = self.currentIndex()
        was_in_sight = current.isValid() and self.visualRect(current).bottom() < event.oldSize().height()
        super().resizeEvent(event)
        self._fit_head()
        self._lay_columns()
        if was_in_sight and self.visualRect(current).bottom() >= event.size().height():
            self.scrollTo(current)

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the rows as they are painted when the view takes another height.

        Qt has to be told in the window in which the view is shown.
        """
        for is_on in (False, True):
            self.viewport().setAttribute(Qt.WidgetAttribute.WA_StaticContents, is_on)
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, which Qt leaves to a view that keeps what it painted, and the rows."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look.theme.surface)
        painter.end()
        super().paintEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Keep the heads and three rows in sight."""
        high = LOW_HEAD + self._row_height * KEPT_ROWS
        return QSize(super().minimumSizeHint().width(), look.px(high))

    def sizeHint(self) -> QSize:
        """Ask for a few rows; the layout gives the rest."""
        return QSize(look.px(560), look.px(240))
