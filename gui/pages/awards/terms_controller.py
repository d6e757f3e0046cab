"""What payments wait for: a hold, proof that came in, and money that came back; asked for, then kept."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Slot

from gui.listed.form import Day, Form, Line, Money, reason_form
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.detail import AwardDetail
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.widgets.typed import WHICH_DAY
from models.operation import Operation
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


def term_form(
    title: str,
    sentence: str,
    words: str,
    does: Callable[..., Operation],
    most: int | None = None,
    since: date | None = None,
) -> Form:
    """Return what asks for an amount, up to so many pence where `most` is said, a day, and words.

    The day is not before `since`, where there is one. `does` is told them as `pence`, `on` and `words`.
    """
    too_much = TOO_MUCH.format(money.short_pounds(most or 0))

    def pence_fault(pence: int) -> str:
        return "" if most is None or 0 < pence <= most else too_much

    def day_fault(on: date) -> str:
        return f"That is before it was paid, on {full_day(since)}." if since and on < since else ""

    amount = Money("pence", "Amount", wanted=too_much, is_needed=False, check=pence_fault)
    today = current_day()
    return Form(
        title=title,
        sentences=(sentence,),
        action="Record",
        does=does,
        width=460,
        fields=(
            *(() if most is None else (amount,)),
            Day("on", WHICH_DAY, shown="On", value=today, to_come=TO_COME, check=day_fault),
            Line("words", words, wanted=f"{words}: say it in a few words."),
        ),
    )


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
        row, round_id = self._row, self.round_id

        def hold(reason: str) -> HoldAward:
            return HoldAward(round_id, row.application, reason, row.held_for)

        title = f"Hold payments of {row.reference}"
        self._doing.do(hold("") if row.held_for else reason_form(title, HELD, "Hold payments", hold))

    @Slot(int)
    def _ask_proof(self, number: int) -> None:
        row, part, round_id = self._row, self._row.instalments[number - 1], self.round_id
        stands = None if part.proof_on is None else Proof(part.proof_on, part.proof)

        def prove(on: date, words: str) -> SetProof:
            return SetProof(round_id, row.application, number, Proof(on, words), None)

        if stands is not None:
            self._tools.perform(SetProof(round_id, row.application, number, None, stands))
            return
        words = f"Instalment {number}, {money.short_pounds(part.amount_pence)}, waits for {part.trigger}."
        self._doing.do(term_form(f"Proof for {row.reference}", words, "What came in", prove))

    @Slot()
    def _ask_return(self) -> None:
        row, round_id = self._row, self.round_id

        def put(pence: int, on: date, words: str) -> SetReturned:
            returned = (*row.returned, Returned(pence, on, words))
            return SetReturned(round_id, row.application, returned, row.returned)

        title, most = f"Money back from {row.reference}", row.paid_pence - row.returned_pence
        self._doing.do(term_form(title, unasked_words(row), "Why it came back", put, most))

    @Slot(int)
    def _ask_sent_back(self, number: int) -> None:
        row, part, round_id = self._row, self._row.instalments[number - 1], self.round_id

        def send_back(on: date, words: str) -> Operation:
            return taken_back_by_bank(round_id, row, number, came_on=on, reason=words)

        sent = f"Instalment {number}, {money.short_pounds(part.amount_pence)},"
        words = f"{sent} is then not paid, and {row.reference} is on hold. {SENT_BACK}"
        title = f"Payment of {row.reference} sent back"
        self._doing.do(term_form(title, words, "The bank's reason", send_back, since=part.paid_on))
