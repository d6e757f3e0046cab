"""The columns of the sheet How scored, left to right: marks, scores, places; formulas name those before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from exchange.papers.schedule.how_scored_facts import Facts, Weights, received_key, rule_keys, rules_of
from exchange.reading.cell_names import column_name
from exchange.xlsx.xlsx_cells import DATE_TIME, POINTS, POUNDS, CellValue, Formula, Kind, Look
from scoring import money
from scoring.schedule.lines import Line
from scoring.schedule.values import AwardSchedule
from scoring.scheme import CRITERION_RULE, Combine, Criterion, RankedBy, Side

MAXIMUM, QUALITY_WEIGHT, COST_WEIGHT = "$B$4", "$B$5", "$B$6"
"""The cells above the table that hold the scale's maximum and the two sides' weights."""

SIDE_WEIGHTS = {Side.QUALITY: QUALITY_WEIGHT, Side.COST: COST_WEIGHT}
EXACT = "is_exact"
"""What a row is where the whole numbers of its formulas are not too large for them."""
WEIGHT_ROW = {Side.QUALITY: 5, Side.COST: 6}
"""The rows above the headings that hold each criterion's weight, on its own side."""

HEADING_ROW = 7
WHOLE_NUMBER = Look(kind=Kind.NUMBER)

_SUM_WORDS = {Combine.MEAN: "sum", Combine.MEDIAN: "middle, doubled", Combine.TRIMMED: "sum without ends"}
_SUM = {
    Combine.MEAN: "=SUM({0})",
    Combine.MEDIAN: "=2*MEDIAN({0})",
    Combine.TRIMMED: "=SUM({0})-MAX({0})-MIN({0})",
}
ROW, FIRST, LAST = "#", "@", "~"
"""What stands in a column's formula for its row, and for the first and the last row of its list."""
NO_PRICE = -1
"""Stands, shown as a dash, where quality is nought and there is no price: formulas give numbers only."""

_PRICE = Look(kind=Kind.NUMBER, number='"£"#,##0.00;"–"')
_SHEET_EPOCH = datetime(1899, 12, 30)
_LOWER_FIRST = ("requested", "received", "chair")


class Column(NamedTuple):
    """One column: its heading, width, look and value in a row, with the weight of its criterion.

    Its `formula` is the same in each row, but for the rows that it names; the value stands beside it, and
    alone where a row is not what the column `needs`.
    """

    heading: str
    width: float
    look: Look
    value: Callable[[Facts], CellValue]
    formula: str = ""
    needs: str = ""
    criterion: Criterion | None = None

    def cell(self, facts: Facts) -> CellValue:
        """Return what stands in a row."""
        value = self.value(facts)
        if not self.formula or value is None or (self.needs and not getattr(facts, self.needs)):
            return value
        formula = self.formula.replace(ROW, str(facts.row))
        if FIRST in formula:
            formula = formula.replace(FIRST, str(facts.first)).replace(LAST, str(facts.last))
        return Formula(formula, str(value))


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
        self.judged = self.scheme.judged
        self.weights = Weights(self.scheme)
        self.sides = [side for side in Side if self.weights.sides[side]]
        self.sets_aside = any(None in line.worked.values_1e2 for line in schedule.lines)
        marks = (m for line in schedule.lines for m in line.worked.marks)
        self.members = max((len(m or ()) for m in marks), default=0)
        self.columns: list[Column] = []
        self._letters: dict[str, str] = {}

    def add(self, name: str, column: Column) -> None:
        """Put a column at the right."""
        self.columns.append(column)
        self.also(name, column_name(len(self.columns)))

    def also(self, name: str, letter: str) -> None:
        """Let a column be known under a name."""
        assert name not in self._letters, f"two columns are known as {name}"
        self._letters[name] = letter

    def has(self, name: str) -> bool:
        return name in self._letters

    def letter(self, name: str) -> str:
        return self._letters[name]

    def cell(self, name: str) -> str:
        """Return the cell of a column in a row, such as F17; "" where there is no such column."""
        return f"{self._letters[name]}{ROW}" if name in self._letters else ""

    def area(self, name: str) -> str:
        """Return a column's cells in the rows of the same area, such as F$7:F$19."""
        return f"{self._letters[name]}${FIRST}:{self._letters[name]}${LAST}"

    def marks(self, index: int) -> str:
        """Return the cells of the members' marks on a criterion in a row."""
        return f"{self.cell(f'{index}/0')}:{self.cell(f'{index}/{self.members - 1}')}"


