"""The overview's charts in their cards, each with its table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gui.pages.overview.charts import BudgetChart, Key, ProgressChart
from gui.tables.columns import Keeps
from gui.tables.line_column import LineColumn
from gui.text import NOTHING, column_money
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.charts.chart_or_table import ChartOrTable
from gui.widgets.label import Label

if TYPE_CHECKING:
    from models.queries.deciding.allowances import BudgetLine
    from models.queries.panel.left_to_do import Progress

Budgeted = tuple[int, "BudgetLine"]
Scored = tuple[int, "Progress"]


class BudgetCard(Card):
    """A bar for each area, with what the colours mean."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.chart = BudgetChart(look)
        self.key = Key(look)
        self.either = ChartOrTable(look, self.chart, BUDGET, self.key)
        self.left_out = Label(look, tone="text2").wrapped()
        self.body.addWidget(self.either)
        self.body.addWidget(self.left_out)

    def show_lines(self, lines: "Sequence[BudgetLine]", left_out: str = "") -> None:
        """Show other areas, and which are `left_out`."""
        self.either.setVisible(bool(lines) or not left_out)
        self.left_out.setVisible(bool(left_out))
        self.left_out.setText(left_out)
        self.key.show_marks(lines, is_there=any(line.tolerance for line in lines))
        self.chart.show_lines(lines)
        self.either.show_rows(tuple(enumerate(lines)))


class ProgressCard(Card):
    """A bar for each member, or why there is none."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.chart = ProgressChart(look)
        self.either = ChartOrTable(look, self.chart, PROGRESS)
        self.nothing = Label(look, tone="text2")
        self.body.addWidget(self.either)
        self.body.addWidget(self.nothing)

    def show_lines(self, lines: "Sequence[Progress]", you: str | None, nothing: str) -> None:
        """Show other members; `nothing` stands where none of them has a sheet."""
        has_sheets = any(one.of for one in lines)
        self.either.setVisible(has_sheets)
        self.nothing.setVisible(not has_sheets)
        self.nothing.setText(nothing)
        self.chart.show_lines(lines if has_sheets else (), you)
        self.either.show_rows(tuple(enumerate(lines)))


def _pounds(pence: int) -> str:
    return column_money((pence,))(pence)


def _area(row: Budgeted) -> str:
    return row[1].area


def _recommended(row: Budgeted) -> str:
    return _pounds(row[1].recommended)


def _consider(row: Budgeted) -> str:
    return _pounds(row[1].consider) if row[1].consider else NOTHING


def _pot(row: Budgeted) -> str:
    return _pounds(row[1].pot)


def _tolerance(row: Budgeted) -> str:
    return _pounds(row[1].tolerance) if row[1].tolerance else NOTHING


def _over(row: Budgeted) -> str:
    return _pounds(row[1].over) if row[1].over else NOTHING


def _spoken_over(row: Budgeted) -> str:
    return row[1].by or _over(row)


def _member(row: Scored) -> str:
    return row[1].member.name


def _handed_in(row: Scored) -> str:
    return f"{row[1].handed_in:,}"


def _ready(row: Scored) -> str:
    return f"{row[1].ready:,}"


def _to_score(row: Scored) -> str:
    return f"{row[1].to_score:,}"


BUDGET: tuple[LineColumn[Budgeted], ...] = (
    LineColumn("area", "Area", _area, _area, is_strong=True),
    LineColumn("recommended", "Given", _recommended, _recommended, width=120, is_right=True),
    LineColumn("consider", "To consider", _consider, _consider, width=92, is_right=True),
    LineColumn("pot", "Pot", _pot, _pot, width=80, is_right=True),
    LineColumn("tolerance", "Tolerance", _tolerance, _tolerance, width=80, is_right=True),
    LineColumn("over", "Over", _over, _spoken_over, width=72, is_right=True),
)
PROGRESS: tuple[LineColumn[Scored], ...] = (
    LineColumn("member", "Member", _member, _member, is_strong=True, keeps=Keeps.WHOLE),
    LineColumn("in", "Handed in", _handed_in, _handed_in, width=96, is_right=True),
    LineColumn("ready", "Ready", _ready, _ready, width=80, is_right=True),
    LineColumn("to score", "To score", _to_score, _to_score, width=80, is_right=True),
)
