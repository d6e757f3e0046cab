"""Instalments by month: the chart, what it says in words, and the same figures as a table."""

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import fill_with, look, outline_with
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.charts.chart import Chart
from gui.widgets.label import ElidedLabel, Label, PlainLabel, shortened
from gui.widgets.nesting import fill, row_of
from gui.widgets.stack import Stack
from models.queries.awards.awards_page import MonthSum
from scoring.money import short_pounds
from scoring.written.days import short_month
from scoring.written.text import counted

WIDEST, GAP = 84, 14
NO_DATE = "No date yet"


def month_name(month: MonthSum) -> str:
    """Return a month as charts and tables have it: "Dec 2026"."""
    return NO_DATE if month.first is None else short_month(month.first)


def month_words(month: MonthSum) -> str:
    """Return a month in full words: "Dec 2026, £2,400 paid, £2,400 due"."""
    parts = [f"{short_pounds(month.paid_pence)} paid"] if month.paid_pence else []
    parts += [f"{short_pounds(month.due_pence)} due"] if month.due_pence else []
    return ", ".join((month_name(month), *parts))


def chart_words(months: Sequence[MonthSum]) -> str:
    """Return the whole chart in one sentence."""
    if not months:
        return "No instalments."
    most = max(months, key=attrgetter("total_pence"))
    total = short_pounds(sum(month.total_pence for month in months))
    words = f"{total} over {counted(len(months), 'month', 'months')}, most in {month_name(most)}"
    if months[-1].first is None:
        undated = f"of it {short_pounds(months[-1].total_pence)} undated"
        words = f"{total}, {undated if len(months) > 1 else 'no date yet'}"
    return f"{words}."


