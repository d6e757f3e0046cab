"""Returns move with the dates of their project: at once, once signed, and back when that is undone."""

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.monitoring import AwardPlan, PlanReturns, PutReturns, ReturnPut
from models.operations.awards.variations import VaryAward
from models.papers.monitoring.monitoring import AwardMonitoring, ReturnContent
from models.papers.monitoring.monitoring_plan import planned_returns
from models.queries.awards.agreements import agreed_returns
from models.queries.awards.amendments import change_words, moved_reports, with_moved_returns
from models.queries.awards.monitoring import monitored, reporting_rules
from models.record import Record
from models.reference.defaults import ReturnBand
from models.reference.reporting import Every
from models.values.awards import PlannedReturn, Terms
from scoring.written.text import Refused
from tests.models.made_once import made_once
from tests.models.operations.awards.varied_awards import DAY, OF, half_paid, sign_both, the_award
from tests.models.rounds import OFFICER, assert_replays, undo

HALF_WAY = PlannedReturn(1, date(2027, 4, 28), "half way", date(2027, 3, 31))
THE_END = PlannedReturn(2, date(2027, 10, 28), "the end", date(2027, 9, 30))
END = date(2027, 12, 31)
LATER = PlannedReturn(2, date(2028, 1, 28), "the end", END)
"""28 days after the new end."""


@made_once
def planned_award(record: Record) -> Record:
    """An award with two returns on days that the office chose."""
    half_paid(record)
    record.perform(PlanReturns(1, (AwardPlan(OF, (HALF_WAY, THE_END), ()),)), OFFICER)
    return record


def reports(record: Record) -> AwardMonitoring:
    return record.ask(lambda s: next(one for one in monitored(s, 1) if one.application == OF))


def days(record: Record) -> tuple[date, date]:
    award = reports(record)
    return award.start_on, award.end_on


def rules(record: Record) -> tuple[Sequence[ReturnBand], Every | None]:
    return record.ask(lambda s: reporting_rules(s, 1))


def vary(record: Record, **terms: object) -> Outcome:
    said = Terms(**terms)  # type: ignore[arg-type]
    award = the_award(record)
    moved = record.ask(lambda s: with_moved_returns(s, 1, award, said))
    number = len(award.variations) + 1
    return record.perform(VaryAward(1, OF, number, moved, "The hall is late.", DAY), OFFICER)


def came(record: Record, number: int) -> None:
    said = ReturnContent(DAY, "As agreed.")
    record.perform(PutReturns(1, (ReturnPut(OF, number, said, None),)), OFFICER)


def test_the_last_return_and_the_agreement_move_with_the_end_and_back(record: Record) -> None:
    planned_award(record)

    outcome = vary(record, end_on=END)

    award = reports(record)
    assert (award.planned, award.ends_elsewhere) == ((HALF_WAY, LATER), "")
    rules = record.ask(lambda s: reporting_rules(s, 1))
    assert [one.due_on for one in agreed_returns(award, *rules)] == [HALF_WAY.due_on, LATER.due_on]
    told = list(change_words(the_award(record).varied[-1]))
    assert told[1] == "the reports are due on 28 Apr 2027 and 28 Jan 2028"
    undone = undo(record, outcome)
    assert reports(record).planned == (HALF_WAY, THE_END)
    undo(record, undone)
    assert reports(record).planned == (HALF_WAY, LATER)
    assert_replays(record)


def test_with_more_money_they_move_once_it_is_signed_and_what_came_in_stays(record: Record) -> None:
    planned_award(record)
    vary(record, end_on=date(2027, 2, 28), amount_pence=120_000)
    came(record, 1)
    assert reports(record).planned == (HALF_WAY, THE_END)

    sign_both(record)

    # the half-way return was to fall away with the shorter project, and came in while it waited
    shorter = replace(THE_END, due_on=date(2027, 3, 30), covers_to=date(2027, 2, 28))
    assert reports(record).planned == (shorter, HALF_WAY)
    assert_replays(record)


def test_an_end_that_was_reported_is_told_apart_from_the_end_that_a_later_one_moves_to(
    record: Record,
) -> None:
    half_paid(record)
    (end,) = planned_returns(the_award(record).amount_pence, *days(record), *rules(record))
    record.perform(PlanReturns(1, (AwardPlan(OF, (end,), ()),)), OFFICER)
    came(record, 1)

    outcome = vary(record, end_on=END)

    first, last = reports(record).planned
    assert (first.words, first.due_on) == ("the end as first planned", end.due_on)
    assert (last.words, last.due_on) == ("the end", LATER.due_on)
    assert reports(record).returns[0].said is not None, "what came in keeps what it says"
    moved = record.ask(lambda s: moved_reports(s, 1, the_award(record), DAY))
    assert moved == {1: "a further report is due by 28 January 2028"}
    came(record, 2)
    vary(record, end_on=date(2028, 6, 30))
    assert [one.words for one in reports(record).planned] == [
        "the end as first planned",
        "the end as planned to 31 December 2027",
        "the end",
    ]
    assert outcome.inverse is not None
    assert_replays(record)


def test_days_that_were_planned_since_are_left_alone(record: Record) -> None:
    planned_award(record)
    outcome = vary(record, end_on=END)
    own = (replace(HALF_WAY, words="spring"), LATER)
    record.perform(PlanReturns(1, (AwardPlan(OF, own, (HALF_WAY, LATER)),)), OFFICER)

    undo(record, outcome)

    assert reports(record).planned == own


def test_no_return_moves_where_no_date_does_or_none_is_planned(record: Record) -> None:
    half_paid(record)
    vary(record, end_on=END)
    assert reports(record).planned == ()
    record.perform(PlanReturns(1, (AwardPlan(OF, (HALF_WAY, LATER), ()),)), OFFICER)
    vary(record, amount_pence=90_000, end_on=END)

    assert [row.becomes.returns for row in the_award(record).variations] == [None, None]


def test_a_return_that_came_in_is_not_varied_away(record: Record) -> None:
    planned_award(record)
    came(record, 1)
    gone = VaryAward(1, OF, 1, Terms(end_on=END, returns=(LATER,)), "The hall is late.", DAY)

    with pytest.raises(Refused, match="Return 1 of A-031-01 came in, so it stays"):
        record.perform(gone, OFFICER)
