"""The finance schedule as a workbook, and the flat payment file beside it in an office's own layout.

Each sum of payments, awards, areas, codes and months is live and stands beside the figure of the record, so
that whoever opens the workbook sees at once that nothing was lost on the way. Whole accounts stand on a
restricted sheet, for the person who asked. What the payment file adds up to is read back from it and compared
with the schedule, to the penny.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from io import StringIO
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import resources
from exchange.atomic import Tick, write_beside
from exchange.papers.finance.finance_payments import (
    BY_AREA,
    BY_CODE,
    BY_MONTH,
    FIRST,
    HELD,
    LATER,
    Payment,
    Places,
    authorising_sheet,
    awards_sheet,
    changes_sheets,
    payments_of,
    payments_sheet,
    waiting,
)
from exchange.papers.paper_writing import office_book
from exchange.written_text import one_line
from exchange.xlsx.table import TableSheet, columns_of, csv_text, in_formula
from exchange.xlsx.table_book import write_table_book
from models.papers.finance import AccountLine, Accounts, FinanceAward, FinanceSchedule, MoneySum
from models.papers.paper_words import NONE_GIVEN
from models.papers.status import PaperStatus
from models.trouble import Trouble
from models.values.awards import NOT_DUE, trigger_words
from models.values.payments import (
    ACCOUNT_FIELDS,
    AMOUNT,
    DATE_FORMS,
    EVERY,
    FIXED,
    READY,
    SEPARATORS,
    PaymentLayout,
)
from scoring.money import plain_pounds, pounds
from scoring.written.text import Refused, counted, with_capital

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


def payments_in(schedule: FinanceSchedule, layout: PaymentLayout) -> tuple[Payment, ...]:
    return tuple(one for one in payments_of(schedule) if _is_covered(one, layout))


def sum_of(found: tuple[Payment, ...]) -> int:
    return sum(one.line.amount_pence for one in found)


def control_of(schedule: FinanceSchedule, layout: PaymentLayout) -> str:
    """Say how many payments the file has, what they add up to, and how that agrees with the workbook."""
    found = payments_in(schedule, layout)
    words = f"{counted(len(found), 'payment')}, {pounds(sum_of(found))}"
    if layout.covers == READY:
        left = "; ".join(_left_out(schedule))
        return f"{words}; left out: {left}" if left else words
    held = sum(award.on_hold_pence()[1] for award in schedule.awards)
    words += ", as the workbook's " + ("Amount" if layout.covers == EVERY else "Outstanding")
    paid = sum(one.line.paid_pence for one in found)
    words += f"; {pounds(paid)} of it is paid already" if paid else ""
    return f"{words}; {pounds(held)} of it may not be paid yet" if held else words


def _left_out(schedule: FinanceSchedule) -> Iterator[str]:
    """Yield what is not paid now, parted as the workbook's sheet to authorise parts it."""
    found = waiting(schedule)
    for state, words in ((LATER, "not due yet"), (HELD, "on hold")):
        if amounts := found[state]:
            yield f"{counted(len(amounts), 'payment')}, {pounds(sum(amounts))}, {words}"


def refuse_without_accounts(layout: PaymentLayout) -> None:
    if layout.has_accounts:
        raise Refused(
            f"The layout {layout.name} holds accounts, which are written only when a named person asks for "
            "them. Say who, and why."
        )


def file_lines(
    schedule: FinanceSchedule, layout: PaymentLayout, accounts: Accounts | None = None
) -> tuple[tuple[str, ...], ...]:
    """Return the lines of the file, cell by cell, with the headings where it has them.

    An award without an account has blanks there.
    """
    of = {} if accounts is None else {line.reference: line for line in accounts.lines}
    lines = []
    for one in payments_in(schedule, layout):
        account = of.get(one.award.reference)
        held = {field: getattr(account, field, "") for field in ACCOUNT_FIELDS}
        lines.append(_line({**held, **dict(_held(one, layout, schedule))}, layout))
    heads = (tuple(csv_text(column.heading) for column in layout.columns),) if layout.has_headings else ()
    return (*heads, *lines)


