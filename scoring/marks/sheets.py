"""Score sheets: which marks count, how they combine, how severe a member is, what a reason should be."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from operator import add
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from scoring import money
from scoring.money import hundredths
from scoring.places.totals import weight_after_sharing
from scoring.round import AFTER_MEETING, Round, Sheet
from scoring.scheme import Combine, Scheme
from scoring.written.text import lazy_pattern

_Column = Sequence[int]
"""One member's marks on one criterion, an entry for each application."""


def denominator(combine: Combine, members: int) -> int:
    """Return what combined numerators are over, for a number of counting members."""
    if combine is Combine.MEAN:
        return members
    if combine is Combine.MEDIAN:
        return 2 - members % 2
    if combine is Combine.TRIMMED:
        return members - 2
    return 1


def combined(combine: Combine, columns: Sequence[_Column]) -> list[int]:
    """Return the numerators for each application from one column of marks for each member.

    mean: the sum of the marks. median: the middle mark, or the sum of the two middle marks. trimmed:
    the sum without one highest and one lowest mark. consensus takes the one agreed column as it is.
    """
    return _RULES[combine](columns)


def _sums(columns: Sequence[_Column]) -> list[int]:
    total: Iterable[int] = columns[0]
    for column in columns[1:]:
        total = map(add, total, column)
    return list(total)


def _middles(columns: Sequence[_Column]) -> list[int]:
    half, odd = divmod(len(columns), 2)
    ordered = map(sorted, zip(*columns, strict=True))
    if odd:
        return [marks[half] for marks in ordered]
    return [marks[half - 1] + marks[half] for marks in ordered]


def _trimmed_sums(columns: Sequence[_Column]) -> list[int]:
    return [sum(marks) - max(marks) - min(marks) for marks in zip(*columns, strict=True)]


_RULES: dict[Combine, Callable[[Sequence[_Column]], list[int]]] = {
    Combine.CONSENSUS: _sums,
    Combine.MEAN: _sums,
    Combine.MEDIAN: _middles,
    Combine.TRIMMED: _trimmed_sums,
}


Marks = tuple[int | None, ...]
"""One sheet's marks in the order of `Scheme.judged`; None is no mark."""


class Counting(NamedTuple):
    """The counting sheets' marks for each application, a warning for each draft, and the sheets."""

    marks: Mapping[str, list[Marks]]
    warnings: tuple[str, ...]
    sheets: Sequence[Sheet]


def not_applicable_of(round_: Round) -> dict[str, frozenset[str]]:
    """Return the codes not applicable to each application that has any."""
    codes: dict[str, set[str]] = {}
    for row in round_.not_applicable:
        codes.setdefault(row.application, set()).add(row.criterion)
    return {application: frozenset(found) for application, found in codes.items()}


def counting(round_: Round, not_applicable: Mapping[str, frozenset[str]]) -> Counting:
    """Return the marks that count, one entry for each counting member of an application.

    A sheet is keyed by (member, application), so a member counts once. Complete means a mark on every
    judged criterion that is applicable to that application; a sheet handed in with a mark missing
    does not count and is named in a warning.
    """
    sheets, warnings = _sorted_out(round_, not_applicable)
    marks: dict[str, list[Marks]] = {a.reference: [] for a in round_.applications}
    for sheet in sheets:
        if sheet.application in marks:
            marks[sheet.application].append(sheet.marks)
    return Counting(marks, tuple(warnings), sheets)


def counting_sheets(round_: Round) -> tuple[Sheet, ...]:
    """Return the sheets that count, whatever the status of their application."""
    return tuple(_sorted_out(round_, not_applicable_of(round_))[0])


def first_handed_in(round_: Round) -> Round:
    """Return a round in which reopened sheets are as first handed in before the meeting, or not at all."""
    if not any(sheet.reopened for sheet in round_.sheets):
        return round_
    return replace(round_, sheets=tuple(map(_as_first, round_.sheets)))


