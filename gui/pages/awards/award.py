"""One award on the right: how it is paid, when the agreement was signed, and each payment."""

from collections.abc import Iterable, Iterator
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent

from gui.listed.files import files_act, of_award
from gui.listed.side import (
    Cells,
    Held,
    Name,
    Offers,
    Says,
    Side,
    SidePart,
    Strong,
    Title,
    Told,
)
from gui.pages.awards.accounts import ACCOUNT, NO_ACCOUNT, SECONDS, VERIFYING
from gui.pages.awards.agreements import (
    AGREEMENTS,
    FOR_PUBLIC,
    REMOVE_DATE,
    SUBSIDY,
    agreement_lines,
    subsidy_waits,
)
from gui.pages.awards.due_diligence import CHECKS, LOADING, check_lines
from gui.pages.awards.instalments import (
    BOOKED,
    OF_INSTALMENT,
    OTHER_WAYS,
    TERMS,
    instalment_words,
    pay_refusal,
    waiting_words,
)
from gui.pages.awards.lines import KEEP, AwardAt, award_of, flag_words, is_to_check
from gui.pages.awards.variations import VARIATIONS, history_lines
from gui.text import sentence
from gui.widgets.label import Label
from gui.widgets.nesting import column_of
from models.queries.awards.award_rows import AwardRow, BankState
from models.queries.awards.awards import booked_words, codes_in, unsettled_supplier
from models.queries.awards.awards_page import AwardsAnswer
from models.values.payments import BankDetails, masked
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import with_capital

RARE = "subsidy control, registers and what the public is told"
AGREEMENT, CHECKING, BANK, PAYING, CHANGES = "agreement", "checks", "bank", "paying", "changes"
FIRST = "first part"
"""Under this name the page remembers which part of the award on show comes first."""
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


