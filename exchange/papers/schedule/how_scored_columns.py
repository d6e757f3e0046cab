"""The columns of the sheet How scored, left to right: marks, scores, places; formulas name those before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from exchange.papers.schedule.how_scored_facts import Facts, Weights, received_key, rule_keys, rules_of
from exchange.reading.cell_names import column_name
from exchange.xlsx.xlsx_cells import DATE_TIME, POINTS, POUNDS, CellValue, Formula, Kind, Look
from scoring import money
from scoring.schedule.values import AwardSchedule
from scoring.scheme import CRITERION_RULE, Combine, Criterion, RankedBy, Side

MAXIMUM, QUALITY_WEIGHT, COST_WEIGHT = "$B$4", "$B$5", "$B$6"
"""The cells above the table that hold the scale's maximum and the two sides' weights."""

WEIGHT_ROW = {Side.QUALITY: 5, Side.COST: 6}
"""The rows above the headings that hold each criterion's weight, on its own side."""

HEADING_ROW = 7
WHOLE_NUMBER = Look(kind=Kind.NUMBER)

CellOf = Callable[[Facts], CellValue]
_SUM_WORDS = {Combine.MEAN: "sum", Combine.MEDIAN: "middle, doubled", Combine.TRIMMED: "sum without ends"}
_SUM = {
    Combine.MEAN: "=SUM({cells})",
    Combine.MEDIAN: "=2*MEDIAN({cells})",
    Combine.TRIMMED: "=SUM({cells})-MAX({cells})-MIN({cells})",
}
NO_PRICE = -1
"""Stands, shown as a dash, where quality is nought and there is no price: formulas give numbers only."""

_PRICE = Look(kind=Kind.NUMBER, number='"£"#,##0.00;"–"')
_SHEET_EPOCH = datetime(1899, 12, 30)
_LOWER_FIRST = ("requested", "received", "chair")


class Column(NamedTuple):
    """One column: its heading, width, look and what stands in it, with the weight of its criterion."""

    heading: str
    width: float
    look: Look
    cell: CellOf
    criterion: Criterion | None = None


def of_criterion(code: str) -> str:
    """Return the name of the column of a criterion's value, which is no other column's whatever the code."""
    return f"criterion {code}"


def of_numerator(index: int) -> str:
    return f"numerator {index}"


class Grid:
    """The columns so far, by the names that formulas know them under.

    `sets_aside` says whether a criterion is not applicable to any line.
    """

    def __init__(self, schedule: AwardSchedule) -> None:
        self.schedule = schedule
        self.scheme = schedule.scheme
        self.weights = Weights(self.scheme)
        self.sets_aside = any(None in line.worked.values_1e2 for line in schedule.lines)
        marks = (m for line in schedule.lines for m in line.worked.marks)
        self.members = max((len(m or ()) for m in marks), default=0)
        self.columns: list[Column] = []
        self._letters: dict[str, str] = {}

    def add(self, name: str, column: Column) -> str:
        """Put a column at the right and return its letter."""
        assert name not in self._letters, f"two columns are known as {name}"
        self.columns.append(column)
        self._letters[name] = column_name(len(self.columns))
        return self._letters[name]

    def also(self, name: str, letter: str) -> None:
        """Let a column be known under another name."""
        assert name not in self._letters, f"two columns are known as {name}"
        self._letters[name] = letter

    def has(self, name: str) -> bool:
        return name in self._letters

    def letter(self, name: str) -> str:
        return self._letters[name]

    def cell(self, name: str, facts: Facts) -> str:
        """Return the cell of a column in a row, such as F17."""
        return f"{self._letters[name]}{facts.row}"

    def area(self, name: str, facts: Facts) -> str:
        """Return a column's cells in the rows of the same area, such as F$7:F$19."""
        return f"{self._letters[name]}${facts.first}:{self._letters[name]}${facts.last}"

    @property
    def sides(self) -> list[Side]:
        return [side for side in Side if self.weights.sides[side]]


def times(*factors: str) -> str:
    """Return factors as a product in a formula, without those that are blank."""
    return "*".join(factor for factor in factors if factor)


