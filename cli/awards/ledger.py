"""`grant-panel award RECORD ledger`: the days on which finance paid, read back from its ledger."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import acting
from cli.days import today
from cli.output import print_json, print_lines, say, table
from scoring.counted import counted
from scoring.money import plain_pounds, pounds
from scoring.refused import Refused
from scoring.written.days import short_day

if TYPE_CHECKING:
    from exchange.papers.finance.ledger_reading import LedgerReading
    from models.record import Record


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the options of the action."""
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="finance's ledger (.xlsx, .xls, .ods or .csv)"
    )
    words = "record what fits where rows differ from the record; without it nothing is recorded then"
    parser.add_argument("--fitting", action="store_true", help=words)
    parser.add_argument("--dry-run", action="store_true", help="say what it would record, and record nothing")


def read_back(record: "Record", options: argparse.Namespace) -> int:
    """Read the ledger, record what is new in it, and print that."""
    from exchange.forms.faults import FormFaults
    from exchange.papers.finance.ledger_reading import read_ledger
    from models.operations.awards.paying import PayInstalment
    from models.operations.awards.payment_files import RecordPayments
    from models.queries.awards.variations.finding import every_award

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
            words = record.perform(operation, acting(record, operation, options)).words
    if options.json:
        print_json(_json(reading))
        return 0
    say(words)
    print_lines(_lines(reading, is_tried=options.dry_run))
    return 0


def _remedy(many: int) -> str:
    if not many:
        return "Nothing was recorded: correct the ledger or the record."
    fits = "fits" if many == 1 else "fit"
    return f"Nothing was recorded. --fitting records the {counted(many, 'payment')} that {fits}."


def _json(reading: "LedgerReading") -> dict[str, object]:
    return {
        "file": reading.name,
        "sheet": reading.sheet,
        "payments": [
            {
                "award": line.found.reference,
                "instalment": line.number,
                "amount": plain_pounds(line.part.amount_pence),
                "paid_on": line.on.isoformat(),
            }
            for line in reading.lines
        ],
        "unchanged": reading.unchanged,
        "other_rows": reading.others,
        "differing": list(reading.differing),
        "not_in_file": [
            {"award": line.found.reference, "instalment": line.number, "paid_on": line.on.isoformat()}
            for line in reading.missing
        ],
    }


def _lines(reading: "LedgerReading", *, is_tried: bool) -> list[str]:
    rows = [
        (
            line.found.reference,
            str(line.number),
            pounds(line.part.amount_pence),
            short_day(line.on),
        )
        for line in reading.lines
    ]
    told = table(("Award", "Instalment", "Amount", "Paid on"), rows, right=(2,)) if rows else []
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
        *told,
        *moved,
        *(open_checks if is_tried else ()),  # else what was recorded says so
        *missing,
        *reading.differing,
        *([f"{others} of other things passed over."] if reading.others else []),
    ]
