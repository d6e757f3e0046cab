"""Who sits on the sample's panel in the round in progress, what they declared, and their score sheets."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cli.sample.lines import SampleLine
from cli.sample.made_up import Words, made_up
from models.values.rows import AgreedRow, InterestRow, MemberRow, SheetRow
from scoring.round import Eligibility

CHAIR = made_up("panel.chair", str)
MEMBERS = made_up("members", tuple[MemberRow, ...])
KINDS = {one["code"]: one["kind"] for one in made_up("members", tuple[Words, ...])}
"""For whom each member sits there: what a round workbook does not hold."""
OFFICE = made_up("panel.office", tuple[tuple[str, str], ...])
INTERESTS = tuple(
    replace(one, application=one.application or None) for one in made_up("interests", tuple[InterestRow, ...])
)
REASONS, LOW_REASONS = (made_up(f"panel.{name}", tuple[str, ...]) for name in ("reasons", "low_reasons"))
"""What is agreed on a criterion, and on a mark that is less than good."""
STRONG_LAST = made_up("panel.strong_last", str)
"""What is agreed on the last criterion where its mark is strong: it holds nothing back."""
BEGUN = made_up("panel.begun", tuple[tuple[str, int, str], ...])
UNDECLARED = "M5"
SCORERS = ("M1", "M2", "M3", "M4")
SCORED = {"M1": 7, "M2": 12, "M3": 9, "M4": 4}
"""How many of the sheets of the areas at Score each member has handed in."""
APART = {"WV-002": ("M3", 1, 2), "WV-005": ("M4", 0, 2), "BW-001": ("M3", 3, 1), "WV-004": ("M2", 6, 1)}
"""Where one member stands far from the others: who, on which criterion, with which mark."""
STEPS = (0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0)
"""By how much members differ from what they would agree on, in turn."""
GOOD, STRONG = 3, 4


def sheets_begun() -> Iterator[tuple[str, str, int, str]]:
    """Yield the chair's marks on sheets not handed in: the first is whole, the next in the middle."""
    for number, words in enumerate(REASONS, 1):
        yield "CO-002", f"A{number}", 3 + number % 2, words
    for criterion, mark, words in BEGUN:
        yield "CO-003", criterion, mark, words


def sheets(lines: Sequence[SampleLine], marked: Sequence[str], scoring: Sequence[str]) -> Iterator[SheetRow]:
    """Yield the sheets that are handed in: all of the areas past scoring, some of those at it."""
    barred = {(i.member, i.application) for i in INTERESTS}
    left = dict(SCORED)
    for number, line in enumerate(lines):
        for at, member in enumerate(SCORERS):
            if line.row.eligibility is not Eligibility.YES or (member, line.row.reference) in barred:
                continue
            if line.row.area in scoring:
                left[member] -= 1
            if line.row.area in marked or (line.row.area in scoring and left[member] >= 0):
                yield _sheet(line, member, number * 3 + at * 5)


def agreed(lines: Sequence[SampleLine], areas: Sequence[str], some: Sequence[str]) -> Iterator[AgreedRow]:
    """Yield what the panel agreed on: every application of areas past their meeting, and some others."""
    for line in lines:
        if line.row.eligibility is Eligibility.YES and (line.row.area in areas or line.row.reference in some):
            yield AgreedRow(line.row.reference, line.marks, tuple(_reasons(line)))


def _reasons(line: SampleLine) -> Iterator[str]:
    last = STRONG_LAST if line.marks[-1] >= STRONG else REASONS[-1]
    for mark, words, low in zip(line.marks, (*REASONS[:-1], last), LOW_REASONS, strict=True):
        yield words if mark >= GOOD else low


def _sheet(line: SampleLine, member: str, seed: int) -> SheetRow:
    marks = [min(max(mark + STEPS[(seed + n) % len(STEPS)], 0), 5) for n, mark in enumerate(line.marks)]
    who, criterion, mark = APART.get(line.row.reference, ("", 0, 0))
    if who == member:
        marks[criterion] = mark
    reasons = tuple(words if (seed + n) % 3 else "" for n, words in enumerate(REASONS))
    return SheetRow(member, line.row.reference, True, tuple(marks), reasons)
