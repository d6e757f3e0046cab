"""`grant-panel award RECORD ledger`: the days on which finance paid, read back from its ledger."""

import argparse

from cli.frame.output import Column, Json, answer, as_table, told, told_of
from cli.frame.record import changes, perform
from cli.frame.typed import today
from exchange.forms import FormFaults
from exchange.papers.finance.returned import LedgerReading, read_ledger
from models.operations.awards.finance import RecordPayments
from models.operations.awards.paying import PayInstalment
from models.queries.awards.awards_page import every_award
from models.record import Record
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.days import short_day

PAYMENTS = (
    Column("Award", "award=found.reference"),
    Column("Instalment", "instalment=number"),
    Column("Amount", "amount=part.amount_pence"),
    Column("Paid on", "paid_on=on"),
)


@changes
def read_back(record: Record, options: argparse.Namespace) -> None:
    """Read the ledger, record what is new in it, and print that."""
    reading = read_ledger(options.file, record.ask(every_award), today())
    parts = tuple(
        PayInstalment(line.found.round_id, line.found.application, line.number, line.on, line.part.paid_on)
        for line in reading.lines
    )
    words = f"{counted(len(parts), 'payment')} would be recorded. Nothing was changed."
    if not options.dry_run:
        if reading.differing and not options.fitting:
            raise FormFaults((*reading.differing, _remedy(len(parts))))
        if not parts and not reading.unchanged:
            raise Refused(f"{reading.name} names no payment of an award of this record. Nothing was changed.")
        words = "Everything in it was recorded before."
        if parts:
            operation = RecordPayments(reading.name, parts)
            words = perform(record, operation, options)
    answer(options, lambda: _json(reading), words, _lines(reading, is_tried=options.dry_run))


def _remedy(many: int) -> str:
    if not many:
        return "Nothing was recorded: correct the ledger or the record."
    fits = "fits" if many == 1 else "fit"
    return f"Nothing was recorded. --fitting records the {counted(many, 'payment')} that {fits}."


def _json(reading: LedgerReading) -> Json:
    return {
        **told(reading, "file=name sheet"),
        "payments": [told_of(PAYMENTS, line) for line in reading.lines],
        **told(reading, "unchanged other_rows=others differing"),
        "not_in_file": [
            told(line, "award=found.reference instalment=number paid_on=on") for line in reading.missing
        ],
    }


def _lines(reading: LedgerReading, *, is_tried: bool) -> list[str]:
    others = counted(reading.others, "row")
    left = {line.found.reference: line.found.checks_left for line in reading.lines if line.found.checks_left}
    open_checks = [f"Due diligence on {of}: {words}." for of, words in left.items()]
    missing = (
        f"Paid on {short_day(line.on)} by the record, and not in the file: {line.found.reference}, "
        f"instalment {line.number}."
        for line in reading.missing
    )
    moved = (
        f"{line.found.reference}, instalment {line.number}: the record had {short_day(line.part.paid_on)}, "
        f"which the file's {short_day(line.on)} {'would replace' if is_tried else 'replaces'}."
        for line in reading.lines
        if line.part.paid_on is not None
    )
    return [
        *as_table(PAYMENTS, reading.lines),
        *moved,
        *(open_checks if is_tried else ()),  # else what was recorded says so
        *missing,
        *reading.differing,
        *([f"{others} of other things passed over."] if reading.others else []),
    ]
