"""The finance schedule as a workbook: payments, awards, sums by area, code and month, and its controls.

Each sum is live and stands beside the figure of the record, so that whoever opens the workbook sees at
once that nothing was lost on the way. Whole accounts stand on a restricted sheet, for the person who asked.
"""

from datetime import date
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import resources
from exchange.atomic import Tick
from exchange.papers.finance.finance_payments import (
    BY_AREA,
    BY_CODE,
    BY_MONTH,
    FIRST,
    HELD,
    LATER,
    Places,
    authorising_sheet,
    awards_sheet,
    changes_sheets,
    payments_sheet,
    waiting,
)
from exchange.papers.paper_writing import office_book
from exchange.xlsx.table import TableSheet, columns_of, in_formula
from exchange.xlsx.table_book import write_table_book
from models.papers.finance import AccountLine, Accounts, FinanceAward, FinanceSchedule, MoneySum
from models.papers.paper_words import NONE_GIVEN
from models.papers.status import PaperStatus
from models.values.awards import NOT_DUE
from scoring.written.text import with_capital

CONTROL = "Control"
NO_CODES, EMPTY = "No code entered", '""'
CODES = ("Cost centre", "Nominal code", "Project code")


class _SumRow(NamedTuple):
    """The sums of an area, or of a set of codes, in its row; `is_it` says which payments count."""

    row: int
    key: Any
    total: MoneySum
    is_it: str

    @property
    def codes(self) -> Any:
        return self.key if any(self.key) else (NO_CODES, "", "")


def area_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return the sums of each area; their total is the fund's and the year's in this round."""
    columns = columns_of(
        "finance areas",
        ranges=places,
        fund=schedule.fund,
        of_fund=lambda _: schedule.fund,
        year=schedule.year,
        of_year=lambda _: schedule.year,
    )
    sums = schedule.sums(lambda award: award.area).items()
    rows = [
        _SumRow(row, area, total, f"EXACT({places('payment Area')},$A{row})")
        for row, (area, total) in enumerate(sums, FIRST)
    ]
    note = "Awards and payments of each area. The total is that of the fund and the year in this round."
    return TableSheet(BY_AREA, BY_AREA, note, columns, rows)


def code_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return the sums of each set of codes; a blank is a code that was not entered, as is a line of none."""

    def is_of(row: int, *, has_codes: bool) -> str:
        cells = (f"${letter}{row}" if has_codes else EMPTY for letter in "ABC")
        return "*".join(
            f"EXACT({places(f'payment {h}')},{cell})" for h, cell in zip(CODES, cells, strict=True)
        )

    rows = [
        _SumRow(row, codes, total, is_of(row, has_codes=any(codes)))
        for row, (codes, total) in enumerate(schedule.sums(lambda award: award.codes).items(), FIRST)
    ]
    note = "Payments under each set of codes. Codes are text: leading zeros count."
    return TableSheet(BY_CODE, "By code", note, columns_of("finance codes", ranges=places), rows)


class _Month(NamedTuple):
    """What is paid and still due of a month in its row, and the conditions that find its payments."""

    row: int
    first: date | None
    paid_pence: int
    due_pence: int
    is_paid_then: str
    is_due_then: str

    @property
    def pence(self) -> int:
        return self.paid_pence + self.due_pence


def month_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return what was paid and is still due by month; what has no date yet stands last."""

    def within(days: str, row: int, first: date | None) -> str:
        return f'({days}="")' if first is None else f"({days}>=$A{row})*({days}<EDATE($A{row},1))"

    days = places("payment Authorised and paid on"), places("payment Due")
    rows = [
        _Month(row, *month, *(within(each, row, month[0]) for each in days))
        for row, month in enumerate(schedule.months(), FIRST)
    ]
    columns = columns_of("finance months", ranges=places)
    note = "What is paid counts in the month it was paid, the rest when it is due."
    return TableSheet(BY_MONTH, "Instalments by month", note, columns, rows)


class _Control(NamedTuple):
    """A control in its row: the record's count and pence, and the formulas that find them in the workbook."""

    row: int
    words: str
    many: int
    many_here: str
    pence: int
    pence_here: str


