"""Writing the How scored sheet: the constants and weights above, then one row for each line."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.papers.schedule import how_scored_facts as facts_of
from exchange.papers.schedule.how_scored_columns import (
    HEADING_ROW,
    Column,
    Grid,
    add_marks,
    add_places,
    add_scores,
)
from exchange.papers.schedule.how_scored_facts import Facts
from exchange.xlsx.xlsx_cells import (
    COUNT_BOLD,
    HEADING,
    HEADING_RIGHT,
    LABEL,
    NOTE,
    TEXT,
    TITLE,
    CellValue,
    Formula,
    Kind,
    Look,
    Rows,
)
from exchange.xlsx.xlsx_sheets import HEADING_HEIGHT, TITLE_HEIGHT, SheetHead, set_up_sheet
from scoring.schedule.lines import Line
from scoring.schedule.values import AwardSchedule
from scoring.scheme import Combine, Side

SHEET = "How scored"
LEAST_FOR_AREA, MOST_FOR_AREA = 20, 60
"""In characters: a row is of one line, so that a name wants its width."""


def lay_out(schedule: AwardSchedule) -> Grid:
    """Return the columns of a schedule's sheet."""
    grid = Grid(schedule)
    grid.add("reference", Column("Reference", 13, TEXT, attrgetter("line.reference")))
    head = schedule.letterhead.area_label.heading
    longest = max(map(len, (head, *(line.area for line in schedule.lines))))
    grid.add(
        "area",
        Column(head, min(max(longest + 2, LEAST_FOR_AREA), MOST_FOR_AREA), TEXT, attrgetter("line.area")),
    )
    add_marks(grid)
    add_scores(grid)
    add_places(grid)
    return grid


def write_how_scored(
    rows: Rows, schedule: AwardSchedule, head: SheetHead, checks: tuple[str, str], tick: Tick = None
) -> None:
    """Write the whole sheet; `checks` are the cells of score and place on the sheet Schedule."""
    grid = lay_out(schedule)
    last = HEADING_ROW + len(schedule.lines)
    widths = [column.width for column in grid.columns]
    set_up_sheet(rows.sheet, head, widths, header_row=HEADING_ROW, last_row=last, frozen_columns=2)
    _write_top(rows, grid, checks, last)
    cells = [rows.cell(column.look) for column in grid.columns]
    parts = [(cell, c.cell, c.look.kind) for cell, c in zip(cells, grid.columns, strict=True)]
    fill = rows.fill
    for done, facts in enumerate(_facts(grid), 1):
        rows.write([fill(cell, value(facts), kind) for cell, value, kind in parts])
        if tick is not None and done % 100 == 0:
            tick(done, len(schedule.lines))


def _write_top(rows: Rows, grid: Grid, checks: tuple[str, str], last: int) -> None:
    rows.line([("How scored", TITLE)], TITLE_HEIGHT)
    for words in _words(grid):
        rows.line([(words, NOTE)])
    rows.line(
        [("Scale maximum", LABEL), (grid.scheme.scale_maximum, COUNT_BOLD), *_check(grid, checks, last)]
    )
    for side in Side:
        weights = [_weight(grid, column, side) for column in grid.columns[2:]]
        rows.line([(f"{side.title()} weights", LABEL), (grid.weights.sides[side], COUNT_BOLD), *weights])
    looks = [HEADING if c.look.kind is Kind.TEXT else HEADING_RIGHT for c in grid.columns]
    headings = ((c.heading, look) for c, look in zip(grid.columns, looks, strict=True))
    rows.line(headings, 2 * HEADING_HEIGHT)


def _check(grid: Grid, checks: tuple[str, str], last: int) -> Iterator[tuple[CellValue, Look]]:
    """Yield a live count of lines whose score or place is not that of the schedule."""
    if not grid.schedule.lines:
        return
    same = [_same(grid, "place", checks[1], last)]
    if not grid.has("price"):
        same.insert(0, _same(grid, "total", checks[0], last))
    formula = f"=SUMPRODUCT(1-{'*'.join(same)})"
    yield "Lines that differ from the schedule:", NOTE
    yield None, TEXT
    yield None, TEXT
    yield None, TEXT
    yield Formula(formula, "0"), COUNT_BOLD


def _same(grid: Grid, name: str, cells: str, last: int) -> str:
    own = f"{grid.letter(name)}{HEADING_ROW + 1}:{grid.letter(name)}{last}"
    return f"(ABS({own}-{cells})<0.001)"


def _weight(grid: Grid, column: Column, side: Side) -> tuple[CellValue, Look]:
    if column.criterion is None:
        return None, TEXT
    return (grid.weights.by_code[column.criterion.code] if column.criterion.side is side else 0), COUNT_BOLD


def _words(grid: Grid) -> tuple[str, str]:
    """Return what the marks are, and how to read the figures, a line each."""
    marks = "Marks are the panel's agreed marks."
    if grid.scheme.combine is not Combine.CONSENSUS:
        marks = "Marks are members' own, without names: Member 1 is not the same person from row to row."
    if grid.has("figures"):
        marks += " Scores worked from figures are values; Figures holds their weighted sum as a fraction."
    figures = "Every other figure is a live formula in whole numbers, rounded half up"
    large = "; past 100,000,000,000,000 it is given as a value."
    shared = " Places of a shared pot's list that is not whole here are values."
    return marks, f"{figures}{large}{shared if grid.schedule.shared else ''}"


def _facts(grid: Grid) -> Iterator[Facts]:
    """Yield each row's whole numbers, area by area."""
    rules, row = facts_of.rules_of(grid.scheme), HEADING_ROW + 1
    for is_whole, lines in _lists(grid.schedule):
        scores = facts_of.score_keys(grid.scheme, lines)
        columns = facts_of.levels(scores, [facts_of.rule_keys(grid.scheme, rule, lines) for rule in rules])
        sharing, rows = Counter(columns[-1]), (row, row + len(lines) - 1)
        for line, above in zip(lines, zip(*columns, strict=True), strict=True):
            found = _facts_of(grid, line, row, rows, above, sharing[above[-1]])
            yield found if is_whole else replace(found, is_whole=False)
            row += 1


def _lists(schedule: AwardSchedule) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """Yield the lines that stand one under the other of one list, and whether they are all of it.

    Areas that share a pot share their list, which is whole where they stand side by side.
    """
    for names, run in groupby(schedule.by_area(), key=lambda both: schedule.list_of(both[0].area)):
        parts = list(run)
        yield len(parts) == len(names), tuple(line for _, lines in parts for line in lines)


def _facts_of(
    grid: Grid, line: Line, row: int, rows: tuple[int, int], above: tuple[int, ...], sharing: int
) -> Facts:
    marks, weights = line.worked.marks, grid.weights
    found, under = facts_of.numerators(grid.scheme, marks), facts_of.divisor(grid.scheme, marks)
    sums, left = facts_of.side_sums(weights, found), facts_of.side_weights(weights, line)
    figures = facts_of.figures(weights, line)
    facts = Facts(row, line, *rows, above, sharing, found, under, sums, left, figures)
    return facts if facts_of.is_exact(weights, facts) else replace(facts, is_exact=False)
