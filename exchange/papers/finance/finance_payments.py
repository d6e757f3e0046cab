"""The payments and awards of a finance workbook, and where they stand, for formulas of other sheets."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from exchange.cells.cell_names import column_name
from exchange.papers.finance.finance_authorising import payments_of
from exchange.papers.headed import named
from exchange.papers.letters.payment_words import WITHIN_DAYS, waits_for_a_day
from exchange.papers.paper_words import NO_AREA, NONE_GIVEN, short_day
from exchange.written_text import unbroken
from exchange.xlsx.table_book import TableColumn, TableSheet
from exchange.xlsx.xlsx_cells import Formula
from exchange.xlsx.xlsx_sheets import TABLE_HEADING_ROW
from models.papers.finance import NOTHING_PAYABLE, FinanceAward, FinanceSchedule, PaymentLine
from models.papers.status import PaperStatus
from models.values.award_parts import is_of_later, trigger_words, waits_for_signature
from scoring import money
from scoring.written.text import with_capital

PAYMENTS, AWARDS = "Payments", "Awards"
LOOK_FIRST = "Look at first"
"""The heading of what is to be settled before a payment that nothing holds up."""
DUE_ONCE = "Due once"
"""What heads when an instalment falls due."""
VAT = "Outside scope"
"""Grants pay for no supply, so VAT does not come into it."""
PRINTED_PAYMENTS = 18
"""So many columns of Payments, what finance pays by, are printed, one page wide; all stand on the sheet."""
_NOUGHT = "0"


class Places:
    """The ranges of one schedule's payments and awards."""

    def __init__(self, schedule: FinanceSchedule) -> None:
        self.first = TABLE_HEADING_ROW + 1
        self.payments = max(schedule.payment_count, 1)
        self.awards = len(schedule.awards)

    def payment(self, heading: str) -> str:
        """Return the cells of a column of Payments, for a formula on any sheet."""
        return self._range(PAYMENTS, PAYMENT_COLUMNS, heading, self.payments)

    def award(self, heading: str) -> str:
        """Return the cells of a column of Awards, for a formula on any sheet."""
        return self._range(AWARDS, AWARD_COLUMNS, heading, self.awards)

    def _range(self, sheet: str, columns: tuple[TableColumn, ...], heading: str, rows: int) -> str:
        letter = _letter(columns, heading)
        return f"{sheet}!${letter}${self.first}:${letter}${self.first + rows - 1}"


class PaymentRow(NamedTuple):
    """A payment in its row of the sheet."""

    row: int
    schedule: FinanceSchedule
    award: FinanceAward
    line: PaymentLine

    @property
    def check(self) -> Formula:
        """Return what is left of its amount beside paid and outstanding."""
        amount, paid, due = (_letter(PAYMENT_COLUMNS, name) for name in ("Amount", "Paid", "Outstanding"))
        return Formula(f"=ROUND({amount}{self.row}-{paid}{self.row}-{due}{self.row},2)", _NOUGHT)


class AwardRow(NamedTuple):
    """An award in its row of the sheet."""

    row: int
    places: Places
    award: FinanceAward

    @property
    def instalments(self) -> Formula:
        """Return the live sum of its instalments; no reference of ours is a rule."""
        payment = self.places.payment
        live = f"=SUMIF({payment('Award')},A{self.row},{payment('Amount')})"
        return Formula(live, money.plain_pounds(self.award.amount_pence))

    @property
    def check(self) -> Formula:
        """Return how far its decision with variations, and its instalments, are from it."""
        names = ("Decided", "Awarded", "Instalments", "Varied by")
        decided, awarded, parts, varied = (f"{_letter(AWARD_COLUMNS, name)}{self.row}" for name in names)
        return Formula(f"=ROUND(ABS({decided}+{varied}-{awarded})+ABS({parts}-{awarded}),2)", _NOUGHT)

    @property
    def stands(self) -> Formula:
        """Return the live sum that it stands at."""
        awarded, back = (f"{_letter(AWARD_COLUMNS, name)}{self.row}" for name in ("Awarded", "Returned"))
        return Formula(f"=ROUND({awarded}-{back},2)", money.plain_pounds(self.award.stands_pence))


def payments_sheet(schedule: FinanceSchedule, places: Places, status: PaperStatus) -> TableSheet:
    """Return every payment, with what finance pays it by."""
    every = payments_of(schedule)
    nothing = () if schedule.is_payable else (NOTHING_PAYABLE,)
    said = (f"{named(schedule)}. {schedule.control}.", *nothing, *_not_due_yet(schedule), *status.below)
    looks = any(award.to_look_at(line) for award, line in every)
    return TableSheet(
        PAYMENTS,
        schedule.title,
        " ".join(said),
        tuple(replace(c, is_hidden=c.heading == LOOK_FIRST and not looks) for c in PAYMENT_COLUMNS),
        [PaymentRow(row, schedule, *each) for row, each in enumerate(every, places.first)],
        frozen_columns=2,
        printed_columns=PRINTED_PAYMENTS,
    )


def _not_due_yet(schedule: FinanceSchedule) -> Iterator[str]:
    """Yield when the payments without a day fall due that wait for signatures, as their agreements say."""
    every = [one for one in payments_of(schedule) if one.line.due_on is None]
    if any(waits_for_signature(one.line.trigger) for one in every):
        yield f"A payment that waits for the agreement is due {WITHIN_DAYS}."
    if any(one.award.agreed_on is None and waits_for_a_day(one.line.trigger) for one in every):
        yield f"A payment whose day is over before anybody signed is due {WITHIN_DAYS}."