class Account(SidePart):
    """An account: masked, and whole for half a minute when that was asked for; then it is hidden again."""

    def __init__(self, row: AwardRow, bank: BankState) -> None:
        super().__init__()
        self._row = row
        last = Label(masked(bank.last_four), weight=600)
        last.setAccessibleName(f"Account hidden, ends {bank.last_four}")
        self.whole = Label(weight=600).wrapped()
        self.time = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self.time.timeout.connect(self.end)
        column_of(last, self.whole, inside=self, spacing=6)
        self.end()

    def hear(self, what: tuple[AwardRow, BankDetails]) -> None:
        """Show the whole account where it was asked for, and hide it when the time is up."""
        row, details = what
        if row == self._row and self.isVisible():
            self.whole.setText(f"{details.account_name}\n{details.sort_code}   {details.account_number}")
            self.whole.show()
            self.time.start()

    @Slot()
    def end(self) -> None:
        """Hide the account, and keep nothing of it."""
        self.time.stop()
        self.whole.clear()
        self.whole.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide the account with the page it is on."""
        self.end()
        super().hideEvent(event)


def _tell(at: AwardAt) -> Iterator[Told]:
    """Tell the head, then what is next, then the other parts in the order of an award's way.

    While an award is on show, what came first stays at the top where nothing is next, and else comes second:
    what was just recorded would leave the screen.
    """
    row, may_keep = at.row, at.identity.may(KEEP)
    yield from _head(row)
    parts = {
        "supplier": _supplier if may_keep else _nothing,
        AGREEMENT: _agreement,
        CHECKING: _checks,
        BANK: _bank if may_keep else _nothing,
        PAYING: _instalments,
        CHANGES: _changes,
    }
    following = next_part(at) if may_keep or row.proposed is not None else ""
    before = at.kept[FIRST] if at.is_again else ""
    at.kept[FIRST] = following or before
    for name in sorted(parts, key=lambda name: (name != following, name != before)):
        yield from parts[name](at)
    if may_keep and row.agreed_on is None:
        yield Title("Pay it another way")
    yield Offers(OTHER_WAYS)
    if row.bound_by:
        yield Title("Conditions")
    yield from (Says(f"• {condition}", "text2") for condition in row.bound_by)
    yield Offers((*(() if subsidy_waits(row) else (SUBSIDY,)), *LOADING, *FOR_PUBLIC), rare=RARE)


def _nothing(at: AwardAt) -> Iterator[Told]:
    return iter(())


def _lines(lines: Iterable[tuple[str, str]]) -> Iterator[Told]:
    return (Says(words, tone) for words, tone in lines)


def _head(row: AwardRow) -> Iterator[Told]:
    yield Name(row.organisation)
    yield Says(f"{row.reference} for {', '.join(filter(None, (row.application, row.area)))}", "muted")
    is_varied = len(row.varied) > len(row.unsigned)
    was = f", at first {money.short_pounds(row.first_pence)}" if is_varied else ""
    yield Strong(f"Awarded {money.short_pounds(row.agreed_pence)}{was}")
    if row.proposed_words:
        yield Says(f"{money.without_noughts(row.proposed_words)}.", "warning")
    if row.returned_pence:
        yield Says(f"Stands at {money.short_pounds(row.stands_pence)}, after money returned", "text2")
    if row.decision is not None:
        yield Says(f"Notice {row.decision.notice}, {short_day(row.decision.signed_on)}", "muted")
    yield from (Says(words, "text2") for words in row.came_about)
    if row.match:
        look = "Look at it under Checks before anything is signed or paid."
        yield Says(f"{sentence(row.match)} {look}", "danger")
    if row.withheld is not None:
        why = f"In public “{row.withheld.printed}”. Decided by {row.withheld.decider}:"
        yield Says(f"{why} {sentence(row.withheld.reason)}", "warning")


def _supplier(at: AwardAt) -> Iterator[Told]:
    number = at.row.supplier_number
    yield Says(f"Supplier number {number}" if number else "No supplier number yet", size=13)
    unsettled = with_capital(unsettled_supplier(at.row.suppliers))
    booked = booked_words(codes_in(at.answer.codes, at.row.area))
    yield Says(". ".join(filter(None, (unsettled, booked))), "text2")
    yield Offers(BOOKED, is_row=True)


def _agreement(at: AwardAt) -> Iterator[Told]:
    row = at.row
    yield Title("Agreement")
    if row.agreed_on is not None:
        yield Says(f"Signed on {short_day(row.agreed_on)}", size=13)
    yield Offers((REMOVE_DATE,))
    yield from _lines(agreement_lines(row))
    yield Offers((*AGREEMENTS, SUBSIDY) if subsidy_waits(row) else AGREEMENTS, is_row=True)


def _checks(at: AwardAt) -> Iterator[Told]:
    checks = at.answer.checks.get(at.row.application)
    if checks is not None:
        yield Title("Due diligence")
        yield from _lines(check_lines(checks))
    yield Offers(CHECKS, is_row=True)


def _bank(at: AwardAt) -> Iterator[Told]:
    row, bank = at.row, at.row.bank
    if row.agreed_on is None:
        return
    yield Title("Bank details")
    if bank is None:
        yield Says(NO_BANK, "text2")
    else:
        yield Held(partial(Account, row, bank))
        flag, is_new = flag_words(bank), is_to_check(row)
        still = " and not verified since" if is_new else ""
        yield Says(f"{flag}{still}." if flag else "", "danger" if is_new else "text2")
        yield Says(_history(bank), "text2")
        found = at.answer.accounts.get(row.application)
        yield Says("" if found is None else found.words, "muted")
    for acts in (NO_ACCOUNT, ACCOUNT, VERIFYING):
        yield Offers(acts, is_row=True)


def _history(bank: BankState) -> str:
    entered = f"Entered by {bank.entered_by} on {short_day(bank.entered_at.astimezone())}"
    if bank.checked_at is None:
        return f"{entered}; not verified yet. Somebody else does that: finance or an officer."
    return f"{entered}; verified by {bank.checked_by} on {short_day(bank.checked_at.astimezone())}."


def _instalments(at: AwardAt) -> Iterator[Told]:
    row = at.row
    yield Title("Instalments")
    yield Says(f"On hold: {sentence(row.held_for)}" if row.held_for else "", "warning")
    for number, part in enumerate(row.instalments, start=1):
        amount, words = money.short_pounds(part.amount_pence), instalment_words(row, part)
        yield Cells((Says(f"{number}.", "muted", 13), Strong(amount), Says(words, "text2")))
        yield Offers(OF_INSTALMENT, number, is_row=True, of=f"{amount}, {words}")
    total = money.short_pounds(sum(part.amount_pence for part in row.instalments))
    yield Says(f"{total} in all, the award to the penny.", "muted")
    yield Says(pay_refusal(at) or waiting_words(row), "text2")
    for came in row.returned:
        amount = money.short_pounds(came.amount_pence)
        yield Says(f"{amount} was returned on {short_day(came.on)}: {came.reason}", "text2")
    yield Offers(TERMS, is_row=True)


def _changes(at: AwardAt) -> Iterator[Told]:
    row = at.row
    if at.identity.may(KEEP) or row.variations or row.asked_back:
        yield Title("Changes since the decision")
        yield from _lines(history_lines(row))
    yield Offers(VARIATIONS, is_row=True)


FILES = files_act(lambda at: of_award(*award_of(at), at.row.reference))
SIDE: Side[AwardsAnswer, AwardRow] = Side(
    name="The selected award",
    width=350,
    nothing="Choose an award to see how it is paid.",
    tell=_tell,
    acts=(
        *(*AGREEMENTS, REMOVE_DATE, *CHECKS, *NO_ACCOUNT, *ACCOUNT, *VERIFYING, *OF_INSTALMENT, *TERMS),
        *(*BOOKED, *VARIATIONS, *OTHER_WAYS, SUBSIDY, *LOADING, *FOR_PUBLIC, FILES),
    ),
    tabs=("List", "Award", "By month"),
)
