"""Columns for the places: how many stand above by score, then after each tie-break rule."""

from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter

from exchange.papers.schedule.how_scored.facts import Facts
from exchange.papers.schedule.how_scored.grid import WHOLE_NUMBER, CellOf, Column, Grid, of_criterion
from exchange.papers.schedule.how_scored.scores import add_requested
from exchange.papers.schedule.how_scored.tie_break_rules import received_key, rule_keys, rules_of
from exchange.xlsx.xlsx_cells import DATE_TIME, CellValue, Formula
from scoring import money
from scoring.scheme import CRITERION_RULE, RankedBy

_SHEET_EPOCH = datetime(1899, 12, 30)
_LOWER_FIRST = ("requested", "received", "chair")


def add_places(grid: Grid) -> None:
    """Add a column for the score and one for each rule that any line answers, then the place."""
    grid.add("above 0", Column("Above by score", 9, WHOLE_NUMBER, _above_by_score(grid)))
    before = "above 0"
    for number, rule in enumerate(rules_of(grid.scheme), 1):
        if all(key is None for key in rule_keys(grid.scheme, rule, grid.schedule.lines)):
            continue
        keys = _add_keys(grid, rule)
        heading = f"Above after {money.tie_break(rule)}"
        cell = _above(grid, number, before, keys, "<" if rule in _LOWER_FIRST else ">")
        before = f"above {number}"
        grid.add(before, Column(heading, 11, WHOLE_NUMBER, cell))
    grid.add("place", Column("Place", 8, WHOLE_NUMBER, _place(grid, before)))
    grid.add("sharing", Column("Sharing it", 9, WHOLE_NUMBER, _sharing(grid, before)))


def _add_keys(grid: Grid, rule: str) -> str:
    """Add what a rule compares, where it is not there yet, and return the column's name."""
    if rule.startswith(CRITERION_RULE):
        code = rule.removeprefix(CRITERION_RULE).casefold()
        return next(of_criterion(c.code) for c in grid.scheme.criteria if c.code.casefold() == code)
    if rule == "requested":
        add_requested(grid)
    elif rule == "received":
        _add_received(grid)
    elif rule == "chair":
        grid.add("chair", Column("Chair's order", 8, WHOLE_NUMBER, _chair))
    return rule


def _add_received(grid: Grid) -> None:
    """Add the time received and its whole seconds; finer times have their order as values instead."""
    times = {t for line in grid.schedule.lines if (t := line.worked.received_at) is not None}
    if any(t.microsecond for t in times):
        order = {received_key(t): number for number, t in enumerate(sorted(times), 1)}
        grid.add("received", Column("Received, order", 10, WHOLE_NUMBER, _order(order)))
        return
    grid.add("received at", Column("Received", 17, DATE_TIME, _received_at))
    grid.add("received", Column("Received, seconds", 14, WHOLE_NUMBER, _seconds(grid)))


_received_at: Callable[[Facts], CellValue] = attrgetter("line.worked.received_at")


def _order(order: dict[int | None, int]) -> CellOf:
    def received(facts: Facts) -> CellValue:
        return order.get(received_key(facts.line.worked.received_at))

    return received


def _seconds(grid: Grid) -> CellOf:
    def seconds(facts: Facts) -> CellValue:
        received = facts.line.worked.received_at
        if received is None:
            return None
        since = (received - _SHEET_EPOCH) // timedelta(seconds=1)
        return Formula(f"=INT({grid.cell('received at', facts)}*86400+0.5)", str(since))

    return seconds


_chair: Callable[[Facts], CellValue] = attrgetter("line.worked.chair_place")


def _above_by_score(grid: Grid) -> CellOf:
    def by_total(facts: Facts) -> CellValue:
        formula = f'=COUNTIF({grid.area("total", facts)},">"&{grid.cell("total", facts)})'
        return Formula(formula, str(facts.above[0]))

    def by_price(facts: Facts) -> CellValue:
        cells, own = grid.area("price", facts), grid.cell("price", facts)
        cheaper = f'COUNTIFS({cells},">=0",{cells},"<"&{own})'
        return Formula(f'=IF({own}<0,COUNTIF({cells},">=0"),{cheaper})', str(facts.above[0]))

    return by_total if grid.scheme.ranked_by is RankedBy.TOTAL else by_price


def _above(grid: Grid, number: int, before: str, keys: str, better: str) -> CellOf:
    def above(facts: Facts) -> CellValue:
        own = grid.cell(before, facts)
        level, answers = f"{grid.area(before, facts)},{own}", grid.area(keys, facts)
        passed_over = f'COUNTIFS({level},{answers},">-1E+15")<COUNTIFS({level})'
        ahead = f'COUNTIFS({level},{answers},"{better}"&{grid.cell(keys, facts)})'
        return Formula(f"={own}+IF({passed_over},0,{ahead})", str(facts.above[number]))

    return above


def _place(grid: Grid, last: str) -> CellOf:
    def place(facts: Facts) -> CellValue:
        if not facts.is_whole:
            return facts.line.place
        return Formula(f"={grid.cell(last, facts)}+1", str(facts.above[-1] + 1))

    return place


def _sharing(grid: Grid, last: str) -> CellOf:
    def sharing(facts: Facts) -> CellValue:
        formula = f"=COUNTIF({grid.area(last, facts)},{grid.cell(last, facts)})"
        return Formula(formula, str(facts.sharing))

    return sharing
