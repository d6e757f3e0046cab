"""The finance schedule as a workbook: payments, awards, sums by area, code and month, and its controls.

Each sum is live and stands beside the figure of the record, so that whoever opens the workbook sees at
once that nothing was lost on the way.
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from exchange.papers.finance.finance_accounts import SENSITIVE, accounts_sheet
from exchange.papers.finance.finance_authorising import authorising_sheet
from exchange.papers.finance.finance_changes import changes_sheets
from exchange.papers.finance.finance_controls import controls_sheet
from exchange.papers.finance.finance_places import (
    AWARD_COLUMNS,
    AWARDS,
    LOOK_FIRST,
    PAYMENT_COLUMNS,
    PAYMENTS,
    PRINTED_PAYMENTS,
    Places,
    area_words,
)
from exchange.papers.finance.finance_sums import area_sheet, code_sheet, month_sheet
from exchange.papers.headed import named, office_book
from exchange.papers.letters.payment_words import WITHIN_DAYS, waits_for_a_day
from exchange.papers.paper_words import NONE_GIVEN, short_day
from exchange.unbroken import unbroken
from exchange.xlsx.table_book import (
    TableCell,
    TableColumn,
    TableSheet,
    column_sum,
    write_table_book,
)
from exchange.xlsx.xlsx_cells import Formula
from models.papers.accounts import Accounts
from models.papers.finance import NOTHING_PAYABLE, FinanceAward, FinanceSchedule, PaymentLine
from models.papers.status import PaperStatus
from models.values.award_parts import is_of_later, trigger_words, waits_for_signature
from scoring import money
from scoring.written.text import with_capital

Tick = Callable[[int, int], None] | None
"""Called with (done, total) in rows; may raise to cancel."""

VAT = "Outside scope"
"""Grants pay for no supply, so VAT does not come into it."""


def write_finance_xlsx(schedule: FinanceSchedule, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the schedule, each account by its last digits alone, and return the path it really has."""
    return write_table_book(office_book(schedule, status, _sheets(schedule, status)), path, tick)


