"""What ships beside the program, taken out: the guide as a PDF, and the tables of earlier years."""

import argparse

from cli.frame.output import say
from cli.frame.record import acting, open_record
from exchange.guide import write_guide
from models.clock import utc_now
from models.operations.papers import AddPrintedTables
from models.queries.papers.year_tables import missing_history
from models.reference.shipped_history import OFFICES, office_of

NOTHING_NEW = "The record has every shipped table of earlier years already. Nothing was added."


def guide(options: argparse.Namespace) -> None:
    """Write the guide or the card, and say where."""
    say(f"Written: {write_guide(options.card, options.out, utc_now())}")


def load_history(options: argparse.Namespace) -> None:
    """Import the tables that the record does not have, as one change; say so where it has them all."""
    with open_record(options.record, options, to_change=True) as record:
        every = record.ask(missing_history)
        missing = tuple(table for table in every if options.of in (None, office_of(table)))
        if not missing:
            say(NOTHING_NEW)
            return
        operation = AddPrintedTables(missing)
        outcome = record.perform(operation, acting(record, operation, options))
    say(outcome.words)
    say("Write them with: grant-panel export RECORD tables --out tables.xlsx")


TYPES = {"--of": OFFICES}
