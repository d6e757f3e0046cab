"""Who sits on the sample's panel in the round in progress, what they declared, and their score sheets."""

from collections.abc import Iterator, Sequence

from cli.sample.lines import SampleLine
from models.values.rows import AgreedRow, InterestRow, MemberRow, SheetRow
from scoring.round import Eligibility, InterestKind

CHAIR = "Dorothy Pennyfeather"
MEMBERS = (
    MemberRow("M1", CHAIR, "chair", "Harrowmere Community Trust"),
    MemberRow("M2", "Colm Rafferty-Wynne", "member", "Neighbourhood policing"),
    MemberRow("M3", "Parveen Chaudhry-Holt", "member", "Midland Victims' Alliance"),
    MemberRow("M4", "Tadeusz Król", "member", "Voices of the Midlands"),
    MemberRow("M5", "Jo Adeyemi-Brook", "member", "Community member"),
)
KINDS = {"M1": "community", "M2": "police", "M3": "partner", "M4": "community", "M5": "community"}
"""For whom each member sits there: what a round workbook does not hold."""
UNDECLARED = "M5"
SCORERS = ("M1", "M2", "M3", "M4")
OFFICE = (
    ("Imogen Fairweather", "officer"),
    ("Piers Oldacre", "note-taker"),
    ("Rosalind Achterberg", "commander"),
    ("Magnus Thistlewood", "decider"),
    ("Una Corrigan-Bell", "finance"),
)
INTERESTS = (
    InterestRow("M1", None, InterestKind.NONE),
    InterestRow("M2", "WV-001", InterestKind.PREJUDICIAL, "My daughter boxes there and I help at the door."),
    InterestRow(
        "M3", "BW-004", InterestKind.PECUNIARY, "My sister hires the hall and is paid for teaching in it."
    ),
    InterestRow("M4", None, InterestKind.NONE),
)
SCORED = {"M1": 7, "M2": 12, "M3": 9, "M4": 4}
"""How many of the sheets of the areas at Score each member has handed in."""
APART = {"WV-002": ("M3", 1, 2), "WV-005": ("M4", 0, 2), "BW-001": ("M3", 3, 1), "WV-004": ("M2", 6, 1)}
"""Where one member stands far from the others: who, on which criterion, with which mark."""
STEPS = (0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0)
"""By how much members differ from what they would agree on, in turn."""
REASONS = (
    "The figures are the team's own and the sessions fall on the nights with most calls.",
    "They asked the people it is for, and say what they answered.",
    "Led by residents; officers come along rather than run it.",
    "Counts people at the start and at the end, and says who will do it.",
    "Has run something like it before and accounted for the money.",
    "Each cost has a quote beside it.",
    "Volunteers' time is set out; what follows the grant is less clear.",
)
STRONG_LAST = "Volunteers' time is set out, and who carries the work on after the grant."
"""What is agreed on the last criterion where its mark is strong: it holds nothing back."""
LOW_REASONS = (
    "The link from the activity to less crime is not made.",
    "It is not said who was asked, or what shows the need.",
    "It is done for people rather than by them.",
    "Nothing is counted, so nobody will know what changed.",
    "It is not clear who runs it, or how children are kept safe.",
    "Costs are given as one sum, without a quote.",
    "There is no other money, and no word on what comes after.",
)
"""What is agreed on a mark that is less than good."""
GOOD, STRONG = 3, 4


BEGUN = (
    ("A1", 4, "The evenings are the ones with most calls."),
    ("A2", 3, "People were asked; it is not said how they were found."),
    ("A3", 4, ""),
)


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
