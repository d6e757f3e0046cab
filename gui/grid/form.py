"""A small grid with what is said beneath it: what cannot be read or was left out, and slips asked about."""

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.grid.grid import EntryGrid, GridCell, Line
from gui.grid.name_slip import SlipNote
from gui.widgets.field_error import FieldError, OwnFaults
from gui.widgets.label import Label, small
from gui.widgets.nesting import column_of
from scoring.written.names import slip_of


class GridForm(OwnFaults):
    """It says how the grid is filled in, and asks about names in its first column."""

    changed = Signal()

    def __init__(self, how: str, grid: EntryGrid) -> None:
        super().__init__()
        self._known: tuple[str, ...] = ()
        self._kept: set[str] = set()
        self._told_of: GridCell | None = None
        self.grid = grid
        self.wrong = FieldError()
        self.told = small()
        self.warned = Label(size=12, weight=600, tone="warning").wrapped()
        self.slip = SlipNote()
        said = small(how)
        parts = (said, grid, self.wrong, self.warned, self.told, self.slip)
        column_of(*parts, spacing=6, inside=self)
        self.told.hide()
        self.warned.hide()
        self.setFocusProxy(grid.cell(0, 0))
        grid.changed.connect(self._show_faults)
        grid.told.connect(self.show_notes)
        self.slip.mended.connect(self._mend)
        self.slip.kept.connect(self._keep)

    def know(self, names: Iterable[str]) -> None:
        """Know the names that a slip may be meant for."""
        self._known = tuple(dict.fromkeys(names))
        self._show_faults()

    def first_problem(self, empty: str) -> tuple[str, QWidget] | None:
        """Return what has to be mended or answered, and where; `empty` says that there is no line."""
        fault = self.grid.fault()
        if fault is not None:
            return fault
        if not self.grid.lines:
            return empty, self.grid.cell(0, 0)
        return (self.slip.question, self.slip.use) if self.slip.is_asking else None

    def show_fault(self, words: str, field: QWidget) -> None:
        """Say beneath the grid what is wrong with a cell; what is asked of a name is not said again."""
        if words != self.slip.question:
            self.wrong.show_error(words, field)

    @Slot(str, str)
    def show_notes(self, words: str, warning: str = "") -> None:
        """Say what a block left out and what it has wrong, "" nothing."""
        for label, said in ((self.told, words), (self.warned, warning)):
            label.setText(said)
            label.setVisible(bool(said))

    @Slot()
    def _show_faults(self) -> None:
        """Say what cannot be read once its cell is left, and ask about the first slip."""
        fault = self.grid.fault()
        if fault is None or self.grid.is_at(fault[1]):
            self.wrong.clear()
            self._told_of = None
        elif fault[0] != self.wrong.text():  # it names its line, whose name may be typed just now
            self.wrong.show_error(*fault, is_announced=fault[1] is not self._told_of)
            self._told_of = fault[1]
        self.slip.ask(*self._slip())
        self.changed.emit()

    def _slip(self) -> tuple[str, str]:
        """Return the first name that is one letter off a known one or off one above it, and that one."""
        above: list[str] = []
        for line in self.grid.lines:
            name = line.texts[0].strip()
            meant = "" if name in self._kept else slip_of(name, (*self._known, *above))
            if meant:
                return name, meant
            above.append(name)
        return "", ""

    @Slot(str, str)
    def _mend(self, name: str, known: str) -> None:
        lines = self.grid.lines
        self.grid.show_lines(
            [line if line.texts[0].strip() != name else _named(line, known) for line in lines]
        )
        self.grid.setFocus()

    @Slot(str)
    def _keep(self, name: str) -> None:
        self._kept.add(name)
        self._show_faults()
        self.grid.setFocus()


def _named(line: Line, name: str) -> Line:
    return Line((name, *line.texts[1:]), line.is_offered, line.is_checked)
