"""Instalments by month: the chart, what it says in words, and the same figures as a table."""

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.pages.awards.months_chart import MonthsChart, chart_words, month_name, month_words
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, Label, PlainLabel
from gui.widgets.nesting import nest
from gui.widgets.stack import Stack
from models.queries.awards.awards_page import MonthSum
from scoring.money import short_pounds

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

    def __init__(self, look: Look, card: "MonthsCard") -> None:
        super().__init__(look, MONTH_COLUMNS, _key, month_words)
        self._card = card
        self.setAccessibleName("Instalments by month, table")
        self.set_wide_minimum(80)

    def sizeHint(self) -> QSize:
        """Ask for three rows."""
        return QSize(self._look.px(320), self._look.px(132))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the chart with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self._card.turn()
        else:
            super().keyPressEvent(event)


class MonthsKey(PlainLabel):
    """What the two colours of the columns mean."""

    def __init__(self, look: Look) -> None:
        super().__init__("Key: paid, still due")
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(self._look.px(130), self._look.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the swatches with their words."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setFont(look.font(12))
        left, size = 0, look.px(10)
        for colour, words in ((theme.bar_recommended, "Paid"), (theme.bar_consider, "Still due")):
            painter.fillRect(left, (self.height() - size) // 2, size, size, look.colour(colour))
            left += size + look.px(5)
            painter.setPen(look.colour(theme.text2))
            painter.drawText(left, 0, look.px(90), self.height(), Qt.AlignmentFlag.AlignVCenter, words)
            left += painter.fontMetrics().horizontalAdvance(words) + look.px(12)
        painter.end()


class MonthsCard(Card):
    """The chart under a head with its sentence; a button and T turn it into a table and back."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.words = ElidedLabel(look, size=12, tone="text2")
        self.turned = Button(look, AS_TABLE, kind="link")
        self.chart = MonthsChart(look)
        self.table = MonthsTable(look, self)
        self._stack = Stack("Payments by month")
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(Label(look, "Instalments by month", weight=600))
        row.addWidget(self.words, 1)
        row.addWidget(MonthsKey(look))
        row.addWidget(self.turned)
        nest(self.body, row)
        self.body.addWidget(self._stack, 1)
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