def add_marks(grid: Grid) -> None:
    """Add the marks and values; a judged criterion's whole numerator is known by its number."""
    if grid.scheme.combine is Combine.CONSENSUS:
        _add_agreed(grid)
        _add_computed(grid)
        return
    _add_members(grid)
    for index, criterion in enumerate(grid.scheme.judged):
        heading = f"{criterion.code} {_SUM_WORDS[grid.scheme.combine]}"
        grid.add(
            of_numerator(index), Column(heading, 10, WHOLE_NUMBER, partial(_sum, grid, index), criterion)
        )
    _add_computed(grid)
    if grid.scheme.judged:
        grid.add("divisor", Column("Divisor", 9, WHOLE_NUMBER, partial(_divisor, grid)))
    for index, criterion in enumerate(grid.scheme.judged):
        grid.add(
            of_criterion(criterion.code), Column(criterion.code, 8, POINTS, partial(_value, grid, index))
        )


def _add_agreed(grid: Grid) -> None:
    for index, criterion in enumerate(grid.scheme.judged):
        letter = grid.add(
            of_numerator(index), Column(criterion.code, 8, WHOLE_NUMBER, partial(_mark, index, 0), criterion)
        )
        grid.also(of_criterion(criterion.code), letter)


def _add_members(grid: Grid) -> None:
    for index, criterion in enumerate(grid.scheme.judged):
        for member in range(grid.members):
            heading = f"{criterion.code} Member {member + 1}"
            grid.add(f"{index}/{member}", Column(heading, 9, WHOLE_NUMBER, partial(_mark, index, member)))


def _add_computed(grid: Grid) -> None:
    computed = [c for c in grid.scheme.criteria if not c.is_judged]
    for criterion in computed:
        position = grid.scheme.criteria.index(criterion)
        heading = f"{criterion.code} score"
        grid.add(
            of_criterion(criterion.code), Column(heading, 10, POINTS, partial(_shown, position), criterion)
        )
    if computed:
        grid.add("figures", Column("Figures, over", 13, WHOLE_NUMBER, attrgetter("figures.numerator")))
        grid.add(
            "figures under", Column("Figures, under", 13, WHOLE_NUMBER, attrgetter("figures.denominator"))
        )


def _mark(index: int, member: int, facts: Facts) -> CellValue:
    marks = facts.line.worked.marks[index]
    return None if marks is None or member >= len(marks) else marks[member]


def _sum(grid: Grid, index: int, facts: Facts) -> CellValue:
    found = facts.numerators[index]
    if found is None:
        return None
    return Formula(_SUM[grid.scheme.combine].format(cells=_marks_of(grid, index, facts)), str(found))


def _marks_of(grid: Grid, index: int, facts: Facts) -> str:
    return f"{grid.cell(f'{index}/0', facts)}:{grid.cell(f'{index}/{grid.members - 1}', facts)}"


def _divisor(grid: Grid, facts: Facts) -> CellValue:
    index = next((i for i, found in enumerate(facts.numerators) if found is not None), None)
    if index is None or grid.scheme.combine is Combine.MEDIAN:
        return facts.divisor
    less = "-2" if grid.scheme.combine is Combine.TRIMMED else ""
    return Formula(f"=COUNT({_marks_of(grid, index, facts)}){less}", str(facts.divisor))


def _value(grid: Grid, index: int, facts: Facts) -> CellValue:
    shown = facts.line.worked.values_1e2[grid.scheme.criteria.index(grid.scheme.judged[index])]
    if shown is None:
        return None
    top, under = grid.cell(of_numerator(index), facts), grid.cell("divisor", facts)
    return Formula(f"=INT((200*{top}+{under})/(2*{under}))/100", money.plain_score(shown))


def _shown(position: int, facts: Facts) -> CellValue:
    value = facts.line.worked.values_1e2[position]
    return None if value is None else value / 100


