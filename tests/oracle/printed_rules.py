"""A table as a paper printed it, cell by cell: the rules of its columns, and what its print has otherwise."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from models.papers.year.summed_tables import (
    AGREES,
    BUDGET,
    COMMITMENT,
    COMMITTED_LESS,
    EXPENDITURE,
    SPENT_LESS,
    Check,
    YearCell,
    total,
)
from models.reference.shipped_history import PrintedTable
from scoring.money import half_up, pounds
from scoring.written.text import counted

LEFT = "Grant less Expenditure £"
_WHOLE = "Total Grant Amount £"
_CARRY = re.compile(r"(\d{4}/\d{2} )?Carry Forward £")
_GRANTS = ("Grant Amount £", "Grant")


class Rule(Struct, frozen=True):
    """A column that is the sum of some less another; `is_decision` where the printed figure stands.

    Money is carried forward by decision and not by subtraction, so a carry forward is only checked.
    """

    column: int
    plus: tuple[int, ...]
    less: tuple[int, ...]
    is_decision: bool = False

    def of(self, figures: Sequence[int | None]) -> int | None:
        """Return the figure that follows for a row, None where one of its parts is missing."""
        parts = [figures[number] for number in (*self.plus, *self.less)]
        if any(part is None for part in parts):
            return None
        signs = [1] * len(self.plus) + [-1] * len(self.less)
        return sum(sign * part for sign, part in zip(signs, parts, strict=True) if part is not None)


def rules(headings: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules of a table with these headings, in the order in which they are worked out."""
    at = {heading: number for number, heading in enumerate(headings)}
    found: list[Rule] = []
    for heading, less in ((COMMITTED_LESS, COMMITMENT), (SPENT_LESS, EXPENDITURE)):
        if {heading, BUDGET, less} <= at.keys():
            found.append(Rule(at[heading], (at[BUDGET],), (at[less],)))
    grants = [at[name] for name in _GRANTS if name in at]
    carried = [n for n, heading in enumerate(headings) if _CARRY.fullmatch(heading)]
    brought = [n for n in carried if _WHOLE in headings[n + 1 :]]  # from the year before
    if _WHOLE in at and grants and brought:
        found.append(Rule(at[_WHOLE], (grants[0], brought[0]), ()))
        grants = [at[_WHOLE]]
    onward = [n for n in carried if EXPENDITURE in headings[:n]]  # to the year after
    if grants and EXPENDITURE in at and onward:
        found.append(Rule(onward[0], (grants[0],), (at[EXPENDITURE],), is_decision=True))
    return tuple(found)


OVERSPENT = "overspend shown as nil carry forward: more was spent than was granted"
NOT_CARRIED = "not carried forward, though it was left"
_ONE_POUND = 100

Figures = tuple[int | None, ...]
"""The figures of one row, None for a text or a blank."""


def row_checks(
    printed: PrintedTable, found: Sequence[Rule], stated: Sequence[Figures], ours: Sequence[Figures]
) -> Iterator[Check]:
    """Check each row by each rule; one that holds on every row is one check."""
    for rule in found:
        pairs = [(rule.of(mine), said[rule.column]) for mine, said in zip(ours, stated, strict=True)]
        apart = [(mine or 0) - (said or 0) for mine, said in pairs]
        if not any(apart):
            yield Check.of(printed.key, f"{_formula(printed, rule)} on every row", 0, 0, AGREES)
        for row, (mine, said), gap in zip(printed.lines, pairs, apart, strict=True):
            if gap:
                verdict = _row_verdict(mine or 0, said or 0, apart)
                what = f"{_row_name(row)}: {_formula(printed, rule)}"
                yield Check.of(printed.key, what, mine or 0, said or 0, verdict)


def _row_verdict(mine: int, said: int, apart: Sequence[int]) -> str:
    if abs(mine - said) <= _ONE_POUND:
        return f"Rounding: the printed row is {_short(mine - said)} out"
    if not said:
        return OVERSPENT if mine < 0 else NOT_CARRIED
    others = sum(1 for gap in apart if gap) - 1
    if not sum(apart):
        many = counted(others, "other row that differs", "other rows that differ")
        return f"offsets the {many}: the column comes to the same sum"
    return "Disagrees with the row's other figures"


