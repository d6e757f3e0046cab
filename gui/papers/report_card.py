"""One report: its table beside its chart, or one of the two where there is no room for both."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.pages.page import Breakpoints
from gui.tables.column_widths import widest
from gui.tables.columns import Gives, LineColumn
from gui.text import NOTHING, ours
from gui.theme.look import LEFT, RIGHT, fill_with, look
from gui.widgets.buttons import Button
from gui.widgets.charts.bars import BAR, Bar, BarChart, Bars, ChartKey, Part, RowsChart, Swatch
from gui.widgets.charts.chart_or_table import Figures, FiguresTable, cell_of
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import Card, column_of, fill, row_of, show_in, take_out
from gui.widgets.tips import set_tip
from models.papers.year.summed_tables import Check, YearTable, in_words
from models.queries.panel.meeting_figures import MemberSpread
from models.queries.papers.year_charts import (
    AnyChart,
    BarLine,
    PairChart,
    PairLine,
    StripLine,
    chart_of,
    strips_of,
)
from models.queries.papers.year_charts import BarChart as BarValues
from scoring.money import score, short_pounds
from scoring.written.text import counted

STRIP, STRIP_WIDE, GAP_WIDE = 46, 240, 60


class SeverityStrip(RowsChart):
    """A row for each member: a dot for each gap, and two bars, the others' mean in the middle and the own."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "members", pitch=STRIP, wide=STRIP_WIDE)

    def show_strips(self, lines: Sequence[StripLine], sentence: str) -> None:
        """Show other members."""
        self._lines = lines
        self._most = max((abs(gap) for line in lines for gap in line.gaps), default=0) or 100
        self.show_marks((line.words for line in lines), sentence)

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint a member's name and mean gap, and the strip beneath."""
        line = self._lines[number]
        top = QRectF(row.x(), row.y() + look.px(2), row.width(), row.height() / 2 - look.px(2))
        self._paint_person(painter, top, line.name, row.width() - look.px(GAP_WIDE))
        painter.setFont(look.font(12))
        painter.setPen(look.theme.text2)
        painter.drawText(top, RIGHT, signed_gap(line.mean))
        middle, level = row.center().x(), row.y() + row.height() * 0.74
        half, reach = row.width() / 2 - look.px(12), look.px(9)
        painter.setPen(QPen(QColor(look.theme.track), 2))
        painter.drawLine(QPointF(middle - half, level), QPointF(middle + half, level))
        fill_with(painter, look.theme.bar_part)
        for gap in line.gaps:
            painter.drawEllipse(QPointF(middle + half * gap / self._most, level), 3.5, 3.5)
        for mean, colour in ((0, look.theme.muted), (line.mean, look.theme.text)):
            at = middle + half * mean / self._most
            painter.setPen(QPen(QColor(colour), 2.5))
            painter.drawLine(QPointF(at, level - reach), QPointF(at, level + reach))


def signed_gap(hundredths: int) -> str:
    """Return a gap in marks as read: "+0.42", "−1.25", "0.00"."""
    return f"{'+' if hundredths > 0 else ''}{score(hundredths)}"


DIFFERENCES, SPREAD = "Differences", "Marking spread"
Cells = tuple[str, ...]


class Report(Struct, frozen=True):
    """A table to choose, or the differences from print, or how members mark.

    `lines` makes its cells as text once it is chosen: a long list takes a while.
    """

    code: str
    title: str
    base: str
    headings: Cells
    kinds: Cells
    lines: Callable[[], Iterable[Cells]]
    chart: AnyChart | None = None
    is_printed: bool = False


def report_of(table: YearTable) -> Report:
    """Return a table as the page shows it."""
    headings = tuple(column.heading for column in table.columns)
    kinds = tuple(column.kind for column in table.columns)
    words = partial(_cells, table)
    return Report(
        table.code, table.name, table.base, headings, kinds, words, chart_of(table), table.is_printed
    )


def _cells(table: YearTable) -> Iterator[Cells]:
    empty = [NOTHING if column.is_figure else "" for column in table.columns]
    for line in table.words(is_signed=True):
        cells = zip(line, empty, strict=True)
        yield tuple(" · ".join(one.splitlines()) or nothing for one, nothing in cells)


