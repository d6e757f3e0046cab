"""`grant-panel verify`: whether a record is whole, and whether a paper is what was issued from it."""

import argparse
from collections.abc import Iterator
from functools import partial

from cli.frame.output import print_json, say, told
from cli.frame.passphrase import passphrase_of
from cli.frame.record import open_record, opener, refuse_lost
from cli.frame.rounds import refuse_missing, refuse_record
from exchange.papers.paper_check import Given, read_given, verdict
from models.journal.verify import Check, verify, verify_at
from models.queries.papers.issues import files_like, since_issue
from models.record import Record
from models.store.places import ServerAddress
from models.trouble import Unwritable

PAPER = "paper"
"""The name of the checks of an issued paper."""
SINCE = "since"
"""The name of the check that tells what came after the issue; it always holds."""


def check(options: argparse.Namespace) -> int:
    """Check, print every check, and return 1 if one does not hold."""
    checks = tuple(_checks(options))
    sound = all(check.ok for check in checks)
    if options.json:
        named = [told(c, "name ok words row") for c in checks]
        print_json({"sound": sound, "checks": named})
    else:
        for check in checks:
            say(f"{'ok   ' if check.ok else 'FAULT'} {check.name}: {check.words}")
        say("Everything is in order." if sound else "Not everything is in order.")
    return 0 if sound else 1


def _checks(options: argparse.Namespace) -> Iterator[Check]:
    """Yield every check; the paper is read first, while no record is open."""
    if options.against is None:
        yield from _record_checks(options)
        return

    refuse_missing(options.against)
    refuse_record(options.against)
    given = read_given(options.against)
    checks = _record_checks(options)
    yield from checks
    if checks[0].ok:
        yield from paper_checks(given, options)


def _record_checks(options: argparse.Namespace) -> tuple[Check, ...]:
    """Check the record; one that lies where nothing can be written, as a copy."""
    if isinstance(options.record, ServerAddress):
        return verify_at(options.record, opener(options)).checks
    refuse_lost(options.record)
    key = passphrase_of(options.record, options)
    try:
        return verify_at(options.record, opener(options), key=key).checks
    except Unwritable:
        with Record.read_copy(options.record, key=key) as record:
            return verify(record).checks


def paper_checks(given: Given, options: argparse.Namespace) -> Iterator[Check]:
    """Yield a check for each difference between a paper and what was issued, or one that finds none."""
    printed = given.printed
    like = partial(files_like, name=printed.name, sha256=given.sha256, digests=printed.digests)
    with open_record(options.record, options, to_change=False) as record:
        found = verdict(given, record.ask(like))
        if found.issued is not None:
            row = found.issued.after_row
            yield Check(SINCE, True, record.ask(since_issue, after_row=row))
    for words in found.sentences:
        yield Check(PAPER, found.is_same, words)
