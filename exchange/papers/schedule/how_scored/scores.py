"""Columns for the side sums, the side scores, the total and the price of a quality point."""

from exchange.papers.schedule.how_scored.facts import Facts
from exchange.papers.schedule.how_scored.grid import (
    COST_WEIGHT,
    MAXIMUM,
    QUALITY_WEIGHT,
    WEIGHT_ROW,
    WHOLE_NUMBER,
    CellOf,
    Column,
    Grid,
    of_criterion,
    of_numerator,
    times,
)
from exchange.xlsx.xlsx_cells import POINTS, POUNDS, CellValue, Formula, Kind, Look
from scoring import money
from scoring.scheme import RankedBy, Side

NO_PRICE = -1
"""Stands, shown as a dash, where quality is nought and there is no price: formulas give numbers only."""

_PRICE = Look(kind=Kind.NUMBER, number='"£"#,##0.00;"–"')


def add_scores(grid: Grid) -> None:
    """Add each side's sum of weight times value, then the scores that are printed."""
    for side in grid.sides:
        if grid.sets_aside:
            heading = f"{side.title()} weight"
            grid.add(f"weight {side}", Column(heading, 9, WHOLE_NUMBER, _applying(grid, side)))
        grid.add(f"sum {side}", Column(f"{side.title()} sum", 9, WHOLE_NUMBER, _summed(grid, side)))
    for side in grid.sides:
        grid.add(side.value, Column(side.title(), 10, POINTS, _side_score(grid, side)))
    grid.add("total", Column("Total", 10, POINTS, _total(grid)))
    if grid.scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT:
        add_requested(grid)
        grid.add("price", Column("Price of a quality point", 12, _PRICE, _price(grid)))


def add_requested(grid: Grid) -> str:
    """Add the amount requested, once, and return its letter."""
    if not grid.has("requested"):
        grid.add("requested", Column("Requested", 13, POUNDS, _requested))
    return grid.letter("requested")


def _requested(facts: Facts) -> CellValue:
    return facts.line.requested_pence / 100


def _summed(grid: Grid, side: Side) -> CellOf:
    judged, row = len(grid.scheme.judged), WEIGHT_ROW[side]
    if not judged:
        return _nought
    first, last = grid.letter(of_numerator(0)), grid.letter(of_numerator(judged - 1))

    def summed(facts: Facts) -> CellValue:
        formula = f"=SUMPRODUCT({first}{facts.row}:{last}{facts.row},${first}${row}:${last}${row})"
        return Formula(formula, str(facts.sums[side]))

    return summed


def _nought(_facts: Facts) -> CellValue:
    return 0


def _applying(grid: Grid, side: Side) -> CellOf:
    row = WEIGHT_ROW[side]
    letters = [grid.letter(of_numerator(i)) for i in range(len(grid.scheme.judged))]
    letters += [grid.letter(of_criterion(c.code)) for c in grid.scheme.criteria if not c.is_judged]
    first, last = letters[0], letters[-1]

    def applying(facts: Facts) -> CellValue:
        cells = f"{first}{facts.row}:{last}{facts.row}"
        formula = f"=SUMPRODUCT(ISNUMBER({cells})*${first}${row}:${last}${row})"
        return Formula(formula, str(facts.weights[side]))

    return applying


def _side_score(grid: Grid, side: Side) -> CellOf:
    weight = QUALITY_WEIGHT if side is Side.QUALITY else COST_WEIGHT

    def side_score(facts: Facts) -> CellValue:
        worked = facts.line.worked
        shown = worked.quality_1e2 if side is Side.QUALITY else worked.cost_1e2
        if shown is None:
            return None
        left = grid.cell(f"weight {side}", facts) if grid.sets_aside else weight
        under_figures = _under_figures(grid, facts) if side is Side.COST else ""
        under = times(_full(grid, facts), left, under_figures)
        return _rounded(facts, _side_sum(grid, facts, side), under, shown)

    return side_score


def _total(grid: Grid) -> CellOf:
    if len(grid.sides) == 1:
        return _same_as(grid, grid.sides[0])

    def total(facts: Facts) -> CellValue:
        quality, cost = (_side_sum(grid, facts, side) for side in Side)
        left: tuple[str, ...] = ()
        if grid.sets_aside:
            left = (grid.cell(f"weight {Side.QUALITY}", facts), grid.cell(f"weight {Side.COST}", facts))
            quality, cost = times(QUALITY_WEIGHT, quality, left[1]), times(COST_WEIGHT, cost, left[0])
        figures = _under_figures(grid, facts)
        under = times(f"({QUALITY_WEIGHT}+{COST_WEIGHT})", _full(grid, facts), *left, figures)
        top = f"({times(quality, figures)}+{cost})"
        return _rounded(facts, top, under, facts.line.total_1e2)

    return total


def _same_as(grid: Grid, side: Side) -> CellOf:
    def total(facts: Facts) -> CellValue:
        return Formula(f"={grid.cell(side.value, facts)}", money.plain_score(facts.line.total_1e2))

    return total


def _price(grid: Grid) -> CellOf:
    def price(facts: Facts) -> CellValue:
        shown = facts.line.price_pence
        if not facts.is_exact:
            return NO_PRICE if shown is None else shown / 100
        points = grid.cell(f"sum {Side.QUALITY}", facts)
        left = grid.cell(f"weight {Side.QUALITY}", facts) if grid.sets_aside else QUALITY_WEIGHT
        asked = times("2", f"INT({grid.cell('requested', facts)}*100+0.5)", _full(grid, facts), left)
        formula = f"=IF({points}=0,{NO_PRICE},INT(({asked}+100*{points})/(200*{points}))/100)"
        return Formula(formula, str(NO_PRICE) if shown is None else money.plain_score(shown))

    return price


def _side_sum(grid: Grid, facts: Facts, side: Side) -> str:
    """Return a side's sum in a formula, its computed criteria brought to the same denominator."""
    top = grid.cell(f"sum {side}", facts)
    if side is Side.QUALITY or not grid.has("figures"):
        return top
    joined = times(grid.cell("figures", facts), _full(grid, facts))
    return f"({times(top, _under_figures(grid, facts))}+{joined})"


def _full(grid: Grid, facts: Facts) -> str:
    """Return what a mark's numerator is over in a formula: divisor times scale maximum."""
    return times(grid.cell("divisor", facts) if grid.has("divisor") else "", MAXIMUM)


def _under_figures(grid: Grid, facts: Facts) -> str:
    return grid.cell("figures under", facts) if grid.has("figures") else ""


def _rounded(facts: Facts, top: str, under: str, shown_1e2: int) -> CellValue:
    """Return 100 · top / under to two decimals, half up; the value where the numbers grow too large."""
    if not facts.is_exact:
        return shown_1e2 / 100
    return Formula(f"=INT((20000*{top}+{under})/(2*{under}))/100", money.plain_score(shown_1e2))
