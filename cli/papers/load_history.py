"""`grant-panel load-history`: the shipped tables of earlier years into a record, as printed figures."""

import argparse
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_person, add_record
from cli.output import say

if TYPE_CHECKING:
    from cli.arguments import Commands

OFFICES = ("west-midlands", "durham", "west-mercia")
NOTHING_NEW = "The record has every shipped table of earlier years already. Nothing was added."


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    words = "import the shipped tables of earlier years, as printed figures"
    parser = add_command(commands, "load-history", run, words)
    add_record(parser)
    parser.add_argument("--of", choices=OFFICES, help="only the tables that this office printed")
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Import the tables that the record does not have, as one change; say so where it has them all."""
    from cli.record.opening import open_record
    from models.operations.papers.printed_figures import AddPrintedTables
    from models.queries.papers.printed_tables import missing_history
    from models.reference.shipped_history import office_of

    with open_record(options.record, options, to_change=True) as record:
        every = record.ask(missing_history)
        missing = tuple(table for table in every if options.of in (None, office_of(table)))
        if not missing:
            say(NOTHING_NEW)
            return 0
        operation = AddPrintedTables(missing)
        outcome = record.perform(operation, acting(record, operation, options))
    say(outcome.words)
    say("Write them with: grant-panel export RECORD tables --out tables.xlsx")
    return 0