def differences_report(checks: Sequence[Check]) -> Report:
    """Return where the papers print something else than the record comes to."""
    return Report(
        DIFFERENCES,
        "Where the papers print something else",
        "Every sum of the printed tables, worked out again. The tables show what the rows add up to.",
        ("What was checked", "Table", "Computed", "Printed", "Difference", "Explanation"),
        ("long text", "text", "pounds", "pounds", "pounds", "verdict"),
        lambda: map(_check_cells, checks),
    )


def _check_cells(check: Check) -> Cells:
    words = partial(in_words, check.unit)
    figures = tuple(
        words(figure).removesuffix(".00") for figure in (check.computed, check.printed, check.difference)
    )
    return (check.what, check.table, *figures, check.verdict)


def spread_of(spread: Sequence[MemberSpread], base: str) -> Report:
    """Return how members mark beside each other."""
    headings = ("Member", "Shared applications", "Mean difference", "Lowest", "Highest")
    kinds = ("text", "count", "count", "count", "count")
    title, lines = "Each member's marks against the others'", partial(map, _spread_cells, spread)
    return Report(SPREAD, title, base, headings, kinds, lines, strips_of(spread))


def _spread_cells(one: MemberSpread) -> Cells:
    gaps = one.severity.gaps_1e2
    figures = (one.severity.mean_1e2, min(gaps), max(gaps))
    return (one.name, f"{len(gaps):,}", *map(signed_gap, figures))


ROW, WIDE, FIGURE = 31, 380, 56
MOST_NAME = 0.42
"""Of the width, the most that names take."""
COLOURS = ("bar_recommended", "bar_consider")


def painted(chart: AnyChart) -> RowsChart:
    """Return the widget that paints a chart."""
    if isinstance(chart, BarValues):
        lines = tuple(_bar(line) for line in chart.lines)
        return BarChart(Bars(chart.title, chart.called, chart.sentence, lines))
    if isinstance(chart, PairChart):
        return PairsChart(chart)
    strips = SeverityStrip(chart.title)
    strips.show_strips(chart.lines, ours(chart.sentence))
    return strips


def key_of(chart: AnyChart) -> ChartKey:
    """Return what explains the colours of a chart."""
    inks = COLOURS if isinstance(chart, BarValues) else ("bar_part", "bar_recommended")
    marker = "" if isinstance(chart, PairChart) else chart.marker
    swatches = [Swatch(words, ink) for words, ink in zip(chart.key, inks, strict=False)]
    return ChartKey((*swatches, *((Swatch(marker, "text", is_mark=True),) if marker else ())))


def _bar(line: BarLine) -> Bar:
    parts = [Part(length, ink) for length, ink in zip(line.parts, COLOURS, strict=False)]
    return Bar(
        line.name,
        line.words,
        (*parts, Part(line.over, "bar_over")),
        rest=line.label,
        track=line.marker or 0,
        mark=line.marker,
    )


class PairsChart(RowsChart):
    """Number and average back to back: few large projects, or many small ones."""

    def __init__(self, chart: PairChart) -> None:
        super().__init__(chart.title, chart.called, pitch=ROW, wide=WIDE)
        self._lines = chart.lines
        self._most = max((line.count for line in chart.lines), default=1) or 1
        self._dearest = max((line.pence for line in chart.lines), default=1) or 1
        self.show_marks(map(_pair_words, chart.lines), ours(chart.sentence))

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint the number to the left of a middle line and the average to the right."""
        line, px = self._lines[number], look.px
        longest = max(self._room_of(one.name, 400) for one in self._lines)
        name = min(longest + px(10), row.width() * MOST_NAME)
        self._paint_name(painter, row, line.name, name - px(4))
        room = row.adjusted(name + px(6), 0, -px(6), 0)
        words, tall = px(FIGURE), px(BAR)
        half, top = (room.width() - 2 * words) / 2, row.center().y() - tall / 2
        middle = room.x() + words + half
        few, dear = half * line.count / self._most, half * line.pence / self._dearest
        self._fill(painter, QRectF(middle - few - 1, top, few, tall), look.theme.bar_part)
        self._fill(painter, QRectF(middle + 1, top, dear, tall), look.theme.bar_recommended)
        painter.setFont(look.font(13, 600))
        painter.setPen(look.theme.text)
        left = QRectF(middle - few - words - 6, row.y(), words, row.height())
        painter.drawText(left, RIGHT, f"{line.count:,}")
        painter.drawText(QRectF(middle + dear + 6, row.y(), words, row.height()), LEFT, _average(line))


def _pair_words(line: PairLine) -> str:
    """Return a name's two figures in full words."""
    projects = counted(line.count, "project")
    return f"{line.name}, {projects}, {_average(line)} on average"


