"""The marks of score sheets: which count, what a sheet comes to, and how those of several combine."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from operator import add
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from scoring import money
from scoring.places.totals import weight_after_sharing
from scoring.round import AFTER_MEETING, InterestKind, Round, Sheet
from scoring.scheme import Combine, Scheme

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


def _as_agreed(columns: Sequence[_Column]) -> list[int]:
    return list(columns[0])


_RULES: dict[Combine, Callable[[Sequence[_Column]], list[int]]] = {
    Combine.CONSENSUS: _as_agreed,
    Combine.MEAN: _sums,
    Combine.MEDIAN: _middles,
    Combine.TRIMMED: _trimmed_sums,
}


Marks = tuple[int | None, ...]
"""One sheet's marks in the order of `Scheme.judged`; None is no mark."""


class Counting(NamedTuple):
    """The counting sheets' marks for each application, and a warning for each sheet taken as a draft."""

    marks: Mapping[str, list[Marks]]
    warnings: tuple[str, ...]


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
        held = marks.get(sheet.application)
        if held is not None:
            held.append(sheet.marks)
    return Counting(marks, tuple(warnings))


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
    barred = {(i.member, i.application) for i in round_.interests if i.kind is not InterestKind.NONE}
    codes = tuple(c.code for c in round_.scheme.judged)
    found: list[Sheet] = []
    warnings: list[str] = []
    for sheet in round_.sheets:
        if not sheet.submitted or (barred and (sheet.member, sheet.application) in barred):
            continue
        if None in sheet.marks:
            missing = _missing(sheet, codes, not_applicable.get(sheet.application, frozenset()))
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
        """Whether every criterion that members mark has its mark."""
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
    judged = [(c.code, mark) for c, mark in zip(scheme.judged, marks, strict=True) if c.code in applicable]
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