def write_finance_with_accounts(
    schedule: FinanceSchedule, accounts: Accounts, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the same with the accounts on a restricted sheet of their own; the whole is marked for it."""
    sheets = (*_sheets(schedule, status), accounts_sheet(schedule, accounts))
    return write_table_book(office_book(schedule, status, sheets, SENSITIVE), path, tick)


def _sheets(schedule: FinanceSchedule, status: PaperStatus) -> tuple[TableSheet, ...]:
    places = Places(schedule)
    return (
        _payments(schedule, places, status),
        _awards(schedule, places),
        *changes_sheets(schedule),
        area_sheet(schedule, places),
        code_sheet(schedule, places),
        month_sheet(schedule, places),
        controls_sheet(schedule, places),
        authorising_sheet(schedule),
    )


def _payments(schedule: FinanceSchedule, places: Places, status: PaperStatus) -> TableSheet:
    numbers = count(places.first)
    rows = [
        _payment(schedule, award, line, places, next(numbers))
        for award in schedule.awards
        for line in award.payments
    ]
    whole = schedule.whole
    sums = {
        "Amount": whole.amount_pence,
        "Paid": whole.paid_pence,
        "Outstanding": whole.outstanding_pence,
        "Check": 0,
    }
    nothing = () if schedule.is_payable else (NOTHING_PAYABLE,)
    said = (f"{named(schedule)}. {schedule.control}.", *nothing, *_not_due_yet(schedule), *status.below)
    note = " ".join(said)
    total = _total(PAYMENT_COLUMNS, sums, len(rows))
    looks = any(award.to_look_at(line) for award in schedule.awards for line in award.payments)
    columns = tuple(
        replace(
            one,
            is_hidden=one.heading == LOOK_FIRST and not looks,
        )
        for one in PAYMENT_COLUMNS
    )
    return TableSheet(
        PAYMENTS,
        schedule.title,
        note,
        columns,
        rows,
        (total,),
        frozen_columns=2,
        printed_columns=PRINTED_PAYMENTS,
    )


def _not_due_yet(schedule: FinanceSchedule) -> Iterator[str]:
    """Yield when the payments without a day fall due that wait for signatures, as their agreements say."""
    every = [(award, line) for award in schedule.awards for line in award.payments if line.due_on is None]
    if any(waits_for_signature(line.trigger) for _, line in every):
        yield f"A payment that waits for the agreement is due {WITHIN_DAYS}."
    if any(award.agreed_on is None and waits_for_a_day(line.trigger) for award, line in every):
        yield f"A payment whose day is over before anybody signed is due {WITHIN_DAYS}."


def _payment(
    schedule: FinanceSchedule, award: FinanceAward, line: PaymentLine, places: Places, row: int
) -> tuple[TableCell, ...]:
    return (
        award.reference,
        award.payee,
        award.supplier_number,
        area_words(award.area),
        award.notice,
        line.number,
        line.due_on,
        with_capital(trigger_words(line.trigger)),
        line.amount_pence,
        *award.codes,
        line.paid_pence,
        line.paid_on,
        line.outstanding_pence,
        unbroken(with_capital(award.on_hold(line))),
        unbroken(with_capital(award.to_look_at(line))),
        award.account,
        award.numbers,
        schedule.fund,
        schedule.year,
        line.due_in,
        award.decided_on,
        award.decided_by,
        award.posts_words,
        _proof(line),
        VAT,
        award.agreed_on,
        line.authorised_by,
        line.authorised_post,
        award.account_flag,
        places.row_check(row),
    )


def _proof(line: PaymentLine) -> str:
    if line.proof_on is not None:
        return f"Came in {short_day(line.proof_on)}: {line.proof}"
    return "Required, not in yet" if line.needs_proof else NONE_GIVEN


def _awards(schedule: FinanceSchedule, places: Places) -> TableSheet:
    rows = [_award(award, places, number) for number, award in enumerate(schedule.awards, start=places.first)]
    whole = schedule.whole
    sums = {
        "Decided": schedule.decided_pence,
        "Awarded": whole.amount_pence,
        "Instalments": whole.amount_pence,
        "Difference": 0,
        "Paid": whole.paid_pence,
        "Outstanding": whole.outstanding_pence,
        "Returned": whole.returned_pence,
        "Stands at": whole.amount_pence - whole.returned_pence,
        "Still to come back": whole.to_come_pence,
        "Varied by": sum(award.varied_pence for award in schedule.awards),
    }
    note = (
        "One line for each award: what was decided, what its instalments add up to, what came back, what it "
        "stands at without that, and what was asked back and has not come."
    )
    total = _total(AWARD_COLUMNS, sums, len(rows))
    return TableSheet(AWARDS, "Awards", note, AWARD_COLUMNS, rows, (total,), frozen_columns=1)


def _award(award: FinanceAward, places: Places, row: int) -> tuple[TableCell, ...]:
    return (
        award.reference,
        award.application,
        award.payee,
        area_words(award.area),
        award.decided_pence,
        award.varied_pence,
        award.amount_pence,
        Formula(places.instalments(row), money.plain_pounds(award.amount_pence)),
        places.award_check(row),
        award.paid_pence,
        award.outstanding_pence,
        award.returned_pence,
        Formula(places.stands(row), money.plain_pounds(award.stands_pence)),
        award.to_come_pence,
        award.agreed_on,
        unbroken(with_capital("; ".join(filter(None, (_held(award), award.agreement_waits))))),
    )


def _held(award: FinanceAward) -> str:
    """Return why none of an award is paid now, or that all that is left of it waits for its day."""
    waits = [award.on_hold(line) for line in award.payments if line.paid_on is None]
    return award.held_for or (waits[0] if waits and all(map(is_of_later, waits)) else "")


def _total(columns: tuple[TableColumn, ...], sums: dict[str, int], rows: int) -> tuple[TableCell, ...]:
    return (
        "Total",
        *(
            column_sum(number, rows, sums[column.heading]) if column.heading in sums else None
            for number, column in enumerate(columns[1:], start=2)
        ),
    )
