"""The monitoring of a round from the record: progress, what is overdue, and the Ministry's figures."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import event

from models.operations.awards.monitoring import AwardPlan, PlanReturns, PutReturns, ReturnPut, SetReturnBands
from models.operations.deciding.signing import SignRecommendations
from models.papers.monitoring.monitoring import Monitoring, ReturnContent, SupportedNumber
from models.papers.order import PaperOrder
from models.queries.awards.monitoring import (
    OpenReturn,
    monitored,
    monitoring,
    monitoring_of,
    open_returns,
    progress_by_award,
)
from models.queries.papers.papers import paper_value
from models.record import Record
from models.reference.defaults import USUAL_RETURNS, ReferenceList, ReturnBand
from models.session import Session
from models.values import canonical
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.operations.monitored_rounds import OUTPUTS, RETURNS, VISIT, awarded, monitored_award
from tests.models.rounds import OFFICER

TODAY = date(2027, 9, 11)
NEEDS = ReferenceList("needs", "Category of need", ("Shelter and accommodation", "Drugs and alcohol"))


def asked(record: Record, today: date = TODAY, area: str | None = None) -> Monitoring:
    order = PaperOrder(
        "monitoring", datetime(today.year, today.month, today.day, tzinfo=UTC), round_id=1, area=area
    )
    found = record.ask(partial(monitoring, order=order))
    assert isinstance(found, Monitoring)
    return found


def test_an_award_has_what_was_agreed_what_came_in_and_visits(record: Record) -> None:
    monitored_award(record)

    award = asked(record).awards[0]

    assert (award.reference, award.project, award.amount_pence) == ("A-031-01", "Project 1", 100_000)
    assert (award.outputs, award.planned, award.visits) == (OUTPUTS, RETURNS, (VISIT,))
    assert award.evidenced_pence == 45_050
    assert award.warning == (
        "£450.50 of spend is evidenced on A-031-01, £450.50 more than the £0.00 that was paid."
    )
    assert award.next_due is not None
    assert award.next_due.plan == RETURNS[1]


def test_progress_is_told_output_by_output_and_then_in_words(record: Record) -> None:
    monitored_award(record)

    told = record.ask(progress_by_award)

    assert list(told.values()) == [
        "Evening sessions: 12 of 40\nYoung people feel safer on their way home: Most say so\n"
        "Twelve evenings were held."
    ]


def test_an_award_without_a_return_tells_no_progress(record: Record) -> None:
    awarded(record)
    record.perform(PlanReturns(1, (AwardPlan("ACF-001", RETURNS, ()),)), OFFICER)

    assert record.ask(progress_by_award) == {}


def test_what_is_overdue_stands_with_the_longest_first(record: Record) -> None:
    monitored_award(record)
    record.perform(PlanReturns(1, (AwardPlan("ACF-002", RETURNS, ()),)), OFFICER)

    late = [(one.award.reference, one.missing.plan.number, one.days) for one in asked(record).overdue]

    # due on 1 March (194 days before 11 September) and 1 September (10 days)
    assert late == [("A-031-02", 1, 194), ("A-031-01", 2, 10), ("A-031-02", 2, 10)]
    assert [one.at_risk_pence for one in asked(record).overdue] == [0, 0, 0]
    assert asked(record, date(2027, 3, 1)).overdue == ()
    assert asked(record).control == "2 awards, £3,000.00, 1 of 4 returns received, 3 overdue"


def test_what_is_not_in_yet_is_asked_for_in_one_statement_with_how_late_it_is(record: Record) -> None:
    monitored_award(record)

    found = record.ask(partial(open_returns, round_id=1, today=TODAY))

    assert found[0] == OpenReturn("A-031-01", "Coventry", date(2027, 9, 1), 10)
    assert all(one.days == (TODAY - one.due_on).days for one in found)
    assert [one.days > 0 for one in found] == [True, *[False] * (len(found) - 1)]
    assert record.ask(partial(open_returns, round_id=1, today=date(2027, 9, 1)))[0].days == 0
    assert record.ask(partial(open_returns, round_id=2, today=TODAY)) == ()


def test_a_round_has_the_rule_of_its_fund_until_it_sets_its_own(record: Record) -> None:
    awarded(record)
    assert (asked(record).bands, asked(record).own_bands) == (USUAL_RETURNS, False)
    own = (ReturnBand(None, "halves"),)

    record.perform(SetReturnBands(1, own, ()), OFFICER)

    assert (asked(record).bands, asked(record).own_bands) == (own, True)


def test_a_project_whose_application_gives_no_dates_starts_with_its_decision(record: Record) -> None:
    awarded(record)
    assert asked(record).awards[0].start_on == date(2026, 12, 2)  # the day of the decision
    assert asked(record).awards[0].end_on == date(2027, 12, 1)


def test_a_project_starts_and_ends_as_its_application_says(record: Record) -> None:
    rows = deciding_rows()
    said = replace(
        rows.applications[0], start_on=date(2027, 1, 1), end_on=date(2027, 6, 30), outcomes="40 sessions"
    )
    recommended(record, replace(rows, applications=(said, *rows.applications[1:])))
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    award = asked(record).awards[0]

    assert (award.start_on, award.end_on, award.wished) == (
        date(2027, 1, 1),
        date(2027, 6, 30),
        "40 sessions",
    )


def test_one_area_is_told_alone(record: Record) -> None:
    awarded(record)

    assert len(asked(record, area="Coventry").awards) == 2
    with pytest.raises(Refused, match="No award is decided in Dudley in this round yet"):
        asked(record, area="Dudley")


def test_a_round_without_awards_has_no_paper_and_an_empty_page(record: Record) -> None:
    recommended(record, deciding_rows())

    with pytest.raises(Refused, match="No award is decided in this round yet, so there is nothing to mon"):
        asked(record)
    assert record.ask(lambda s: monitoring_of(s, 1, TODAY)).awards == ()
    assert record.ask(lambda s: monitored(s, 1)) == ()


def test_a_round_that_is_gone_is_refused(record: Record) -> None:
    awarded(record)

    with pytest.raises(Refused, match="no longer in the record"):
        record.ask(lambda s: monitoring_of(s, 9, TODAY))


def test_figures_for_the_ministry_are_summed_and_what_is_missing_is_named(record: Record) -> None:
    monitored_award(record)
    record.perform(PlanReturns(1, (AwardPlan("ACF-002", RETURNS, ()),)), OFFICER)
    more = ReturnContent(
        date(2027, 3, 1),
        supported=(
            SupportedNumber("needs", "Shelter and accommodation", 5),
            SupportedNumber("needs", "A line of before", 2),
        ),
    )
    record.perform(PutReturns(1, (ReturnPut("ACF-002", 1, more, None),)), OFFICER)

    found = replace(asked(record), lists=(NEEDS,))

    # 7 + 5 = 12 people; both awards say so, and neither counts any for drugs and alcohol
    assert [(one.line, one.supported, one.given, one.missing) for one in found.sums] == [
        ("Shelter and accommodation", 12, 2, 0),
        ("Drugs and alcohol", 0, 0, 2),
        ("A line of before", 2, 1, 1),
    ]
    assert found.missing == ("Lines are empty in what came from A-031-01, A-031-02.",)
    assert (found.list_title("needs"), found.list_title("other")) == ("Category of need", "other")
    assert replace(found, lists=()).missing == ()


def test_the_paper_is_canonical_and_asked_by_its_kind(record: Record) -> None:
    monitored_award(record)
    order = PaperOrder("monitoring", datetime(2027, 9, 11, tzinfo=UTC), round_id=1)

    value = record.ask(partial(paper_value, order=order))

    assert value.title == "Monitoring, Active Citizens Fund 2026/27, Autumn"
    assert canonical.from_text(Monitoring, canonical.to_text(value)) == value


def test_the_statements_do_not_grow_with_the_awards(record: Record) -> None:
    awarded(record)
    counts = []
    for _ in range(2):
        record.transactions.parts.clear()
        counts.append(_statements(record))
        record.perform(PlanReturns(1, (AwardPlan(f"ACF-00{len(counts)}", RETURNS, ()),)), OFFICER)

    assert counts[0] == counts[1]


def _statements(record: Record) -> int:
    said: list[str] = []

    def ask(session: Session) -> None:
        def note(*args: object) -> None:
            said.append(str(args[2]))

        engine = session.engine
        event.listen(engine, "before_cursor_execute", note)
        monitoring_of(session, 1, TODAY)
        event.remove(engine, "before_cursor_execute", note)

    record.ask(ask)
    return len(said)
