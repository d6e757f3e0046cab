"""One award on the right: how it is paid, when the agreement was signed, and each payment."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.withheld_name import NAME_AGAIN, WITHHOLD
from gui.pages.awards.agreements.section import AgreementSection
from gui.pages.awards.bank_section import BankSection
from gui.pages.awards.checks.section import ChecksSection
from gui.pages.awards.instalments.section import InstalmentsSection
from gui.pages.awards.reading_card import ReadingCard
from gui.pages.awards.supplier_line import SupplierLine
from gui.pages.awards.variations.section import VariationSection
from gui.text import sentence
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.tips import set_tip
from gui.widgets.typed import DayField, Wrong
from models.queries.awards.award_checks import AwardChecks
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import unsettled_supplier
from models.reference.defaults import Payment
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import with_capital

NOTHING_PICKED = "Choose an award to see how it is paid."
TO_COME = "That day is still to come. An agreement is recorded once it is signed."


class AwardDetail(ReadingCard):
    """The award at hand; it tells what is asked for and changes nothing itself."""

    profile_asked = Signal(str)
    custom_asked = Signal()
    agreed = Signal(object)
    agreement_asked = Signal(str)
    paid = Signal(int, bool)
    bank_asked = Signal(str)
    hold_asked = Signal()
    name_asked = Signal()
    purpose_asked = Signal()
    proof_asked = Signal(int)
    return_asked = Signal()
    supplier_asked = Signal(str)
    codes_asked = Signal()
    due_asked = Signal(int)
    paid_on_asked = Signal(int)
    sent_back_asked = Signal(int)
    variation_asked = Signal(str)
    checks_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "The selected award")
        self.row: AwardRow | None = None
        self.day = DayField("The agreement was signed on", is_past=True)
        self.problem = Label(look, size=12, tone="danger").wrapped()
        self.profiles: dict[str, Button] = {}
        self.pay: dict[int, Button] = {}
        self.agree: Button | None = None
        self.custom: Button | None = None
        self.agreement: AgreementSection | None = None
        self.bank: BankSection | None = None
        self.proofs: dict[int, Button] = {}
        self.dues: dict[int, Button] = {}
        self.pay_on: dict[int, Button] = {}
        self.sent_back: dict[int, Button] = {}
        self.hold: Button | None = None
        self.withhold: Button | None = None
        self.purpose: Button | None = None
        self.give_back: Button | None = None
        self.supplier: SupplierLine | None = None
        self.variations: VariationSection | None = None
        self.checks: ChecksSection | None = None

    def show_award(
        self,
        row: AwardRow | None,
        payments: Sequence[Payment],
        *,
        person: str,
        may_keep: bool,
        refusal: str,
        booked: str = "",
        may_sign: bool = False,
        checks: AwardChecks | None = None,
        account: str = "",
    ) -> None:
        """Show an award to a person; `refusal` says why they authorise no payment, "" when they may.

        `booked` says which codes finance books it under, `may_sign` whether they may sign a variation,
        `checks` where due diligence stands, `account` what the banks' tables say of its account.
        """
        is_same = self.row is not None and row is not None and self.row.reference == row.reference
        day = self.day.text() if is_same and self._asks_day() else ""
        self.row = row
        typing = self.supplier.end() if self.supplier is not None else None
        self._forget_parts()
        self._begin()
        if row is None:
            self._say(NOTHING_PICKED, "muted")
        else:
            self._head(row)
            if may_keep:
                unsettled = with_capital(unsettled_supplier(row.suppliers))
                words = ". ".join(filter(None, (unsettled, booked)))
                self.supplier = SupplierLine(self._look, row.supplier_number, words)
                self.supplier.codes.clicked.connect(self.codes_asked)
                self._put(self.supplier, self.supplier_asked)
            self._say_agreement(row, may_keep=may_keep)
            self.agreement = AgreementSection(self._look, row, may_keep=may_keep)
            self._put(self.agreement, self.agreement_asked)
            if checks is not None:
                self.checks = ChecksSection(self._look, checks, may_keep=may_keep)
                self._put(self.checks, self.checks_asked)
            if may_keep and row.agreed_on is not None:
                self.bank = BankSection(self._look, row, person, account)
                self._put(self.bank, self.bank_asked)
            self._show_instalments(row, refusal, may_keep=may_keep)
            self._say_returned(row)
            if may_keep:
                self._offer_terms(row)
            if may_keep or row.variations or row.asked_back:
                self.variations = VariationSection(self._look, row, may_keep=may_keep, may_sign=may_sign)
                self._put(self.variations, self.variation_asked)
            if may_keep and row.agreed_on is None:
                self._say_profiles(row, payments)
            self._say_conditions(row)
        self._show(is_same=is_same)
        if is_same and typing is not None and self.supplier is not None:
            self.supplier.go_on(typing)
        if self._asks_day():
            self.day.setText(day)

    def _asks_day(self) -> bool:
        return self.agree is not None and self.row is not None and self.row.agreed_on is None

    def _forget_parts(self) -> None:
        """Begin without the parts of the award before."""
        self.profiles, self.pay, self.agree, self.custom, self.bank = {}, {}, None, None, None
        self.proofs, self.hold, self.give_back, self.supplier = {}, None, None, None
        self.dues, self.pay_on, self.sent_back = {}, {}, {}
        self.agreement, self.variations = None, None
        self.checks, self.withhold, self.purpose = None, None, None

    def _put(
        self,
        part: SupplierLine | AgreementSection | ChecksSection | BankSection | VariationSection,
        asked: SignalInstance,
    ) -> None:
        """Put a part at the end, and pass on what it asks for."""
        part.asked.connect(asked)
        self._column.addWidget(part)

    def _head(self, row: AwardRow) -> None:
        self._name(row.organisation)
        area = f", {row.area}" if row.area else ""
        under = f"{row.reference} for {row.application}{area}"
        self._say(under, "muted")
        was = (
            f", at first {money.short_pounds(row.first_pence)}" if len(row.varied) > len(row.unsigned) else ""
        )
        self._strong(f"Awarded {money.short_pounds(row.agreed_pence)}{was}")
        if row.proposed_words:
            self._say(f"{money.without_noughts(row.proposed_words)}.", "warning")
        if row.returned_pence:
            self._say(f"Stands at {money.short_pounds(row.stands_pence)}, after money returned", "text2")
        if row.decision is not None:
            words = f"Notice {row.decision.notice}, {short_day(row.decision.signed_on)}"
            self._say(words, "muted")
        for words in row.came_about:
            self._say(words, "text2")
        if row.match:
            self._say(
                f"{sentence(row.match)} Look at it under Checks before anything is signed or paid.", "danger"
            )
        if row.withheld is not None:
            why = f"In public “{row.withheld.printed}”. Decided by {row.withheld.decider}:"
            self._say(f"{why} {sentence(row.withheld.reason)}", "warning")

    def _say_conditions(self, row: AwardRow) -> None:
        if not row.bound_by:
            return
        self._title("Conditions")
        for condition in row.bound_by:
            self._say(f"• {condition}", "text2")

    def _say_agreement(self, row: AwardRow, *, may_keep: bool) -> None:
        look = self._look
        self._title("Agreement")
        if row.agreed_on is not None:
            self._column.addWidget(Label(look, f"Signed on {short_day(row.agreed_on)}"))
        if not may_keep or row.paid_pence or (row.bank is not None and row.agreed_on is not None):
            return
        if row.agreed_on is None:
            self.day = DayField("The agreement was signed on", is_past=True, to_come=TO_COME)
            self.day.hint("Signed on, ")
            self.day.returnPressed.connect(self.put_agreement)
            self.problem = Label(look, size=12, tone="danger").wrapped()
            self.problem.hide()
            self.day.textEdited.connect(self.problem.hide)
            self._column.addWidget(self.day)  # alone in its line, so that the whole day is read
            self._column.addWidget(self.problem)
            line = self._line()
            self.agree = Button(look, "Record agreement")
            self.agree.clicked.connect(self.put_agreement)
        else:
            line = self._line()
            self.agree = self._link("Remove the date", self.agreed, None)
        line.addStretch(1)
        line.addWidget(self.agree)

    def _show_instalments(self, row: AwardRow, refusal: str, *, may_keep: bool) -> None:
        self._title("Instalments")
        parts = InstalmentsSection(self._look, row, refusal, may_keep=may_keep)
        parts.paid.connect(self.paid)
        parts.proof_asked.connect(self.proof_asked)
        parts.due_asked.connect(self.due_asked)
        parts.paid_on_asked.connect(self.paid_on_asked)
        parts.sent_back_asked.connect(self.sent_back_asked)
        self.pay, self.pay_on, self.sent_back = parts.pay, parts.pay_on, parts.sent_back
        self.proofs, self.dues = parts.proofs, parts.dues
        self._column.addWidget(parts)

    def _actions(self) -> tuple[QWidget, Flow]:
        """Return room for what is done with something, side by side as far as it fits."""
        actions = QWidget()
        line = Flow(actions)
        line.setSpacing(self._look.px(8))
        return actions, line

    def _say_returned(self, row: AwardRow) -> None:
        for part in row.returned:
            words = (
                f"{money.short_pounds(part.amount_pence)} was returned on {short_day(part.on)}: {part.reason}"
            )
            self._say(words, "text2")

    def _offer_terms(self, row: AwardRow) -> None:
        actions, line = self._actions()
        if row.outstanding_pence:
            words = "Lift the hold" if row.held_for else "Hold payments…"
            self.hold = self._link(words, self.hold_asked)
            line.addWidget(self.hold)
        if row.paid_pence > row.returned_pence:
            self.give_back = self._link("Record money returned unasked…", self.return_asked)
            line.addWidget(self.give_back)
        self.withhold = self._link(
            NAME_AGAIN if row.withheld is not None and not row.withheld.is_by_notice else WITHHOLD,
            self.name_asked,
        )
        line.addWidget(self.withhold)
        self.purpose = self._link("Purpose for the public…", self.purpose_asked)
        line.addWidget(self.purpose)
        self._column.addWidget(actions)

    def _say_profiles(self, row: AwardRow, payments: Sequence[Payment]) -> None:
        self._title("Pay it another way")
        for payment in payments:
            if payment.code != row.profile:
                words = " then ".join(f"{part}%" for part, _ in payment.parts)
                button = self._link(words, self.profile_asked, payment.code, name=payment.words)
                set_tip(button, payment.words)
                self.profiles[payment.code] = self._stand(button)
        self.custom = self._stand(self._link("Set my own instalments…", self.custom_asked))

    @Slot()
    def put_agreement(self) -> None:
        """Put the date down that is typed."""
        try:
            on, far = self.day.that_day, self.day.ask_far(self.agree.text() if self.agree else "")
            if far:
                raise Wrong(far, self.day)
        except Wrong as wrong:
            self.problem.setText(str(wrong))
            self.problem.show()
            self.day.setFocus()
            return
        self.agreed.emit(on)
