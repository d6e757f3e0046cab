"""The round's areas: a list with pots, start-up money apart and dates, and one of them in full."""

from collections.abc import Callable
from datetime import date
from functools import partial
from operator import attrgetter

from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.page import PageTools
from gui.pages.set_up.areas.area_form import AreaForm, AreaRow, area_row
from gui.pages.sided_page import take_turns
from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.text import NOTHING, counted
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import nest, row_of
from gui.widgets.scrolled import show_in
from models.operations.set_up.areas import AddArea, RemoveArea
from models.queries.set_up.criteria import CriteriaFacts
from models.values.rounds import POT
from scoring import money
from scoring.round import Area
from scoring.written import days
from scoring.written.names import text_key

SIDE_WIDTH = 330
ROW_HEIGHT = 34
AREA_WIDTH = 120
"""The least room of an area's name, for which the others give way."""


def _named(row: AreaRow) -> str:
    """Return the area, the pot that it shares, and that something of it was copied and is to be checked."""
    shared = f"in the pot {row.line.shared_pot}" if row.line.shared_pot else ""
    return " · ".join(filter(None, (row.line.name, shared, "to check" if row.copied[1] else "")))


def _told(field: str, row: AreaRow) -> str:
    """Return one of an area's sums or days as a table has it: "£5,000", "2 Dec 2026"."""
    value = getattr(row.dates if hasattr(row.dates, field) else row.line, field)
    if isinstance(value, date):
        return days.short_day(value)
    return money.short_pounds(value) if value or field == POT else NOTHING


def _spoken(words: str, field: str, row: AreaRow) -> str:
    at = row.dates.closes_time if field == "closes_on" else ""
    return words.format(_told(field, row)) + (f" at {at}" if at else "")


def _column(field: str, heading: str, words: str, width: int) -> LineColumn[AreaRow]:
    told, spoken = partial(_told, field), partial(_spoken, words, field)
    return LineColumn(field, heading, told, spoken, is_right=field.endswith("_pence"), width=width)


AREA_COLUMNS: tuple[LineColumn[AreaRow], ...] = (
    LineColumn("area", "Area", _named, is_strong=True),
    _column(POT, "Pot", "pot {}", 86),
    replace(
        _column("start_up_pence", "Start-up, separate", "start-up money {}, kept separate", 118),
        gives_way=Gives.FIGURES + 1,
    ),
    replace(
        _column("committed_pence", "Committed", "committed already {}", 104), gives_way=Gives.FIGURES + 2
    ),
    replace(_column("closes_on", "Closes", "applications close {}", 108), gives_way=Gives.WORDS + 2),
    replace(_column("meets_on", "Panel meets", "panel meets {}", 108), gives_way=Gives.WORDS + 1),
    LineColumn("state", "Applications", attrgetter("state"), width=108, gives_way=Gives.STATE),
)


class AreasSection(QWidget):
    """A table beside the form of the area that is picked in it."""

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self.form = tools.parts.take(AreaForm, tools)
        self._facts: CriteriaFacts | None = None
        self._today = date.min
        self._picked = ""
        self.table: LineView[AreaRow] = LineView(AREA_COLUMNS, _key, _key)
        self.sum = ElidedLabel(tone="text2")
        self.add = Button(ours("Add an area"), kind="link")
        self.remove = Button("Remove", kind="link")
        self.table.setAccessibleName(ours("Areas"))
        self.table.set_row_height(ROW_HEIGHT)
        self.table.set_wide_minimum(AREA_WIDTH)
        self._lay_out()
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._open)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._take_out)

    @Slot()
    def _open(self) -> None:
        """Go to the form of the area."""
        self.form["name"].line.setFocus()

    def show_facts(self, facts: CriteriaFacts, today: date) -> None:
        """Show the areas of a round as they stand on a day."""
        self._facts, self._today = facts, today
        self.form.know(facts.known_areas)
        dates = dict(facts.dates)
        rows = [
            replace(
                area_row(line, dates[line.name], today),
                allowances=tuple(one for one in facts.allowances if one.area == line.name),
                copied=facts.carried.get(line.name, ("", ())),
            )
            for line in facts.line.areas
        ]
        stood = max(self.table.currentIndex().row(), 0)  # a renamed area stands where it stood
        picked = self._picked
        self.table.show_rows(rows)
        self.sum.setText(_sum_words(rows))
        names = [row.line.name for row in rows]
        if picked not in names:
            picked = names[min(stood, len(names) - 1)] if names else ""
        self._picked = picked
        self.table.select(picked)
        self._show_form()

    def set_open(self, is_open: bool) -> None:
        """Let the areas be changed, or only be read."""
        self.form.set_open(is_open)
        self.add.setVisible(is_open)
        self.remove.setVisible(is_open)

    def fit(self, room: Breakpoints, *, shows_side: bool) -> None:
        """Show list and form together, or one of them when there is little room."""
        take_turns(room, self._card, self._side, SIDE_WIDTH, shows_side=shows_side)

    def follow(self, name: str) -> None:
        """Pick an area when it is next shown."""
        self._picked = name

    @Slot(object)
    def _pick(self, name: str) -> None:
        if name != self._picked:
            self._picked = name
            self._show_form()

    def _show_form(self) -> None:
        found = next((row for row in self.table.rows if row.line.name == self._picked), None)
        self.form.show_allowed(is_there=self._facts is not None and self._facts.line.stage != "set up")
        self.form.show_area(self._facts.line.round_id if self._facts else 0, found, self._today)

    @Slot()
    def _add(self) -> None:
        if self._facts is not None:
            taken = {text_key(line.name) for line in self._facts.line.areas}
            free = (ours(f"Area {n}") for n in range(len(taken) + 1, 2 * len(taken) + 3))
            name = next(name for name in free if text_key(name) not in taken)
            self._picked = name
            self._tools.perform(AddArea(self._facts.line.round_id, Area(name, 0)))
            self.form["name"].line.setFocus()
            self.form["name"].line.selectAll()

    @Slot()
    def _take_out(self) -> None:
        if self._facts is not None and self._picked:
            self._tools.perform(RemoveArea(self._facts.line.round_id, self._picked))

    def _lay_out(self) -> None:
        self._card = card = Card(inset=(3, 3), parent=self)
        card.fill_with(self.table)
        nest(
            card.body,
            row_of(self.add, self.remove, (self.sum, 1), edges=(6, 4, 12, 4)),
        )
        self._side = side = Card(inset=(3, 6), parent=self)
        row_of((card, 1), side, inside=self, spacing=12)
        scroll = QScrollArea(side)
        side.body.addWidget(scroll)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        show_in(scroll, self.form)


_key: Callable[[AreaRow], str] = attrgetter("line.name")


def _sum_words(rows: list[AreaRow]) -> str:
    pots = money.short_pounds(sum(row.line.pot_pence for row in rows))
    apart = money.short_pounds(sum(row.line.start_up_pence for row in rows))
    return f"{ours(counted(len(rows), 'area', 'areas'))}, {pots} in the pots, {apart} start-up money separate"