def _proof(line: PaymentLine) -> str:
    if line.proof_on is not None:
        return f"Came in {short_day(line.proof_on)}: {line.proof}"
    return "Required, not in yet" if line.needs_proof else NONE_GIVEN


def awards_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return every award with its sums."""
    note = (
        "One line for each award: what was decided, what its instalments add up to, what came back, what it "
        "stands at without that, and what was asked back and has not come."
    )
    rows = [AwardRow(row, places, award) for row, award in enumerate(schedule.awards, places.first)]
    return TableSheet(AWARDS, "Awards", note, AWARD_COLUMNS, rows)


def _waits(award: FinanceAward) -> str:
    """Return why nothing is paid of an award, and that its agreement is to be renewed."""
    return unbroken(with_capital("; ".join(filter(None, (_held(award), award.agreement_waits)))))


def _held(award: FinanceAward) -> str:
    """Return why none of an award is paid now, or that all that is left of it waits for its day."""
    waits = [award.on_hold(line) for line in award.payments if line.paid_on is None]
    return award.held_for or (waits[0] if waits and all(map(is_of_later, waits)) else "")


def area_words(area: str) -> str:
    """Return an area as the workbook prints it."""
    return area or NO_AREA


def _letter(columns: tuple[TableColumn, ...], heading: str) -> str:
    return column_name(1 + [column.heading for column in columns].index(heading))


PAYMENT_COLUMNS = (
    TableColumn("Award", 11, "text", "award.reference"),
    TableColumn("Payee", 21, "wrapped", "award.payee"),
    TableColumn("Supplier no.", 10, "wrapped", "award.supplier_number"),
    TableColumn("Area", 14, "wrapped", lambda each: area_words(each.award.area)),
    TableColumn("Notice", 10, "text", "award.notice"),
    TableColumn("Instalment", 10, "count", "line.number"),
    TableColumn("Due", 11, "day", "line.due_on"),
    TableColumn(DUE_ONCE, 16, "apart", lambda each: with_capital(trigger_words(each.line.trigger))),
    TableColumn("Amount", 12, "pounds", "line.amount_pence", is_summed=True),
    TableColumn("Cost centre", 9, "apart", lambda each: each.award.codes[0]),
    TableColumn("Nominal code", 9, "wrapped", lambda each: each.award.codes[1]),
    TableColumn("Project code", 9, "wrapped", lambda each: each.award.codes[2]),
    TableColumn("Paid", 12, "pounds", "line.paid_pence", is_summed=True),
    TableColumn("Authorised and paid on", 11, "day", "line.paid_on"),
    TableColumn("Outstanding", 13, "pounds", "line.outstanding_pence", is_summed=True),
    TableColumn("On hold", 18, "apart", lambda each: unbroken(with_capital(each.award.on_hold(each.line)))),
    TableColumn(
        LOOK_FIRST, 22, "wrapped", lambda each: unbroken(with_capital(each.award.to_look_at(each.line)))
    ),
    TableColumn("Account", 10, "text", "award.account"),
    TableColumn("Charity or company no.", 14, "wrapped", "award.numbers"),
    TableColumn("Fund", 20, "wrapped", "schedule.fund"),
    TableColumn("Budget year", 9, "text", "schedule.year"),
    TableColumn("Due in", 9, "text", "line.due_in"),
    TableColumn("Decided on", 12, "day", "award.decided_on"),
    TableColumn("Decided by", 20, "apart", "award.decided_by"),
    TableColumn("Decider's post", 18, "wrapped", "award.posts_words"),
    TableColumn("Proof", 24, "wrapped", lambda each: _proof(each.line)),
    TableColumn("VAT", 14, "apart", lambda _: VAT),
    TableColumn("Agreement signed", 12, "day", "award.agreed_on"),
    TableColumn("Payment authorised by", 20, "apart", "line.authorised_by"),
    TableColumn("Post", 16, "wrapped", "line.authorised_post"),
    TableColumn("Account changed", 24, "wrapped", "award.account_flag"),
    TableColumn("Check", 10, "pounds", "check", is_summed=True),
)
AWARD_COLUMNS = (
    TableColumn("Award", 10, "text", "award.reference"),
    TableColumn("Application", 10, "wrapped", "award.application"),
    TableColumn("Payee", 20, "wrapped", "award.payee"),
    TableColumn("Area", 13, "wrapped", lambda each: area_words(each.award.area)),
    TableColumn("Decided", 12, "pounds", "award.decided_pence", is_summed=True),
    TableColumn("Varied by", 11, "pounds", "award.varied_pence", is_summed=True),
    TableColumn("Awarded", 12, "pounds", "award.amount_pence", is_summed=True),
    TableColumn("Instalments", 12, "pounds", "instalments", is_summed=True),
    TableColumn("Difference", 10, "pounds", "check", is_summed=True),
    TableColumn("Paid", 12, "pounds", "award.paid_pence", is_summed=True),
    TableColumn("Outstanding", 12, "pounds", "award.outstanding_pence", is_summed=True),
    TableColumn("Returned", 11, "pounds", "award.returned_pence", is_summed=True),
    TableColumn("Stands at", 12, "pounds", "stands", is_summed=True),
    TableColumn("Still to come back", 12, "pounds", "award.to_come_pence", is_summed=True),
    TableColumn("Agreement signed", 11, "day", "award.agreed_on"),
    TableColumn("On hold, or to be renewed", 30, "apart", lambda each: _waits(each.award)),
)
