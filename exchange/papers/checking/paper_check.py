"""Whether a file is an issued paper, and unchanged: one answer for the command and for the window."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from exchange.papers.checking.paper_against import Difference, compared
from exchange.papers.checking.payment_check import ENDING, nearest_payment_file
from exchange.papers.paper_reading import Printed, read_paper
from models.papers.issued import AccountsFile, Candidates, Issued, IssuedFile, file_sum
from models.papers.kinds import KINDS
from models.store.temporary_files import temporary_folder
from scoring.written.days import full_day


class Given(Struct, frozen=True):
    """A file as it was given to be checked: what it says, and the SHA-256 of its bytes."""

    printed: Printed
    sha256: str


class Verdict(Struct, frozen=True):
    """What is to be said of a file: one sentence where it holds, else one for each difference.

    `issued` is the issue that it was compared with, None where the record issued nothing like it.
    """

    is_same: bool
    sentences: tuple[str, ...]
    issued: Issued | None


def read_given(path: Path) -> Given:
    """Return a file that is to be checked; Trouble where it cannot be read as what its ending says it is."""
    printed = read_paper(path)
    return Given(printed, file_sum(path.read_bytes()))


def verdict(given: Given, candidates: Candidates) -> Verdict:
    """Compare a file with the issued files that it may be: byte for byte, else by what both say."""
    same = next((one for one in candidates.files if one.file.sha256 == given.sha256), None)
    if same is not None:
        return Verdict(True, (f"{_named(given, same)}, byte for byte.{_gone(same)}",), same.issued)
    if candidates.accounts is not None:
        return _of_accounts(given.printed, candidates.accounts)
    payments = _payment_file(given.printed, candidates)
    if payments is not None:
        return payments
    kept = _nearest(given.printed, (one for one in candidates.files if one.content is not None))
    if kept is not None and (given.printed.digests or _is_like(given.printed, kept[1])):
        return _by_words(given, *kept)
    gone = next((one for one in candidates.files if one.content is None), None)
    is_it = gone is not None and (bool(given.printed.digests) or gone.file.name == given.printed.name)
    return _of_no_issue(given.printed) if gone is None or not is_it else _of_gone(given.printed, gone)


def _named(given: Given, one: IssuedFile) -> str:
    issued = one.issued
    of = f" of {issued.subject_words}" if issued.subject else ""
    return (
        f"{given.printed.name} is version {issued.version} of the paper {KINDS[issued.kind].words}{of} as it "
        f"was issued on {full_day(issued.issued_at)}"
    )


def _gone(one: IssuedFile) -> str:
    """Say of a file whose bytes are not kept when they were erased, "" of one that is kept."""
    return (
        "" if one.erased_at is None else f" The file in the record was erased on {full_day(one.erased_at)}."
    )


def _by_words(given: Given, one: IssuedFile, found: tuple[Difference, ...]) -> Verdict:
    printed = given.printed
    if found:
        return Verdict(False, tuple(f"{printed.name}, {each.words}" for each in found), one.issued)
    unit = {".pdf": "lines", ".docx": "paragraphs", ".json": "values"}.get(printed.ending, "cells")
    words = (
        f"{_named(given, one)}, saved again by another program: {len(printed.places):,} {unit} say the same. "
        "The layout was not compared."
    )
    return Verdict(True, (words,), one.issued)


def _of_accounts(printed: Printed, file: AccountsFile) -> Verdict:
    """Say of a file with whole accounts that it is as it was written: the record has its sum alone."""
    words = (
        f"{printed.name} is the file with accounts that was written for {file.asked_by or 'somebody'} on "
        f"{full_day(file.written_at)}, byte for byte: row {file.row} of the journal has its sum."
    )
    return Verdict(True, (words,), None)


def _of_gone(printed: Printed, one: IssuedFile) -> Verdict:
    issued, when = one.issued, "is not kept"
    if one.erased_at is not None:
        when = f"was erased on {full_day(one.erased_at)}"
    of = f"version {issued.version} of the paper {KINDS[issued.kind].words}"
    words = f"The file {one.file.name} of {of} {when}; its sum is not that of {printed.name}."
    return Verdict(False, (words,), issued)


def _of_no_issue(printed: Printed) -> Verdict:
    said = "no issue has the SHA-256 that it prints"
    if not printed.digests:
        said = "it prints no SHA-256, and no paper that was issued says the same"
    return Verdict(False, (f"{printed.name} was not issued from this record: {said}.",), None)


def _payment_file(printed: Printed, candidates: Candidates) -> Verdict | None:
    """Return what a payment file says beside the finance schedules, None for a file that is none."""
    if printed.ending != ENDING:
        return None
    file = nearest_payment_file(printed, candidates.schedules, candidates.layouts)
    if file is None or len(file.found) * 2 > len(printed.places):
        return None
    if not file.found:
        return Verdict(not file.layout.has_accounts, (f"{printed.name} {file.words}",), file.issued)
    return Verdict(False, tuple(f"{printed.name}, {each.words}" for each in file.found), file.issued)


def _is_like(printed: Printed, found: tuple[Difference, ...]) -> bool:
    """Whether a file that prints no SHA-256 says mostly the same as another."""
    return len(found) * 2 <= len(printed.places)


def _nearest(
    printed: Printed, files: Iterable[IssuedFile]
) -> tuple[IssuedFile, tuple[Difference, ...]] | None:
    """Return the kept file with the fewest differences, the first that has none at all."""
    nearest: tuple[IssuedFile, tuple[Difference, ...]] | None = None
    with temporary_folder() as folder:
        path = folder / f"kept{printed.ending}"
        for one in files:
            path.write_bytes(one.content or b"")
            found = compared(printed, read_paper(path))
            if nearest is None or len(found) < len(nearest[1]):
                nearest = one, found
            if not found:
                break
    return nearest
