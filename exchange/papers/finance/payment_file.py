"""The flat payment file beside the finance workbook: a line for each payment, in an office's own layout.

What it adds up to is read back from the file and compared with the schedule, to the penny.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from io import StringIO
from pathlib import Path

from exchange.atomic import Tick, write_beside
from exchange.papers.finance.finance_payments import HELD, LATER, Payment, payments_of, waiting
from exchange.written_text import one_line
from exchange.xlsx.table import csv_text
from models.papers.finance import Accounts, FinanceSchedule
from models.trouble import Trouble
from models.values.awards import trigger_words
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
        account = of.get(one.award.reference) if one.to is one.award else None
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
    payee = payment.to
    yield from (
        ("payee", payee.payee),
        ("supplier", payee.supplier_number),
        ("numbers", payee.numbers),
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
