"""Small boxes of the Monitoring page: a visit, when returns came in, how often awards report."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import DayField, MoneyField, Wrong, required_text
from models.papers.monitoring.monitoring import AwardMonitoring, Visit
from models.papers.monitoring.monitoring_plan import POINTS
from models.reference.defaults import ReturnBand
from scoring.written.text import with_capital

LEAST_LINES = 3
BANDS = (
    "In proportion to the money: the first line that an award fits under counts, the last is for any amount. "
    "Returns that are planned already stay as they are."
)
TO_COME = "That day is still to come. A visit is recorded once it was made."
NOT_IN_YET = "That day is still to come. A return is recorded once it has come in."
TOO_LITTLE = "Type an amount in pounds that is more than the one above it."


class VisitDialog(Form):
    """When a project was visited, by whom, and what was seen."""

    entered = Signal(object)

    def __init__(self, look: Look, award: AwardMonitoring, today: date, person: str, parent: QWidget) -> None:
        title = f"Visit to {award.organisation}"
        words = "What was seen is shown in the monitoring workbook, with who saw it."
        super().__init__(look, title, (words,), "Record the visit", parent)
        self.on = self.add("Visited on", DayField("Visited on", today, is_past=True, to_come=TO_COME))
        self.who = self.line("Visited by", person)
        self.seen = self.note("What was seen", 84)
        self.finish()

    def try_action(self) -> None:
        """Put the visit down, or say what is missing."""
        on, who = self.on.that_day, required_text(self.who, "Say who went.")
        seen = required_text(self.seen, "Say what was seen.")
        self.accept()
        self.entered.emit(Visit(on, who, seen))


class ReceivedDialog(Form):
    """What a workbook brings, and when the returns came in that do not say so."""

    agreed = Signal(object)

    def __init__(self, look: Look, words: Sequence[str], action: str, today: date, parent: QWidget) -> None:
        super().__init__(look, "Import returns", words, action, parent)
        self.on = self.add("Received on", DayField("Received on", today, is_past=True, to_come=NOT_IN_YET))
        self.finish(self.on)

    def try_action(self) -> None:
        """Import them as of a day, or say what is wrong with it."""
        on = self.on.that_day
        self.accept()
        self.agreed.emit(on)


class BandsDialog(Form):
    """How often awards up to an amount report; an empty amount leaves its line out."""

    chosen = Signal(object)

    def __init__(self, look: Look, bands: tuple[ReturnBand, ...], parent: QWidget) -> None:
        super().__init__(look, "Returns by amount", (BANDS,), "Set for this round", parent)
        self.lines: list[tuple[MoneyField | None, QComboBox]] = []
        self._lines = self.field_grid("Awards up to", "Returns")
        self._lines.setColumnStretch(1, 1)
        below = [band for band in bands if band.up_to_pence is not None]
        for band in (*below, *(None,) * (LEAST_LINES - len(below))):
            self._add(band)
        last = next((band.points for band in bands if band.up_to_pence is None), "quarterly")
        self._add_last(last)
        self.finish()

    def _add(self, band: ReturnBand | None) -> None:
        row = len(self.lines) + 1
        pence = None if band is None else band.up_to_pence
        amount = self._lines.sized(MoneyField(f"Amount of line {row}", pence, wanted=TOO_LITTLE), 130)
        points = self._points(f"Returns of line {row}", "end" if band is None else band.points)
        self._lines.put(amount, points)
        self.lines.append((amount, points))

    def _add_last(self, points: str) -> None:
        chosen = self._points("Returns of any other amount", points)
        self._lines.put(self._lines.name("Any other amount"), chosen)
        self.lines.append((None, chosen))

    def _points(self, name: str, points: str) -> QComboBox:
        choice = ChoiceList()
        choice.setAccessibleName(name)
        for code, words in POINTS.items():
            choice.addItem(with_capital(words), code)
        choice.setCurrentIndex(list(POINTS).index(points))
        return choice

    def try_action(self) -> None:
        """Set the lines, unless an amount is not more than the one before."""
        found, least = [], 0
        for amount, points in self.lines:
            if amount is None:
                found.append(ReturnBand(None, str(points.currentData())))
            elif amount.text().strip():
                pence = amount.that_many
                if pence <= least:
                    raise Wrong(TOO_LITTLE, amount)
                least = pence
                found.append(ReturnBand(pence, str(points.currentData())))
        self.accept()
        self.chosen.emit(tuple(found))
