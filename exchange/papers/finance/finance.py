"""The finance schedule as a workbook: payments, awards, sums by area, code and month, and its controls.

Each sum is live and stands beside the figure of the record, so that whoever opens the workbook sees at
once that nothing was lost on the way. Whole accounts stand on a restricted sheet, for the person who asked.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from exchange.atomic import Tick
from exchange.papers.finance.finance_payments import (
    HELD,
    LATER,
    Places,
    area_words,
    authorising_sheet,
    awards_sheet,
    changes_sheets,
    payments_sheet,
    waiting,
)
from exchange.papers.paper_writing import office_book
from exchange.reading.cell_names import column_name
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, columns_of, write_table_book
from exchange.xlsx.xlsx_cells import Formula
from models.papers.finance import AccountLine, Accounts, FinanceAward, FinanceSchedule, MoneySum
from models.papers.paper_words import NONE_GIVEN
from models.papers.status import PaperStatus
from models.values.awards import NOT_DUE
from scoring import money
from scoring.written.text import with_capital

CONTROL = "Control"
BY_AREA, BY_CODE, BY_MONTH = "By area", "By code", "By month"
LONGEST_TAB, _NOT_IN_TABS = 31, frozenset("[]:*?/\\")
"""What Excel takes as the name of a sheet."""
NO_CODES, EMPTY = "No code entered", '""'

CODES = ("Cost centre", "Nominal code", "Project code")


class _SumRow(NamedTuple):
    """The sums of an area, or of a set of codes, in its row; `is_it` says which payments count."""

    row: int
    key: Any
    total: MoneySum
    is_it: str


def area_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return the sums of each area; their total is the fund's and the year's in this round."""

    def of_award(each: _SumRow) -> str:
        return f"EXACT({places.award('Area')},$A{each.row})"

    def awards(each: _SumRow) -> Formula:
        return _count(f"=SUMPRODUCT({of_award(each)}*1)", each.total.awards)

    def returned(each: _SumRow) -> Formula:
        live = f"=SUMPRODUCT({of_award(each)}*{places.award('Returned')})"
        return _pounds(live, each.total.returned_pence)

    columns = (
        TableColumn("Area", 28, "wrapped", lambda each: area_words(each.key)),
        TableColumn("Fund", 30, "wrapped", lambda _: schedule.fund, total=schedule.fund),
        TableColumn("Year", 10, "text", lambda _: schedule.year, total=schedule.year),
        TableColumn("Awards", 10, "count", awards, is_summed=True),
        *_payment_columns(places),
        TableColumn("Returned", 15, "pounds", returned, is_summed=True),
    )
    sums = schedule.sums(lambda award: award.area).items()
    rows = [
        _SumRow(row, area, total, f"EXACT({places.payment('Area')},$A{row})")
        for row, (area, total) in enumerate(sums, places.first)
    ]
    note = "Awards and payments of each area. The total is that of the fund and the year in this round."
    return TableSheet(area_tab(schedule), BY_AREA, note, columns, rows)


def _payment_columns(places: Places) -> tuple[TableColumn, ...]:
    """Return the columns that count and add up the payments of a row."""

    def payments(each: _SumRow) -> Formula:
        return _count(f"=SUMPRODUCT({each.is_it}*1)", each.total.payments)

    def live(heading: str, name: str, each: _SumRow) -> Formula:
        return _pounds(f"=SUMPRODUCT({each.is_it}*{places.payment(heading)})", getattr(each.total, name))

    sums = (("Amount", "amount_pence"), ("Paid", "paid_pence"), ("Outstanding", "outstanding_pence"))
    return (
        TableColumn("Payments", 11, "count", payments, is_summed=True),
        *(TableColumn(head, 15, "pounds", partial(live, head, name), is_summed=True) for head, name in sums),
    )


def area_tab(schedule: FinanceSchedule) -> str:
    """Return what the sheet of areas is called: in the office's own word where a tab can hold that."""
    named = schedule.letterhead.area_label.labelled(BY_AREA)
    is_free = named.casefold() not in (BY_CODE.casefold(), BY_MONTH.casefold())
    fits = len(named) <= LONGEST_TAB and named[-1:] != "'" and _NOT_IN_TABS.isdisjoint(named)
    return named if is_free and fits else BY_AREA


