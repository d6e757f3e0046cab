"""An issued paper against a record: which issue it is, what differs, and what has changed since."""

import argparse
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exchange.papers.checking.paper_check import Given
    from models.journal.verify import Check

PAPER = "paper"
"""The name of the checks of an issued paper."""

SINCE = "since"
"""The name of the check that tells what came after the issue; it always holds."""


def paper_checks(given: "Given", options: argparse.Namespace) -> "Iterator[Check]":
    """Yield a check for each difference between a paper and what was issued, or one that finds none."""
    from cli.record.opening import open_record
    from exchange.papers.checking.paper_check import verdict
    from models.journal.verify import Check
    from models.queries.papers.issues import files_like
    from models.queries.papers.since_issue import since_issue

    printed = given.printed
    like = partial(files_like, name=printed.name, sha256=given.sha256, digests=printed.digests)
    with open_record(options.record, options, to_change=False) as record:
        found = verdict(given, record.ask(like))
        if found.issued is not None:
            row = found.issued.after_row
            yield Check(SINCE, True, record.ask(partial(since_issue, after_row=row)))
    for words in found.sentences:
        yield Check(PAPER, found.is_same, words)
