"""How an award is paid: each instalment with what it waits for, and what may be done with it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.awards.instalments.words import holds_up, instalment_words, waiting_words
from gui.text import sentence
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from models.queries.awards.award_rows import AwardRow
from models.values.awards import Instalment
from scoring import money

SENT_BACK = "The bank sent it back…"


class InstalmentsSection(QWidget):
    """The instalments in their order; buttons are found by the number of theirs."""

    paid = Signal(int, bool)
    proof_asked = Signal(int)
    due_asked = Signal(int)
    paid_on_asked = Signal(int)
    sent_back_asked = Signal(int)

    def __init__(self, look: Look, row: AwardRow, refusal: str, *, may_keep: bool) -> None:
        """Lay them out; `refusal` says why the person authorises no payment, "" when they may."""
        super().__init__()
        self._look, self._row = look, row
        self._may_keep, self._may_pay = may_keep, not refusal and row.agreed_on is not None
        self.pay: dict[int, Button] = {}
        self.pay_on: dict[int, Button] = {}
        self.sent_back: dict[int, Button] = {}
        self.proofs: dict[int, Button] = {}
        self.dues: dict[int, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(6))
        self._say(f"On hold: {sentence(row.held_for)}" if row.held_for else "", "warning")
        for number, part in enumerate(row.instalments, start=1):
            self._show_part(number, part)
        total = money.short_pounds(sum(part.amount_pence for part in row.instalments))
        self._say(f"{total} in all, the award to the penny.", "muted")
        self._say(refusal or waiting_words(row), "text2")

    def _say(self, words: str, tone: str) -> None:
        if words:
            self._column.addWidget(Label(self._look, words, size=12, tone=tone).wrapped())

    def _show_part(self, number: int, part: Instalment) -> None:
        """Show an instalment; what is done with it stands beneath its words, which it would squeeze."""
        look, line = self._look, QHBoxLayout()
        line.setSpacing(look.px(8))
        nest(self._column, line)
        line.addWidget(Label(look, f"{number}.", tone="muted"))
        line.addWidget(Label(look, money.short_pounds(part.amount_pence), weight=600))
        line.addWidget(Label(look, instalment_words(self._row, part), size=12, tone="text2").wrapped(), 1)
        actions = QWidget()
        beneath = Flow(actions)
        beneath.setSpacing(look.px(8))
        if part.paid_on is None:
            self._offer_unpaid(number, part, beneath)
        else:
            self._offer_paid(number, beneath)
        if beneath.count():
            self._column.addWidget(actions)

    def _offer_paid(self, number: int, line: Flow) -> None:
        if self._may_pay:
            self.pay[number] = self._button(line, number, "Take back", partial(self.paid.emit, number, False))
            ask_sent_back = partial(self.sent_back_asked.emit, number)
            self.sent_back[number] = self._button(line, number, SENT_BACK, ask_sent_back)

    def _offer_unpaid(self, number: int, part: Instalment, line: Flow) -> None:
        if part.needs_proof and self._may_keep:
            words = "Record proof…" if part.proof_on is None else "Remove the proof"
            self.proofs[number] = self._button(line, number, words, partial(self.proof_asked.emit, number))
        if self._may_pay and not holds_up(self._row, part):
            pay, pay_on = partial(self.paid.emit, number, True), partial(self.paid_on_asked.emit, number)
            self.pay[number] = self._button(line, number, "Mark as paid today", pay)
            self.pay_on[number] = self._button(line, number, "Mark as paid on…", pay_on)
        if self._may_keep:
            self.dues[number] = self._button(
                line, number, "Set due date…", partial(self.due_asked.emit, number)
            )

    def _button(self, line: Flow, number: int, words: str, ask: Callable[[], None]) -> Button:
        """Return a button that asks for something, named and described by its instalment."""
        button, part = Button(self._look, words, kind="link"), self._row.instalments[number - 1]
        button.setAccessibleName(f"Instalment {number}: {words.lower()}")
        said = f"{money.short_pounds(part.amount_pence)}, {instalment_words(self._row, part)}"
        button.setAccessibleDescription(said)
        button.clicked.connect(partial(self._ask, ask))
        line.addWidget(button)
        return button

    def _ask(self, ask: Callable[[], None], is_on: bool = False) -> None:
        """Ask for it; a button says besides whether it stays down, which these never do."""
        ask()
