"""What payments wait for: a hold, proof that came in, and money that came back; asked for, then kept."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.dialogs.reason import ReasonDialog
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.detail import AwardDetail
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.theme.look import Look
from gui.widgets.typed import WHICH_DAY, DayField, MoneyField, Wrong, required_text
from models.operations.awards.finance import taken_back_by_bank
from models.operations.awards.paying import HoldAward, Proof, SetProof, SetReturned
from models.queries.awards.award_rows import AwardRow
from models.values.awards import Returned
from scoring import money
from scoring.written.days import full_day

TO_COME = "That day is still to come. Record it once it has come in."
TOO_MUCH = "Type an amount up to the {} that may still come back."
SENT_BACK = (
    "Correct the account and have it verified anew, then lift the hold. The recipient reads the reason."
)
HELD = (
    "Nothing more is paid until the hold is lifted. What has been paid is not affected.",
    "The recipient's letters and agreement give the reason, and finance's schedule too.",
)


def unasked_words(row: AwardRow) -> str:
    """Say what is money returned unasked, and where it is put down that some was asked for has come."""
    words = "What the recipient did not spend and sent back unasked. It stays part of what was paid."
    if any(one.outstanding_pence(row.returned) for one in row.asked_back):
        words += " For what you asked back, choose “Record money received back…” instead."
    return words


class TermDialog(Form):
    """A sentence, an amount where one is asked for, a day, and words; each is needed.

    The day is not before `since`, where there is one.
    """

    entered = Signal(object, object, str)

    def __init__(
        self,
        look: Look,
        title: str,
        words: str,
        field: str,
        most: int | None,
        parent: QWidget,
        *,
        since: date | None = None,
    ) -> None:
        super().__init__(look, title, (words,), "Record", parent)
        self._since = since
        self._most, self._wanted = most or 0, TOO_MUCH.format(money.short_pounds(most or 0))
        self.amount = (
            self.add("Amount", MoneyField("Amount", wanted=self._wanted)) if most is not None else None
        )
        self.day = self.add(
            WHICH_DAY, DayField(WHICH_DAY, current_day(), is_past=True, to_come=TO_COME), shown="On"
        )
        self.words = self.line(field)
        self.finish()

    def try_action(self) -> None:
        """Tell what was entered, or say what is missing."""
        pence = None if self.amount is None else self.amount.up_to(self._most, self._wanted)
        on = self.day.that_day
        if self._since is not None and on < self._since:
            raise Wrong(f"That is before it was paid, on {full_day(self._since)}.", self.day)
        words = required_text(self.words, f"{self.words.accessibleName()}: say it in a few words.")
        self.accept()
        self.entered.emit(pence, on, words)


def ask_term(
    tools: PageTools,
    title: str,
    words: str,
    field: str,
    most: int | None,
    then: "partial[None]",
    since: date | None = None,
) -> None:
    """Ask for an amount, up to so many pence where `most` is said, a day, and words."""
    dialog = TermDialog(tools.look, title, words, field, most, tools.dialogs.window, since=since)
    dialog.entered.connect(then)
    tools.dialogs.show(dialog)


class TermsController(AwardController):
    """Ask, then have the record keep it."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(tools, detail, parent)
        detail.hold_asked.connect(self._ask_hold)
        detail.proof_asked.connect(self._ask_proof)
        detail.return_asked.connect(self._ask_return)
        detail.sent_back_asked.connect(self._ask_sent_back)

    @Slot()
    def _ask_hold(self) -> None:
        row = self._row
        if row.held_for:
            self._tools.perform(HoldAward(self.round_id, row.application, "", row.held_for))
            return
        title = f"Hold payments of {row.reference}"
        dialog = ReasonDialog(self._tools.look, title, HELD, "Hold payments", self._tools.dialogs.window)
        dialog.agreed.connect(partial(self._hold, row))
        self._tools.dialogs.show(dialog)

    def _hold(self, row: AwardRow, reason: str) -> None:
        self._tools.perform(HoldAward(self.round_id, row.application, reason, ""))

    @Slot(int)
    def _ask_proof(self, number: int) -> None:
        row = self._row
        part = row.instalments[number - 1]
        if part.proof_on is not None:
            stands = Proof(part.proof_on, part.proof)
            self._tools.perform(SetProof(self.round_id, row.application, number, None, stands))
            return
        words = f"Instalment {number}, {money.short_pounds(part.amount_pence)}, waits for {part.trigger}."
        title = f"Proof for {row.reference}"
        ask_term(self._tools, title, words, "What came in", None, partial(self._prove, row, number))

    def _prove(self, row: AwardRow, number: int, pence: int | None, on: date, words: str) -> None:
        self._tools.perform(SetProof(self.round_id, row.application, number, Proof(on, words), None))

    @Slot()
    def _ask_return(self) -> None:
        row = self._row
        title = f"Money back from {row.reference}"
        most = row.paid_pence - row.returned_pence
        then = partial(self._return, row)
        ask_term(self._tools, title, unasked_words(row), "Why it came back", most, then)

    def _return(self, row: AwardRow, pence: int, on: date, words: str) -> None:
        returned = (*row.returned, Returned(pence, on, words))
        self._tools.perform(SetReturned(self.round_id, row.application, returned, row.returned))

    @Slot(int)
    def _ask_sent_back(self, number: int) -> None:
        row = self._row
        part = row.instalments[number - 1]
        sent = f"Instalment {number}, {money.short_pounds(part.amount_pence)},"
        words = f"{sent} is then not paid, and {row.reference} is on hold. {SENT_BACK}"
        then = partial(self._send_back, row, number)
        title = f"Payment of {row.reference} sent back"
        ask_term(self._tools, title, words, "The bank's reason", None, then, part.paid_on)

    def _send_back(self, row: AwardRow, number: int, pence: int | None, on: date, reason: str) -> None:
        change = taken_back_by_bank(self.round_id, row, number, came_on=on, reason=reason)
        self._tools.perform(change)
