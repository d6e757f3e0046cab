"""One award on the right: how it is paid, when the agreement was signed, and each payment."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.pages.awards.bank_section import BankSection
from gui.pages.awards.supplier_line import SupplierLine
from gui.text import sentence
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import Flow
from gui.widgets.scrolled import show_again, show_in
from gui.widgets.tips import set_tip
from gui.widgets.typed import DayField, Wrong
from gui.widgets.words import Words
from models.queries.awards.awards import AwardRow, Instalment
from models.reference.fund_defaults import Payment
from scoring import money
from scoring.written.days import short_day

NOTHING_PICKED = "Choose an award to see how it is paid."
TO_COME = "That day is still to come. An agreement is recorded once it is signed."


class AwardDetail(Card):
    """The award at hand; it tells what is asked for and changes nothing itself."""

    profile_asked = Signal(str)
    custom_asked = Signal()
    agreed = Signal(object)
    paid = Signal(int, bool)
    bank_asked = Signal(str)
    hold_asked = Signal()
    proof_asked = Signal(int)
    return_asked = Signal()
    supplier_asked = Signal(str)
    codes_asked = Signal()
    due_asked = Signal(int)
    paid_on_asked = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.row: AwardRow | None = None
        self.reading = QScrollArea()
        self.reading.setWidgetResizable(True)
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reading.setAccessibleName("The selected award")
        self.reading.viewport().setAutoFillBackground(False)
        self.body.addWidget(self.reading)
        self.day = DayField("The agreement was signed on", is_past=True)
        self.problem = Words(look, size=12, tone="danger").wrapped()
        self.profiles: dict[str, Button] = {}
        self.pay: dict[int, Button] = {}
        self.agree: Button | None = None
        self.custom: Button | None = None
        self.bank: BankSection | None = None
        self.proofs: dict[int, Button] = {}
        self.dues: dict[int, Button] = {}
        self.pay_on: dict[int, Button] = {}
        self.hold: Button | None = None
        self.give_back: Button | None = None
        self.supplier: SupplierLine | None = None

    def show_award(
        self,
        row: AwardRow | None,
        payments: Sequence[Payment],
        *,
        person: str,
        may_keep: bool,
        refusal: str,
        booked: str = "",
    ) -> None:
        """Show an award to a person; `refusal` says why they authorise no payment, "" when they may.

        `booked` says which codes finance books it under.
        """
        is_same = self.row is not None and row is not None and self.row.reference == row.reference
        self.row = row
        self.profiles, self.pay, self.agree, self.custom, self.bank = {}, {}, None, None, None
        self.proofs, self.hold, self.give_back, self.supplier = {}, None, None, None
        self.dues, self.pay_on = {}, {}
        holder = QWidget()
        holder.setAutoFillBackground(False)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, self._look.px(8), 0)
        column.setSpacing(self._look.px(6))
        if row is None:
            column.addWidget(Words(self._look, NOTHING_PICKED, size=12, tone="muted").wrapped())
        else:
            self._say(column, row)
            if may_keep:
                self.supplier = SupplierLine(self._look, row.supplier_number, booked)
                self.supplier.asked.connect(self.supplier_asked)
                self.supplier.codes.clicked.connect(self.codes_asked)
                column.addWidget(self.supplier)
            self._say_agreement(column, row, may_keep=may_keep)
            if may_keep and row.agreed_on is not None:
                self.bank = BankSection(self._look, row, person)
                self.bank.asked.connect(self.bank_asked)
                column.addWidget(self.bank)
            self._say_parts(column, row, refusal, may_keep=may_keep)
            self._say_returned(column, row)
            if may_keep:
                self._offer_terms(column, row)
            if may_keep and not row.paid_pence:
                self._say_profiles(column, row, payments)
            self._say_conditions(column, row)
        column.addStretch(1)
        (show_again if is_same else show_in)(self.reading, holder)

    def _say(self, column: QVBoxLayout, row: AwardRow) -> None:
        look = self._look
        column.addWidget(Words(look, row.organisation, size=15, weight=600).wrapped())
        area = f", {row.area}" if row.area else ""
        under = f"{row.reference} for {row.application}{area}"
        column.addWidget(Words(look, under, size=12, tone="muted").wrapped())
        column.addWidget(Words(look, f"Awarded {money.short_pounds(row.amount_pence)}", weight=600))
        if row.decision is not None:
            words = f"Notice {row.decision.notice}, {short_day(row.decision.signed_on)}"
            column.addWidget(Words(look, words, size=12, tone="muted"))

    def _say_conditions(self, column: QVBoxLayout, row: AwardRow) -> None:
        look = self._look
        if row.decision is None or not row.decision.conditions:
            return
        column.addSpacing(look.px(6))
        column.addWidget(Words(look, "Conditions", weight=600))
        for condition in row.decision.conditions:
            column.addWidget(Words(look, f"• {condition}", size=12, tone="text2").wrapped())

    def _say_agreement(self, column: QVBoxLayout, row: AwardRow, *, may_keep: bool) -> None:
        look = self._look
        column.addSpacing(look.px(6))
        column.addWidget(Words(look, "Agreement", weight=600))
        if row.agreed_on is not None:
            column.addWidget(Words(look, f"Signed on {short_day(row.agreed_on)}"))
        if not may_keep or row.paid_pence or (row.bank is not None and row.agreed_on is not None):
            return
        line = QHBoxLayout()
        line.setSpacing(look.px(8))
        if row.agreed_on is None:
            self.day = DayField("The agreement was signed on", is_past=True, to_come=TO_COME)
            self.day.setPlaceholderText("Signed on, such as 25 Nov")
            self.day.returnPressed.connect(self.put_agreement)
            self.problem = Words(look, size=12, tone="danger").wrapped()
            self.problem.hide()
            self.agree = Button(look, "Record agreement")
            self.agree.clicked.connect(self.put_agreement)
            line.addWidget(self.day, 1)
        else:
            self.agree = Button(look, "Take the date back", kind="link")
            self.agree.clicked.connect(self._take_back)
            line.addStretch(1)
        line.addWidget(self.agree)
        column.addLayout(line)
        if row.agreed_on is None:
            column.addWidget(self.problem)

    def _say_parts(self, column: QVBoxLayout, row: AwardRow, refusal: str, *, may_keep: bool) -> None:
        look = self._look
        column.addSpacing(look.px(6))
        column.addWidget(Words(look, "Instalments", weight=600))
        if row.held_for:
            held = Words(look, f"On hold: {sentence(row.held_for)}", size=12, tone="warning")
            column.addWidget(held.wrapped())
        for number, part in enumerate(row.instalments, start=1):
            column.addLayout(self._part(number, part, row, refusal, may_keep=may_keep))
            if may_keep and part.paid_on is None:
                column.addLayout(self._part_days(number))
        total = money.short_pounds(sum(part.amount_pence for part in row.instalments))
        column.addWidget(Words(look, f"{total} in all, the award to the penny.", size=12, tone="muted"))
        said = refusal or _waiting(row)
        if said:
            column.addWidget(Words(look, said, size=12, tone="text2").wrapped())

    def _part(
        self, number: int, part: Instalment, row: AwardRow, refusal: str, *, may_keep: bool
    ) -> QHBoxLayout:
        look = self._look
        line = QHBoxLayout()
        line.setSpacing(look.px(8))
        line.addWidget(Words(look, f"{number}.", tone="muted"))
        line.addWidget(Words(look, money.short_pounds(part.amount_pence), weight=600))
        line.addWidget(Words(look, part_words(part), size=12, tone="text2").wrapped(), 1)
        if part.needs_proof and part.paid_on is None and may_keep:
            words = "Record proof…" if part.proof_on is None else "No proof"
            self.proofs[number] = self._button(line, number, words, self._prove)
        waits = row.on_hold or (part.needs_proof and part.proof_on is None)
        is_barred = part.paid_on is None and waits
        if not refusal and row.agreed_on is not None and not is_barred:
            words = "Not paid" if part.paid_on else "Mark as paid today"
            self.pay[number] = self._button(line, number, words, self._pay)
        return line

    def _part_days(self, number: int) -> QHBoxLayout:
        """Return the days of an unpaid instalment that may be put down: when it is due, when it was paid."""
        line = QHBoxLayout()
        line.setSpacing(self._look.px(8))
        self.dues[number] = self._button(line, number, "Set due date…", self._ask_due)
        if number in self.pay:
            self.pay_on[number] = self._button(line, number, "Mark as paid on…", self._ask_paid_on)
        line.addStretch(1)
        return line

    def _button(self, line: QHBoxLayout, number: int, words: str, then: Callable[[], None]) -> Button:
        button = Button(self._look, words, kind="link")
        button.setAccessibleName(f"Instalment {number}: {words.lower()}")
        button.setProperty("number", number)
        button.clicked.connect(then)
        line.addWidget(button)
        return button

    def _say_returned(self, column: QVBoxLayout, row: AwardRow) -> None:
        for part in row.returned:
            words = (
                f"{money.short_pounds(part.amount_pence)} came back on {short_day(part.on)}: {part.reason}"
            )
            column.addWidget(Words(self._look, words, size=12, tone="text2").wrapped())

    def _offer_terms(self, column: QVBoxLayout, row: AwardRow) -> None:
        deeds = QWidget()
        line = Flow(deeds)
        line.setSpacing(self._look.px(8))
        if row.outstanding_pence:
            words = "Lift the hold" if row.held_for else "Hold payments…"
            self.hold = Button(self._look, words, kind="link")
            self.hold.clicked.connect(self.hold_asked)
            line.addWidget(self.hold)
        if row.paid_pence > row.returned_pence:
            self.give_back = Button(self._look, "Record money returned…", kind="link")
            self.give_back.clicked.connect(self.return_asked)
            line.addWidget(self.give_back)
        column.addWidget(deeds)

    def _say_profiles(self, column: QVBoxLayout, row: AwardRow, payments: Sequence[Payment]) -> None:
        look = self._look
        column.addSpacing(look.px(6))
        column.addWidget(Words(look, "Pay it another way", weight=600))
        for payment in payments:
            if payment.code != row.profile:
                button = Button(look, " then ".join(f"{part} %" for part, _ in payment.parts), kind="link")
                button.setAccessibleName(payment.words)
                set_tip(button, payment.words)
                button.setProperty("code", payment.code)
                button.clicked.connect(self._ask_profile)
                self.profiles[payment.code] = button
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.custom = Button(look, "Set my own instalments…", kind="link")
        self.custom.clicked.connect(self.custom_asked)
        column.addWidget(self.custom, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def put_agreement(self) -> None:
        """Put the date down that is typed."""
        try:
            on = self.day.that_day
        except Wrong as wrong:
            self.problem.setText(str(wrong))
            self.problem.show()
            self.day.setFocus()
            return
        self.agreed.emit(on)

    @Slot()
    def _take_back(self) -> None:
        self.agreed.emit(None)

    @Slot()
    def _ask_profile(self) -> None:
        self.profile_asked.emit(str(self.sender().property("code")))

    @Slot()
    def _pay(self) -> None:
        number = int(self.sender().property("number"))
        assert self.row is not None, "an instalment belongs to the award at hand"
        self.paid.emit(number, self.row.instalments[number - 1].paid_on is None)

    @Slot()
    def _ask_due(self) -> None:
        self.due_asked.emit(int(self.sender().property("number")))

    @Slot()
    def _ask_paid_on(self) -> None:
        self.paid_on_asked.emit(int(self.sender().property("number")))

    @Slot()
    def _prove(self) -> None:
        self.proof_asked.emit(int(self.sender().property("number")))


def _waiting(row: AwardRow) -> str:
    """Return what payments wait for, as a sentence; "" where nothing is outstanding or they may be made."""
    if not row.outstanding_pence or not row.waits_for:
        return ""
    return f"{sentence(row.waits_for)} Nothing is paid before that."


def part_words(part: Instalment) -> str:
    """Return what an instalment waits for, or when it was paid."""
    if part.paid_on is not None:
        by = f" by {part.authorised_by}" if part.authorised_by else ""
        return f"paid {short_day(part.paid_on)}, authorised{by}" if by else f"paid {short_day(part.paid_on)}"
    words = part.trigger
    if part.due_on is not None:
        words += f", due {short_day(part.due_on)}"
    if part.proof_on is not None:
        words += f"; came in {short_day(part.proof_on)}: {part.proof}"
    return words