def shown_lines(schedule: FinanceSchedule, layout: PaymentLayout, most: int) -> tuple[str, ...]:
    """Return the first lines as the file has them: of so many payments, and the headings."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, delimiter=_sign(layout), lineterminator="\n")
    writer.writerows(file_lines(schedule, layout)[: most + layout.has_headings])
    return tuple(stream.getvalue().splitlines())


def write_payment_file(
    schedule: FinanceSchedule,
    layout: PaymentLayout,
    path: Path,
    accounts: Accounts | None = None,
    tick: Tick = None,
) -> Path:
    """Write the file and return the path it really has; with accounts it is its owner's alone to read.

    Raises Refused for a layout with accounts where none were asked for, and Trouble when what was written
    does not add up to what the schedule says.
    """
    if accounts is None:
        refuse_without_accounts(layout)
    lines = file_lines(schedule, layout, accounts)
    write, check = (
        partial(write_lines, lines, layout, tick=tick),
        partial(_check, schedule, layout, len(lines)),
    )
    return write_beside(path, write, check, is_private=accounts is not None)


def _is_covered(payment: Payment, layout: PaymentLayout) -> bool:
    if layout.covers == EVERY:
        return True
    is_paid = payment.line.paid_on is not None
    return not is_paid and not (layout.covers == READY and payment.waits)


def write_lines(
    lines: tuple[tuple[str, ...], ...], layout: PaymentLayout, part: Path, tick: Tick = None
) -> None:
    """Write lines in the form that a layout has, and nothing of where they are from."""
    with part.open("w", encoding=_encoding(layout), newline="") as stream:
        writer = csv.writer(stream, delimiter=_sign(layout))
        for done, line in enumerate(lines, 1):
            writer.writerow(line)
            if tick is not None:
                tick(done, len(lines))


def _check(schedule: FinanceSchedule, layout: PaymentLayout, lines: int, path: Path) -> None:
    """Read the file again: as many lines, and the sum of the workbook."""
    with path.open(encoding=_encoding(layout), newline="") as stream:
        found = list(csv.reader(stream, delimiter=_sign(layout)))
    rows = found[1:] if layout.has_headings else found
    at = next(number for number, column in enumerate(layout.columns) if column.holds == AMOUNT)
    whole = sum(_pence(row[at]) for row in rows)
    if len(found) != lines or whole != _due(schedule, layout):
        raise Trouble(
            f"{path.name} adds up to {pounds(whole)}, and the schedule to "
            f"{pounds(_due(schedule, layout))}; nothing was written; try again."
        )


def _due(schedule: FinanceSchedule, layout: PaymentLayout) -> int:
    """Return what the file comes to by the workbook's own sums."""
    if layout.covers == EVERY:
        return schedule.whole.amount_pence
    held = sum(award.on_hold_pence()[1] for award in schedule.awards) if layout.covers == READY else 0
    return schedule.whole.outstanding_pence - held


def _pence(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part)


def _encoding(layout: PaymentLayout) -> str:
    return "utf-8-sig" if layout.has_mark else "utf-8"


def _sign(layout: PaymentLayout) -> str:
    return SEPARATORS[layout.separator][0]


def _line(held: Mapping[str, str], layout: PaymentLayout) -> tuple[str, ...]:
    """Return the cells of a line; what a spreadsheet would run as a formula has an apostrophe before it."""
    return tuple(
        csv_text(column.words if column.holds == FIXED else one_line(held[column.holds]))
        for column in layout.columns
    )


def _held(payment: Payment, layout: PaymentLayout, schedule: FinanceSchedule) -> Iterator[tuple[str, str]]:
    """Yield what a payment's line may hold, by the key of the field."""
    award, line = payment
    yield from (
        ("payee", award.payee),
        ("supplier", award.supplier_number),
        ("numbers", award.numbers),
        ("reference", f"{award.reference}/{line.number}"),
        ("award", award.reference),
        ("application", award.application),
        ("part", str(line.number)),
        (AMOUNT, plain_pounds(line.amount_pence)),
        ("due", _day(line.due_on, layout)),
        ("due_in", line.due_in),
        ("agreed", _day(award.agreed_on, layout)),
        ("waits_for", with_capital(trigger_words(line.trigger))),
        ("on_hold", with_capital(payment.waits)),
        ("look_first", with_capital(award.to_look_at(line))),
        ("paid", plain_pounds(line.paid_pence)),
        ("paid_on", _day(line.paid_on, layout)),
        *zip(("cost_centre", "nominal_code", "project_code"), award.codes, strict=True),
        ("fund", schedule.fund),
        ("year", schedule.year),
        ("area", award.area),
        ("notice", award.notice),
    )


def _day(day: date | None, layout: PaymentLayout) -> str:
    return "" if day is None else day.strftime(DATE_FORMS[layout.dates])