def _as_first(sheet: Sheet) -> Sheet:
    if sheet.reopened.startswith(AFTER_MEETING):
        return replace(sheet, submitted=False)
    return replace(sheet, marks=sheet.first, submitted=True) if sheet.first else sheet


def _sorted_out(round_: Round, not_applicable: Mapping[str, frozenset[str]]) -> tuple[list[Sheet], list[str]]:
    barred = round_.barred
    found: list[Sheet] = []
    warnings: list[str] = []
    for sheet in round_.sheets:
        if not sheet.submitted or (barred and (sheet.member, sheet.application) in barred):
            continue
        if None in sheet.marks:
            missing = _missing(
                sheet, round_.scheme.judged_codes, not_applicable.get(sheet.application, frozenset())
            )
            if missing:
                warnings.append(_draft_words(sheet, missing))
                continue
        found.append(sheet)
    return found, warnings


def _missing(sheet: Sheet, codes: tuple[str, ...], not_applicable: frozenset[str]) -> list[str]:
    pairs = zip(codes, sheet.marks, strict=True)
    return [code for code, mark in pairs if mark is None and code not in not_applicable]


def _draft_words(sheet: Sheet, missing: list[str]) -> str:
    return (
        f"The sheet of {sheet.member} for {sheet.application} is marked as handed in but has no mark on "
        f"{', '.join(missing)}: it is taken as a draft and does not count."
    )


class SheetTotal(Struct, frozen=True):
    """A sheet's points so far, the weight that is marked, and the whole; all in hundredths of 100.

    `missing` are the codes without a mark, `figures_1e2` the weight that a formula gives and no member.
    """

    points_1e2: int
    marked_1e2: int
    whole_1e2: int
    figures_1e2: int
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def of_words(self) -> str:
        """Return what the points are out of: "of 70 marked, 100 in all"."""
        if self.is_complete and not self.figures_1e2:
            return f"of {_short(self.whole_1e2)}"
        words = f"of {_short(self.marked_1e2)} marked, {_short(self.whole_1e2)} in all"
        return f"{words}, {_short(self.figures_1e2)} from figures" if self.figures_1e2 else words

    @property
    def words(self) -> str:
        """Return the total as a sentence: "59.00 of 70 marked, 100 in all"."""
        return f"{money.score(self.points_1e2)} {self.of_words}"


def sheet_total(scheme: Scheme, marks: Sequence[int | None], not_applicable: frozenset[str]) -> SheetTotal:
    """Return what the marks on one sheet come to; `marks` stand in the order of `Scheme.judged`.

    Points = Σ w·m/M over the marked criteria, w after the criteria set aside have shared their weight
    out; rounded once. Example at M = 5: 4 on 25, 5 on 15, 4 on 15 and 4 on 15 give 20 + 15 + 12 + 12 = 59.
    """
    applicable = frozenset(c.code for c in scheme.criteria) - not_applicable
    weights = {code: weight_after_sharing(scheme, code, applicable) for code in applicable}
    judged = [one for one in zip(scheme.judged_codes, marks, strict=True) if one[0] in applicable]
    given = [(weights[code], mark) for code, mark in judged if mark is not None]
    points = sum((weight * mark for weight, mark in given), Fraction(0)) / scheme.scale_maximum
    figures = sum(
        (weights[c.code] for c in scheme.criteria if not c.is_judged and c.code in applicable), Fraction(0)
    )
    return SheetTotal(
        points_1e2=money.hundredths(points),
        marked_1e2=money.hundredths(sum((weight for weight, _ in given), Fraction(0))),
        whole_1e2=money.hundredths(sum(weights.values(), Fraction(0))),
        figures_1e2=money.hundredths(figures),
        missing=tuple(code for code, mark in judged if mark is None),
    )


def spread(marks: Iterable[int | None]) -> int | None:
    """Return the highest mark minus the lowest, None with fewer than two marks."""
    given = [mark for mark in marks if mark is not None]
    return max(given) - min(given) if len(given) > 1 else None


def _short(value_1e2: int) -> str:
    return money.score(value_1e2).removesuffix(".00")