def code_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return the sums of each set of codes; a blank is a code that was not entered, as is a line of none."""

    def code(number: int, each: _SumRow) -> str:
        return str(each.key[number]) if any(each.key) else "" if number else NO_CODES

    def is_of(row: int, *, has_codes: bool) -> str:
        cells = (
            f"${column_name(number)}{row}" if has_codes else EMPTY for number in range(1, len(CODES) + 1)
        )
        return "*".join(f"EXACT({places.payment(h)},{cell})" for h, cell in zip(CODES, cells, strict=True))

    columns = (
        *(TableColumn(head, 18, "wrapped", partial(code, number)) for number, head in enumerate(CODES)),
        *_payment_columns(places),
    )
    rows = [
        _SumRow(row, codes, total, is_of(row, has_codes=any(codes)))
        for row, (codes, total) in enumerate(schedule.sums(lambda award: award.codes).items(), places.first)
    ]
    note = "Payments under each set of codes. Codes are text: leading zeros count."
    return TableSheet(BY_CODE, "By code", note, columns, rows)


class _Month(NamedTuple):
    """What is paid and still due of a month in its row; `first` is its first day, None for no date yet."""

    row: int
    first: date | None
    paid_pence: int
    due_pence: int

    def live(self, days: str, amounts: str, pence: int) -> Formula:
        """Return the live sum of the amounts whose day is of the month."""
        if self.first is None:
            return _pounds(f'=SUMPRODUCT(({days}="")*{amounts})', pence)
        within = f"({days}>=$A{self.row})*({days}<EDATE($A{self.row},1))"
        return _pounds(f"=SUMPRODUCT({within}*{amounts})", pence)


def month_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return what was paid and is still due by month; what has no date yet stands last."""
    payment = places.payment

    def paid(each: _Month) -> Formula:
        return each.live(payment("Authorised and paid on"), payment("Paid"), each.paid_pence)

    def due(each: _Month) -> Formula:
        return each.live(payment("Due"), payment("Outstanding"), each.due_pence)

    def in_all(each: _Month) -> Formula:
        return _pounds(f"=ROUND(B{each.row}+C{each.row},2)", each.paid_pence + each.due_pence)

    columns = columns_of(
        "finance months",
        month=lambda each: each.first or "No date yet",
        paid=paid,
        still_due=due,
        in_all=in_all,
    )
    rows = [_Month(row, *month) for row, month in enumerate(schedule.months(), places.first)]
    note = "What is paid counts in the month it was paid, the rest when it is due."
    return TableSheet(BY_MONTH, "Instalments by month", note, columns, rows)


class _Line(NamedTuple):
    """One control: the record's count and pence, and the formulas that find them in the workbook."""

    words: str
    many: int
    many_here: str
    pence: int
    pence_here: str


class _Control(NamedTuple):
    """A control in its row of the sheet."""

    row: int
    line: _Line

    @property
    def many_here(self) -> Formula:
        return _count(f"={self.line.many_here}", self.line.many)

    @property
    def lines_apart(self) -> Formula:
        return _count(f"=ABS(B{self.row}-C{self.row})", 0)

    @property
    def pence_here(self) -> Formula:
        return _pounds(f"=ROUND({self.line.pence_here},2)", self.line.pence)

    @property
    def pence_apart(self) -> Formula:
        return _count(f"=ROUND(ABS(E{self.row}-F{self.row}),2)", 0)


CONTROL_COLUMNS = columns_of("finance controls")


