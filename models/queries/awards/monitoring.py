"""The monitoring of a round's awards: what was agreed, what came in, and what is missing."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    Monitoring,
    OutputProgress,
    ReturnContent,
    SupportedNumber,
    Visit,
)
from models.papers.order import PaperOrder
from models.queries.applications.choices import counted_as
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.papers.paper_texts import letterhead
from models.queries.rows import rows_by
from models.queries.set_up.funds import fund_name_on, fund_rules_of, round_rules
from models.queries.set_up.rounds import round_line
from models.reference.defaults import USUAL_RETURNS, ReturnBand
from models.reference.reporting import Every
from models.schema.monitoring import (
    agreed_output_table,
    award_return_table,
    output_progress_table,
    return_band_table,
    supported_number_table,
    visit_table,
)
from models.schema.personal import ERASED
from models.session import Session
from models.store.parts import part
from models.values.awards import PlannedReturn
from scoring.written.text import Refused

_OF_RETURN = "application_id return_number"
_outputs = rows_by(AgreedOutput, agreed_output_table, "application_id", "number")
_visits = rows_by(Visit, visit_table, "application_id", "number", on="visited_on")
_progress = rows_by(
    OutputProgress, output_progress_table, _OF_RETURN, "output_number", output="output_number"
)
_supported = rows_by(SupportedNumber, supported_number_table, _OF_RETURN, "group line")
_bands = rows_by(ReturnBand, return_band_table, "round_id", "number")


def _kept(session: Session) -> Mapping[int, Mapping[str, tuple[Any, ...]]]:
    """Return what is kept of the awards of all rounds, by application, each by its name."""
    found: dict[int, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    every = {"outputs": _outputs(session), "returns": _returns(session), "visits": _visits(session)}
    for name, rows in every.items():
        for number, held in rows.items():
            found[number][name] = tuple(held)
    return found


def _returns(session: Session) -> Mapping[int, list[AwardReturn]]:
    """Return what reports are planned, and what those that came in tell."""
    table, done, supported = award_return_table, _progress(session), _supported(session)
    found: dict[int, list[AwardReturn]] = defaultdict(list)
    for row in session.execute(select(table).order_by(table.c.due_on, table.c.number)):
        told, key = None, (row.application_id, row.number)
        if row.received_on is not None:
            lines = done.get(key, ()), supported.get(key, ())
            told = ReturnContent(row.received_on, row.said, row.spent_pence, *lines)
        planned = PlannedReturn(row.number, row.due_on, row.words, row.covers_to)
        found[row.application_id].append(AwardReturn(planned, told))
    return found


class OpenReturn(Struct, frozen=True):
    """A return that is not in yet, and by how many days it is late: under 1 before that."""

    award: str
    area: str
    due_on: date
    days: int


@part
def open_returns(session: Session, round_id: int, today: date) -> tuple[OpenReturn, ...]:
    """Return what is not in yet of the awards that stand, with how late it is on a day, the longest first."""
    missing = (
        OpenReturn(of.reference, of.area, one.plan.due_on, (today - one.plan.due_on).days)
        for row, of in monitored_rows(session, round_id)
        for one in of.returns
        if one.said is None and row.stands
    )
    return tuple(sorted(missing, key=attrgetter("due_on", "award")))


YEAR = timedelta(days=364)
"""How long a project goes on whose application does not say, from its first day or else its decision.

The signature moves no end: the agreement names it that both sign.
"""


def monitoring(session: Session, order: PaperOrder) -> Monitoring:
    """Return the paper of a round, of one area where the order names one; raises Refused without awards."""
    found = monitoring_of(session, order.of_round, order.today, order.area)
    if not found.awards:
        where = f" in {order.area}" if order.area else ""
        raise Refused(f"No award is decided{where} in this round yet, so there is nothing to monitor.")
    return found


def monitoring_of(session: Session, round_id: int, today: date, area: str | None = None) -> Monitoring:
    """Return a round's monitoring as on a day, of one area or (None) of all."""
    of, rules = round_line(session, round_id), round_rules(session, round_id)
    own = return_bands(session, round_id)
    office, head = letterhead(session, "monitoring", today)
    under = counted_as(session, round_id)
    return Monitoring(
        office=office,
        letterhead=head,
        fund=fund_name_on(session, round_id, today),
        round_name=of.name,
        year=of.year,
        marking=of.marking,
        today=today,
        bands=own or rules.returns or USUAL_RETURNS,
        own_bands=bool(own),
        lists=rules.counted_lists(),
        every=fund_rules_of(session, round_id).reports_every,
        awards=tuple(
            replace(one, counted_under=under[one.application])
            for row, one in monitored_rows(session, round_id)
            if area in (None, one.area) and row.stands
        ),
    )


def monitored(session: Session, round_id: int) -> tuple[AwardMonitoring, ...]:
    return tuple(one for _, one in monitored_rows(session, round_id))


def monitored_award(session: Session, round_id: int, application: str) -> AwardMonitoring:
    return next(one for one in monitored(session, round_id) if one.application == application)


def monitored_rows(
    session: Session, round_id: int, signed: Mapping[str, date] = MappingProxyType({})
) -> tuple[tuple[AwardRow, AwardMonitoring], ...]:
    """Return each award of a round as it stands, and what is known of its progress.

    `signed` are days on which agreements are about to be signed, by application.
    """
    made = tuple(
        replace(row, agreed_on=signed.get(row.application, row.agreed_on)) if signed else row
        for row in awards(session, round_id)
    )
    if not made:
        return ()
    kept = _kept(session)
    return tuple((row, replace(_monitored(row), **kept.get(row.number, {}))) for row in made)


def return_bands(session: Session, round_id: int) -> tuple[ReturnBand, ...]:
    """Return how often a round's awards report where the round says so itself."""
    return _bands(session).get(round_id, ())


def reporting_rules(session: Session, round_id: int) -> tuple[tuple[ReturnBand, ...], Every | None]:
    """Return how often awards of a round report by their amount, and how often its fund does itself."""
    bands = return_bands(session, round_id) or round_rules(session, round_id).returns or USUAL_RETURNS
    return bands, fund_rules_of(session, round_id).reports_every


def progress_by_award(session: Session) -> Mapping[int, str]:
    """Return what year tables print as progress, by application of any round, in five statements.

    An award that nothing is known of is left out.
    """
    bare = AwardMonitoring("", "", "", "", "", 0, 0, date.min, date.min)
    told = {number: replace(bare, **kept).progress for number, kept in _kept(session).items()}
    return {number: words for number, words in told.items() if words}


def _monitored(row: AwardRow) -> AwardMonitoring:
    of = row.applied
    first, last = row.project_days
    start_on = first or row.decided_on or date.min
    end_on = last or (row.days[0] or row.decided_on or date.min) + YEAR
    end_on = end_on if end_on >= start_on else start_on + YEAR
    return AwardMonitoring(
        application=row.application,
        reference=row.reference,
        organisation=row.organisation,
        project=of.project,
        area=row.area,
        amount_pence=row.amount_pence - row.returned_pence,
        paid_pence=row.paid_pence - row.returned_pence,
        start_on=start_on,
        end_on=end_on,
        wished=of.outcomes,
        varied_end=row.terms.end_on,
        varied=None if row.terms.outcomes == ERASED else row.terms.outcomes,
        is_agreed=row.agreed_on is not None,
        agreed_pence=row.stands_pence if row.agreed_pence != row.amount_pence else None,
        proposed=f"{row.proposed_words}." if row.proposed_words else "",
    )
