"""Instalments in lines of their own: an amount or per cent, what it waits for, and when it is due."""

from msgspec import Struct
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gui.dialogs.field_grid import FieldGrid
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import DayField, Wrong, amount_fault, pence_of
from models.queries.awards.award_rows import AwardRow
from models.values.awards import ON_THE_DAY, Instalment
from scoring import money
from scoring.written.amounts import amounts_of, percent_of

LINES = 6
TRIGGERS = ("agreement signed", ON_THE_DAY, "claim", "proof of purchase")
NO_AMOUNT = "Type an amount in pounds, such as 1,870 or 1870.50, or a percentage of the award, such as 50%."
NO_TRIGGER = "Say what the instalment waits for."
BY_DATE = "An instalment that waits for a day needs the day it is due."
HINT = "A percentage is of the whole award. Shares that make up what is left lose no penny."


class PartFields(Struct, frozen=True):
    """The three fields of one line."""

    amount: QLineEdit
    trigger: QComboBox
    due: DayField

    @property
    def is_empty(self) -> bool:
        """Whether the line says no amount."""
        return not self.amount.text().strip()


class PartsDialog(Form):
    """Up to six lines; the action stays live and says what is left until they add up."""

    def __init__(self, look: Look, row: AwardRow, parent: QWidget) -> None:
        title = f"Instalments of {row.reference}"
        super().__init__(look, title, (HINT,), "Set instalments", parent, 640)
        self._row = row
        grid = self.field_grid("Amount or %", "Waits for", "Due on")
        grid.setColumnStretch(1, 1)
        self.lines = [self._line(grid, number) for number in range(LINES)]
        self.left = self.sentence("", size=12, tone="text2")
        self._show_left()
        self.finish(self.lines[0].amount)

    @property
    def parts(self) -> tuple[Instalment, ...]:
        """Return the lines that have an amount; raise `Wrong` where a day cannot be read."""
        lines = [line for line in self.lines if not line.is_empty]
        made = zip(lines, self.amounts, strict=True)
        return tuple(
            Instalment(pence, line.trigger.currentText().strip(), due_on=line.due.day)
            for line, pence in made
            if pence
        )

    @property
    def amounts(self) -> list[int]:
        """Return what the lines come to in pence; those in per cent share what the others leave."""
        texts = [line.amount.text() for line in self.lines if not line.is_empty]
        return amounts_of(texts, self._row.amount_pence)

    def _line(self, grid: FieldGrid, number: int) -> PartFields:
        part = self._row.instalments[number] if number < len(self._row.instalments) else None
        of = f"Amount or percentage of instalment {number + 1}"
        amount = grid.edit(of, money.short_pounds(part.amount_pence) if part else "", "£ or %", 110)
        amount.textChanged.connect(self._show_left)
        trigger = ChoiceList()
        trigger.setEditable(True)
        trigger.addItems(TRIGGERS)
        trigger.setCurrentText(part.trigger if part else "")
        trigger.setAccessibleName(f"What instalment {number + 1} waits for")
        named = f"When instalment {number + 1} is due"
        due = grid.sized(DayField(named, part.due_on if part else None, is_past=False, is_needed=False), 170)
        grid.put(amount, trigger, due)
        return PartFields(amount, trigger, due)

    @Slot()
    def _show_left(self) -> None:
        left = self._row.amount_pence - sum(self.amounts)
        award = money.short_pounds(self._row.amount_pence)
        self.left.setText(
            f"They add up to the award of {award}."
            if left == 0
            else f"{money.short_pounds(abs(left))} {'left of' if left > 0 else 'more than'} the award "
            f"of {award}."
        )

    def try_action(self) -> None:
        """Set the instalments, or go to the first thing that is wrong with them."""
        for line in self.lines:
            if not line.is_empty:
                self._check(line)
        if sum(self.amounts) != self._row.amount_pence:
            raise Wrong(self.left.text(), self.lines[0].amount)
        parts = self.parts
        self.accept()
        self.agreed.emit(parts)

    def _check(self, line: PartFields) -> None:
        """Raise `Wrong` where a line that says an amount is not as it has to be."""
        if not pence_of(line.amount.text()) and not percent_of(line.amount.text()):
            raise Wrong(_why_not(line.amount.text()), line.amount)
        words = line.trigger.currentText().strip()
        if not words:
            raise Wrong(NO_TRIGGER, line.trigger)
        if words == TRIGGERS[1] and line.due.day is None:
            raise Wrong(BY_DATE, line.due)
        _ = line.due.day


def _why_not(text: str) -> str:
    """Return why what was typed is neither an amount nor a per cent."""
    return NO_AMOUNT if text.strip().endswith("%") else amount_fault(text, NO_AMOUNT)
