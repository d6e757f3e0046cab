"""What payments wait for: a hold, proof that came in, and money that came back; asked for, then kept."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.amount_text import amount_fault, pence_of
from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.dialogs.reason import ReasonDialog
from gui.pages.awards.detail import AwardDetail
from gui.pages.decisions.dialogs import DAY_FORM, NO_DAY, day_of, is_to_come
from gui.pages.page import PageTools
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from models.operation import Operation, Outcome
from models.operations.payment_terms import HoldAward, Proof, SetProof, SetReturned
from models.queries.awards import AwardRow, Returned
from scoring import money

TO_COME = "That day is still to come. Put it down once it has come in."
HELD = ("Nothing more is paid until the hold is lifted. What was paid stands.",)


class TermDialog(Dialog):
    """A sentence, an amount where one is asked for, a day, and words; each is needed."""

    entered = Signal(object, object, str)

    def __init__(
        self, look: Look, title: str, words: str, field: str, most: int | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(words)
        self._look, self._most, self._field = look, most, field
        self.amount = QLineEdit() if most is not None else None
        self.day = QLineEdit(f"{date.today():{DAY_FORM}}")
        self.words = QLineEdit()
        self.problem = FieldError(look)
        self.do = Button(look, "Record", kind="primary")
        self.cancel = Button(look, "Cancel")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        self._column.setSpacing(look.px(6))
        self._column.addWidget(Words(look, title, size=15, weight=600))
        self._column.addWidget(Words(look, words, tone="text2").wrapped())
        for name, edit in (("Amount", self.amount), ("On", self.day), (field, self.words)):
            self._add(name, edit)
        self._column.addWidget(self.problem)
        self._column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(460))
        self.do.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)

    def _add(self, name: str, edit: QLineEdit | None) -> None:
        if edit is not None:
            edit.setAccessibleName(name)
            self._column.addWidget(Words(self._look, name, size=12, weight=600))
            self._column.addWidget(edit)

    @Slot()
    def _try(self) -> None:
        on = day_of(self.day.text())
        pence = None if self.amount is None else pence_of(self.amount.text())
        if self.amount is not None and not 0 < (pence or 0) <= (self._most or 0):
            most = money.short_pounds(self._most or 0)
            wanted = f"Type an amount up to the {most} that was paid and did not come back."
            self._refuse(amount_fault(self.amount.text(), wanted), self.amount)
        elif on is None:
            self._refuse(NO_DAY, self.day)
        elif is_to_come(on):
            self._refuse(TO_COME, self.day)
        elif not self.words.text().strip():
            self._refuse(f"{self._field}: say it in a few words.", self.words)
        else:
            self.accept()
            self.entered.emit(pence, on, self.words.text().strip())

    def _refuse(self, words: str, field: QLineEdit) -> None:
        self.problem.tell(words, field)
        field.setFocus()


class TermsDesk(QObject):
    """Ask, then have the record keep it."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._detail = tools, detail
        self.round_id = 0
        detail.hold_asked.connect(self._ask_hold)
        detail.proof_asked.connect(self._ask_proof)
        detail.return_asked.connect(self._ask_return)

    @property
    def _row(self) -> AwardRow:
        assert self._detail.row is not None, "only the award at hand is changed"
        return self._detail.row

    @Slot()
    def _ask_hold(self) -> None:
        row = self._row
        if row.held_for:
            self._perform(HoldAward(self.round_id, row.application, "", row.held_for))
            return
        title = f"Hold payments of {row.reference}"
        dialog = ReasonDialog(self._tools.look, title, HELD, "Hold payments", self._tools.dialogs.window)
        dialog.agreed.connect(partial(self._hold, row))
        self._tools.dialogs.show(dialog)

    def _hold(self, row: AwardRow, reason: str) -> None:
        self._perform(HoldAward(self.round_id, row.application, reason, ""))

    @Slot(int)
    def _ask_proof(self, number: int) -> None:
        row = self._row
        part = row.instalments[number - 1]
        if part.proof_on is not None:
            stands = Proof(part.proof_on, part.proof)
            self._perform(SetProof(self.round_id, row.application, number, None, stands))
            return
        words = f"Instalment {number}, {money.short_pounds(part.amount_pence)}, waits for {part.trigger}."
        title = f"Proof for {row.reference}"
        self._ask(title, words, "What came in", None, partial(self._prove, row, number))

    def _prove(self, row: AwardRow, number: int, pence: int | None, on: date, words: str) -> None:
        self._perform(SetProof(self.round_id, row.application, number, Proof(on, words), None))

    @Slot()
    def _ask_return(self) -> None:
        row = self._row
        title = f"Money back from {row.reference}"
        words = "What the recipient did not spend and sent back. It stays part of what was paid."
        most = row.paid_pence - row.returned_pence
        self._ask(title, words, "Why it came back", most, partial(self._return, row))

    def _return(self, row: AwardRow, pence: int, on: date, words: str) -> None:
        returned = (*row.returned, Returned(pence, on, words))
        self._perform(SetReturned(self.round_id, row.application, returned, row.returned))

    def _ask(self, title: str, words: str, field: str, most: int | None, then: "partial[None]") -> None:
        dialog = TermDialog(self._tools.look, title, words, field, most, self._tools.dialogs.window)
        dialog.entered.connect(then)
        self._tools.dialogs.show(dialog)

    def _perform(self, operation: Operation) -> None:
        self._tools.workspace.perform(operation, self._tell)

    def _tell(self, outcome: Outcome) -> None:
        self._tools.toast(outcome.words)
