"""`grant-panel backup`: a consistent, verified copy of a record."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_person, add_record
from cli.output import say

if TYPE_CHECKING:
    from cli.arguments import Commands


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "backup", run, "write a verified copy of a record")
    add_record(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help="the copy to make")
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Write the copy."""
    from cli.record.opening import open_record

    with open_record(options.record, options, to_change=False) as record:
        written = record.backup(options.file)
        head = record.head()
    say(f"Backed up to {written}, at row {head.seq}, code {head.code}.")
    return 0
