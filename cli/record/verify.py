"""`grant-panel verify`: whether a record is whole, its journal unbroken and its rules kept."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_json, add_person, add_record, opener
from cli.output import print_json, say

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.journal.verify import Check


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "verify", run, "check a record, or an issued paper against it")
    add_record(parser)
    parser.add_argument("--against", metavar="FILE", type=Path, help="an issued paper to compare")
    add_json(parser)
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Check, print every check, and return 1 if one does not hold."""
    checks = tuple(_checks(options))
    sound = all(check.ok for check in checks)
    if options.json:
        named = [{"name": c.name, "ok": c.ok, "words": c.words, "row": c.row} for c in checks]
        print_json({"sound": sound, "checks": named})
    else:
        for check in checks:
            say(f"{'ok   ' if check.ok else 'FAULT'} {check.name}: {check.words}")
        say("Everything is in order." if sound else "Not everything is in order.")
    return 0 if sound else 1


def _checks(options: argparse.Namespace) -> "Iterator[Check]":
    """Yield every check; the paper is read first, while no record is open."""
    if options.against is None:
        yield from _record_checks(options)
        return
    from cli.papers.verify_paper import paper_checks
    from cli.set_up.source import refuse_missing, refuse_record
    from exchange.papers.checking.paper_check import read_given

    refuse_missing(options.against)
    refuse_record(options.against)
    given = read_given(options.against)
    checks = _record_checks(options)
    yield from checks
    if checks[0].ok:
        yield from paper_checks(given, options)


def _record_checks(options: argparse.Namespace) -> "tuple[Check, ...]":
    """Check the record; one that lies where nothing can be written, as a copy."""
    from cli.record.opening import refuse_lost
    from cli.record.passphrase import passphrase_of
    from models.journal.verify import verify, verify_at
    from models.record import Record
    from models.store.address import ServerAddress
    from models.trouble import Unwritable

    if isinstance(options.record, ServerAddress):
        return verify_at(options.record, opener(options)).checks
    refuse_lost(options.record)
    key = passphrase_of(options.record, options)
    try:
        return verify_at(options.record, opener(options), key=key).checks
    except Unwritable:
        with Record.read_copy(options.record, key=key) as record:
            return verify(record).checks
