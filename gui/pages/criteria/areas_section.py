"""The round's areas: a list with pots, start-up money apart and dates, and one of them in full."""

from datetime import date

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableView,
    QWidget,
)

from gui.pages.criteria.area_columns import AREA_COLUMNS, AreaRow, area_row
from gui.pages.criteria.area_form import AreaForm
from gui.pages.criteria.selection import selection_palette
from gui.room import Room
from gui.tables.rows_model import RowsModel
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.scrolled import show_in
from gui.widgets.words import ShortWords
from models.operations.area_list import AddArea, RemoveArea
from models.queries.criteria import CriteriaFacts
from scoring import money
from scoring.round import Area

SIDE_WIDTH = 330
ROW_HEIGHT = 34
TIGHT = 1240
TIGHT_LEAVES_OUT = ("start_up", "committed")
NARROW_LEAVES_OUT = ("meets",)


class AreasSection(QWidget):
    """A table beside the form of the area that is picked in it."""

    asked = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._facts: CriteriaFacts | None = None
        self._today = date.min
        self._picked = ""
        self.model: RowsModel[AreaRow] = RowsModel(AREA_COLUMNS, _key, _key, self)
        self.table = QTableView()
        self.sum = ShortWords(look, tone="text2")
        self.add = Button(look, "Add an area", kind="link")
        self.remove = Button(look, "Take out", kind="link")
        self._dress_table()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._pick)
        self.form.asked.connect(self.asked)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._take_out)

    def show_facts(self, facts: CriteriaFacts, today: date) -> None:
        """Show the areas of a round as they stand on a day."""
        self._facts, self._today = facts, today
        dates = dict(facts.dates)
        rows = [area_row(line, dates[line.name], today) for line in facts.line.areas]
        stood = max(self.table.currentIndex().row(), 0)  # a renamed area stands where it stood
        self.model.show(rows)
        self.sum.setText(_sum_words(rows))
        names = [row.line.name for row in rows]
        if self._picked not in names:
            self._picked = names[min(stood, len(names) - 1)] if names else ""
        row = self.model.row_of(self._picked)
        if row is not None:
            flags = QItemSelectionModel.SelectionFlag
            select = flags.ClearAndSelect | flags.Rows
            self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), select)
        self._show_form()

    def set_open(self, is_open: bool) -> None:
        """Let the areas be changed, or only be read."""
        self.form.set_open(is_open)
        self.add.setVisible(is_open)
        self.remove.setVisible(is_open)

    def fit(self, room: Room, *, shows_side: bool) -> None:
        """Show list and form together, or one of them and fewer columns when there is little room."""
        is_narrow = room.has_tabs
        self._card.setVisible(not is_narrow or not shows_side)
        self._side.setVisible(not is_narrow or shows_side)
        width = self._look.px(SIDE_WIDTH)
        self._side.setMinimumWidth(0 if is_narrow else width)
        self._side.setMaximumWidth(16777215 if is_narrow else width)
        for number, column in enumerate(AREA_COLUMNS):
            is_out = column.name in TIGHT_LEAVES_OUT or (is_narrow and column.name in NARROW_LEAVES_OUT)
            self.table.setColumnHidden(number, is_out and room.width < TIGHT)

    def follow(self, name: str) -> None:
        """Pick an area when it is next shown."""
        self._picked = name

    @Slot(QModelIndex, QModelIndex)
    def _pick(self, current: QModelIndex, previous: QModelIndex) -> None:
        key = self.model.key_at(current.row())
        if isinstance(key, str):
            self._picked = key
            self._show_form()

    def _show_form(self) -> None:
        row = self.model.row_of(self._picked)
        found = self.model.rows[row] if row is not None else None
        self.form.show_area(self._facts.line.round_id if self._facts else 0, found, self._today)

    @Slot()
    def _add(self) -> None:
        if self._facts is not None:
            taken = {line.name.casefold() for line in self._facts.line.areas}
            free = (f"Area {n}" for n in range(len(taken) + 1, 2 * len(taken) + 3))
            name = next(name for name in free if name.casefold() not in taken)
            self._picked = name
            self.asked.emit(AddArea(self._facts.line.round_id, Area(name, 0)))
            self.form.name.line.setFocus()
            self.form.name.line.selectAll()

    @Slot()
    def _take_out(self) -> None:
        if self._facts is not None and self._picked:
            self.asked.emit(RemoveArea(self._facts.line.round_id, self._picked))

    def _dress_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("Areas")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._look.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        px = self._look.px
        self.table.setFont(self._look.font(13))
        self.table.setPalette(selection_palette(self._look))
        self.table.horizontalHeader().setFont(self._look.font(12))
        self.table.horizontalHeader().setMinimumHeight(px(32))
        self.table.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))
        for number, column in enumerate(AREA_COLUMNS):
            if column.width:
                self.table.setColumnWidth(number, px(column.width))

    def _lay_out(self) -> None:
        look = self._look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        self._card = card = Card(look, inset=(3, 3), parent=self)
        row.addWidget(card, 1)
        card.fill_with(self.table)
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(6), look.px(4), look.px(12), look.px(4))
        foot.addWidget(self.add)
        foot.addWidget(self.remove)
        foot.addWidget(self.sum, 1)
        card.body.addLayout(foot)
        self._side = side = Card(look, inset=(3, 6), parent=self)
        row.addWidget(side)
        scroll = QScrollArea(side)
        side.body.addWidget(scroll)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        self.form = AreaForm(look, scroll.viewport())
        show_in(scroll, self.form)


def _key(row: AreaRow) -> str:
    return row.line.name


def _sum_words(rows: list[AreaRow]) -> str:
    pots = money.short_pounds(sum(row.line.pot_pence for row in rows))
    apart = money.short_pounds(sum(row.line.start_up_pence for row in rows))
    return f"{counted(len(rows), 'area', 'areas')}, {pots} in the pots, {apart} start-up apart"
