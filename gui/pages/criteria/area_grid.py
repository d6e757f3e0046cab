"""The areas of a round that is started, with their money: typed, pasted from a spreadsheet, or offered."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from exchange.cell_text import one_line
from exchange.pasted_areas import has_amount
from exchange.pasted_block import read_area_block
from gui.grid.grid import EntryGrid, GridColumn
from gui.grid.lines import Line
from gui.grid.slip_note import SlipNote
from gui.pages.criteria.reading import money_text, pot_money
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.field_error import FieldError
from gui.widgets.long_tick import LongTick
from gui.widgets.words import Words
from scoring import money
from scoring.round import Area
from scoring.spelling import slip_of

HOW = (
    "Type, or paste a block from Excel into the first cell: area, pot and, if there is any, start-up money "
    "and what is committed already. Enter goes down, Ctrl+Delete removes a line."
)
NOT_CHECKED = "Check the pots: they are the last round's. Correct them, or tick that they are right."


class AreaGrid(QWidget):
    """A grid of areas and pots, what they come to, and what is asked before they are taken."""

    agreed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._known: tuple[str, ...] = ()
        self._kept: set[str] = set()
        self.grid = EntryGrid(look, ("area", "areas"), _COLUMNS, read_area_block)
        self.told = Words(look, size=12, tone="text2").wrapped()
        self.slip = SlipNote(look)
        self.checked = LongTick("")
        self.found = Words(look, size=12, weight=600, tone="text2").wrapped()
        self.wrong = FieldError(look)
        self.setFocusProxy(self.grid.cell(0, 0))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addWidget(Words(look, HOW, size=12, tone="text2").wrapped())
        for part in (self.grid, self.wrong, self.found, self.told, self.slip, self.checked):
            column.addWidget(part)
        self.told.hide()
        self.grid.changed.connect(self._weigh)
        self.grid.told.connect(self._tell)
        self.grid.agreed.connect(self.agreed)
        self.slip.mended.connect(self._mend)
        self.slip.kept.connect(self._keep)
        self.checked.toggled.connect(self._check)
        self._weigh()

    def know(self, names: Iterable[str]) -> None:
        """Know the names of areas that a slip may be meant for."""
        self._known = tuple(dict.fromkeys(names))
        self._weigh()

    def offer(self, areas: Sequence[Area], *, is_last: bool) -> None:
        """Offer areas: the fund's usual ones, or with `is_last` those of the last round, to be checked."""
        self._tell("")
        self.checked.setChecked(False)
        self.grid.show_lines([_offered(area, is_last=is_last) for area in areas])

    @property
    def areas(self) -> tuple[Area, ...]:
        """Return the areas; raise ValueError where something cannot be read."""
        fault = self.grid.fault()
        if fault is not None:
            raise ValueError(fault[0])
        return tuple(_area(line) for line in self.grid.lines)

    def first_problem(self) -> tuple[str, QWidget] | None:
        """Return what has to be mended or answered before the areas can be taken, and where."""
        fault = self.grid.fault()
        if fault is not None:
            return fault
        if not self.grid.lines:
            return "Enter an area with its pot; one is enough.", self.grid.cell(0, 0)
        if self.slip.is_asking:
            return self.slip.question, self.slip.use
        if self._to_check():
            return NOT_CHECKED, self.checked
        return None

    def _to_check(self) -> list[Line]:
        return [line for line in self.grid.lines if not line.is_checked]

    @Slot()
    def _weigh(self) -> None:
        """Say what the areas come to, and ask what there is to ask."""
        waiting = self._to_check()
        self.checked.setVisible(bool(waiting))
        if waiting:
            pots = counted(len(waiting), "pot is", "pots are")
            self.checked.setText(f"{pots} still the last round's. I have checked: right for this round too")
        self._tell_fault()
        self._ask()

    def _tell_fault(self) -> None:
        """Say what cannot be read once its cell is left; else what the areas come to."""
        fault = self.grid.fault()
        is_told = fault is not None and not fault[1].hasFocus()
        self.found.setVisible(fault is None)
        if fault is None or not is_told:
            self.wrong.clear()
        elif fault[0] != self.wrong.text():
            self.wrong.tell(*fault)
        if fault is None:
            self.found.setText(self._sum())

    def _sum(self) -> str:
        areas = self.areas
        pots = money.short_pounds(sum(area.pot_pence for area in areas))
        apart = sum(area.start_up_pence for area in areas)
        words = f"{counted(len(areas), 'area', 'areas')}, {pots} in the pots"
        return f"{words}, {money.short_pounds(apart)} start-up money apart." if apart else f"{words}."

    def _ask(self) -> None:
        """Ask about the first name that is one letter off a known one or off one above it."""
        above: list[str] = []
        for line in self.grid.lines:
            name = line.texts[0].strip()
            meant = "" if name in self._kept else slip_of(name, (*self._known, *above))
            if meant and meant != name:
                self.slip.ask(name, meant)
                return
            above.append(name)
        self.slip.ask("", "")

    @Slot(str, str)
    def _mend(self, name: str, known: str) -> None:
        self._rename(name, known)

    @Slot(str)
    def _keep(self, name: str) -> None:
        self._kept.add(name)
        self._weigh()
        self.grid.setFocus()

    def _rename(self, name: str, to: str) -> None:
        lines = [
            Line((to, *line.texts[1:]), line.is_offered, line.is_checked)
            if line.texts[0].strip() == name
            else line
            for line in self.grid.lines
        ]
        self.grid.show_lines(lines)
        self.grid.setFocus()

    @Slot(bool)
    def _check(self, is_checked: bool) -> None:
        if is_checked:
            self.grid.check_all()
            self._weigh()

    @Slot(str)
    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))


def _offered(area: Area, *, is_last: bool) -> Line:
    texts = (area.name, money_text(area.pot_pence or None), money_text(area.start_up_pence or None), "")
    return Line(texts, is_offered=True, is_checked=not (is_last and any(texts[1:])))


def _area(line: Line) -> Area:
    return Area(line.texts[0].strip(), *(pot_money(text.strip()) for text in line.texts[1:]))


def _tidy_name(text: str) -> str:
    name = one_line(text)
    if has_amount(name):
        raise ValueError(f"“{name}” has an amount in the area's name. Put it into the next cell.")
    return name


def _tidy_money(text: str) -> str:
    return money_text(pot_money(text)) if text else ""


_COLUMNS = (
    GridColumn("Area", _tidy_name, stretch=4, hint="such as Coventry"),
    GridColumn("Pot", _tidy_money, stretch=2, is_right=True, hint="£0"),
    GridColumn("Start-up money", _tidy_money, stretch=2, is_right=True, hint="£0"),
    GridColumn("Committed already", _tidy_money, stretch=2, is_right=True, hint="£0"),
)
