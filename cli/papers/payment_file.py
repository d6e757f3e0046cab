"""The payment file beside a finance schedule: its layout, the accounts it may hold, and writing it."""

import argparse
from functools import partial
from pathlib import Path

from cli.arguments import acting
from cli.output import print_lines, say
from cli.set_up.source import refuse_record
from exchange.atomic import kept_beside, require_place
from models.operations.awards.bank_details import ExportAccounts, accounts_asked_for
from models.papers.accounts import Accounts
from models.papers.finance import FinanceSchedule
from models.papers.order import PaperValue
from models.queries.awards.finance_codes import payment_layout
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.values.payment_layout import PaymentLayout
from scoring.refused import Refused


def chosen_layout(record: Record, options: argparse.Namespace) -> PaymentLayout:
    """Return the layout that the options name; refused where the file has no place, before anything else."""
    layout = record.ask(partial(payment_layout, name=options.layout))
    path = payment_path(options.out)
    refuse_record(path)
    require_place(path)
    return layout


def accounts_of(record: Record, layout: PaymentLayout, options: argparse.Namespace) -> Accounts | None:
    """Return the accounts that a layout holds, once the journal says who asked for them and why."""
    from exchange.papers.finance.payment_file import refuse_without_accounts

    if not options.accounts_for:
        refuse_without_accounts(layout)
        return None
    if not layout.has_accounts:
        raise Refused(f"The layout {layout.name} holds no accounts. Leave --accounts-for and --why out.")
    found = partial(find_round, name=options.round, fund=options.fund, year=options.year)
    operation = ExportAccounts(record.ask(found), options.area or "", options.accounts_for, options.why)
    beside = partial(accounts_asked_for, operation=operation)
    return record.perform_beside(operation, beside, acting(record, operation, options))[1]


def write_beside_schedule(
    value: PaperValue, layout: PaymentLayout, accounts: Accounts | None, out: Path
) -> None:
    """Write the payment file beside the workbook, and say what it comes to."""
    from exchange.papers.finance.payment_file import control_of, write_payment_file

    assert isinstance(value, FinanceSchedule), "a payment file is of a finance schedule"
    wanted = payment_path(out)
    written = write_payment_file(value, layout, wanted, accounts)
    say(f"Wrote {written}: the payment file {layout.name}, {control_of(value, layout)}.")
    print_lines(filter(None, [kept_beside(wanted, written)]))


def payment_path(out: Path) -> Path:
    """Return where the payment file of a workbook lies: beside it, under the same name."""
    return out.with_suffix(".csv")