class MonthsChart(Chart):
    """A column for each month."""

    def __init__(self) -> None:
        super().__init__("Instalments by month", "months")
        self.show_months(())

    @property
    def current(self) -> MonthSum | None:
        """Return the month at hand."""
        return self._months[self.at] if self._months else None

    def show_months(self, months: Sequence[MonthSum]) -> None:
        """Show other months."""
        self._months = tuple(months)
        self.show_marks(map(month_words, months), chart_words(months))

    def slot(self, number: int) -> QRectF:
        """Return where a month's column and words stand."""
        wide = min(self.width() / max(len(self._months), 1), look.px(WIDEST + GAP))
        return QRectF(number * wide, 0, wide, self.height())

    def sizeHint(self) -> QSize:
        """Ask for room for a column and its words."""
        return QSize(look.px(320), look.px(132))

    def minimumSizeHint(self) -> QSize:
        """Keep columns tall enough to compare."""
        return QSize(look.px(200), look.px(96))

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the columns, each with its figure above and its month below."""
        most = max((month.total_pence for month in self._months), default=1)
        for number, month in enumerate(self._months):
            self._paint_month(painter, number, month, most)

    def _paint_month(self, painter: QPainter, number: int, month: MonthSum, most: int) -> None:
        theme = look.theme
        slot, line = self.slot(number), look.px(19)
        inner = slot.adjusted(look.px(GAP) / 2, 0, -look.px(GAP) / 2, 0)
        room = QRectF(inner.x(), line + 2, inner.width(), max(slot.height() - 2 * line - 4, 1))
        tall = room.height() * month.total_pence / most
        paid = tall * month.paid_pence / max(month.total_pence, 1)
        column = QRectF(room.x(), room.bottom() - tall, room.width(), tall)
        fill_with(painter, theme.bar_consider)
        painter.drawRoundedRect(column, 2, 2)
        painter.setBrush(theme.bar_recommended)
        painter.drawRoundedRect(QRectF(column.x(), column.bottom() - paid, column.width(), paid), 2, 2)
        _paint_words(painter, slot, column, month)
        if self.hasFocus() and number == self.at:
            outline_with(painter, theme.accent_text, 2)
            painter.drawRoundedRect(slot.adjusted(3, 1, -3, -1), 4, 4)


_key: Callable[[MonthSum], date | None] = attrgetter("first")


def _paid(month: MonthSum) -> str:
    return short_pounds(month.paid_pence)


def _due(month: MonthSum) -> str:
    return short_pounds(month.due_pence)


def _total(month: MonthSum) -> str:
    return short_pounds(month.total_pence)


MONTH_COLUMNS = (
    LineColumn("month", "Month", month_name, month_words),
    LineColumn("paid", "Paid", _paid, is_right=True, width=90),
    LineColumn("due", "Due", _due, is_right=True, width=90),
    LineColumn("total", "In all", _total, is_right=True, width=90),
)
AS_TABLE, AS_CHART = "Show as table", "Show as chart"


class MonthsTable(LineView[MonthSum]):
    """The months as a table; T goes back to the chart."""

    def __init__(self, card: "MonthsCard") -> None:
        super().__init__(MONTH_COLUMNS, _key, month_words)
        self._card = card
        self.setAccessibleName("Instalments by month, table")
        self.set_wide_minimum(80)

    def sizeHint(self) -> QSize:
        """Ask for three rows."""
        return QSize(look.px(320), look.px(132))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the chart with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self._card.turn()
        else:
            super().keyPressEvent(event)


class MonthsKey(PlainLabel):
    """What the two colours of the columns mean."""

    def __init__(self) -> None:
        super().__init__("Key: paid, still due")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(look.px(130), look.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the swatches with their words."""
        theme = look.theme
        painter = QPainter(self)
        painter.setFont(look.font(12))
        left, size = 0, look.px(10)
        for colour, words in ((theme.bar_recommended, "Paid"), (theme.bar_consider, "Still due")):
            painter.fillRect(left, (self.height() - size) // 2, size, size, colour)
            left += size + look.px(5)
            painter.setPen(theme.text2)
            painter.drawText(left, 0, look.px(90), self.height(), Qt.AlignmentFlag.AlignVCenter, words)
            left += painter.fontMetrics().horizontalAdvance(words) + look.px(12)
        painter.end()


class MonthsCard(Card):
    """The chart under a head with its sentence; a button and T turn it into a table and back."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ElidedLabel(size=12, tone="text2")
        self.turned = Button(AS_TABLE, kind="link")
        self.chart = MonthsChart()
        self.table = MonthsTable(self)
        self._stack = Stack("Payments by month")
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.table)
        row = row_of(
            Label("Instalments by month", weight=600),
            (self.words, 1),
            MonthsKey(),
            self.turned,
            spacing=10,
        )
        fill(self.body, row, (self._stack, 1))
        self.chart.table_asked.connect(self.turn)
        self.turned.clicked.connect(self.turn)

    @property
    def is_table(self) -> bool:
        """Whether the table is on show."""
        return self._stack.currentWidget() is self.table

    def panes(self) -> tuple[QWidget, ...]:
        """Return the form on show."""
        return (self.table if self.is_table else self.chart,)

    def show_months(self, months: Sequence[MonthSum]) -> None:
        """Show other months, in both forms."""
        self.words.setText(chart_words(months))
        self.chart.show_months(months)
        self.table.show_rows(months)

    @Slot()
    def turn(self) -> None:
        """Turn the chart into a table, or back; the focus goes along."""
        has_focus = (self.table if self.is_table else self.chart).hasFocus()
        self._stack.setCurrentWidget(self.chart if self.is_table else self.table)
        self.turned.show_words(AS_CHART if self.is_table else AS_TABLE)
        if self.is_table and not self.table.currentIndex().isValid():
            self.table.select_first()
        if has_focus:
            (self.table if self.is_table else self.chart).setFocus()


def _paint_words(painter: QPainter, slot: QRectF, column: QRectF, month: MonthSum) -> None:
    theme, line = look.theme, look.px(19)
    middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
    for words, top, size, weight, colour in (
        (short_pounds(month.total_pence), column.top() - line - 1, 12, 600, theme.text),
        (month_name(month), slot.bottom() - line, 12, 400, theme.muted),
    ):
        painter.setFont(look.font(size, weight))
        painter.setPen(colour)
        metrics = painter.fontMetrics()
        shown = shortened(metrics, words, int(slot.width()) - 4)
        painter.drawText(QRectF(slot.x(), top, slot.width(), line), middle, shown)
