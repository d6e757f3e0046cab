"""One award on the right: how it is paid, when the agreement was signed, and each payment."""

from collections.abc import Iterable, Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.listed.acts import Offer, offers
from gui.listed.side import ReadingCard
from gui.pages.awards.accounts import ACCOUNT, NO_ACCOUNT, VERIFYING
from gui.pages.awards.agreements import (
    AGREEMENTS,
    FOR_PUBLIC,
    REMOVE_DATE,
    SUBSIDY,
    signed,
    subsidy_waits,
    told_agreement,
)
from gui.pages.awards.bank_section import BankSection
from gui.pages.awards.due_diligence import CHECKS, LOADING, check_lines
from gui.pages.awards.instalments import (
    FINANCE_CODES,
    OF_INSTALMENT,
    OTHER_WAYS,
    TERMS,
    instalment_words,
    pay_refusal,
    waiting_words,
)
from gui.pages.awards.lines import KEEP, AwardAct, AwardAt, award_of, is_to_check
from gui.pages.awards.variations import VARIATIONS, history_lines
from gui.text import sentence
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.nesting import column_of, fill, nest, row_of
from gui.widgets.tips import set_tip
from gui.widgets.typed import DayField, TextLine, Wrong
from models.operations.awards.finance import LONGEST, SetSupplierNumber
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import booked_words, codes_in, unsettled_supplier
from models.values.awards import Instalment
from models.values.payments import BankDetails
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import with_capital

NOTHING_PICKED = "Choose an award to see how it is paid."
TO_COME = "That day is still to come. An agreement is recorded once it is signed."
MORE, LESS = "More…", "Less"
RARE = "subsidy control, registers and what the public is told"
AGREEMENT, CHECKING, BANK, PAYING, CHANGES = "agreement", "checks", "bank", "paying", "changes"
NO_BANK = "None yet. They are shown masked, stay out of the journal, and go on paper only for a named person."


def next_part(at: AwardAt) -> str:
    """Return the part of an award in which something is to be done next, "" where nothing is."""
    row, checks = at.row, at.answer.checks.get(at.row.application)
    if not row.stands:
        return ""
    if row.proposed is not None:
        return CHANGES
    if row.match or (checks is not None and checks.barring):
        return CHECKING
    if row.agreed_on is None or row.wants_agreement or row.wants_signature:
        return AGREEMENT
    if not row.outstanding_pence:
        return ""
    return PAYING if row.bank is not None and row.bank.checked_by and not is_to_check(row) else BANK


class SupplierLine(QWidget):
    """A field that is saved as it is left, or by Enter, like every other."""

    asked = Signal(str)

    def __init__(self, look: Look, number: str, booked: str, codes: Button) -> None:
        super().__init__()
        self._number, self._asked = number, number
        self.number = TextLine(number)
        self.number.setMaxLength(LONGEST)
        self.number.setAccessibleName("Supplier number of the payee")
        self.number.setPlaceholderText("none yet")
        named = Label(look, "Supplier no.", size=12, tone="text2")
        column_of(
            row_of(named, (self.number, 1), spacing=look.px(8)),
            Label(look, booked, size=12, tone="text2").wrapped(),
            (codes, 0, Qt.AlignmentFlag.AlignLeft),
            inside=self,
            spacing=look.px(2),
        )
        self.number.editingFinished.connect(self._ask)

    @property
    def typed(self) -> str:
        """Return the number as it is kept."""
        return " ".join(self.number.text().split())

    def go_on(self, typed: str) -> None:
        """Hold what was being typed while others changed something beside it, with the cursor at its end."""
        self.number.setText(typed)
        self.number.setCursorPosition(len(typed))

    def end(self) -> str | None:
        """Save nothing more as this goes; return what was being typed and is not saved, None for nothing."""
        self.number.blockSignals(True)
        return self.number.text() if self.typed not in (self._number, self._asked) else None

    @Slot()
    def _ask(self) -> None:
        if self.typed != self._asked:
            self._asked = self.typed
            self.asked.emit(self.typed)


