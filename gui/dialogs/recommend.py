"""Change one recommendation: its outcome, the amount, and the reason that applicants are told."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.foot import foot
from gui.round_list import Listed, Mark
from gui.text import OUTCOME_WORDS
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.pill import Pill
from gui.widgets.words import Words
from scoring import money

OUTCOMES = (Mark.FUND, Mark.PART, Mark.RESERVE, Mark.DECLINE, Mark.DEFER, Mark.REFER)
FUNDED = (Mark.FUND, Mark.PART)
NO_REASON = "Give a reason: applicants are told why."
NO_AMOUNT = "Type an amount in pounds, such as 1,870 or 1870.50."

Check = Callable[[str, int | None], str]
"""Called with an outcome and its amount; returns why it cannot be, "" when it can."""


class RecommendDialog(QDialog):
    """Outcome, amount and reason. The deed stays live and goes to the first problem."""

    agreed = Signal(str, object, str)

    def __init__(self, look: Look, line: Listed, outcome: Mark, check: Check, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._line = line
        self._check = check
        standing = line.standing
        self.setWindowTitle(f"Recommend {standing.reference}")
        self._group = QButtonGroup(self)
        self.pills = {mark: Pill(look, OUTCOME_WORDS[mark], mark) for mark in OUTCOMES}
        self.amount = QLineEdit(_plain(line.amount_pence or standing.offer_pence or standing.requested_pence))
        self.amount.setAccessibleName(f"Amount, of {money.short_pounds(standing.requested_pence)} asked")
        self.amount.setMaximumWidth(look.px(140))
        self._own = line.mark if line.mark in OUTCOMES else Mark.DECLINE if line.mark is Mark.BELOW else None
        self.reason = QPlainTextEdit(line.reason if outcome is self._own else "")
        self.reason.setAccessibleName("Reason")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(look.px(84))
        self.problem = Words(look, size=12, tone="danger").wrapped()
        self.problem.hide()
        self.do = Button(look, "Record this recommendation", kind="primary")
        self.cancel = Button(look, "Cancel")
        self._lay_out()
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self._group.buttonToggled.connect(self._show_amount)
        self.pills[outcome].setChecked(True)
        self._show_amount()

    @property
    def outcome(self) -> Mark:
        """Return the outcome that is chosen."""
        return next(mark for mark, pill in self.pills.items() if pill.isChecked())

    def edit_amount(self) -> None:
        """Put the cursor into the amount."""
        self.amount.setFocus()
        self.amount.selectAll()

    @Slot()
    def _show_amount(self) -> None:
        chosen = [mark for mark, pill in self.pills.items() if pill.isChecked()]
        self.amount.setEnabled(bool(chosen) and chosen[0] in FUNDED)

    @Slot()
    def _agree(self) -> None:
        outcome = self.outcome
        amount = _pence(self.amount.text()) if outcome in FUNDED else None
        reason = self.reason.toPlainText().strip()
        if outcome in FUNDED and amount is None:
            self._object(NO_AMOUNT, self.amount)
        elif problem := self._check(outcome.value, amount):
            self._object(problem, self.amount)
        elif not reason or (reason == self._line.reason and outcome is not self._own):
            self._object(NO_REASON, self.reason)
        else:
            self.agreed.emit(outcome.value, amount, reason)
            self.accept()

    def _object(self, words: str, field: QWidget) -> None:
        self.problem.setText(words)
        self.problem.show()
        field.setAccessibleDescription(words)
        field.setFocus()

    def _lay_out(self) -> None:
        look, standing = self._look, self._line.standing
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(
            Words(look, f"{standing.reference} {standing.organisation}", size=15, weight=600).wrapped()
        )
        rule = standing.outcome_reason or ", ".join(standing.reasons)
        column.addWidget(Words(look, f"The rule: {rule}." if rule else "", tone="text2").wrapped())
        pills = QHBoxLayout()
        pills.setSpacing(0)
        for pill in self.pills.values():
            self._group.addButton(pill)
            pills.addWidget(pill)
        pills.addStretch(1)
        column.addLayout(pills)
        amount = QHBoxLayout()
        amount.setSpacing(look.px(8))
        amount.addWidget(Words(look, "Amount £", weight=600))
        amount.addWidget(self.amount)
        amount.addWidget(
            Words(look, f"of {money.short_pounds(standing.requested_pence)} asked", tone="muted"), 1
        )
        column.addLayout(amount)
        column.addWidget(Words(look, "Reason, and for a part-fund the reduced scope", size=12, weight=600))
        for widget in (self.reason, self.problem):
            column.addWidget(widget)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(520))
        self.reason.setFocus()


def _plain(pence: int) -> str:
    return money.short_pounds(pence).replace("£", "")


def _pence(text: str) -> int | None:
    """Return the pence of an amount as typed, None when it is none."""
    plain = text.replace("£", "").replace(",", "").replace(" ", "")
    pounds, dot, pence = plain.partition(".")
    if not pounds.isascii() or not pounds.isdigit() or (dot and not (pence.isdigit() and len(pence) <= 2)):
        return None
    return int(pounds) * 100 + int(pence.ljust(2, "0") or 0)