def times(*factors: str) -> str:
    """Return factors as a product in a formula, without those that are blank."""
    return "*".join(factor for factor in factors if factor)


def add_marks(grid: Grid) -> None:
    """Add the marks and values; a judged criterion's whole numerator is known by its number."""
    if grid.scheme.combine is Combine.CONSENSUS:
        for index, criterion in enumerate(grid.judged):
            mark = Column(criterion.code, 8, WHOLE_NUMBER, partial(_mark, index, 0), criterion=criterion)
            grid.add(of_numerator(index), mark)
            grid.also(of_criterion(criterion.code), grid.letter(of_numerator(index)))
        _add_computed(grid)
        return
    for index, criterion in enumerate(grid.judged):
        for member in range(grid.members):
            heading = f"{criterion.code} Member {member + 1}"
            grid.add(f"{index}/{member}", Column(heading, 9, WHOLE_NUMBER, partial(_mark, index, member)))
    for index, criterion in enumerate(grid.judged):
        heading = f"{criterion.code} {_SUM_WORDS[grid.scheme.combine]}"
        live = _SUM[grid.scheme.combine].format(grid.marks(index))
        value = partial(_at, index, attrgetter("numerators"))
        grid.add(of_numerator(index), Column(heading, 10, WHOLE_NUMBER, value, live, criterion=criterion))
    _add_computed(grid)
    if grid.judged:
        grid.add("divisor", Column("Divisor", 9, WHOLE_NUMBER, attrgetter("divisor"), _divisor(grid)))
    for index, criterion in enumerate(grid.judged):
        top, under = grid.cell(of_numerator(index)), grid.cell("divisor")
        live = f"=INT((200*{top}+{under})/(2*{under}))/100"
        grid.add(of_criterion(criterion.code), _of_points(criterion.code, 8, _valued(grid, criterion), live))


def _add_computed(grid: Grid) -> None:
    computed = [c for c in grid.scheme.criteria if not c.is_judged]
    for criterion in computed:
        scored = _of_points(f"{criterion.code} score", 10, _valued(grid, criterion))
        grid.add(of_criterion(criterion.code), scored._replace(criterion=criterion))
    for name, heading, part in _FRACTION if computed else ():
        grid.add(name, Column(heading, 13, WHOLE_NUMBER, attrgetter(f"figures.{part}")))


_FRACTION = (
    ("figures", "Figures, over", "numerator"),
    ("figures under", "Figures, under", "denominator"),
)


def _of_points(
    heading: str, width: float, get: Callable[[Line], int | None], formula: str = "", needs: str = ""
) -> Column:
    """Return a column of points, of which each line has hundredths."""
    return Column(heading, width, POINTS, partial(_hundredths, get), formula, needs)


def _hundredths(get: Callable[[Line], int | None], facts: Facts) -> CellValue:
    shown = get(facts.line)
    return None if shown is None else shown / 100


def _valued(grid: Grid, criterion: Criterion) -> Callable[[Line], int | None]:
    position = grid.scheme.criteria.index(criterion)
    return lambda line: line.worked.values_1e2[position]


def _at(place: Any, get: Callable[[Facts], Any], facts: Facts) -> CellValue:
    """Return one of several numbers of a row: that of a criterion, a side or a rule."""
    value: CellValue = get(facts)[place]
    return value


def _mark(index: int, member: int, facts: Facts) -> CellValue:
    marks = facts.line.worked.marks[index]
    return None if marks is None or member >= len(marks) else marks[member]


