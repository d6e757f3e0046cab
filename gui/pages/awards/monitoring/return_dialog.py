"""Ask what a return says: when it came in, spend, words, each output, and people under each line."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.form import Form
from gui.pages.awards.monitoring.agreed_dialog import figure_of
from gui.pages.awards.monitoring.small_dialogs import NOT_IN_YET
from gui.theme.look import Look
from gui.widgets.typed import DayField, MoneyField, Wrong
from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    OutputProgress,
    ReturnContent,
    SupportedNumber,
)
from models.papers.monitoring.monitoring_plan import asked_outputs
from models.reference.defaults import ReferenceList
from scoring.written.days import short_day

NO_FIGURE = "Type a whole number, 0 or more, or leave it out."
HINT = "Give the figures of this return alone, without those before it."


class ReturnDialog(Form):
    """One return of one award; what stands is filled in."""

    entered = Signal(object)

    def __init__(
        self,
        look: Look,
        award: AwardMonitoring,
        one: AwardReturn,
        lists: Iterable[ReferenceList],
        today: date,
        parent: QWidget,
    ) -> None:
        title = f"Return {one.plan.number} of {award.reference}: {one.plan.words}"
        hint = f"Due on {short_day(one.plan.due_on)}. {HINT}"
        super().__init__(look, title, (hint,), "Record the return", parent, 640)
        said = one.said
        self.outputs: list[tuple[AgreedOutput, QLineEdit, QLineEdit]] = []
        self.people: list[tuple[str, str, QLineEdit]] = []
        received = said.received_on if said else today
        self.received = DayField("Received on", received, is_past=True, to_come=NOT_IN_YET)
        spent = said.spent_pence if said else None
        self.spent = MoneyField("Spend evidenced", spent, is_needed=False)
        self.across(("Received on", self.received), ("Spend evidenced", self.spent))
        self.words = self.note("What the return says", 72, said.words if said else "")
        self._add_outputs(award, said)
        self._add_people(lists, said)
        self.finish(self.received)

    def _add_outputs(self, award: AwardMonitoring, said: ReturnContent | None) -> None:
        told = {each.output: each for each in said.progress} if said else {}
        asked = {each.number for each in asked_outputs(award)} | told.keys()
        if not asked:
            return
        grid = self.field_grid("What was agreed", "Reached", "In words")
        for output in (each for each in award.outputs if each.number in asked):
            before = told.get(output.number, OutputProgress(output.number))
            reached = "" if before.achieved is None else str(before.achieved)
            figure = grid.edit(f"Reached: {output.words}", reached, width=130)
            words = grid.edit(f"In words: {output.words}", before.words)
            of = "" if output.target is None else f" ({output.target:,} agreed)"
            grid.put(grid.name(f"{output.words}{of}"), figure, words)
            self.outputs.append((output, figure, words))

    def _add_people(self, lists: Iterable[ReferenceList], said: ReturnContent | None) -> None:
        told = {(each.group, each.line): each.supported for each in said.supported} if said else {}
        for each in lists:
            grid = self.field_grid(each.title, "People")
            grid.setColumnStretch(0, 1)
            for line in each.lines:
                number = told.get((each.code, line))
                field = grid.edit(f"People: {line}", "" if number is None else str(number), width=130)
                grid.put(grid.name(line), field)
                self.people.append((each.code, line, field))
        self._kept = tuple(
            each
            for each in (said.supported if said else ())
            if (each.group, each.line) not in {(code, line) for code, line, _ in self.people}
        )

    def try_action(self) -> None:
        """Put the return down, or go to the first field that is wrong."""
        received, spent = self.received.that_day, self.spent.pence
        figures = [*(field for _, field, _ in self.outputs), *(field for _, _, field in self.people)]
        wrong = [field for field in figures if field.text().strip() and figure_of(field.text()) is None]
        if wrong:
            raise Wrong(NO_FIGURE, wrong[0])
        words = self.words.toPlainText().strip()
        self.accept()
        self.entered.emit(
            ReturnContent(received, words, spent, tuple(self._progress()), (*self._supported(), *self._kept))
        )

    def _progress(self) -> Iterable[OutputProgress]:
        for output, figure, words in self.outputs:
            achieved, said = figure_of(figure.text()), words.text().strip()
            if achieved is not None or said:
                yield OutputProgress(output.number, achieved, said)

    def _supported(self) -> Iterable[SupportedNumber]:
        for code, line, field in self.people:
            number = figure_of(field.text())
            if number is not None:
                yield SupportedNumber(code, line, number)
