"""`grant-panel salvage`: what can be read of a damaged record, into a new one, and what could not."""

import argparse
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_passphrase, add_person, file_path, opener
from cli.output import print_lines, say

if TYPE_CHECKING:
    from cli.arguments import Commands


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "salvage", run, "make a new record from what can be read of a damaged one")
    parser.add_argument(
        "damaged", metavar="RECORD", type=file_path, help="the damaged record; it is not changed"
    )
    parser.add_argument(
        "record", metavar="NEW", type=file_path, help="the record to make; it must not exist yet"
    )
    add_passphrase(parser)
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Salvage, and say what was read and what was not."""
    from cli.record.opening import refuse_lost
    from cli.record.passphrase import passphrase_of
    from models.salvage.rebuild import salvage
    from models.store.record_file import check_there

    refuse_lost(options.damaged)
    check_there(options.damaged)
    key = passphrase_of(options.damaged, options)
    found = salvage(options.damaged, options.record, opener(options), key=key)
    print_lines(found.lines)
    say(f"Made {found.path}. {options.damaged.name} was not changed.")
    return 0