def _divisor(grid: Grid) -> str:
    """Return the formula that counts the marks of a criterion that applies; a median needs none."""
    if grid.scheme.combine is Combine.MEDIAN:
        return ""
    less = "-2" if grid.scheme.combine is Combine.TRIMMED else ""
    counts = [f"COUNT({grid.marks(index)}){less}" for index in range(len(grid.judged))]
    return f"=MAX(1,{','.join(counts)})" if grid.sets_aside else f"={counts[0]}"


def add_scores(grid: Grid) -> None:
    """Add each side's sum of weight times value, then the scores that are printed."""
    for side in grid.sides:
        if grid.sets_aside:
            value, heading = partial(_at, side, attrgetter("left")), f"{side.title()} weight"
            grid.add(f"weight {side}", Column(heading, 9, WHOLE_NUMBER, value, _applying(grid, side)))
        heading = f"{side.title()} sum"
        grid.add(
            f"sum {side}",
            Column(heading, 9, WHOLE_NUMBER, partial(_at, side, attrgetter("sums")), _summed(grid, side)),
        )
    for side in grid.sides:
        get = attrgetter(f"worked.{side}_1e2")
        grid.add(side.value, _of_points(side.title(), 10, get, _side_score(grid, side), EXACT))
    total = f"={grid.cell(grid.sides[0].value)}" if len(grid.sides) == 1 else _total(grid)
    needs = "" if len(grid.sides) == 1 else EXACT
    grid.add("total", _of_points("Total", 10, attrgetter("total_1e2"), total, needs))
    if grid.scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT:
        add_requested(grid)
        grid.add("price", Column("Price of a quality point", 12, _PRICE, _price_shown, _price(grid), EXACT))


def add_requested(grid: Grid) -> None:
    """Add the amount requested, once."""
    if not grid.has("requested"):
        grid.add("requested", Column("Requested", 13, POUNDS, lambda facts: facts.line.requested_pence / 100))


def _summed(grid: Grid, side: Side) -> str:
    if not grid.judged:
        return ""
    first, last = grid.letter(of_numerator(0)), grid.letter(of_numerator(len(grid.judged) - 1))
    row = WEIGHT_ROW[side]
    return f"=SUMPRODUCT({first}{ROW}:{last}{ROW},${first}${row}:${last}${row})"


def _applying(grid: Grid, side: Side) -> str:
    row = WEIGHT_ROW[side]
    letters = [grid.letter(of_numerator(i)) for i in range(len(grid.judged))]
    letters += [grid.letter(of_criterion(c.code)) for c in grid.scheme.criteria if not c.is_judged]
    first, last = letters[0], letters[-1]
    return f"=SUMPRODUCT(ISNUMBER({first}{ROW}:{last}{ROW})*${first}${row}:${last}${row})"


def _side_score(grid: Grid, side: Side) -> str:
    under_figures = "" if side is Side.QUALITY else grid.cell("figures under")
    return _rounded(_side_sum(grid, side), times(_full(grid), _side_weight(grid, side), under_figures))


def _side_weight(grid: Grid, side: Side) -> str:
    """Return what of a side's weight applies to a line."""
    return grid.cell(f"weight {side}") if grid.sets_aside else SIDE_WEIGHTS[side]


def _total(grid: Grid) -> str:
    quality, cost = (_side_sum(grid, side) for side in Side)
    left: tuple[str, ...] = ()
    if grid.sets_aside:
        left = (grid.cell(f"weight {Side.QUALITY}"), grid.cell(f"weight {Side.COST}"))
        quality, cost = times(QUALITY_WEIGHT, quality, left[1]), times(COST_WEIGHT, cost, left[0])
    figures = grid.cell("figures under")
    under = times(f"({QUALITY_WEIGHT}+{COST_WEIGHT})", _full(grid), *left, figures)
    return _rounded(f"({times(quality, figures)}+{cost})", under)


def _price_shown(facts: Facts) -> CellValue:
    shown = facts.line.price_pence
    return NO_PRICE if shown is None else shown / 100