def add_scores(grid: Grid) -> None:
    """Add each side's sum of weight times value, then the scores that are printed."""
    for side in grid.sides:
        if grid.sets_aside:
            heading = f"{side.title()} weight"
            grid.add(f"weight {side}", Column(heading, 9, WHOLE_NUMBER, partial(_applying, grid, side)))
        grid.add(f"sum {side}", Column(f"{side.title()} sum", 9, WHOLE_NUMBER, partial(_summed, grid, side)))
    for side in grid.sides:
        grid.add(side.value, Column(side.title(), 10, POINTS, partial(_side_score, grid, side)))
    grid.add("total", Column("Total", 10, POINTS, partial(_total, grid)))
    if grid.scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT:
        add_requested(grid)
        grid.add("price", Column("Price of a quality point", 12, _PRICE, partial(_price, grid)))


def add_requested(grid: Grid) -> str:
    """Add the amount requested, once, and return its letter."""
    if not grid.has("requested"):
        grid.add("requested", Column("Requested", 13, POUNDS, lambda facts: facts.line.requested_pence / 100))
    return grid.letter("requested")


def _summed(grid: Grid, side: Side, facts: Facts) -> CellValue:
    judged, row = len(grid.scheme.judged), WEIGHT_ROW[side]
    if not judged:
        return 0
    first, last = grid.letter(of_numerator(0)), grid.letter(of_numerator(judged - 1))
    formula = f"=SUMPRODUCT({first}{facts.row}:{last}{facts.row},${first}${row}:${last}${row})"
    return Formula(formula, str(facts.sums[side]))


def _applying(grid: Grid, side: Side, facts: Facts) -> CellValue:
    row = WEIGHT_ROW[side]
    letters = [grid.letter(of_numerator(i)) for i in range(len(grid.scheme.judged))]
    letters += [grid.letter(of_criterion(c.code)) for c in grid.scheme.criteria if not c.is_judged]
    first, last = letters[0], letters[-1]
    cells = f"{first}{facts.row}:{last}{facts.row}"
    formula = f"=SUMPRODUCT(ISNUMBER({cells})*${first}${row}:${last}${row})"
    return Formula(formula, str(facts.left[side]))


def _side_score(grid: Grid, side: Side, facts: Facts) -> CellValue:
    worked, is_quality = facts.line.worked, side is Side.QUALITY
    shown = worked.quality_1e2 if is_quality else worked.cost_1e2
    if shown is None:
        return None
    left = QUALITY_WEIGHT if is_quality else COST_WEIGHT
    left = grid.cell(f"weight {side}", facts) if grid.sets_aside else left
    under = times(_full(grid, facts), left, "" if is_quality else _under_figures(grid, facts))
    return _rounded(facts, _side_sum(grid, facts, side), under, shown)


def _total(grid: Grid, facts: Facts) -> CellValue:
    if len(grid.sides) == 1:
        own = grid.cell(grid.sides[0].value, facts)
        return Formula(f"={own}", money.plain_score(facts.line.total_1e2))
    quality, cost = (_side_sum(grid, facts, side) for side in Side)
    left: tuple[str, ...] = ()
    if grid.sets_aside:
        left = (grid.cell(f"weight {Side.QUALITY}", facts), grid.cell(f"weight {Side.COST}", facts))
        quality, cost = times(QUALITY_WEIGHT, quality, left[1]), times(COST_WEIGHT, cost, left[0])
    figures = _under_figures(grid, facts)
    under = times(f"({QUALITY_WEIGHT}+{COST_WEIGHT})", _full(grid, facts), *left, figures)
    top = f"({times(quality, figures)}+{cost})"
    return _rounded(facts, top, under, facts.line.total_1e2)


def _price(grid: Grid, facts: Facts) -> CellValue:
    shown = facts.line.price_pence
    if not facts.is_exact:
        return NO_PRICE if shown is None else shown / 100
    points = grid.cell(f"sum {Side.QUALITY}", facts)
    left = grid.cell(f"weight {Side.QUALITY}", facts) if grid.sets_aside else QUALITY_WEIGHT
    asked = times("2", f"INT({grid.cell('requested', facts)}*100+0.5)", _full(grid, facts), left)
    formula = f"=IF({points}=0,{NO_PRICE},INT(({asked}+100*{points})/(200*{points}))/100)"
    return Formula(formula, str(NO_PRICE) if shown is None else money.plain_score(shown))


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


