"""Awards and payments: what was decided, how it is paid, and what was paid. Officers' and finance's."""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from gui.listed.acts import Act, At, Deed, Go, Run
from gui.listed.page import ListedPage, Own, Wanted
from gui.pages.awards.award import SIDE
from gui.pages.awards.instalments import DECIDED, has_decided
from gui.pages.awards.ledger import READ_LEDGER
from gui.pages.awards.lines import AWARD_COLUMNS, sums_words
from gui.pages.awards.schedule import begin_schedule, refuse_schedule
from gui.record.clock import current_day
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.card import Card
from gui.widgets.charts.bars import Bar, Bars, Part, Swatch
from gui.widgets.charts.chart import Head
from gui.widgets.charts.chart_or_table import BarsOrTable
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import fill, row_of
from gui.widgets.scrolled import ScrollPane, show_in
from models.operation import Topic
from models.operations.awards.direct_awards import AddDirectAward
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards_page import (
    AwardDifference,
    AwardsAnswer,
    MonthSum,
    award_differences,
    awards_page,
    month_sums,
)
from scoring.budget.limits import year_money
from scoring.money import short_pounds
from scoring.written.days import short_month
from scoring.written.text import counted

TITLE = "Instalments by month"
HEADS = (Head("Month"), Head("Paid", 90), Head("Due", 90), Head("In all", 90))
KEY = (Swatch("Paid", "bar_recommended"), Swatch("Still due", "bar_consider"))


def month_name(month: MonthSum) -> str:
    """Return a month as charts and tables have it: "Dec 2026"."""
    return "No date yet" if month.first is None else short_month(month.first)


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
    words = f"{total} over {counted(len(months), 'month')}, most in {month_name(most)}"
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
        scroll = ScrollPane(takes_focus=False)
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


NO_AWARDS = "No awards yet. They are made when the last step of the chain has decided."
NO_DIRECT = "No awards yet. What is proposed without a competition is one once those who sign have decided."


def _ask(session: Any, wanted: Wanted) -> AwardsAnswer:
    """Return the awards of the round, or of the area on show."""
    assert wanted.place is not None, "awards are of a round"
    found, area = awards_page(session, wanted.place.line.round_id), wanted.place.area
    if area is None:
        return found
    others = {row.application for row in found.awards if row.area != area}
    return replace(
        found,
        awards=tuple(row for row in found.awards if row.area == area),
        decided={of: pence for of, pence in found.decided.items() if of not in others},
        pots=tuple(use for use in found.pots if use.area == area),
        proposed={of: where for of, where in found.proposed.items() if where == area},
    )


def _differences(found: AwardsAnswer) -> tuple[AwardDifference, ...]:
    return award_differences(found.awards, found.decided, found.pots)


def _empty(found: AwardsAnswer) -> str:
    if found.proposed:
        return "No awards yet. Those who sign find on Decisions what is proposed."
    return NO_DIRECT if found.is_direct else NO_AWARDS


def _chip(found: AwardsAnswer) -> tuple[Tone, str, str] | None:
    differences = _differences(found)
    if not found.awards:
        return None
    if differences:
        return Tone.DANGER, "Does not add up", "\n".join(one.words for one in differences)
    return Tone.FUND, "Adds up", ""


def _sums(found: AwardsAnswer) -> str:
    return sums_words(found.awards, found.pots, waiting=len(found.proposed)) if found.awards else ""


def _year(at: At[AwardsAnswer, AwardRow]) -> str:
    found = at.answer
    areas = {*(use.area for use in found.pots), *(row.area for row in found.awards)}
    return ours(year_money(found.budget, areas))


def _make_schedule(at: At[AwardsAnswer, None]) -> Deed:
    """Make the schedule; refused with a sentence while any total differs, of which the first is shown."""
    differences, place = _differences(at.answer), at.place
    assert place is not None, "awards belong to a round"
    if differences:
        shown = (Go("awards", differences[0].application),) if differences[0].application else ()
        return (Run(partial(refuse_schedule, differences)), *shown)
    return begin_schedule(place, DECIDED if has_decided(at.answer, at.identity.name) else "")


PAGE: ListedPage[AwardsAnswer, AwardRow] = ListedPage(
    key="awards",
    title="Awards & payments",
    icon="file",
    list_name="Awards",
    ask=_ask,
    rows=lambda found: found.awards,
    row_key=attrgetter("application"),
    columns=AWARD_COLUMNS,
    wide_minimum=200,
    concerns=frozenset({Topic.AWARDS, Topic.DECISIONS, Topic.ROUNDS}),
    summary=_sums,
    empty=_empty,
    chip=_chip,
    of_round=True,
    finds=lambda row, reference: row.application == reference,
    begins=False,
    acts=(
        Act(
            words="Make schedule…",
            brief="Schedule…",
            icon="export",
            look=lambda at: "primary" if at.identity.may("issue paper") else "plain",
            where=lambda at: bool(at.answer.awards),
            does=_make_schedule,
        ),
        READ_LEDGER,
        Act(
            words="New award…",
            kind=AddDirectAward.kind,
            does=lambda at: Run(lambda tools: tools.actions["direct_award"].trigger()),
        ),
    ),
    under=Own(MonthsCard, lambda card, found: card.show_months(month_sums(found.awards, current_day()))),
    foot=_year,
    side=SIDE,
)