def total_checks(
    printed: PrintedTable, ours: Sequence[Figures], totals: Sequence[YearCell]
) -> Iterator[Check]:
    """Check the paper's own totals."""
    last = total_in(printed)
    if last is None:
        return
    for column, mine in enumerate(totals):
        said = printed.figure(column, last[column])
        if not isinstance(mine, int) or said is None:
            continue
        verdict = _total_verdict(printed, ours, column, mine - said)
        what = f"Sum of {printed.headings[column].removesuffix(' £')}"
        yield Check.of(printed.key, what, mine, said, verdict, printed.kinds[column])


def _total_verdict(printed: PrintedTable, ours: Sequence[Figures], column: int, gap: int) -> str:
    """Say why a total differs: a row that is printed wrongly, or the sum of the rows."""
    is_money = printed.kinds[column] == "pounds"
    stated = [printed.figure(column, row[column]) or 0 for row in printed.lines]
    if sum(stated) == total(figures[column] for figures in ours) - gap:
        gaps = [said - (mine[column] or 0) for said, mine in zip(stated, ours, strict=True)]
        wrong = [
            f"{_row_name(row)}'s printed figure is {_by(by, is_money=is_money)}"
            for row, by in zip(printed.lines, gaps, strict=True)
            if by
        ]
        return f"The printed rows add up to the printed total; {', '.join(wrong)}"
    if is_money and abs(gap) <= _ONE_POUND:
        than = "less" if gap > 0 else "more"
        return f"Rounding: the printed total is {_short(gap)} {than} than its rows come to"
    return "Disagrees with the sum of its rows"


def _by(difference: int, *, is_money: bool) -> str:
    """Return by how much a printed figure is out: "£1 high"."""
    size = _short(difference) if is_money else f"{abs(difference):,}"
    return f"{size} {'high' if difference > 0 else 'low'}"


def _short(pence: int) -> str:
    """Return a difference as a sentence has it: "£1"."""
    return pounds(abs(pence)).removesuffix(".00")


def share_checks(printed: PrintedTable, ours: Sequence[Figures]) -> Iterator[Check]:
    """Check each printed share of the total, to the decimals that it is printed with."""
    money = next((n for n, kind in enumerate(printed.kinds) if kind == "pounds"), None)
    for column, kind in enumerate(printed.kinds):
        if kind != "percent" or money is None:
            continue
        whole = total(figures[money] for figures in ours)
        wrong = [
            row
            for row, figures in zip(printed.lines, ours, strict=True)
            if not is_share(figures[money] or 0, whole, row[column])
        ]
        verdict = (
            "Disagrees with the share that the amounts come to"
            if wrong
            else "rounding; every row agrees to the decimals printed"
        )
        said = sum(printed.figure(column, row[column]) or 0 for row in printed.lines)
        what, differs = f"Sum of {printed.headings[column]}", bool(wrong) and said != 10_000
        yield Check(*printed.key, what, 10_000, said, kind, verdict, differs)


def is_share(part: int, whole: int, words: str) -> bool:
    """Whether printed words are a part's share of a whole in percent, to the decimals that they have."""
    decimals = len(words.strip(" %").partition(".")[2])
    said = words.strip(" %")
    scale = 10**decimals
    mine = half_up(part * 100 * scale, whole)
    return f"{mine // scale}" + (f".{mine % scale:0{decimals}d}" if decimals else "") == said


def _formula(printed: PrintedTable, rule: Rule) -> str:
    names = [printed.headings[n].removesuffix(" £") for n in rule.plus]
    less = "".join(f" less {printed.headings[n].removesuffix(' £')}" for n in rule.less)
    return f"{' plus '.join(names)}{less} = {printed.headings[rule.column].removesuffix(' £')}"


def _row_name(row: Sequence[str]) -> str:
    """Return what a row is called: its project where it has one, else its first cell."""
    return row[1] if len(row) > 1 and row[1] and not row[1][0].isdigit() and row[1][0] != "-" else row[0]


def total_in(printed: PrintedTable) -> tuple[str, ...] | None:
    return printed.rows[-1] if printed.total == "printed" else None
