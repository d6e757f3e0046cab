"""Instalments by month as painted columns: what is paid and what is due, with keys between the marks."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from gui.theme.look import Look
from gui.widgets.charts.chart import Chart
from gui.widgets.label import shortened
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
    most = max(months, key=_total)
    total = short_pounds(sum(month.total_pence for month in months))
    words = f"{total} over {counted(len(months), 'month', 'months')}, most in {month_name(most)}"
    if months[-1].first is None:
        undated = f"of it {short_pounds(months[-1].total_pence)} undated"
        words = f"{total}, {undated if len(months) > 1 else 'no date yet'}"
    return f"{words}."


class MonthsChart(Chart):
    """A column for each month."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Instalments by month", "months")
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
        wide = min(self.width() / max(len(self._months), 1), self._look.px(WIDEST + GAP))
        return QRectF(number * wide, 0, wide, self.height())

    def sizeHint(self) -> QSize:
        """Ask for room for a column and its words."""
        return QSize(self._look.px(320), self._look.px(132))

    def minimumSizeHint(self) -> QSize:
        """Keep columns tall enough to compare."""
        return QSize(self._look.px(200), self._look.px(96))

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the columns, each with its figure above and its month below."""
        most = max((month.total_pence for month in self._months), default=1)
        for number, month in enumerate(self._months):
            self._paint_month(painter, number, month, most)

    def _paint_month(self, painter: QPainter, number: int, month: MonthSum, most: int) -> None:
        look, theme = self._look, self._look.theme
        slot, line = self.slot(number), look.px(19)
        inner = slot.adjusted(look.px(GAP) / 2, 0, -look.px(GAP) / 2, 0)
        room = QRectF(inner.x(), line + 2, inner.width(), max(slot.height() - 2 * line - 4, 1))
        tall = room.height() * month.total_pence / most
        paid = tall * month.paid_pence / max(month.total_pence, 1)
        column = QRectF(room.x(), room.bottom() - tall, room.width(), tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.bar_consider))
        painter.drawRoundedRect(column, 2, 2)
        painter.setBrush(look.colour(theme.bar_recommended))
        painter.drawRoundedRect(QRectF(column.x(), column.bottom() - paid, column.width(), paid), 2, 2)
        self._paint_words(painter, slot, column, month)
        if self.hasFocus() and number == self.at:
            painter.setPen(QPen(look.colour(theme.accent_text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(slot.adjusted(3, 1, -3, -1), 4, 4)

    def _paint_words(self, painter: QPainter, slot: QRectF, column: QRectF, month: MonthSum) -> None:
        look, theme, line = self._look, self._look.theme, self._look.px(19)
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        for words, top, size, weight, colour in (
            (short_pounds(month.total_pence), column.top() - line - 1, 12, 600, theme.text),
            (month_name(month), slot.bottom() - line, 12, 400, theme.muted),
        ):
            painter.setFont(look.font(size, weight))
            painter.setPen(look.colour(colour))
            metrics = painter.fontMetrics()
            shown = shortened(metrics, words, int(slot.width()) - 4)
            painter.drawText(QRectF(slot.x(), top, slot.width(), line), middle, shown)


_total: Callable[[MonthSum], int] = attrgetter("total_pence")
