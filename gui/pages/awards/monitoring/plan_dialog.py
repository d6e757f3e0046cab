"""Ask when an award reports: a line for each return, with its day."""

from datetime import date
from operator import attrgetter

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import DayField, Wrong, required_text
from models.papers.monitoring.monitoring import AwardMonitoring
from models.papers.monitoring.monitoring_plan import day_fault
from models.values.awards import PlannedReturn

SPARE, LEAST = 2, 4
WORDS = (
    "One line for each return: what it is of, up to which day it tells, and the day it is due. A line "
    "without words and due day is left out."
)
NO_WORDS = "Say in a word or two what the return covers, such as “half way”."


class PlanFields(Struct, frozen=True):
    """The fields of one return; `number` is None for one that is new."""

    number: int | None
    words: QLineEdit
    covers: DayField
    due: DayField

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed in it."""
        return not self.words.text().strip() and not self.due.text().strip()


class PlanDialog(Form):
    """The returns that are planned, or those that the award's amount asks for, and room for more."""

    chosen = Signal(object)

    def __init__(
        self, look: Look, award: AwardMonitoring, usual: tuple[PlannedReturn, ...], parent: QWidget
    ) -> None:
        super().__init__(look, f"Returns of {award.reference}", (WORDS,), "Plan returns", parent, 640)
        self.lines: list[PlanFields] = []
        self._starts_on = award.start_on
        self._stood = {(each.number, each.due_on, each.covers_to) for each in award.planned}
        self._last = max((each.number for each in award.planned), default=0)
        self._lines = self.field_grid("What it covers", "Tells up to", "Due on")
        self._lines.setColumnStretch(0, 1)
        planned = award.planned or usual
        for each in planned:
            self._add(each.number if award.planned else None, each.words, each.covers_to, each.due_on)
        for _ in range(max(SPARE, LEAST - len(planned))):
            self._add(None, "", None, None)
        self.finish(self.lines[0].words)

    def _add(self, number: int | None, words: str, covers: date | None, due: date | None) -> None:
        row = len(self.lines) + 1
        of = self._lines.edit(f"What return {row} is of", words)
        to_day = DayField(f"Up to when return {row} tells", covers, is_past=False, is_needed=False)
        to = self._lines.sized(to_day, 170)
        on = self._lines.sized(DayField(f"When return {row} is due", due, is_past=False), 170)
        self._lines.put(of, to, on)
        self.lines.append(PlanFields(number, of, to, on))

    def try_action(self) -> None:
        """Plan the returns in the order of their days."""
        found: list[PlannedReturn] = []
        last = self._last
        for line in (line for line in self.lines if not line.is_empty):
            due, words = line.due.that_day, required_text(line.words, NO_WORDS)
            last = last + 1 if line.number is None else last
            number = last if line.number is None else line.number
            found.append(self._checked(PlannedReturn(number, due, words, line.covers.day), line))
        self.accept()
        self.chosen.emit(tuple(sorted(found, key=attrgetter("due_on", "number"))))

    def _checked(self, one: PlannedReturn, line: PlanFields) -> PlannedReturn:
        """Return it; what stood may stay, else its days are ones that can be."""
        fault = day_fault(one, self._starts_on)
        if fault and (one.number, one.due_on, one.covers_to) not in self._stood:
            raise Wrong(fault, line.due if one.due_on < self._starts_on else line.covers)
        return one