def _average(line: PairLine) -> str:
    return short_pounds(line.pence) if line.count else "–"


WIDTHS = {"pounds": 104, "count": 84, "percent": 84, "text": 160, "long text": 220, "verdict": 260}
"""The most that is asked for each kind, for a 13 px base, beyond what must be whole."""
LEAST = 44
FIGURES = ("pounds", "count", "percent")
AS_TABLE, AS_CHART = "Show as table", "Show the chart"
BESIDE = 1100
"""The least width, in 13 px text, of a window in which table and chart stand side by side."""


class ReportTable(FiguresTable):
    """The rows of one report, with its total last."""

    def __init__(self, shown: Report) -> None:
        rows = tuple(shown.lines())
        naming = _naming(shown, rows)
        super().__init__(_columns(shown, rows, naming), lambda row: ", ".join(row[1][:naming]), shown.title)
        self.set_wide_minimum(120)
        set_tip(self.horizontalHeader(), "")
        self.show_figures(rows)
        self.select_first()


def _naming(shown: Report, rows: Sequence[Cells]) -> int:
    """Return how many columns name a row: what it is counted by, and its group, where the first repeats."""
    words = next((n for n, kind in enumerate(shown.kinds) if kind in FIGURES), len(shown.kinds))
    telling = (n for n in range(1, words + 1) if len({row[:n] for row in rows}) == len(rows))
    return next(telling, 1)


def _columns(shown: Report, rows: Sequence[Cells], naming: int) -> tuple[LineColumn[Figures], ...]:
    """Return the columns; the last that names a row takes what is left, later ones give way from the end."""
    wide = 1 if shown.headings[0] == "No" else naming - 1
    count = len(shown.headings)
    return tuple(
        LineColumn(
            str(number),
            _SHORT.get(heading, heading.removesuffix(" £")),  # the paper's own stands in the cell's tip
            partial(cell_of, number),
            None if naming > 1 and not number else partial(_spoken, number, heading),
            tip=partial(_tip, number, heading),
            is_right=kind in FIGURES,
            width=0
            if number == wide
            else min(WIDTHS[kind], max(LEAST, widest((cells[number] for cells in rows), 13))),
            gives_way=0
            if number == wide
            else (Gives.FIGURES if kind in FIGURES else Gives.WORDS) + count - number,
            is_strong=number == wide,
        )
        for number, (heading, kind) in enumerate(zip(shown.headings, shown.kinds, strict=True))
    )


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


def _spoken(number: int, heading: str, row: Figures) -> str:
    return f"{heading.removesuffix(' £')}, {row[1][number]}"


def _tip(number: int, heading: str, row: Figures) -> str:
    return f"{heading}: {row[1][number]}"


