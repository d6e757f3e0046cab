"""The areas of a round that is started, with their money: typed, pasted from a spreadsheet, or offered."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from exchange.reading.pasted import has_amount, read_area_block
from gui.grid.form import GridForm
from gui.grid.grid import EntryGrid, GridColumn, Line
from gui.text import counted, ours
from gui.widgets.label import Label
from gui.widgets.nesting import column_of
from gui.widgets.tick_list import in_lines
from gui.widgets.typed import Wrong
from scoring import money
from scoring.round import Area
from scoring.written.amounts import read_money
from scoring.written.text import one_line

HOW = (
    "Type, or paste a block from Excel into the first cell: area, pot and, if there is any, start-up money "
    "and what is committed already. Areas that name the same shared pot draw on what they put in together. "
    "Enter goes down, Ctrl+Delete removes a line."
)
NO_MONEY = "No pot has any money yet: enter it here, or on Criteria & scale before anything is recommended."
NOT_CHECKED = "Check the pots: they are the last round's. Correct them, or tick that they are right."


class Offered(Struct, frozen=True):
    """Areas that are offered: the fund's usual ones, or those of the last round, to be checked (`is_last`).

    `note` is said beneath them.
    """

    areas: Sequence[Area]
    is_last: bool = False
    note: str = ""


class AreaGrid(QWidget):
    """A grid of areas and pots, what they come to, and what is asked before they are taken.

    It knows the names of areas that a slip may be meant for.
    """

    agreed = Signal()

    def __init__(self, known: Iterable[str], offered: Offered) -> None:
        super().__init__()
        self.grid = EntryGrid(("area", "areas"), _COLUMNS, read_area_block)
        self.form = GridForm(ours(HOW), self.grid)
        self.found = Label(size=12, weight=600, tone="text2").wrapped()
        self.checked = QCheckBox()
        self.setFocusProxy(self.grid.cell(0, 0))
        column_of(self.form, self.found, self.checked, inside=self, spacing=6)
        self.form.changed.connect(self._show_sums)
        self.grid.agreed.connect(self.agreed)
        self.checked.toggled.connect(self._check)
        self.form.know(known)
        self.show_value(offered)

    def show_value(self, offered: Offered) -> None:
        """Offer areas; where somebody entered areas already, those stay."""
        if any(not line.is_offered for line in self.grid.lines):
            self.form.show_notes(ours("The areas that you entered stay."))
            return
        self.form.show_notes(offered.note)
        self.checked.setChecked(False)
        self.grid.show_lines([_offered(area, is_last=offered.is_last) for area in offered.areas])

    @property
    def areas(self) -> tuple[Area, ...]:
        """Return the areas, where all can be read."""
        return tuple(map(_area, self.grid.lines))

    @property
    def value(self) -> tuple[Area, ...]:
        """Return the areas; raise `Wrong` where something has to be mended or answered before."""
        problem = self.first_problem()
        if problem is not None:
            raise Wrong(*problem)
        return self.areas

    def first_problem(self) -> tuple[str, QWidget] | None:
        """Return what has to be mended or answered before the areas can be taken, and where."""
        found = self.form.first_problem(ours("Enter an area with its pot; one is enough."))
        return (NOT_CHECKED, self.checked) if found is None and self._to_check() else found

    def _to_check(self) -> list[Line]:
        return [line for line in self.grid.lines if not line.is_checked]

    @Slot()
    def _show_sums(self) -> None:
        """Say what the areas come to, and which pots are to be checked."""
        waiting = self._to_check()
        self.checked.setVisible(bool(waiting))
        if waiting:
            pots = counted(len(waiting), "pot is", "pots are")
            words = f"{pots} still the last round's. I have checked: right for this round too"
            self.checked.setText(in_lines(words))
            self.checked.setAccessibleName(words)
        can_be_read = self.grid.fault() is None
        self.found.setVisible(can_be_read)
        if can_be_read:
            self.found.setText(self._sum())

    def _sum(self) -> str:
        areas = self.areas
        pots = money.short_pounds(sum(area.pot_pence for area in areas))
        apart = sum(area.start_up_pence for area in areas)
        words = f"{ours(counted(len(areas), 'area'))}, {pots} in the pots"
        if areas and not any(area.pot_pence for area in areas):
            return f"{words}. {NO_MONEY}"
        return f"{words}, {money.short_pounds(apart)} start-up money separate." if apart else f"{words}."

    @Slot(bool)
    def _check(self, is_checked: bool) -> None:
        if is_checked:
            self.grid.check_all()
            self._show_sums()


def _offered(area: Area, *, is_last: bool) -> Line:
    amounts = (*map(_shown, (area.pot_pence, area.start_up_pence)), "")
    texts = (area.name, *amounts, area.shared_pot)
    return Line(texts, is_offered=True, is_checked=not (is_last and any(amounts)))


def _area(line: Line) -> Area:
    name, *amounts, shared = (text.strip() for text in line.texts)
    pot, start_up, committed = map(_pence, amounts)
    return Area(name, pot, start_up, committed, shared)


def _tidy_name(text: str) -> str:
    name = one_line(text)
    if has_amount(name):
        raise ValueError(f"“{name}” has an amount in the area's name. Put it into the next cell.")
    return name


def _tidy_money(text: str) -> str:
    return money.short_pounds(_pence(text)) if text else ""


def _pence(text: str) -> int:
    return read_money(text) or 0


def _shown(pence: int) -> str:
    return money.short_pounds(pence) if pence else ""


_COLUMNS = (
    GridColumn("Area", _tidy_name, stretch=4, hint="such as North"),
    GridColumn("Pot", _tidy_money, stretch=2, is_right=True, hint="£0"),
    GridColumn("Start-up money", _tidy_money, stretch=2, is_right=True, hint="£0"),
    GridColumn("Committed already", _tidy_money, stretch=2, is_right=True, hint="£0"),
    GridColumn("Shared pot", one_line, stretch=2, hint="its own"),
)