LEAST_SHARED = 5
"""From how many shared applications a member is compared: fewer say nothing."""
PAIRS_FOR_AN_ORDER = 8
"""From how many pairs of applications an order is compared; five applications have ten, less those alike."""


class Unit(Struct, frozen=True):
    """One criterion of one application with the counting members' marks, in the order of the members."""

    reference: str
    criterion: str
    marks: tuple[tuple[str, int], ...]

    @property
    def spread(self) -> int:
        """Return highest minus lowest mark."""
        given = [mark for _, mark in self.marks]
        return max(given) - min(given)

    @property
    def deviation_1e2(self) -> int:
        """Return the population standard deviation in whole hundredths of a mark, half up."""
        given = [mark for _, mark in self.marks]
        count, total = len(given), sum(given)
        variance = Fraction(count * sum(mark * mark for mark in given) - total * total, count * count)
        return _root_1e2(variance)

    def gap(self, member: str) -> Fraction:
        """Return a member's mark − the mean of the others'."""
        others = [mark for who, mark in self.marks if who != member]
        return dict(self.marks)[member] - Fraction(sum(others), len(others))


def units_of(round_: Round, members: Sequence[str]) -> tuple[Unit, ...]:
    """Return what at least two of these members marked whose sheets count, whatever its status."""
    not_applicable = not_applicable_of(round_)
    order = {member: number for number, member in enumerate(members)}
    marks: dict[str, list[tuple[str, Marks]]] = {}
    for sheet in counting_sheets(round_):
        if sheet.member in order:
            marks.setdefault(sheet.application, []).append((sheet.member, sheet.marks))
    found = []
    for application in round_.applications:
        reference = application.reference
        given = sorted(marks.get(reference, ()), key=lambda pair: order[pair[0]])
        for number, criterion in enumerate(round_.scheme.judged):
            if criterion.code in not_applicable.get(reference, frozenset()):
                continue
            own = tuple((m, mark) for m, row in given if (mark := row[number]) is not None)
            if len(own) > 1:
                found.append(Unit(reference, criterion.code, own))
    return tuple(found)


class Severity(Struct, frozen=True):
    """A member against the others: own mark − the mean of theirs, over every unit that the member marked.

    `gaps_1e2` are the same by application, in hundredths of a mark; `severity` is None with too few of them.
    `pairs` counts the pairs of applications of which the member and the others each prefer one, and `opposed`
    those of which they prefer the other one.
    """

    member: str
    gaps_1e2: tuple[int, ...]
    severity: Fraction | None
    pairs: int = 0
    opposed: int = 0

    @property
    def applications(self) -> int:
        return len(self.gaps_1e2)

    @property
    def mean_1e2(self) -> int:
        """Return the severity in hundredths of a mark, below nought for one who marks lower than others."""
        return hundredths(self.severity or Fraction(0))

    @property
    def is_reversed(self) -> bool:
        """Whether the member puts the applications in the reverse of the others' order, four pairs of five.

        Of a few pairs chance would turn as many.
        """
        enough = self.severity is not None and self.pairs >= PAIRS_FOR_AN_ORDER
        return enough and 5 * self.opposed >= 4 * self.pairs


def severities(units: Iterable[Unit], members: Iterable[str]) -> tuple[Severity, ...]:
    """Return each of these members who marked one of the units."""
    given: dict[str, dict[str, list[_Given]]] = {member: {} for member in members}
    for unit in units:
        for member, mark in unit.marks:
            if member in given:
                given[member].setdefault(unit.reference, []).append(_Given(mark, unit.gap(member)))
    return tuple(_severity(member, list(marks.values())) for member, marks in given.items() if marks)


class _Given(NamedTuple):
    """A mark, and how far it lies above the mean of the others'."""

    mark: int
    gap: Fraction


def _severity(member: str, applications: Sequence[Sequence[_Given]]) -> Severity:
    gaps = [[given.gap for given in application] for application in applications]
    every = [gap for application in gaps for gap in application]
    pairs, opposed = _compared(applications)
    return Severity(
        member,
        tuple(hundredths(_mean(application)) for application in gaps),
        _mean(every) if len(gaps) >= LEAST_SHARED else None,
        pairs,
        opposed,
    )


