"""A table of any columns, made anew for each report; T goes to its chart."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui.pages.papers.reports.query import ShownRow, ShownTable
from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.tips import set_tip

WIDTHS = {"pounds": 104, "count": 84, "percent": 84, "text": 160, "long text": 220, "verdict": 260}
COMPACT = 30
FIGURES = ("pounds", "count", "percent")


class ReportTable(LineView[ShownRow]):
    """The rows of one report, with its total last."""

    chart_asked = Signal()

    def __init__(self, look: Look, shown: ShownTable) -> None:
        super().__init__(look, _columns(shown), _key, _named)
        self.setAccessibleName(f"{shown.title}, table")
        self.set_row_height(COMPACT)
        self.set_wide_minimum(120)
        set_tip(self.horizontalHeader(), "")
        self.show_rows(shown.rows)
        self.select_first()

    def sizeHint(self) -> QSize:
        """Ask for the rows there are, and no more than a page of them."""
        rows = min(len(self.rows), 20) + 2
        return QSize(self._look.px(520), self._look.px(COMPACT) * rows)

    def minimumSizeHint(self) -> QSize:
        """Keep three rows in sight."""
        return QSize(self._look.px(200), self._look.px(COMPACT) * 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the chart with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.chart_asked.emit()
        else:
            super().keyPressEvent(event)


def _columns(shown: ShownTable) -> tuple[LineColumn[ShownRow], ...]:
    """Return the columns; the first with names takes what is left, later ones give way from the end."""
    wide = 1 if shown.headings[0] == "No" else 0
    count = len(shown.headings)
    return tuple(
        LineColumn(
            str(number),
            _short(shown.headings[number]),
            partial(_cell, number),
            partial(_spoken, number),
            tip=partial(_tip, number, shown.headings[number]),
            is_right=kind in FIGURES,
            width=0 if number == wide else _width(shown, number),
            gives_way=0 if number == wide else _turn(kind) + count - number,
            is_strong=number == wide,
        )
        for number, kind in enumerate(shown.kinds)
    )


def _turn(kind: str) -> Gives:
    return Gives.FIGURES if kind in FIGURES else Gives.WORDS


def _width(shown: ShownTable, number: int) -> int:
    """Return a column's width: a column of short texts, such as numbers of rows, needs little."""
    kind = shown.kinds[number]
    longest = max((len(row.cells[number]) for row in shown.rows), default=0)
    if kind == "text":
        return min(max(longest * 7 + 24, 44), WIDTHS[kind])
    heading = len(_short(shown.headings[number])) * 7.2 + 22
    return round(max(min(WIDTHS[kind], longest * 7.6 + 24), min(heading, 150), 60))


_SHORT = {
    "Grant Budget including Start-up £": "Budget",
    "Commitment £": "Commitment",
    "Expenditure £": "Spent",
    "Budget to Commitment Variance £": "Not committed",
    "Budget to Expenditure Variance £": "Not spent",
    "No. of Projects": "Projects",
    "No. of Organisations previously received funding": "Funded before",
    "Lowest Project Cost £": "Lowest",
    "Highest Project Cost £": "Highest",
    "Average Cost of Projects £": "Average",
    "Start-up in the budget £": "Start-up",
    "Share of total %": "Share",
    "Share of money asked %": "Money rate",
    "Left by subtraction £": "Left",
    "Carry forward decided £": "Carried",
    "Progress on Delivering Outputs and Outcomes": "Progress",
}


def _short(heading: str) -> str:
    """Return a heading for the screen; the paper's own stands in the cell's tip."""
    return _SHORT.get(heading, heading.removesuffix(" £"))


_key: Callable[[ShownRow], int] = attrgetter("number")


def _named(row: ShownRow) -> str:
    return row.cells[0]


def _cell(number: int, row: ShownRow) -> str:
    return row.cells[number]


def _spoken(number: int, row: ShownRow) -> str:
    return row.spoken[number]


def _tip(number: int, heading: str, row: ShownRow) -> str:
    return f"{heading}: {row.cells[number]}"
