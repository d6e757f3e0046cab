"""`grant-panel new`: an empty record with the funds that ship and their default schemes."""

import argparse
from typing import TYPE_CHECKING

from cli.arguments import actor, add_command, add_person, add_record, opener
from cli.output import warn
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands

OFFICE = "Office of the Police and Crime Commissioner"


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "new", run, "make an empty record with the two funds' default schemes")
    add_record(parser)
    parser.add_argument("--encrypt", action="store_true", help="not in this version yet")
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Make the record."""
    if options.encrypt:
        raise Refused(
            "Encrypted records are not in this version yet. Nothing was made; leave --encrypt out, and keep "
            "the record on an encrypted disk until a later version brings them."
        )
    from models.operations.office import SetUpOffice
    from models.places import warnings_about
    from models.record import Record
    from models.schemes import shipped_funds

    funds = shipped_funds()
    with Record.create(options.record, opener(options)) as record:
        outcome = record.perform(SetUpOffice(OFFICE, funds), actor(options))
    print(f"Made {options.record}. {outcome.words}")
    warn(warnings_about(options.record))
    return 0
