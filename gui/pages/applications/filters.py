"""Filter the list of applications with pills that count, and by words in a box."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from gui.pages.applications.lines import ApplicationLine, Filter
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.filter_row import FilterBox
from gui.widgets.flow import Flow
from gui.widgets.pill import Pill
from gui.widgets.speech.left_in_list import LeftInList
from gui.widgets.turned import ChoiceList
from models.reference.defaults import ListKind
from models.values.applications import CHOICE_WORDS
from scoring.written.names import sought

EVERYTHING, NOT_CHOSEN = "Whatever it is for", "Nothing chosen yet"
SHORTEST = 14
"""How many characters the list of what applications are for has room for: its longest lines are long."""


class Filters(QWidget):
    """Pills for what occurs, a box for words, and a list of what applications are for."""

    changed = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._count = 0
        self._group = QButtonGroup(self)
        self.pills = [Pill(look, one, one) for one in Filter]
        self.words, self.purpose = FilterBox(look), ChoiceList()
        self.purpose.setAccessibleName("What it is for")
        self.purpose.addItem(EVERYTHING)
        self.purpose.setSizeAdjustPolicy(ChoiceList.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.purpose.setMinimumContentsLength(SHORTEST)
        self.purpose.hide()
        row = Flow(self)
        row.setSpacing(look.px(3))
        for pill in self.pills:
            self._group.addButton(pill)
            row.addWidget(pill)
        row.addWidget(self.words)
        row.addWidget(self.purpose)
        self.pills[0].setChecked(True)
        self._group.buttonToggled.connect(self._tell)
        self.purpose.currentTextChanged.connect(self.changed)
        self.words.textChanged.connect(self.changed)
        self.words.left.connect(self.left)

    @property
    def chosen(self) -> Filter:
        """Return the pill that is chosen."""
        pill = self._group.checkedButton()
        return Filter(str(pill.value)) if isinstance(pill, Pill) else Filter.ALL

    def choose(self, wanted: Filter) -> None:
        """Choose a pill, and nothing else that filters."""
        self.clear()
        next(pill for pill in self.pills if pill.value is wanted).setChecked(True)

    def lead_to(self, table: LineView[ApplicationLine]) -> None:
        """Leave the filters for the table, and say to whoever hears them how many lines are left there."""
        self.left.connect(table.setFocus)
        LeftInList((self.words, self.purpose), table, lambda: self._count)

    def show_counts(self, counts: Counter[Filter]) -> None:
        """Show how many each pill leaves; those that leave none are left out."""
        self._count = counts[Filter.ALL]
        for pill in self.pills:
            number = counts[Filter(str(pill.value))]
            pill.show_words(f"{pill.value} {number:,}")
            pill.setVisible(number > 0 or pill.value is Filter.ALL)
            if pill.isChecked() and not number:
                self.pills[0].setChecked(True)

    def show_purposes(self, lines: Sequence[ApplicationLine]) -> None:
        """Offer the lines of the fund's lists that applications have, where any has one."""
        of_lists = {(one.kind, one.words) for line in lines for one in line.of.choices}
        offered = [NOT_CHOSEN, *(_called(*one) for one in sorted(of_lists, key=_place))] if of_lists else []
        stood = self.purpose.currentText()
        if [EVERYTHING, *offered] != [self.purpose.itemText(n) for n in range(self.purpose.count())]:
            with QSignalBlocker(self.purpose):
                self.purpose.clear()
                self.purpose.addItems([EVERYTHING, *offered])
                self.purpose.setCurrentIndex(max(self.purpose.findText(stood), 0))
        self.purpose.setVisible(bool(offered))

    def left_of(self, lines: Sequence[ApplicationLine]) -> list[ApplicationLine]:
        """Return the lines that stay in the list."""
        chosen, words, wanted = self.chosen, sought(self.words.text()), self.purpose.currentText()
        return [
            line
            for line in lines
            if chosen in line.filters and (not words or words in line.finds) and _is_for(line, wanted)
        ]

    def clear(self) -> None:
        """Leave every line in the list."""
        self.words.clear()
        self.purpose.setCurrentIndex(0)
        self.pills[0].setChecked(True)

    def focus_words(self) -> None:
        """Put the cursor into the box."""
        self.words.setFocus()
        self.words.selectAll()

    @Slot(object, bool)
    def _tell(self, pill: object, is_on: bool) -> None:
        if is_on:
            self.changed.emit()


def _is_for(line: ApplicationLine, wanted: str) -> bool:
    if wanted == NOT_CHOSEN:
        return not line.of.choices
    return wanted == EVERYTHING or wanted in {_called(one.kind, one.words) for one in line.of.choices}


def _called(kind: ListKind, words: str) -> str:
    return f"{CHOICE_WORDS[kind]}: {words}"


def _place(one: tuple[ListKind, str]) -> tuple[int, str]:
    return list(ListKind).index(one[0]), one[1]