def _compared(applications: Sequence[Sequence[_Given]]) -> tuple[int, int]:
    """Return of how many pairs both the member and the others prefer one, and of how many not the same."""
    means = []
    for application in applications:
        own = _mean([Fraction(given.mark) for given in application])
        above = _mean([given.gap for given in application])
        means.append((own, own - above))
    of_own = defaultdict[Fraction, list[Fraction]](list)
    for own, theirs in means:
        of_own[own].append(theirs)
    lower: list[Fraction] = []
    alike = opposed = 0
    for own in sorted(of_own):
        for theirs in of_own[own]:
            alike += bisect_left(lower, theirs)
            opposed += len(lower) - bisect_right(lower, theirs)
        lower = sorted([*lower, *of_own[own]])
    return alike + opposed, opposed


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _root_1e2(variance: Fraction) -> int:
    """Return the square root in whole hundredths, half up, without a floating point: √v·100 + ½, floored."""
    doubled = Fraction(40_000) * variance
    return money.half_up(isqrt(doubled.numerator // doubled.denominator), 2)


ADVICE = "Compare with the criterion, not with another applicant."
_LEGAL_FORMS = ("cic", "cio", "ltd", "limited", "plc", "llp")
_PHRASES = tuple(
    lazy_pattern(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:better|worse|stronger|weaker|poorer|clearer)\s+than\b(?!\s+(?:expected|needed|asked|nothing)\b)",
        r"\bthan\s+(?:(?:the|that|this|all|any|most|of)\s+)*(?:others?|another|rest|applicants?|bids?)\b",
        r"\b(?:compared|comparison|relative|unlike)\b[\w\s]{0,12}\b(?:others?|another|applicants?|bids?)\b",
        r"\b(?:best|worst|strongest|weakest|poorest)\s+(?:of|among|amongst|in)\s+(?:all|the|any)\b",
        r"\b(?:best|worst|strongest|weakest|poorest)\s+(?:application|applicant|bid)\b",
    )
)


class Named(NamedTuple):
    """An application as a reason could name it."""

    reference: str
    organisation: str


def comparisons(reason: str, own: str, everyone: Iterable[Named]) -> tuple[str, ...]:
    """Return a sentence for each sign that a reason compares with another applicant; none when it does not.

    `own` is the reference the reason belongs to. It is a flag for the panel to look at, never a refusal:
    "better than" may stand in a reason that is sound. Example: "Stronger than W-014" names W-014.
    """
    if not reason.strip():
        return ()
    found = [
        *dict.fromkeys(_mentions(reason, own, tuple(everyone))),
        *dict.fromkeys(f"It says “{hit}”." for hit in _phrases(reason)),
    ]
    return (*found, ADVICE) if found else ()


def _mentions(reason: str, own: str, everyone: tuple[Named, ...]) -> Iterator[str]:
    mine = next((_plain(one.organisation) for one in everyone if one.reference == own), "")
    words = f" {_spaced(reason)} "
    for one in everyone:
        if one.reference == own:
            continue
        if _names(one.reference, reason):
            yield f"It names {one.reference}."
        elif _plain(one.organisation) not in ("", mine) and f" {_plain(one.organisation)} " in words:
            yield f"It names {one.organisation} ({one.reference})."


def _names(reference: str, reason: str) -> bool:
    return re.search(rf"(?i)(?<![\w-]){re.escape(reference)}(?![\w-])", reason) is not None


def _phrases(reason: str) -> Iterator[str]:
    taken: list[tuple[int, int]] = []
    for pattern in _PHRASES:
        for match in pattern.finditer(reason):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                yield " ".join(match.group().split())


def _plain(organisation: str) -> str:
    words = _spaced(organisation).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _spaced(text: str) -> str:
    """Return the words of a text alone, in small letters: quotes and commas part nothing that matters."""
    plain = text.casefold().replace("’", "").replace("'", "")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
