"""Filter the list of applications with pills that count, and by words in a box."""

from collections import Counter

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from gui.pages.applications.lines import ApplicationLine, Filter
from gui.theme.look import Look
from gui.widgets.filter_row import FilterBox
from gui.widgets.label import stretch
from gui.widgets.pill import Pill


class Filters(QWidget):
    """Pills for what occurs, and a box for words."""

    changed = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.pills = [Pill(look, one, one) for one in Filter]
        self.words = FilterBox(look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 3, 0)
        row.setSpacing(1)
        for pill in self.pills:
            self._group.addButton(pill)
            row.addWidget(pill)
        row.addSpacing(look.px(6))
        row.addWidget(self.words)
        row.addWidget(stretch())
        self.pills[0].setChecked(True)
        self._group.buttonToggled.connect(self._tell)
        self.words.textChanged.connect(self.changed)
        self.words.left.connect(self.left)

    @property
    def chosen(self) -> Filter:
        """Return the pill that is chosen."""
        pill = self._group.checkedButton()
        return Filter(str(pill.value)) if isinstance(pill, Pill) else Filter.ALL

    def show_counts(self, counts: Counter[Filter]) -> None:
        """Show how many each pill leaves; those that leave none are left out."""
        for pill in self.pills:
            number = counts[Filter(str(pill.value))]
            pill.show_words(f"{pill.value} {number:,}")
            pill.setVisible(number > 0 or pill.value is Filter.ALL)
            if pill.isChecked() and not number:
                self.pills[0].setChecked(True)

    def leaves(self, line: ApplicationLine) -> bool:
        """Whether a line stays in the list."""
        return self.chosen in line.filters and self.words.text().strip().casefold() in line.finds

    def focus_words(self) -> None:
        """Put the cursor into the box."""
        self.words.setFocus()
        self.words.selectAll()

    @Slot(object, bool)
    def _tell(self, pill: object, is_on: bool) -> None:
        if is_on:
            self.changed.emit()
