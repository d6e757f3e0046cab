"""An issued paper against a record: which issue it is, what differs, and what has changed since."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exchange.paper_against import Difference
    from exchange.paper_reading import Printed
    from models.queries.issues import IssueRow
    from models.queries.paper_issues import StoredPaper
    from models.record import Record
    from models.verify import Check

PAPER = "paper"
"""The name of the checks of an issued paper."""

SINCE = "since"
"""The name of the check that tells what came after the issue; it always holds."""


def paper_checks(printed: "Printed", path: Path, options: argparse.Namespace) -> "Iterator[Check]":
    """Yield a check for each difference between a paper and what was issued, or one that finds none."""
    from cli.opening import open_record
    from models.queries.issues import issue_with_hash
    from models.queries.paper_issues import papers_with_hash

    with open_record(options.record, options, to_change=False) as record:
        for digest in sorted(printed.digests):
            issue = record.ask(partial(issue_with_hash, sha256=digest))
            if issue is not None:
                yield from _of_schedule(record, issue, path)
                return
        stored = record.ask(partial(papers_with_hash, digests=printed.digests))
        found = _nearest(printed, stored) or (None if printed.digests else _without_hash(record, printed))
        if found is None:
            yield _of_no_issue(printed)
        else:
            yield from _of_paper(record, printed, *found)


def _of_schedule(record: "Record", issue: "IssueRow", path: Path) -> "Iterator[Check]":
    from exchange.schedule_reading import differences, read_issued
    from models.verify import Check

    yield _since(record, issue.after_row)
    paper = read_issued(path)
    found = differences(paper, issue.content)
    yield from (Check(PAPER, False, words) for words in found)
    if not found:
        count = "1 line" if len(paper.lines) == 1 else f"{len(paper.lines):,} lines"
        words = f"{paper.name} says what version {issue.version} was issued with: {count} compared."
        yield Check(PAPER, True, words)


def _of_paper(
    record: "Record", printed: "Printed", stored: "StoredPaper", found: "tuple[Difference, ...]"
) -> "Iterator[Check]":
    from exchange.paper_kinds import KINDS
    from models.verify import Check

    yield _since(record, stored.issue.after_row)
    issue, kind = stored.issue, KINDS[stored.issue.paper].words
    yield from (Check(PAPER, False, f"{printed.name}, {difference.words}") for difference in found)
    if not found:
        of = f" of {issue.subject}" if issue.subject else ""
        unit = {".pdf": "lines", ".docx": "paragraphs", ".json": "values"}.get(printed.ending, "cells")
        words = (
            f"{printed.name} says what version {issue.version} of the paper {kind}{of} was issued with on "
            f"{issue.issued_at.day} {issue.issued_at:%B %Y}: {len(printed.places):,} {unit} compared."
        )
        yield Check(PAPER, True, words)


def _since(record: "Record", after_row: int) -> "Check":
    from models.queries.since_issue import since_issue
    from models.verify import Check

    return Check(SINCE, True, record.ask(partial(since_issue, after_row=after_row)))


def _of_no_issue(printed: "Printed") -> "Check":
    from models.verify import Check

    said = "no issue has the SHA-256 that it prints"
    if not printed.digests:
        said = "it prints no SHA-256, and no paper that was issued says the like"
    return Check(PAPER, False, f"{printed.name} was not issued from this record: {said}.")


def _without_hash(
    record: "Record", printed: "Printed"
) -> "tuple[StoredPaper, tuple[Difference, ...]] | None":
    """Return the issue that a paper which prints no SHA-256 is most like, None where half of it differs."""
    from exchange.paper_against import kinds_with
    from models.queries.paper_issues import papers_of_kinds

    stored = record.ask(partial(papers_of_kinds, kinds=kinds_with(printed.ending)))
    found = _nearest(printed, stored)
    if found is None or len(found[1]) * 2 > len(printed.places):
        return None
    return found


def _nearest(
    printed: "Printed", stored: "tuple[StoredPaper, ...]"
) -> "tuple[StoredPaper, tuple[Difference, ...]] | None":
    """Return the issue with the fewest differences, the first that has none at all."""
    nearest: tuple[StoredPaper, tuple[Difference, ...]] | None = None
    for paper in stored:
        found = _compared(printed, paper)
        if nearest is None or len(found) < len(nearest[1]):
            nearest = paper, found
        if not found:
            break
    return nearest


def _compared(printed: "Printed", stored: "StoredPaper") -> "tuple[Difference, ...]":
    from exchange.paper_against import differences
    from models.papers.status import PaperStatus
    from models.papers.values import value_of

    issue = stored.issue
    status = PaperStatus(issue.issued_at, issue.sha256, issue.version, issue.after_row, issue.after_head)
    return differences(printed, issue.paper, value_of(issue.paper, stored.content), status)