def _price(grid: Grid) -> str:
    points = grid.cell(f"sum {Side.QUALITY}")
    asked = f"INT({grid.cell('requested')}*100+0.5)"
    asked = times("2", asked, _full(grid), _side_weight(grid, Side.QUALITY))
    return f"=IF({points}=0,{NO_PRICE},INT(({asked}+100*{points})/(200*{points}))/100)"


def _side_sum(grid: Grid, side: Side) -> str:
    """Return a side's sum in a formula, its computed criteria brought to the same denominator."""
    top = grid.cell(f"sum {side}")
    if side is Side.QUALITY or not grid.has("figures"):
        return top
    return f"({times(top, grid.cell('figures under'))}+{times(grid.cell('figures'), _full(grid))})"


def _full(grid: Grid) -> str:
    """Return what a mark's numerator is over in a formula: divisor times scale maximum."""
    return times(grid.cell("divisor"), MAXIMUM)


def _rounded(top: str, under: str) -> str:
    """Return the formula of 100 · top / under to two decimals, half up."""
    return f"=INT((20000*{top}+{under})/(2*{under}))/100"


def add_places(grid: Grid) -> None:
    """Add a column for the score and one for each rule that any line answers, then the place."""
    before = "above 0"
    grid.add(
        before,
        Column(
            "Above by score", 9, WHOLE_NUMBER, partial(_at, 0, attrgetter("above")), _above_by_score(grid)
        ),
    )
    for number, rule in enumerate(rules_of(grid.scheme), 1):
        if all(key is None for key in rule_keys(grid.scheme, rule, grid.schedule.lines)):
            continue
        keys = _add_keys(grid, rule)
        live = _above_after(grid, before, keys, "<" if rule in _LOWER_FIRST else ">")
        before, heading = f"above {number}", f"Above after {money.tie_break(rule)}"
        grid.add(before, Column(heading, 11, WHOLE_NUMBER, partial(_at, number, attrgetter("above")), live))
    own = grid.cell(before)
    place = Column("Place", 8, WHOLE_NUMBER, attrgetter("line.place"), f"={own}+1", "is_whole")
    grid.add("place", place)
    shared = f"=COUNTIF({grid.area(before)},{own})"
    grid.add("sharing", Column("Sharing it", 9, WHOLE_NUMBER, attrgetter("sharing"), shared))


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
    received = {t for line in grid.schedule.lines if (t := line.worked.received_at) is not None}
    if any(t.microsecond for t in received):
        order = {received_key(t): number for number, t in enumerate(sorted(received), 1)}
        grid.add("received", Column("Received, order", 10, WHOLE_NUMBER, partial(_order, order)))
        return
    grid.add("received at", Column("Received", 17, DATE_TIME, attrgetter("line.worked.received_at")))
    live = f"=INT({grid.cell('received at')}*86400+0.5)"
    grid.add("received", Column("Received, seconds", 14, WHOLE_NUMBER, _seconds, live))


def _order(order: dict[int | None, int], facts: Facts) -> CellValue:
    return order.get(received_key(facts.line.worked.received_at))


def _seconds(facts: Facts) -> CellValue:
    received = facts.line.worked.received_at
    return None if received is None else (received - _SHEET_EPOCH) // timedelta(seconds=1)


def _above_by_score(grid: Grid) -> str:
    if grid.scheme.ranked_by is RankedBy.TOTAL:
        return f'=COUNTIF({grid.area("total")},">"&{grid.cell("total")})'
    cells, own = grid.area("price"), grid.cell("price")
    cheaper = f'COUNTIFS({cells},">=0",{cells},"<"&{own})'
    return f'=IF({own}<0,COUNTIF({cells},">=0"),{cheaper})'


def _above_after(grid: Grid, before: str, keys: str, better: str) -> str:
    own = grid.cell(before)
    level, answers = f"{grid.area(before)},{own}", grid.area(keys)
    passed_over = f'COUNTIFS({level},{answers},">-1E+15")<COUNTIFS({level})'
    ahead = f'COUNTIFS({level},{answers},"{better}"&{grid.cell(keys)})'
    return f"={own}+IF({passed_over},0,{ahead})"
