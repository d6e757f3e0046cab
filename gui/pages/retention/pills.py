"""Pills over the list: how many applications stand how, and which of them are on show."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from gui.pages.retention.rows import Clock, clocks_of
from gui.theme.look import Look
from gui.widgets.flow import Flow
from gui.widgets.pill import Pill
from models.queries.retention.retention import Keeping

ALL = "All"


class ClockPills(QWidget):
    """All, then each way that a clock stands which occurs, with how many there are."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName("Which applications are shown")
        self._group = QButtonGroup(self)
        self.pills = [Pill(look, ALL), *(Pill(look, clock, clock) for clock in Clock)]
        row = Flow(self)
        row.setSpacing(1)
        for pill in self.pills:
            self._group.addButton(pill)
            row.addWidget(pill)
        self.pills[0].setChecked(True)
        self._group.buttonToggled.connect(self._tell)

    @property
    def clock(self) -> Clock | None:
        """Return which are on show, None for all."""
        pill = self._group.checkedButton()
        value = pill.value if isinstance(pill, Pill) else None
        return value if isinstance(value, Clock) else None

    def choose(self, clock: Clock | None) -> None:
        """Show those that stand so, or all."""
        next(pill for pill in self.pills if pill.value == clock).setChecked(True)

    def show_counts(self, lines: Sequence[Keeping]) -> None:
        """Show how many stand how; ways that do not occur are left out."""
        counts = Counter(clock for line in lines for clock in clocks_of(line))
        for pill in self.pills[1:]:
            assert isinstance(pill.value, Clock)
            number = counts[pill.value]
            pill.show_words(f"{pill.value} {number:,}")
            pill.setVisible(number > 0)
            if pill.isChecked() and not number:
                self.pills[0].setChecked(True)
        self.pills[0].show_words(f"{ALL} {len(lines):,}")

    def shown(self, lines: Sequence[Keeping]) -> tuple[Keeping, ...]:
        """Return the lines that are on show."""
        clock = self.clock
        return tuple(line for line in lines if clock is None or clock in clocks_of(line))

    @Slot(object, bool)
    def _tell(self, pill: object, is_on: bool) -> None:
        if is_on:
            self.changed.emit()
