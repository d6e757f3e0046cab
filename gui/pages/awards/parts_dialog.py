"""Instalments in lines of their own: an amount and what it waits for, adding up to the award."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.foot import foot
from gui.pages.decisions.dialogs import pence_of
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words
from models.queries.awards import AwardRow, Instalment
from scoring import money

LINES = 6


class PartsDialog(QDialog):
    """Up to six lines; the deed stays live and says what is left until they add up."""

    chosen = Signal(object)

    def __init__(self, look: Look, row: AwardRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = row
        title = f"Instalments of {row.reference}"
        self.setWindowTitle(title)
        self.lines: list[tuple[QLineEdit, QLineEdit]] = []
        self.left = Words(look, size=12, tone="text2").wrapped()
        self.do = Button(look, "Set instalments", kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        grid = QGridLayout()
        grid.setSpacing(look.px(6))
        grid.setColumnStretch(1, 1)
        for number in range(LINES):
            part = row.instalments[number] if number < len(row.instalments) else None
            amount = QLineEdit(money.short_pounds(part.amount_pence) if part else "")
            amount.setPlaceholderText("£")
            amount.setAccessibleName(f"Amount of instalment {number + 1}")
            trigger = QLineEdit(part.trigger if part else "")
            trigger.setPlaceholderText("what it waits for: signature, a date, a claim, proof of purchase")
            trigger.setAccessibleName(f"What instalment {number + 1} waits for")
            amount.setFixedWidth(look.px(110))
            amount.textChanged.connect(self._weigh)
            grid.addWidget(amount, number, 0)
            grid.addWidget(trigger, number, 1)
            self.lines.append((amount, trigger))
        column.addLayout(grid)
        column.addWidget(self.left)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(560))
        self.do.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self._weigh()

    @property
    def parts(self) -> tuple[Instalment, ...]:
        """Return the lines that have an amount."""
        found = ((pence_of(amount.text()), trigger.text().strip()) for amount, trigger in self.lines)
        return tuple(Instalment(pence, trigger) for pence, trigger in found if pence)

    @Slot()
    def _weigh(self) -> None:
        left = self._row.amount_pence - sum(part.amount_pence for part in self.parts)
        award = money.pounds(self._row.amount_pence)
        self.left.setText(
            f"They add up to the award of {award}."
            if left == 0
            else f"{money.pounds(abs(left))} {'left of' if left > 0 else 'more than'} the award of {award}."
        )

    @Slot()
    def _try(self) -> None:
        for amount, trigger in self.lines:
            if amount.text().strip() and not pence_of(amount.text()):
                self._refuse("Type an amount in pounds, such as 1,870 or 1870.50.", amount)
                return
            if amount.text().strip() and not trigger.text().strip():
                self._refuse("Say what the instalment waits for.", trigger)
                return
        if sum(part.amount_pence for part in self.parts) != self._row.amount_pence:
            self._weigh()
            self.lines[0][0].setFocus()
            return
        parts = self.parts
        self.accept()
        self.chosen.emit(parts)

    def _refuse(self, words: str, field: QLineEdit) -> None:
        self.left.setText(words)
        field.setFocus()