class ReportCard(QWidget):
    """Title and base above; below them the table, the chart, or both."""

    def __init__(self) -> None:
        super().__init__()
        self._room = Breakpoints(1366, 768)
        self.is_table_alone = False
        self.table: ReportTable | None = None
        self.chart: RowsChart | None = None
        self.title = ElidedLabel(size=15, weight=600)
        self.base = ElidedLabel(size=12, tone="text2")
        self.turned = Button(AS_TABLE, kind="link")
        self._table_card = Card(inset=(3, 3))
        self._chart_card = Card()
        self._chart_title = Label(weight=600)
        self._sentence = small()
        self.whole = Label(tone="text2").wrapped()
        self.whole.hide()
        self._scroll = QScrollArea()
        self._key: ChartKey | None = None
        self._shown: Report | None = None
        self._lay_out()
        self.turned.clicked.connect(self.turn)

    def show_table(self, shown: Report) -> None:
        """Show another table, with its chart where it has one."""
        had_focus = self.table is not None and self.table.hasFocus()
        self.title.setText(shown.title)
        self.base.setText(ours(shown.base))
        self.whole.hide()
        self._shown = shown
        self._put_table(ReportTable(shown))
        self._put_chart(shown)
        self._arrange()
        if had_focus and self.table is not None:
            self.table.setFocus()

    def fit(self, room: Breakpoints) -> None:
        """Set table and chart side by side where both have room."""
        self._room = room
        self.base.setVisible(room.height >= 480)
        self._chart_title.setVisible(room.height >= 480)
        self._arrange()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the table and the chart, those that are on show."""
        both = (self.table, self.chart)
        return tuple(one for one in both if one is not None and one.isVisibleTo(self))

    @Slot()
    def turn(self) -> None:
        """Put the chart away, or bring it back; the focus goes along."""
        has_focus = any(one.hasFocus() for one in self.panes())
        self._put_away(is_away=not self.is_table_alone)
        if has_focus:
            (self._to_table if self.is_table_alone else self._to_chart)()

    def _put_table(self, table: ReportTable) -> None:
        before, self.table = self.table, table
        if before is not None:
            take_out(self._table_card.body, before)
        self._table_card.fill_with(table)
        table.chart_asked.connect(self._to_chart)
        table.opened.connect(self._show_whole)
        table.picked.connect(self._follow)
        self._follow()

    def _put_chart(self, shown: Report) -> None:
        chart = shown.chart
        if self._key is not None:
            take_out(self._chart_card.body, self._key)
        self.chart = self._key = None
        if chart is None:
            return
        self._chart_title.setText(chart.title)
        self._sentence.setText(ours(chart.sentence))
        self.chart, self._key = painted(chart), key_of(chart)
        self._chart_card.body.insertWidget(2, self._key)
        show_in(self._scroll, self.chart)
        self.chart.table_asked.connect(self._to_table)

    @Slot()
    def _show_whole(self) -> None:
        """Show all of a row beneath the table, whatever has no room in its columns; again, and it goes."""
        self.whole.setVisible(self.whole.isHidden())

    @Slot()
    def _follow(self) -> None:
        """Say the row at hand in full: each heading of the table with what stands under it."""
        assert self.table is not None, "its row is at hand"
        assert self._shown is not None, "the table is of a report"
        _, cells = self.table.at_hand or (0, ())
        pairs = zip(self._shown.headings, cells, strict=bool(cells))
        self.whole.setText("   ·   ".join(f"{heading}: {cell}" for heading, cell in pairs if cell))

    @Slot()
    def _to_table(self) -> None:
        self._put_away(is_away=self.is_table_alone or self._room.width < BESIDE)
        self.panes()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _to_chart(self) -> None:
        if self.chart is not None:
            self._put_away(is_away=False)
            self.chart.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _put_away(self, *, is_away: bool) -> None:
        self.is_table_alone = is_away
        self._arrange()

    def _arrange(self) -> None:
        has_chart = self.chart is not None
        shows_chart = has_chart and not self.is_table_alone
        self._chart_card.setVisible(shows_chart)
        self._table_card.setVisible(not shows_chart or self._room.width >= BESIDE)
        self.turned.setVisible(has_chart)
        self.turned.show_words(AS_CHART if self.is_table_alone else AS_TABLE)

    def _lay_out(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        fill(self._chart_card.body, self._chart_title, self._sentence, (self._scroll, 1), spacing=4)
        head = row_of((self.title, 1), self.turned)
        row = row_of((self._table_card, 8), (self._chart_card, 5), spacing=12)
        column_of(head, self.base, (row, 1), self.whole, spacing=4, inside=self)
