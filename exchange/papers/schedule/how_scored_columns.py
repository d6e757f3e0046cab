"""The columns of the sheet How scored, as `resources/forms/how-scored.j2` has them, its places and rows."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import gcd
from operator import attrgetter
from typing import Any, NamedTuple

from exchange.reading.cell_names import column_name
from exchange.written_text import template_lines
from exchange.xlsx.table import DATE_TIME, LOOKS, CellValue, Formula, Kind, Look
from models.values.rows import gathered
from scoring import money
from scoring.places.standings import LOWER_FIRST, tie_breaks
from scoring.schedule.lines import Line
from scoring.schedule.values import AwardSchedule
from scoring.scheme import CRITERION_RULE, Combine, RankedBy, Scheme, Side

Key = Any
"""What orders lines on one rule, lower first; None where a line has no answer."""


def score_keys(scheme: Scheme, lines: Sequence[Line]) -> list[Key]:
    """Return what places are first given by: the total as printed, or the price, none last."""
    if scheme.ranked_by is RankedBy.TOTAL:
        return [-line.total_1e2 for line in lines]
    prices = [line.price_pence for line in lines]
    return [1 << 62 if price is None else price for price in prices]


def position_of(scheme: Scheme, rule: str) -> int:
    """Return the place in the scheme, from 0, of the criterion that a rule names."""
    return [c.code.casefold() for c in scheme.criteria].index(rule.removeprefix(CRITERION_RULE).casefold())


def rule_keys(scheme: Scheme, rule: str, lines: Sequence[Line]) -> list[Key]:
    """Return each line's answer on a rule, lower first."""
    if rule.startswith(CRITERION_RULE):
        position = position_of(scheme, rule)
        answers = [line.worked.values_1e2[position] for line in lines]
    else:
        answers = list(map(_ANSWERS[rule], lines))
    return answers if rule in LOWER_FIRST else [None if shown is None else -shown for shown in answers]


_ANSWERS: dict[str, Callable[[Line], Key]] = {
    "quality": attrgetter("worked.quality_1e2"),
    "cost": attrgetter("worked.cost_1e2"),
    "requested": attrgetter("requested_pence"),
    "received": attrgetter("worked.received_at"),
    "chair": attrgetter("worked.chair_place"),
}


def levels(scores: Sequence[Key], rules: Sequence[Sequence[Key]]) -> list[list[int]]:
    """Return, for the score and then each rule, how many of the area stand above each line."""
    above = _above(scores, range(len(scores)), [0] * len(scores))
    columns = [above]
    for keys in rules:
        above = _part(above, keys)
        columns.append(above)
    return columns


def _part(above: list[int], keys: Sequence[Key]) -> list[int]:
    groups = gathered((number, index) for index, number in enumerate(above))
    parted = above
    for group in groups.values():
        if len(group) > 1 and all(keys[i] is not None for i in group):
            parted = _above(keys, group, parted)
    return parted


def _above(keys: Sequence[Key], group: Sequence[int], start: list[int]) -> list[int]:
    ordered = sorted(group, key=keys.__getitem__)
    result, better = list(start), 0
    for position, index in enumerate(ordered):
        if position and keys[index] != keys[ordered[position - 1]]:
            better = position
        result[index] = start[index] + better
    return result


HEADING_ROW = 7
EXACT_BELOW = 10**14
"""Whole numbers below this divide and round down exactly in every spreadsheet.

Cells hold 2^53, but LibreOffice's INT first rounds to fifteen significant digits.
"""
LEAST_FOR_AREA, MOST_FOR_AREA = 20, 60
"""In characters: a row is of one line, so that a name wants its width."""
ONE_1E4 = 10_000
"""A weight of one, in ten-thousandths."""
ROW, FIRST, LAST = "#", "@", "~"
"""What stands in a column's formula for its row, and for the first and the last row of its list."""
NO_PRICE = -1
"""Stands, shown as a dash, where quality is nought and there is no price: formulas give numbers only."""
_PLACED = {"": "{0}#", ":": "{0}$@:{0}$~", "@": "{0}"}
"""What a column's name in a formula of the template stands for, by what is behind the name."""
_NAMED = re.compile(r"\[([^]:@]+)([:@]?)]")
_LOOKS = LOOKS | {
    "number": Look(kind=Kind.NUMBER),
    "price": Look(kind=Kind.NUMBER, number='"£"#,##0.00;"–"'),
    "moment": DATE_TIME,
}
_DIVISORS = {Combine.CONSENSUS: 1, Combine.MEDIAN: 2}
_SHEET_EPOCH, _SECOND = datetime(1899, 12, 30), timedelta(seconds=1)


