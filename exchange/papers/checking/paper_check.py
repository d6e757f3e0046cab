"""Whether a file is an issued paper, and unchanged: one answer for the command and for the window."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from exchange.papers.checking.layout_sums import otherwise_laid_out
from exchange.papers.checking.paper_against import Comparison, Difference, compared
from exchange.papers.checking.payment_check import ENDING, nearest_payment_file
from exchange.papers.paper_reading import Printed
from exchange.papers.schedule.schedule_reading import differences as schedule_differences
from exchange.papers.schedule.schedule_reading import read_issued
from models.papers.issued import Candidates, Issued
from models.papers.kinds import FINANCE, KINDS
from models.papers.status import PaperStatus
from scoring.counted import counted
from scoring.written.days import full_day

_OTHER_LAYOUT = (
    " Another build of the program laid it out, in words that have changed since: its figures, days, "
    "references and texts were compared, not the words around them."
)


class Verdict(Struct, frozen=True):
    """What is to be said of a file: one sentence where it holds, else one for each difference.

    `issued` is the issue that it was compared with, None where the record issued nothing like it.
    """

    is_same: bool
    sentences: tuple[str, ...]
    issued: Issued | None


def verdict(printed: Printed, path: Path, candidates: Candidates) -> Verdict:
    """Compare a file with the issues that it may be."""
    schedule = next((one for one in candidates.issued if not KINDS[one.kind].is_read_back), None)
    if schedule is not None:
        return _of_schedule(printed, path, schedule)
    payments = _payment_file(printed, candidates)
    if payments is not None:
        return payments
    found = _nearest(printed, candidates)
    if found and not printed.digests and len(found[1].differences) * 2 > len(printed.places):
        found = None
    return _of_no_issue(printed) if found is None else _of_paper(printed, *found)


def _payment_file(printed: Printed, candidates: Candidates) -> Verdict | None:
    """Return what a payment file says beside the finance schedules, None for a file that is none."""
    if printed.ending != ENDING:
        return None
    issues = [one for one in candidates.issued if one.kind == FINANCE]
    file = nearest_payment_file(printed, issues, candidates.layouts)
    if file is None or len(file.found.differences) * 2 > len(printed.places):
        return None
    if not file.found.differences:
        return Verdict(True, (f"{printed.name} {file.words}",), file.issued)
    return _of_paper(printed, file.issued, file.found)


def _of_schedule(printed: Printed, path: Path, issued: Issued) -> Verdict:
    paper = read_issued(path)
    found = schedule_differences(paper, issued.content)
    if not found and issued.laid_out:
        found = tuple(
            f"{paper.name}, {Difference(where).words}"
            for where in otherwise_laid_out(printed, issued.laid_out)
        )
    if found:
        return Verdict(False, found, issued)
    count = counted(len(paper.lines), "line")
    words = f"{paper.name} says what version {issued.version} was issued with: {count} compared."
    return Verdict(True, (words,), issued)


def _of_paper(printed: Printed, issued: Issued, found: Comparison) -> Verdict:
    if found.differences:
        words = tuple(f"{printed.name}, {difference.words}" for difference in found.differences)
        return Verdict(False, words, issued)
    of = f" of {issued.subject_words}" if issued.subject else ""
    unit = {".pdf": "lines", ".docx": "paragraphs", ".json": "values"}.get(printed.ending, "cells")
    sentence = (
        f"{printed.name} says what version {issued.version} of the paper {KINDS[issued.kind].words}{of} was "
        f"issued with on {full_day(issued.issued_at)}: {len(printed.places):,} {unit} "
        "compared."
    )
    if found.is_of_values:
        sentence += _OTHER_LAYOUT
    return Verdict(True, (sentence,), issued)


def _of_no_issue(printed: Printed) -> Verdict:
    said = "no issue has the SHA-256 that it prints"
    if not printed.digests:
        said = "it prints no SHA-256, and no paper that was issued says the same"
    return Verdict(False, (f"{printed.name} was not issued from this record: {said}.",), None)


def _nearest(printed: Printed, candidates: Candidates) -> tuple[Issued, Comparison] | None:
    """Return the issue with the fewest differences, the first that has none at all."""
    nearest: tuple[Issued, Comparison] | None = None
    for issued in candidates.issued:
        if printed.ending == ENDING and issued.kind == FINANCE:
            continue  # a payment file, looked at before
        found = _compared(printed, issued, candidates.logos)
        if nearest is None or len(found.differences) < len(nearest[1].differences):
            nearest = issued, found
        if not found.differences:
            break
    return nearest


def _compared(printed: Printed, issued: Issued, logos: Mapping[str, bytes]) -> Comparison:
    at = issued.issued_at
    value = KINDS[issued.kind].value_of(issued.content)
    status = PaperStatus(
        at,
        issued.sha256,
        issued.version,
        issued.after_row,
        issued.after_head,
        logo=logos.get(value.letterhead.logo, b""),
        issued_at=at,
    )
    return compared(printed, issued.kind, value, status, issued.laid_out)