def controls_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return the controls; all is well when nothing differs, which the last line adds up."""
    lines = (*_of_money(schedule, places), *_of_sums(schedule, places), *_of_terms(schedule, places))
    rows = [_Control(row, line) for row, line in enumerate(lines, places.first)]
    note = "What the record holds, beside what this workbook adds up to. Nothing should differ."
    return TableSheet(CONTROL, "Control totals", note, CONTROL_COLUMNS, rows)


def _of_money(schedule: FinanceSchedule, places: Places) -> tuple[_Line, ...]:
    whole, awards = schedule.whole, len(schedule.awards)
    payment, award = places.payment, places.award
    paid = sum(line.paid_on is not None for each in schedule.awards for line in each.payments)
    days = payment("Authorised and paid on")
    return (
        _Line(
            "Payments", whole.payments, _filled(payment("Award")), whole.amount_pence, _sum(payment("Amount"))
        ),
        _Line("Awards", awards, _filled(award("Award")), whole.amount_pence, _sum(award("Awarded"))),
        _Line(
            "Decisions", awards, f"COUNT({award('Decided')})", schedule.decided_pence, _sum(award("Decided"))
        ),
        _Line("Paid to date", paid, f"COUNT({days})", whole.paid_pence, _sum(payment("Paid"))),
        _Line(
            "Outstanding",
            whole.payments - paid,
            f'SUMPRODUCT(({days}="")*1)',
            whole.outstanding_pence,
            _sum(payment("Outstanding")),
        ),
    )


def _of_sums(schedule: FinanceSchedule, places: Places) -> tuple[_Line, ...]:
    whole, first = schedule.whole, places.first
    areas = len(schedule.sums(lambda award: award.area))
    codes = len(schedule.sums(lambda award: award.codes))
    months = len(schedule.months())

    tab = area_tab(schedule).replace("'", "''")

    def over(sheet: str, letter: str, rows: int) -> str:
        return f"SUM('{sheet}'!${letter}${first}:${letter}${first + rows - 1})"

    return (
        _Line(
            schedule.letterhead.area_label.labelled("Sums by area"),
            whole.payments,
            over(tab, "E", areas),
            whole.amount_pence,
            over(tab, "F", areas),
        ),
        _Line(
            "Sums by code",
            whole.payments,
            over(BY_CODE, "D", codes),
            whole.amount_pence,
            over(BY_CODE, "E", codes),
        ),
        _Line(
            "Instalments by month",
            months,
            f"COUNTA('{BY_MONTH}'!$A${first}:$A${first + months - 1})",
            whole.amount_pence,
            over(BY_MONTH, "D", months),
        ),
    )


def _of_terms(schedule: FinanceSchedule, places: Places) -> tuple[_Line, ...]:
    returned = sum(bool(award.returned) for award in schedule.awards)
    asked = sum(bool(award.to_come_pence) for award in schedule.awards)
    checks = (places.payment("Check"), places.award("Difference"))
    return (
        _Line(
            "Money returned",
            returned,
            f'COUNTIF({places.award("Returned")},">0")',
            schedule.whole.returned_pence,
            _sum(places.award("Returned")),
        ),
        _Line(
            "Asked back, still to come",
            asked,
            f'COUNTIF({places.award("Still to come back")},">0")',
            schedule.whole.to_come_pence,
            _sum(places.award("Still to come back")),
        ),
        *_of_waiting(schedule, places),
        _Line(
            "Payments and awards that do not add up",
            0,
            "+".join(f"SUMPRODUCT(({cells}<>0)*1)" for cells in checks),
            0,
            "+".join(f"SUMPRODUCT(ABS({cells}))" for cells in checks),
        ),
    )


def _of_waiting(schedule: FinanceSchedule, places: Places) -> Iterator[_Line]:
    """Yield what is outstanding and not to be paid yet, in the words and sums of *To authorise*."""
    found, why = waiting(schedule), places.payment("On hold")
    is_of_day = f'(LEFT({why},{len(NOT_DUE)})="{with_capital(NOT_DUE)}")'
    for state, is_meant in ((LATER, is_of_day), (HELD, f'({why}<>"")*(1-{is_of_day})')):
        yield _Line(
            state,
            len(found[state]),
            f"SUMPRODUCT({is_meant}*1)",
            sum(found[state]),
            f"SUMPRODUCT({is_meant}*{places.payment('Outstanding')})",
        )


def _filled(cells: str) -> str:
    return f"COUNTA({cells})"


def _sum(cells: str) -> str:
    return f"SUM({cells})"


def _pounds(formula: str, pence: int) -> Formula:
    return Formula(formula, money.plain_pounds(pence))


def _count(formula: str, number: int) -> Formula:
    return Formula(formula, str(number))


SENSITIVE = "OFFICIAL-SENSITIVE"
ACCOUNTS = "Accounts"


def write_finance_xlsx(schedule: FinanceSchedule, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the schedule, each account by its last digits alone, and return the path it really has."""
    return write_table_book(office_book(schedule, status, _sheets(schedule, status)), path, tick)


def write_finance_with_accounts(
    schedule: FinanceSchedule, accounts: Accounts, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the same with the accounts on a restricted sheet of their own; the whole is marked for it."""
    sheets = (*_sheets(schedule, status), _accounts_sheet(schedule, accounts))
    return write_table_book(office_book(schedule, status, sheets, SENSITIVE), path, tick)


def _sheets(schedule: FinanceSchedule, status: PaperStatus) -> tuple[TableSheet, ...]:
    places = Places(schedule)
    return (
        payments_sheet(schedule, places, status),
        awards_sheet(schedule, places),
        *changes_sheets(schedule),
        area_sheet(schedule, places),
        code_sheet(schedule, places),
        month_sheet(schedule, places),
        controls_sheet(schedule, places),
        authorising_sheet(schedule),
    )


class AccountRow(NamedTuple):
    """An award and its account, None where it has none yet."""

    award: FinanceAward
    account: AccountLine | None


def _held(name: str, blank: str | None = None) -> Callable[[AccountRow], TableCell]:
    """Return what gets something of an account, which is `blank` where there is no account."""
    return lambda each: blank if each.account is None else getattr(each.account, name)


def _verified_by(each: AccountRow) -> str | None:
    return None if each.account is None else each.account.verified_by or NONE_GIVEN


ACCOUNT_COLUMNS = columns_of(
    "finance accounts",
    account_name=_held("account_name", "No account yet"),
    sort_code=_held("sort_code"),
    account_number=_held("account_number"),
    fits=_held("fits"),
    entered_by=_held("entered_by"),
    entered_on=_held("entered_on"),
    verified_by=_verified_by,
    verified_on=_held("verified_on"),
    account_changed=_held("flag"),
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