_, *_CONTROLS = resources.text("forms/finance-controls.txt").strip().split("\n\n")


def controls_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return the controls; all is well when nothing differs, which the last line adds up."""
    of, label = _of_record(schedule, places), schedule.letterhead.area_label
    lines = (line.split(" | ") for line in _CONTROLS[0].splitlines())
    rows = [
        _Control(
            row,
            label.labelled(words),
            _figure(of, many),
            in_formula(many_here, of, ranges=places),
            _figure(of, pence),
            in_formula(pence_here, of, ranges=places),
        )
        for row, (words, many, many_here, pence, pence_here) in enumerate(lines, FIRST)
    ]
    note = "What the record holds, beside what this workbook adds up to. Nothing should differ."
    return TableSheet(CONTROL, "Control totals", note, columns_of("finance controls"), rows)


def _figure(of: SimpleNamespace, path: str) -> int:
    """Return one of the record's figures by its name, or the figure that stands there."""
    return int(path) if path.isdecimal() else attrgetter(path)(of)


def _of_record(schedule: FinanceSchedule, places: Places) -> SimpleNamespace:
    """Return what controls are of: the record's counts and pence, and what finds the payments that wait."""
    whole, waits, why = schedule.whole, waiting(schedule), places("payment On hold")
    paid = sum(line.paid_on is not None for each in schedule.awards for line in each.payments)
    is_of_day = f'(LEFT({why},{len(NOT_DUE)})="{with_capital(NOT_DUE)}")'
    return SimpleNamespace(
        whole=whole,
        awards=len(schedule.awards),
        decided_pence=schedule.decided_pence,
        paid=paid,
        unpaid=whole.payments - paid,
        months=len(schedule.months()),
        returned=sum(bool(award.returned) for award in schedule.awards),
        asked=sum(bool(award.to_come_pence) for award in schedule.awards),
        later=len(waits[LATER]),
        later_pence=sum(waits[LATER]),
        is_later=is_of_day,
        held=len(waits[HELD]),
        held_pence=sum(waits[HELD]),
        is_held=f'({why}<>"")*(1-{is_of_day})',
    )


SENSITIVE = "OFFICIAL-SENSITIVE"
ACCOUNTS = "Accounts"


def write_finance_xlsx(
    schedule: FinanceSchedule,
    status: PaperStatus,
    path: Path,
    tick: Tick = None,
    accounts: Accounts | None = None,
) -> Path:
    """Write the schedule, each account by its last digits alone, and return the path it really has.

    Whole `accounts` stand on a restricted sheet of their own, and the whole is marked for it.
    """
    places = Places(schedule)
    sheets = [
        payments_sheet(schedule, status),
        awards_sheet(schedule, places),
        *changes_sheets(schedule),
        area_sheet(schedule, places),
        code_sheet(schedule, places),
        month_sheet(schedule, places),
        controls_sheet(schedule, places),
        authorising_sheet(schedule),
    ]
    sheets += [] if accounts is None else [_accounts_sheet(schedule, accounts)]
    marking = "" if accounts is None else SENSITIVE
    return write_table_book(office_book(schedule, status, sheets, marking), path, tick)


class AccountRow(NamedTuple):
    """An award and its account, None where it has none yet."""

    award: FinanceAward
    account: AccountLine | None


ACCOUNT_COLUMNS = columns_of(
    "finance accounts",
    verified_by=lambda each: None if each.account is None else each.account.verified_by or NONE_GIVEN,
)


def _accounts_sheet(schedule: FinanceSchedule, accounts: Accounts) -> TableSheet:
    """Return the accounts with who asked for them and why; an award without one stands there blank."""
    lines = {line.reference: line for line in accounts.lines}
    by_award = {award.reference: award for award in schedule.awards}
    rows = [AccountRow(award, lines.get(reference)) for reference, award in by_award.items()]
    note = (
        f"{SENSITIVE}. Asked for by {accounts.asked_by}: {accounts.reason.rstrip('.')}. "
        f"Row {accounts.journal_row} of the journal says so. "
        "Delete this file once the payments are made."
    )
    return TableSheet(ACCOUNTS, f"Accounts: {SENSITIVE}", note, ACCOUNT_COLUMNS, rows)
