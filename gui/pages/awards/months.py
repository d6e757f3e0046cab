"""Instalments by month: the chart, what it says in words, and the same figures as a table."""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.widgets.card import Card
from gui.widgets.charts.bars import Bar, Bars, Part, Swatch
from gui.widgets.charts.chart import Head
from gui.widgets.charts.chart_or_table import BarsOrTable
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import fill, row_of
from gui.widgets.scrolled import ScrollPane, show_in
from models.queries.awards.awards_page import MonthSum
from scoring.money import short_pounds
from scoring.written.days import short_month
from scoring.written.text import counted

TITLE = "Instalments by month"
NO_DATE = "No date yet"
HEADS = (Head("Month"), Head("Paid", 90), Head("Due", 90), Head("In all", 90))
KEY = (Swatch("Paid", "bar_recommended"), Swatch("Still due", "bar_consider"))


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


def month_bars(months: Sequence[MonthSum]) -> Bars:
    """Return a bar for each month: what is paid, and what is still due."""
    return Bars(TITLE, "months", chart_words(months), tuple(map(_bar, months)), KEY)


def _bar(month: MonthSum) -> Bar:
    paid, due, total = map(short_pounds, (month.paid_pence, month.due_pence, month.total_pence))
    parts = (Part(month.paid_pence, "bar_recommended"), Part(month.due_pence, "bar_consider"))
    name = month_name(month)
    return Bar(name, month_words(month), parts, total, cells=(name, paid, due, total))


class MonthsCard(Card):
    """The chart under its sentence, which scrolls where there are many months."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ElidedLabel(size=12, tone="text2")
        self.either = BarsOrTable(month_bars(()), HEADS)
        self.chart = self.either.chart
        scroll = ScrollPane()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        show_in(scroll, self.either)
        fill(self.body, row_of(Label(TITLE, weight=600), (self.words, 1), spacing=10), (scroll, 1))

    def panes(self) -> tuple[QWidget, ...]:
        """Return the form on show."""
        return (self.either.table if self.either.is_table else self.chart,)

    def show_months(self, months: Sequence[MonthSum]) -> None:
        """Show other months, in both forms."""
        bars = month_bars(months)
        self.words.setText(bars.sentence)
        self.either.show_bars(bars)
