"""Whether a file is an issued paper, and unchanged: one answer for the command and for the window."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import dropwhile, zip_longest
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from exchange.papers.finance.payment_file import control_of, file_lines, write_lines
from exchange.papers.paper_reading import NO_VALUE, PAGE_NUMBER, Printed, read_paper
from exchange.papers.schedule.schedule_sheets import BESIDE_THE_LIST
from exchange.reading.cell_names import cell_name
from exchange.xlsx.table import csv_text
from models.papers.finance import FinanceSchedule
from models.papers.issued import Candidates, Issued, IssuedFile, file_sum
from models.papers.kinds import FINANCE, KINDS
from models.store.private_files import temporary_folder
from models.values.payments import ACCOUNT_FIELDS, PaymentLayout
from scoring.written.days import full_day

SHOWN = 120
"""The most letters of a place that a difference quotes."""


class Difference(Struct, frozen=True):
    """A place in which a paper and the record part; "" where one has nothing there."""

    where: str
    paper: str = ""
    record: str = ""

    @property
    def words(self) -> str:
        """Return the difference in a sentence."""
        paper, record = _around(self.paper, self.record)
        return f"{self.where}: {paper} on the paper, {record} in the record."


def compared(printed: Printed, expected: Printed) -> tuple[Difference, ...]:
    """Return every place in which a paper says or hides something else than it is expected to.

    How sure a list is stands behind it in parts of its own, which say that they were never issued.
    """
    return tuple(_differences(_listed(printed), _listed(expected)))


def _differences(printed: Printed, expected: Printed) -> Iterator[Difference]:
    known = set(expected.non_text)
    yield from (Difference(one.where, one.words) for one in printed.non_text if one not in known)
    if not printed.is_running:
        ours, theirs = dict(expected.places), dict(printed.places)
        for where in dict.fromkeys([*ours, *theirs]):
            paper, record = theirs.get(where, ""), ours.get(where, "")
            if paper != record and NO_VALUE not in (paper, record):  # what it is worked out from is compared
                yield Difference(where, paper, record)
    elif _flow(printed) != _flow(expected):
        yield from _in_order(printed, expected)


def _listed(printed: Printed) -> Printed:
    """Return a paper without the parts from the one on that says it stands beside the list."""
    parts = [where.rpartition(", ")[0] or where for where, _ in printed.places]
    pairs = tuple(zip(parts, printed.places, strict=True))
    beside = {part for part, (_, words) in pairs if words == BESIDE_THE_LIST}
    aside = set(dropwhile(lambda part: part not in beside, dict.fromkeys(parts)))
    places = tuple(place for part, place in pairs if part not in aside)
    return replace(
        printed, places=places, non_text=tuple(one for one in printed.non_text if one.where not in aside)
    )


def _in_order(printed: Printed, expected: Printed) -> Iterator[Difference]:
    """Yield where two running texts part, line by line; lines that take another's place are paired."""
    theirs = [words for _, words in printed.places]
    ours = [words for _, words in expected.places]
    for tag, start, end, other, other_end in SequenceMatcher(
        None, theirs, ours, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        places = printed.places[start:end] or printed.places[max(start - 1, 0) : start]
        for number, (paper, record) in enumerate(
            zip_longest(theirs[start:end], ours[other:other_end], fillvalue="")
        ):
            yield Difference(places[min(number, len(places) - 1)][0] if places else "the text", paper, record)


def _flow(printed: Printed) -> tuple[set[str], list[str]]:
    """Return what every page of a running text says, and apart from that its words in order.

    A paper whose pages end elsewhere, and are numbered otherwise, says the same.
    """
    pages: dict[str, set[str]] = {}
    for where, words in printed.places:
        pages.setdefault(where, set()).add(words)
    on_each = set.intersection(*pages.values()) if len(pages) > 1 else set()
    lines = (PAGE_NUMBER.sub("", words) for _, words in printed.places if words not in on_each)
    return on_each, " ".join(lines).split()


def _around(paper: str, record: str) -> tuple[str, str]:
    """Quote two texts from shortly before the point where they part."""
    parted = next((n for n, (a, b) in enumerate(zip(paper, record, strict=False)) if a != b), 0)
    start = max(parted - SHOWN // 3, 0) if max(len(paper), len(record)) > SHOWN else 0
    return _quoted(paper, start), _quoted(record, start)


def _quoted(text: str, start: int) -> str:
    if not text:
        return "nothing"
    cut = text[start : start + SHOWN]
    before, after = "…" if start else "", "…" if start + SHOWN < len(text) else ""
    return f"“{before}{cut}{after}”"


ENDING = ".csv"


class PaymentFile(Struct, frozen=True):
    """The issue and the layout to which a payment file comes nearest, and how it parts from them."""

    issued: Issued
    layout: PaymentLayout
    found: tuple[Difference, ...]
    control: str

    @property
    def words(self) -> str:
        """Return what is said of a file that holds, after its name: "holds the payments of version 2 …"."""
        accounts = (
            " Its accounts may have been changed: no file with accounts that was written has its sum."
            if self.layout.has_accounts
            else ""
        )
        return (
            f"holds the payments of version {self.issued.version} of the paper {KINDS[FINANCE].words}, "
            f"in the layout {self.layout.name}: {self.control}.{accounts}"
        )


def nearest_payment_file(
    printed: Printed, issues: Sequence[Issued], layouts: Sequence[PaymentLayout]
) -> PaymentFile | None:
    """Return the issue and layout with the fewest differences, None where no layout has its headings."""
    every = (_against(printed, issued, layout) for issued in issues for layout in _fitting(printed, layouts))
    return min(every, key=lambda one: len(one.found), default=None)


def _fitting(printed: Printed, layouts: Sequence[PaymentLayout]) -> Iterator[PaymentLayout]:
    """Yield the layouts whose headings the file has; without headings any may be its own."""
    heads = tuple(printed.layout.split("\n"))
    for layout in layouts:
        own = tuple(csv_text(column.heading) for column in layout.columns if column.heading)
        if not layout.has_headings or own == heads:
            yield layout


def _against(printed: Printed, issued: Issued, layout: PaymentLayout) -> PaymentFile:
    schedule = KINDS[FINANCE].value_of(issued.content)
    assert isinstance(schedule, FinanceSchedule), "the value of a finance schedule"
    with temporary_folder() as folder:
        path = folder / f"expected{ENDING}"
        write_lines(_lines(schedule, layout, dict(printed.places)), layout, path)
        expected = read_paper(path)
    return PaymentFile(issued, layout, compared(printed, expected), control_of(schedule, layout))


def _lines(
    schedule: FinanceSchedule, layout: PaymentLayout, there: dict[str, str]
) -> tuple[tuple[str, ...], ...]:
    """Return the lines of the file, with the accounts that it has itself."""
    of_accounts = {n for n, column in enumerate(layout.columns, 1) if column.holds in ACCOUNT_FIELDS}
    return tuple(
        tuple(
            there.get(cell_name(row, n), "") if n in of_accounts and row > layout.has_headings else cell
            for n, cell in enumerate(line, 1)
        )
        for row, line in enumerate(file_lines(schedule, layout), 1)
    )


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
    return Given(read_paper(path), file_sum(path.read_bytes()))


def verdict(given: Given, candidates: Candidates) -> Verdict:
    """Compare a file with the issued files that it may be: byte for byte, else by what both say."""
    same = next((one for one in candidates.files if one.file.sha256 == given.sha256), None)
    if same is not None:
        words = f"{_named(given, same)}, byte for byte."
        if same.erased_at is not None:
            words += f" The file in the record was erased on {full_day(same.erased_at)}."
        return Verdict(True, (words,), same.issued)
    if (file := candidates.accounts) is not None:  # the record has its sum alone
        words = (
            f"{given.printed.name} is the file with accounts that was written for "
            f"{file.asked_by or 'somebody'} on {full_day(file.written_at)}, byte for byte: row {file.row} of "
            "the journal has its sum."
        )
        return Verdict(True, (words,), None)
    payments = _payment_file(given.printed, candidates)
    if payments is not None:
        return payments
    kept = _nearest(given.printed, (one for one in candidates.files if one.content is not None))
    # one that prints no SHA-256 is it where it says mostly the same
    if kept is not None and (given.printed.digests or len(kept[1]) * 2 <= len(given.printed.places)):
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


def _nearest(
    printed: Printed, files: Iterable[IssuedFile]
) -> tuple[IssuedFile, tuple[Difference, ...]] | None:
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