class Folded(QWidget):
    """What is rare, behind a button that shows it and hides it again."""

    def __init__(self, look: Look, rest: QWidget, *, is_open: bool) -> None:
        super().__init__()
        self.is_open, self._rest = is_open, rest
        self.button = Button(look, MORE, kind="link")
        self.button.clicked.connect(self._turn)
        column_of((self.button, 0, Qt.AlignmentFlag.AlignLeft), rest, inside=self, spacing=look.px(6))
        self._show()

    @Slot()
    def _turn(self) -> None:
        self.is_open = not self.is_open
        self._show()

    def _show(self) -> None:
        words = LESS if self.is_open else MORE
        self.button.show_words(words, name=f"{words.rstrip('…')}: {RARE}")
        self._rest.setVisible(self.is_open)


def side_by_side(look: Look, buttons: Sequence[Button]) -> QWidget:
    """Return buttons beside one another as far as they fit."""
    room = QWidget()
    line = Flow(room)
    line.setSpacing(look.px(8))
    for button in buttons:
        line.addWidget(button)
    return room


class AwardDetail(ReadingCard):
    """The award at hand; it tells what is asked for and changes nothing itself.

    `pressed` hands on what is offered by a button, `asked` what is to be done with what was typed.
    """

    pressed = Signal(object)
    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "The selected award")
        self._at: AwardAt | None = None
        self.day = DayField("The agreement was signed on", is_past=True)
        self.problem = Label(look, size=12, tone="danger").wrapped()
        self.buttons: dict[str, Button] = {}
        """What is offered, by the name of each button."""
        self.offers: tuple[Offer, ...] = ()
        """All that can be done with the award, also what is folded away."""
        self.agree: Button | None = None
        self.rest: Folded | None = None
        self.bank: BankSection | None = None
        self.supplier: SupplierLine | None = None

    @property
    def row(self) -> AwardRow | None:
        """Return the award at hand."""
        return None if self._at is None else self._at.row

    def show_award(self, at: AwardAt | None) -> None:
        """Show an award of what was answered to a person, None while none is at hand."""
        row = None if at is None else at.row
        is_same = self.row is not None and row is not None and self.row.reference == row.reference
        day = self.day.text() if is_same and self._asks_day() else ""
        typing = self.supplier.end() if self.supplier is not None else None
        self._at, self.buttons, self.agree, self.bank, self.supplier = at, {}, None, None, None
        is_open = is_same and self.rest is not None and self.rest.is_open
        self.offers, self.rest = (), None
        self._begin()
        if at is None:
            self._say(NOTHING_PICKED, "muted")
        else:
            self._show_parts(at, may_keep=at.identity.may(KEEP))
            waits = subsidy_waits(at.row)
            self._fold_rest((*(() if waits else (SUBSIDY,)), *LOADING, *FOR_PUBLIC), is_open=is_open)
        self._show(is_same=is_same)
        if is_same and typing is not None and self.supplier is not None:
            self.supplier.go_on(typing)
        if self._asks_day():
            self.day.setText(day)

    @Slot()
    def hide_account(self) -> None:
        """Hide what the one before looked at."""
        if self.bank is not None:
            self.bank.hide_whole()

    @Slot(object)
    def show_account(self, told: tuple[AwardRow, BankDetails]) -> None:
        """Show an account where it was asked for; where that is left by now, drop it."""
        row, details = told
        if self.bank is not None and self.row == row and self.bank.isVisible():
            self.bank.show_whole(details)

    def _show_parts(self, at: AwardAt, *, may_keep: bool) -> None:
        """Show the head, then what is next, then the other parts in the order of an award's way."""
        row = at.row
        self._head(row)
        parts = {
            "supplier": self._show_supplier,
            AGREEMENT: self._say_agreement,
            CHECKING: self._show_checks,
            BANK: self._show_bank,
            PAYING: self._show_instalments,
            CHANGES: self._show_changes,
        }
        following = next_part(at) if may_keep or row.proposed is not None else ""
        for name in sorted(parts, key=lambda name: name != following):
            parts[name](at, may_keep=may_keep)
        if may_keep and row.agreed_on is None:
            self._offer_other_ways()
        if row.bound_by:
            self._title("Conditions")
        for condition in row.bound_by:
            self._say(f"• {condition}", "text2")

    def _show_checks(self, at: AwardAt, *, may_keep: bool) -> None:
        checks = at.answer.checks.get(at.row.application)
        if checks is not None:
            self._column.addSpacing(self._look.px(6))
            self._tell(check_lines(checks), CHECKS, "Due diligence")

    def _show_changes(self, at: AwardAt, *, may_keep: bool) -> None:
        row = at.row
        if may_keep or row.variations or row.asked_back:
            self._title("Changes since the decision")
            for words, tone in history_lines(row):
                self._say(words, tone)
            self._offer(VARIATIONS)

    def _fold_rest(self, acts: Sequence[AwardAct], *, is_open: bool) -> None:
        """Fold away what is rare; all of it is found by the search too."""
        if made := self._made(acts):
            self.rest = Folded(self._look, side_by_side(self._look, made), is_open=is_open)
            self._column.addWidget(self.rest)
            self.rest.button.clicked.connect(self._bring_rest_in_sight)

    @Slot()
    def _bring_rest_in_sight(self) -> None:
        """Scroll to what is rare, once the side has made room for it: it stands at the end."""
        assert self.rest is not None, "its button was pressed"
        QTimer.singleShot(0, self.rest, partial(self.reading.ensureWidgetVisible, self.rest))

    def _asks_day(self) -> bool:
        return self.agree is not None and self.row is not None and self.row.agreed_on is None

    def _made(self, acts: Sequence[AwardAct], part: int | None = None) -> list[Button]:
        """Return the buttons of what is offered, of an instalment where its number is given."""
        assert self._at is not None, "there is an award at hand"
        made = []
        for offer in offers(acts, replace(self._at, part=part)):
            name = "" if offer.name == offer.words else offer.name
            button = self._link(offer.words, self.pressed, offer, name=name)
            self.buttons[offer.name] = button
            self.offers += (offer,)
            made.append(button)
        return made

    def _offer(self, acts: Sequence[AwardAct]) -> None:
        self._stand_side_by_side(self._made(acts))

    def _stand_side_by_side(self, buttons: Sequence[Button]) -> None:
        if buttons:
            self._column.addWidget(side_by_side(self._look, buttons))

    def _tell(self, lines: Iterable[tuple[str, str]], acts: Sequence[AwardAct], title: str = "") -> None:
        """Say lines with their tones close together under a title, and what is offered beneath them."""
        card, self._column = self._column, column_of(spacing=self._look.px(4))
        if title:
            self._strong(title)
        for words, tone in lines:
            self._say(words, tone)
        self._offer(acts)
        nest(card, self._column)
        self._column = card

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

    def _show_supplier(self, at: AwardAt, *, may_keep: bool) -> None:
        row = at.row
        if not may_keep:
            return
        unsettled = with_capital(unsettled_supplier(row.suppliers))
        words = ". ".join(filter(None, (unsettled, booked_words(codes_in(at.answer.codes, row.area)))))
        (codes,) = self._made((FINANCE_CODES,))
        self.supplier = SupplierLine(self._look, row.supplier_number, words, codes)
        self.supplier.asked.connect(self._set_supplier)
        self._column.addWidget(self.supplier)

    @Slot(str)
    def _set_supplier(self, number: str) -> None:
        assert self._at is not None, "only the award at hand is changed"
        self.asked.emit(SetSupplierNumber(*award_of(self._at), number, self._at.row.supplier_number))

    def _say_agreement(self, at: AwardAt, *, may_keep: bool) -> None:
        row = at.row
        self._title("Agreement")
        if row.agreed_on is not None:
            self._column.addWidget(Label(self._look, f"Signed on {short_day(row.agreed_on)}"))
        self._offer_date(row, may_keep=may_keep)
        self._tell(told_agreement(row), (*AGREEMENTS, SUBSIDY) if subsidy_waits(row) else AGREEMENTS)

    def _offer_date(self, row: AwardRow, *, may_keep: bool) -> None:
        """Offer to record the day of the signature, or to remove it before anything came of it."""
        if not may_keep or row.paid_pence or (row.bank is not None and row.agreed_on is not None):
            return
        if row.agreed_on is None:
            self._ask_day()
            self.agree = Button(self._look, "Record agreement")
            self.agree.clicked.connect(self.put_agreement)
        else:
            (self.agree,) = self._made((REMOVE_DATE,))
        fill(self._line(), 1, self.agree)

    def _ask_day(self) -> None:
        """Ask for the day of the signature, alone in its line, so that the whole day is read."""
        self.day = DayField("The agreement was signed on", is_past=True, to_come=TO_COME)
        self.day.hint("Signed on, ")
        self.day.returnPressed.connect(self.put_agreement)
        self.problem = Label(self._look, size=12, tone="danger").wrapped()
        self.problem.hide()
        self.day.textEdited.connect(self.problem.hide)
        fill(self._column, self.day, self.problem)

    def _show_bank(self, at: AwardAt, *, may_keep: bool) -> None:
        bank = at.row.bank
        if not may_keep or at.row.agreed_on is None:
            return
        self._title("Bank details")
        if bank is None:
            self._say(NO_BANK, "text2")
            self._offer(NO_ACCOUNT)
            return
        found = at.answer.accounts.get(at.row.application)
        self.bank = BankSection(self._look, at.row, bank, "" if found is None else found.words)
        self._column.addWidget(self.bank)
        self._offer(ACCOUNT)
        self._offer(VERIFYING)

    def _show_instalments(self, at: AwardAt, *, may_keep: bool) -> None:
        row = at.row
        self._title("Instalments")
        self._say(f"On hold: {sentence(row.held_for)}" if row.held_for else "", "warning")
        for number, part in enumerate(row.instalments, start=1):
            self._show_part(row, number, part)
        total = money.short_pounds(sum(part.amount_pence for part in row.instalments))
        self._say(f"{total} in all, the award to the penny.", "muted")
        self._say(pay_refusal(at) or waiting_words(row), "text2")
        for came in row.returned:
            amount = money.short_pounds(came.amount_pence)
            self._say(f"{amount} was returned on {short_day(came.on)}: {came.reason}", "text2")
        if may_keep:
            self._offer(TERMS)

    def _show_part(self, row: AwardRow, number: int, part: Instalment) -> None:
        """Show an instalment; what is done with it stands beneath its words, which it would squeeze."""
        look, amount, words = self._look, money.short_pounds(part.amount_pence), instalment_words(row, part)
        fill(
            self._line(),
            Label(look, f"{number}.", tone="muted"),
            Label(look, amount, weight=600),
            (Label(look, words, size=12, tone="text2").wrapped(), 1),
        )
        buttons = self._made(OF_INSTALMENT, number)
        for button in buttons:
            button.setAccessibleDescription(f"{amount}, {words}")
        self._stand_side_by_side(buttons)

    def _offer_other_ways(self) -> None:
        self._title("Pay it another way")
        for button in self._made(OTHER_WAYS):
            set_tip(button, button.accessibleName())
            self._stand(button)

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
        assert self._at is not None, "only the award at hand is changed"
        self.asked.emit(signed(self._at, on))
