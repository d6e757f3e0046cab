"""Columns for the marks, the panel's value of each criterion, and the computed cost scores."""

from collections.abc import Callable
from operator import attrgetter

from exchange.papers.schedule.how_scored.facts import Facts
from exchange.papers.schedule.how_scored.grid import (
    WHOLE_NUMBER,
    CellOf,
    Column,
    Grid,
    of_criterion,
    of_numerator,
)
from exchange.xlsx.xlsx_cells import POINTS, CellValue, Formula
from scoring import money
from scoring.scheme import Combine

_SUM_WORDS = {Combine.MEAN: "sum", Combine.MEDIAN: "middle, doubled", Combine.TRIMMED: "sum without ends"}
_SUM = {
    Combine.MEAN: "=SUM({cells})",
    Combine.MEDIAN: "=2*MEDIAN({cells})",
    Combine.TRIMMED: "=SUM({cells})-MAX({cells})-MIN({cells})",
}


def add_marks(grid: Grid) -> None:
    """Add the marks and values; a judged criterion's whole numerator is known by its number."""
    if grid.scheme.combine is Combine.CONSENSUS:
        _add_agreed(grid)
        _add_computed(grid)
        return
    _add_members(grid)
    for index, criterion in enumerate(grid.scheme.judged):
        heading = f"{criterion.code} {_SUM_WORDS[grid.scheme.combine]}"
        grid.add(of_numerator(index), Column(heading, 10, WHOLE_NUMBER, _sum(grid, index), criterion))
    _add_computed(grid)
    if grid.scheme.judged:
        grid.add("divisor", Column("Divisor", 9, WHOLE_NUMBER, _divisor(grid)))
    for index, criterion in enumerate(grid.scheme.judged):
        grid.add(of_criterion(criterion.code), Column(criterion.code, 8, POINTS, _value(grid, index)))


def _add_agreed(grid: Grid) -> None:
    for index, criterion in enumerate(grid.scheme.judged):
        letter = grid.add(
            of_numerator(index), Column(criterion.code, 8, WHOLE_NUMBER, _mark(index, 0), criterion)
        )
        grid.also(of_criterion(criterion.code), letter)


def _add_members(grid: Grid) -> None:
    for index, criterion in enumerate(grid.scheme.judged):
        for member in range(_most_members(grid)):
            heading = f"{criterion.code} Member {member + 1}"
            grid.add(f"{index}/{member}", Column(heading, 9, WHOLE_NUMBER, _mark(index, member)))


def _add_computed(grid: Grid) -> None:
    computed = [c for c in grid.scheme.criteria if not c.is_judged]
    for criterion in computed:
        position = grid.scheme.criteria.index(criterion)
        heading = f"{criterion.code} score"
        grid.add(of_criterion(criterion.code), Column(heading, 10, POINTS, _shown(position), criterion))
    if computed:
        grid.add("figures", Column("Figures, over", 13, WHOLE_NUMBER, _figures_over))
        grid.add("figures under", Column("Figures, under", 13, WHOLE_NUMBER, _figures_under))


def _most_members(grid: Grid) -> int:
    return max((len(m or ()) for line in grid.schedule.lines for m in line.worked.marks), default=0)


def _mark(index: int, member: int) -> CellOf:
    def mark(facts: Facts) -> CellValue:
        marks = facts.line.worked.marks[index]
        return None if marks is None or member >= len(marks) else marks[member]

    return mark


def _sum(grid: Grid, index: int) -> CellOf:
    words, first, last = _SUM[grid.scheme.combine], f"{index}/0", f"{index}/{_most_members(grid) - 1}"

    def numerator(facts: Facts) -> CellValue:
        found = facts.numerators[index]
        if found is None:
            return None
        return Formula(words.format(cells=f"{grid.cell(first, facts)}:{grid.cell(last, facts)}"), str(found))

    return numerator


def _divisor(grid: Grid) -> CellOf:
    less = "-2" if grid.scheme.combine is Combine.TRIMMED else ""
    final = _most_members(grid) - 1

    def divisor(facts: Facts) -> CellValue:
        index = next((i for i, found in enumerate(facts.numerators) if found is not None), None)
        if index is None or grid.scheme.combine is Combine.MEDIAN:
            return facts.divisor
        cells = f"{grid.cell(f'{index}/0', facts)}:{grid.cell(f'{index}/{final}', facts)}"
        return Formula(f"=COUNT({cells}){less}", str(facts.divisor))

    return divisor


def _value(grid: Grid, index: int) -> CellOf:
    position = grid.scheme.criteria.index(grid.scheme.judged[index])

    def value(facts: Facts) -> CellValue:
        shown = facts.line.worked.values_1e2[position]
        if shown is None:
            return None
        top, under = grid.cell(of_numerator(index), facts), grid.cell("divisor", facts)
        return Formula(f"=INT((200*{top}+{under})/(2*{under}))/100", money.plain_score(shown))

    return value


def _shown(position: int) -> CellOf:
    def shown(facts: Facts) -> CellValue:
        value = facts.line.worked.values_1e2[position]
        return None if value is None else value / 100

    return shown


_figures_over: Callable[[Facts], CellValue] = attrgetter("figures.numerator")
_figures_under: Callable[[Facts], CellValue] = attrgetter("figures.denominator")