class Row(NamedTuple):
    """A row: its number, the first and the last of its list, its values by column, and what it is.

    It is "exact" where the whole numbers in its formulas are not too large for them, and "whole" where its
    list is all there, so that its place can be counted in it.
    """

    number: int
    first: int
    last: int
    values: Mapping[str, CellValue]
    traits: tuple[str, ...]


class Column(NamedTuple):
    """One column. Its `formula` is the same in each row, but for the rows that it names.

    The value stands beside it, and alone where a row is not what the column `needs`, "" for nothing.
    """

    name: str
    width: float
    look: Look
    needs: str
    formula: str
    heading: str

    def cell(self, row: Row) -> CellValue:
        """Return what stands in a row."""
        value = row.values.get(self.name)
        if not self.formula or value is None or self.needs not in row.traits:
            return value
        formula = self.formula.replace(ROW, str(row.number))
        if FIRST in formula:
            formula = formula.replace(FIRST, str(row.first)).replace(LAST, str(row.last))
        return Formula(formula, str(value))


class Grid:
    """The columns of a schedule's sheet, their letters by name, and what its rows are worked out from.

    `weights` are those of the criteria, each with its side: as published where they are whole, else the
    smallest whole numbers in the same proportion; `sides` has each side's. `judged` and `computed` are the
    criteria's codes by their places in the scheme, `weighed` those places by the columns that are weighed.
    `rules` are the tie-break rules that any line answers, `order` the times received in turn where these are
    finer than a second.
    """

    def __init__(self, schedule: AwardSchedule) -> None:
        self.schedule, self.scheme = schedule, (scheme := schedule.scheme)
        unit = gcd(ONE_1E4, *(c.weight_1e4 for c in scheme.criteria))
        self.sides = {Side.QUALITY: scheme.quality_1e4 // unit, Side.COST: scheme.cost_1e4 // unit}
        self.weights = [(c.side, c.weight_1e4 // unit) for c in scheme.criteria]
        self.judged = {n: c.code for n, c in enumerate(scheme.criteria) if c.is_judged}
        self.computed = {n: c.code for n, c in enumerate(scheme.criteria) if not c.is_judged}
        self.weighed = {f"numerator {n}": n for n in self.judged}
        self.weighed |= {f"criterion {n}": n for n in self.computed}
        rules, lines = tie_breaks(scheme), schedule.lines
        self.rules = [rule for rule in rules if any(k is not None for k in rule_keys(scheme, rule, lines))]
        received = sorted({at for line in lines if (at := line.worked.received_at) is not None})
        self.order = (
            {at: n for n, at in enumerate(received, 1)} if any(t.microsecond for t in received) else {}
        )
        told = [[part.strip() for part in line.split("|", 5)] for line in self._told()]
        self.letters = {name: column_name(number) for number, (name, *_) in enumerate(told, 1)}
        self.columns = [
            Column(name, float(width), _LOOKS[kind], needs, _NAMED.sub(self._placed, formula), heading)
            for name, width, kind, needs, formula, heading in told
        ]

    def _told(self) -> Iterator[str]:
        """Yield a line of the template for each column."""
        area, lines = self.schedule.letterhead.area_label.heading, self.schedule.lines
        longest = max(map(len, (area, *(line.area for line in lines))))
        members = max((len(marks or ()) for line in lines for marks in line.worked.marks), default=0)
        return template_lines(
            "forms/how-scored",
            area=area,
            area_width=min(max(longest + 2, LEAST_FOR_AREA), MOST_FOR_AREA),
            combine=self.scheme.combine,
            is_agreed=self.scheme.is_agreed,
            is_priced=self.scheme.is_by_price,
            judged=self.judged,
            computed=self.computed,
            weighed=list(self.weighed),
            members=members,
            each_member=range(1, members + 1),
            sides=[side for side in Side if self.sides[side]],
            sets_aside=any(None in line.worked.values_1e2 for line in lines),
            rules=[(self._compared(rule), money.tie_break(rule)) for rule in self.rules],
            lower_first=LOWER_FIRST,
            has_order=bool(self.order),
        )

    def _compared(self, rule: str) -> str:
        """Return the name of the column that a rule compares."""
        if not rule.startswith(CRITERION_RULE):
            return rule
        n = position_of(self.scheme, rule)
        is_mark = self.scheme.is_agreed and n in self.judged
        return f"{'numerator' if is_mark else 'criterion'} {n}"

    def _placed(self, named: re.Match[str]) -> str:
        """Return the cells that a name in a formula stands for; none for a mark where nobody gave any."""
        letter = self.letters.get(named[1])
        return _PLACED[named[2]].format(letter) if letter else ""

    def values(self, line: Line) -> dict[str, Any]:
        """Return what a line has in each column but what its list says.

        A numerator is that of a judged criterion's value over the divisor, None where it is not applicable.
        A side has Σ weight · numerator, and Σ weight of what applies; the figures are Σ weight · S / 100 over
        the computed criteria that apply, exactly.
        """
        worked, combine = line.worked, self.scheme.combine
        received = worked.received_at
        numerators = [None if m is None else _numerator(combine, m) for m in worked.marks]
        scored = zip(self.computed, worked.computed, strict=True)
        figures = sum((self.weights[n][1] * s / 100 for n, s in scored if s is not None), Fraction(0))
        values: dict[str, Any] = {
            "reference": line.reference,
            "area": line.area,
            "divisor": _divisor(combine, worked.marks),
            "figures": figures.numerator,
            "figures under": figures.denominator,
            "quality": _points(worked.quality_1e2),
            "cost": _points(worked.cost_1e2),
            "total": _points(line.total_1e2),
            "requested": _points(line.requested_pence),
            "price": NO_PRICE if line.price_pence is None else _points(line.price_pence),
            "received at": received,
            "received": received and (self.order.get(received) or (received - _SHEET_EPOCH) // _SECOND),
            "chair": worked.chair_place,
            "place": line.place,
        }
        for n, value in enumerate(worked.values_1e2):
            values[f"criterion {n}"] = _points(value)
        for n, marks, numerator in zip(self.judged, worked.marks, numerators, strict=True):
            values[f"numerator {n}"] = numerator
            values |= {f"mark {n} {member}": mark for member, mark in enumerate(marks or (), 1)}
        summed = [
            (*self.weights[n], numerator or 0) for n, numerator in zip(self.judged, numerators, strict=True)
        ]
        applies = zip(self.weights, worked.values_1e2, strict=True)
        left = [weight for weight, value in applies if value is not None]
        for side in Side:
            values[f"sum {side}"] = sum(weight * top for of, weight, top in summed if of is side)
            values[f"weight {side}"] = sum(weight for of, weight in left if of is side)
        return values

    def is_exact(self, values: Mapping[str, Any], requested_pence: int) -> bool:
        """Whether every whole number in the formulas of a row stays below `EXACT_BELOW`."""
        full = values["divisor"] * self.scheme.scale_maximum
        quality, cost = self.sides[Side.QUALITY], self.sides[Side.COST]
        left_quality, left_cost = values["weight quality"] or 1, values["weight cost"] or 1
        under_figures, quality_sum = values["figures under"], values["sum quality"]
        cost_sum = values["sum cost"] * under_figures + values["figures"] * full
        top = quality * quality_sum * left_cost * under_figures + cost * left_quality * cost_sum
        under = (quality + cost) * full * left_quality * left_cost * under_figures
        price = 2 * requested_pence * full * left_quality + 200 * quality_sum
        return bool(max(20_000 * top + under, 2 * under, price) < EXACT_BELOW)


def _points(shown_1e2: int | None) -> float | None:
    return None if shown_1e2 is None else shown_1e2 / 100


def _divisor(combine: Combine, marks: Sequence[tuple[int, ...] | None]) -> int:
    """Return what the numerators are over: members for a mean, 2 for a median (its doubled middle)."""
    if combine in _DIVISORS:
        return _DIVISORS[combine]
    members = next((len(m) for m in marks if m is not None), 0)
    return max(members - 2 if combine is Combine.TRIMMED else members, 1)


def _numerator(combine: Combine, marks: tuple[int, ...]) -> int:
    if combine is Combine.MEDIAN:
        ordered, half = sorted(marks), len(marks) // 2
        return ordered[half] * 2 if len(marks) % 2 else ordered[half - 1] + ordered[half]
    if combine is Combine.TRIMMED:
        return sum(marks) - max(marks) - min(marks)
    return sum(marks)
