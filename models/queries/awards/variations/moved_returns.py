"""The returns that an award owes once a variation moves its project."""

from msgspec.structs import replace

from models.papers.monitoring.monitoring_plan import moved_returns
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_award, reporting_rules
from models.session import Session
from models.values.award_terms import Terms


def with_moved_returns(session: Session, round_id: int, award: AwardRow, terms: Terms) -> Terms:
    """Return the terms of a variation with the returns that go with its dates, where any are planned."""
    of = monitored_award(session, round_id, award.application)
    start_on, end_on = terms.start_on or of.start_on, terms.end_on or of.end_on
    is_same = (start_on, end_on) == (of.start_on, of.end_on)
    if is_same or not of.planned or end_on < start_on:
        return terms
    return replace(terms, returns=moved_returns(of, start_on, end_on, *reporting_rules(session, round_id)))
