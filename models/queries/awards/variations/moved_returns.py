"""The returns that an award owes once a variation moves its project, and how its papers tell of them."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from models.papers.monitoring.award_monitoring import PlannedReturn
from models.papers.monitoring.monitoring_plan import moved_returns, planned_returns, still_to_come
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import YEAR, monitored_award, reporting_rules
from models.queries.awards.variations.variations import VariationRow
from models.session import Session
from models.values.award_terms import Terms
from scoring.counted import listed, noun
from scoring.written.days import full_day


def with_moved_returns(session: Session, round_id: int, award: AwardRow, terms: Terms) -> Terms:
    """Return the terms of a variation with the returns that go with its dates, where any are planned."""
    of = monitored_award(session, round_id, award.application)
    start_on, end_on = terms.start_on or of.start_on, terms.end_on or of.end_on
    is_same = (start_on, end_on) == (of.start_on, of.end_on)
    if is_same or not of.planned or end_on < start_on:
        return terms
    return replace(terms, returns=moved_returns(of, start_on, end_on, *reporting_rules(session, round_id)))


def moved_reports(session: Session, round_id: int, award: AwardRow, today: date) -> dict[int, str]:
    """Return which reports each variation of an award moves, in words; one that moves none is left out.

    Where nobody planned any they are those that the fund's bands ask, as its agreement has them: while nobody
    has signed it, those still to come.
    """
    if not award.varied:
        return {}
    of, rules = monitored_award(session, round_id, award.application), reporting_rules(session, round_id)
    start_on, end_on = of.start_on, of.end_on
    found = {}
    for one in reversed(award.varied):
        was, now = one.was.returns or (), one.becomes.returns or ()
        began, ended = one.was.start_on or start_on, _ended(one, start_on, end_on)
        if not of.planned:
            was = planned_returns(one.from_pence, began, ended, *rules)
            now = planned_returns(one.to_pence, start_on, end_on, *rules)
            if award.agreed_on is None:
                was, now = still_to_come(was, today), still_to_come(now, today)
        if now and _due(was) != _due(now):
            found[one.number] = _moved_words(was, now)
        start_on, end_on = began, ended
    return found


def _ended(one: VariationRow, start_on: date, end_on: date) -> date:
    """Return when the project was to end before a variation: as was said, else as long after as is usual."""
    if one.was.end_on is None and one.becomes.end_on is not None:
        return (one.was.start_on or start_on) + YEAR
    return one.was.end_on or end_on


def _moved_words(was: Iterable[PlannedReturn], now: Iterable[PlannedReturn]) -> str:
    """Say when an award reports; where every report of before stays, on which days it reports besides."""
    due, before = _due(now), _due(was)
    further = [day for day in due if day not in before]
    if before and further and set(before) <= set(due):
        are = noun(len(further), "a further report is", "further reports are")
        return f"{are} due by {listed(list(map(full_day, further)))}"
    many = len(due)
    words = f"the {noun(many, 'report')} {noun(many, 'is', 'are')} due by {listed(list(map(full_day, due)))}"
    return f"{words}, in place of {listed(list(map(full_day, before)))}" if before else words


def _due(returns: Iterable[PlannedReturn]) -> list[date]:
    return [one.due_on for one in returns]
