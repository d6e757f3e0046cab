"""`grant-panel verify`: whether a record is whole, its journal unbroken and its rules kept."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_json, add_person, add_record, opener
from cli.output import print_json

if TYPE_CHECKING:
    from cli.arguments import Commands


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "verify", run, "check a record, or an issued paper against it")
    add_record(parser)
    parser.add_argument("--against", metavar="FILE", type=Path, help="an issued schedule to compare")
    add_json(parser)
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Check, print every check, and return 1 if one does not hold."""
    from models.verify import verify_file

    checks = verify_file(options.record, opener(options)).checks
    sound = all(check.ok for check in checks)
    if options.json:
        named = [{"name": c.name, "ok": c.ok, "words": c.words, "row": c.row} for c in checks]
        print_json({"sound": sound, "checks": named})
    else:
        for check in checks:
            print(f"{'ok   ' if check.ok else 'FAULT'} {check.name}: {check.words}")
        print("The record is sound." if sound else "The record is not sound.")
    return 0 if sound else 1
