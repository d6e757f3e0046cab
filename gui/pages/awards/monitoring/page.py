"""Monitoring: each award's progress against what was agreed, what is overdue, and the Ministry's return."""

from operator import attrgetter
from typing import Any

from msgspec import Struct

from gui.listed.page import ListedPage, Tab, Wanted
from gui.listed.paper_forms import bands_words
from gui.pages.awards.monitoring import award, ministry
from gui.pages.awards.monitoring.lines import AWARD_COLUMNS, OVERDUE_COLUMNS, sums_words
from gui.pages.awards.monitoring.workbooks import SAVE_WORKBOOK, TAKE_IN
from gui.pages.page import MINISTRY_PERIODS
from models.operation import Topic
from models.papers.monitoring.monitoring import AwardMonitoring, Monitoring
from models.queries.awards.ministry import PeriodState, fund_periods
from models.queries.awards.monitoring import monitoring_of
from models.queries.permissions.reading import as_read_by

TAB = "Awards"
NO_AWARDS = (
    "No awards yet. What recipients report is followed here once the last step of the chain has decided."
)


class Followed(Struct, frozen=True):
    """The awards of a round or area, and the periods for which their fund reports to the Ministry."""

    found: Monitoring
    periods: tuple[PeriodState, ...]


def _ask(session: Any, wanted: Wanted) -> Followed:
    place, today = wanted.place, wanted.today
    assert place is not None, "awards are of a round"
    with as_read_by(session, wanted.viewer):
        found = monitoring_of(session, place.line.round_id, today, place.area)
    return Followed(found, fund_periods(session, place.line.fund_code, today))


def _finds(row: Any, reference: str) -> bool:
    """Whether a reference is of an award, or of a period or the newest where it names none."""
    if isinstance(row, PeriodState):
        named = reference.removeprefix(MINISTRY_PERIODS).strip()
        return reference.startswith(MINISTRY_PERIODS) and named in ("", row.period.name)
    return isinstance(row, AwardMonitoring) and row.application == reference


PAGE: ListedPage[Followed, AwardMonitoring] = ListedPage(
    key="monitoring",
    title="Monitoring",
    icon="file",
    list_name="Awards",
    ask=_ask,
    tab=TAB,
    rows=lambda of: of.found.awards or None,
    empty=lambda of: NO_AWARDS,
    row_key=attrgetter("application"),
    columns=AWARD_COLUMNS,
    side=award.SIDE,
    others=(
        Tab[Followed, Any](
            "Overdue",
            lambda of: of.found.overdue if of.found.awards else None,
            lambda of: "Nothing is overdue.",
            columns=OVERDUE_COLUMNS,
            row_key=attrgetter("award.application", "missing.plan.number"),
            list_name="Overdue returns",
            side=award.SIDE,
            about=attrgetter("award"),
        ),
        Tab[Followed, Any](
            "Ministry",
            lambda of: of.periods or None,
            lambda of: NO_AWARDS,
            columns=ministry.PERIOD_COLUMNS,
            row_key=attrgetter("period.name"),
            list_name="Returns to the Ministry",
            side=ministry.SIDE,
        ),
    ),
    wide_minimum=200,
    summary=lambda of: sums_words(of.found) if of.found.awards else "",
    concerns=frozenset(
        {Topic.AWARDS, Topic.DECISIONS, Topic.ROUNDS, Topic.APPLICATIONS, Topic.FUNDS, Topic.ISSUES}
    ),
    begins=False,
    of_round=True,
    finds=_finds,
    foot=lambda at: f"Returns: {bands_words(at.answer.found.bands)}" if at.section == TAB else "",
    acts=(SAVE_WORKBOOK, TAKE_IN, award.CHANGE_BANDS),
)