def add_places(grid: Grid) -> None:
    """Add a column for the score and one for each rule that any line answers, then the place."""
    grid.add("above 0", Column("Above by score", 9, WHOLE_NUMBER, partial(_above_by_score, grid)))
    before = "above 0"
    for number, rule in enumerate(rules_of(grid.scheme), 1):
        if all(key is None for key in rule_keys(grid.scheme, rule, grid.schedule.lines)):
            continue
        keys = _add_keys(grid, rule)
        heading = f"Above after {money.tie_break(rule)}"
        cell = partial(_above, grid, number, before, keys, "<" if rule in _LOWER_FIRST else ">")
        before = f"above {number}"
        grid.add(before, Column(heading, 11, WHOLE_NUMBER, cell))
    grid.add("place", Column("Place", 8, WHOLE_NUMBER, partial(_place, grid, before)))
    grid.add("sharing", Column("Sharing it", 9, WHOLE_NUMBER, partial(_sharing, grid, before)))


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
        grid.add("chair", Column("Chair's order", 8, WHOLE_NUMBER, attrgetter("line.worked.chair_place")))
    return rule


def _add_received(grid: Grid) -> None:
    """Add the time received and its whole seconds; finer times have their order as values instead."""
    times = {t for line in grid.schedule.lines if (t := line.worked.received_at) is not None}
    if any(t.microsecond for t in times):
        order = {received_key(t): number for number, t in enumerate(sorted(times), 1)}
        grid.add("received", Column("Received, order", 10, WHOLE_NUMBER, partial(_order, order)))
        return
    grid.add("received at", Column("Received", 17, DATE_TIME, attrgetter("line.worked.received_at")))
    grid.add("received", Column("Received, seconds", 14, WHOLE_NUMBER, partial(_seconds, grid)))


def _order(order: dict[int | None, int], facts: Facts) -> CellValue:
    return order.get(received_key(facts.line.worked.received_at))


def _seconds(grid: Grid, facts: Facts) -> CellValue:
    received = facts.line.worked.received_at
    if received is None:
        return None
    since = (received - _SHEET_EPOCH) // timedelta(seconds=1)
    return Formula(f"=INT({grid.cell('received at', facts)}*86400+0.5)", str(since))


def _above_by_score(grid: Grid, facts: Facts) -> CellValue:
    if grid.scheme.ranked_by is RankedBy.TOTAL:
        formula = f'=COUNTIF({grid.area("total", facts)},">"&{grid.cell("total", facts)})'
        return Formula(formula, str(facts.above[0]))
    cells, own = grid.area("price", facts), grid.cell("price", facts)
    cheaper = f'COUNTIFS({cells},">=0",{cells},"<"&{own})'
    return Formula(f'=IF({own}<0,COUNTIF({cells},">=0"),{cheaper})', str(facts.above[0]))


def _above(grid: Grid, number: int, before: str, keys: str, better: str, facts: Facts) -> CellValue:
    own = grid.cell(before, facts)
    level, answers = f"{grid.area(before, facts)},{own}", grid.area(keys, facts)
    passed_over = f'COUNTIFS({level},{answers},">-1E+15")<COUNTIFS({level})'
    ahead = f'COUNTIFS({level},{answers},"{better}"&{grid.cell(keys, facts)})'
    return Formula(f"={own}+IF({passed_over},0,{ahead})", str(facts.above[number]))


def _place(grid: Grid, last: str, facts: Facts) -> CellValue:
    if not facts.is_whole:
        return facts.line.place
    return Formula(f"={grid.cell(last, facts)}+1", str(facts.above[-1] + 1))


def _sharing(grid: Grid, last: str, facts: Facts) -> CellValue:
    formula = f"=COUNTIF({grid.area(last, facts)},{grid.cell(last, facts)})"
    return Formula(formula, str(facts.sharing))
