"""What is agreed on an award, when it reports, what returns and visits say, what the Ministry is sent."""

import hashlib
from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import next_issue, status_now
from models.operation import Actor
from models.operations.awards.monitoring import (
    AwardPlan,
    PlanReturns,
    PutReturns,
    ReturnPut,
    SetAgreedOutputs,
    SetReturnBands,
    SetVisits,
)
from models.operations.awards.paying import PayInstalment
from models.operations.awards.variations import VaryAward
from models.operations.papers import IssuePaper
from models.operations.set_up.office import SetFund
from models.papers.kinds import KINDS
from models.papers.ministry.summing import MinistryReturn
from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    OutputProgress,
    ReturnContent,
    SupportedNumber,
)
from models.papers.monitoring.monitoring_plan import asked_outputs, is_behind, taken_over
from models.papers.order import PaperOrder
from models.queries.awards.agreements import agreed_points
from models.queries.awards.amendments import agreed_words
from models.queries.awards.awards import awards
from models.queries.awards.ministry import PeriodState, fund_periods, ministry_return, submitted
from models.queries.awards.monitoring import monitored, return_bands
from models.queries.set_up.funds import fund_named
from models.record import Record
from models.reference.defaults import ReturnBand
from models.reference.reporting import read_period
from models.values.awards import PlannedReturn, Terms
from models.values.recommending import LineDecision
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.operations.awards.reported_funds import DIRECT, reported
from tests.models.operations.deciding_rounds import DAY, DECIDER, FINANCE, last_step
from tests.models.operations.monitored_rounds import (
    AGREE,
    OUTPUTS,
    PLAN,
    PUT,
    RETURNS,
    SAID,
    VISIT,
    monitored_award,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, refused, refuses, undo

BANDS = (ReturnBand(100_000, "end"), ReturnBand(None, "halves"))


LONG = "x" * 8_001


def banded(*bands: ReturnBand) -> SetReturnBands:
    return SetReturnBands(1, bands, ())


def agreeing(*outputs: AgreedOutput) -> SetAgreedOutputs:
    return SetAgreedOutputs(1, "ACF-001", outputs, OUTPUTS)


def first(record: Record) -> AwardMonitoring:
    return record.ask(lambda session: monitored(session, 1))[0]


def bands(record: Record) -> tuple[ReturnBand, ...]:
    return record.ask(lambda session: return_bands(session, 1))


def test_what_is_agreed_and_planned_is_changed_around_what_came_in(monitored: Record) -> None:
    other = (replace(OUTPUTS[0], words="Sessions", target=None), OUTPUTS[1], AgreedOutput(3, "A play"))

    outcome = monitored.perform(SetAgreedOutputs(1, "ACF-001", other, OUTPUTS), OFFICER)

    assert first(monitored).outputs == other
    assert first(monitored).returns[0].said == SAID
    undo(monitored, outcome)
    with pytest.raises(Refused, match="Return 1 of A-031-01 mentions “Evening sessions”, so it stays"):
        monitored.perform(SetAgreedOutputs(1, "ACF-001", OUTPUTS[1:], OUTPUTS), OFFICER)

    moved = (replace(RETURNS[0], due_on=date(2027, 4, 1)), PlannedReturn(3, date(2027, 6, 1), "summer"))

    outcome = monitored.perform(PlanReturns(1, (AwardPlan("ACF-001", moved, RETURNS),)), OFFICER)

    assert outcome.words == "2 returns are planned on 1 award."
    assert first(monitored).planned == moved
    assert first(monitored).returns[0].said == SAID
    undo(monitored, outcome)
    with pytest.raises(Refused, match="Return 1 of A-031-01 came in, so it stays"):
        monitored.perform(PlanReturns(1, (AwardPlan("ACF-001", RETURNS[1:], RETURNS),)), OFFICER)


def test_returns_planned_up_to_another_end_than_a_variation_gave_are_told_of(decided: Record) -> None:
    longer = VaryAward(1, "ACF-001", 1, Terms(end_on=date(2027, 10, 1)), "The hall is late.", DAY)
    decided.perform(longer, OFFICER)
    unplanned = first(decided).ends_elsewhere
    told = []
    for last in (
        RETURNS[1],
        replace(RETURNS[1], due_on=date(2027, 10, 1)),
        replace(RETURNS[1], due_on=date(2027, 10, 29), covers_to=date(2027, 9, 30)),
        replace(RETURNS[1], due_on=date(2027, 10, 29), covers_to=date(2027, 10, 1)),
    ):
        decided.perform(PlanReturns(1, (AwardPlan("ACF-001", (last,), first(decided).planned),)), OFFICER)
        told.append(first(decided).ends_elsewhere)

    assert (unplanned, bool(told[0]), told[1], bool(told[2]), told[3]) == ("", True, "", True, "")
    assert told[2] == (
        "The returns of A-031-01 cover the time up to 30 Sep 2027, and a variation ends the project on "
        "1 Oct 2027. Plan its returns again."
    )


def to_edit(record: Record) -> str:
    return record.ask(lambda s: agreed_words(s, 1, awards(s, 1)[0]))


def test_what_a_variation_agrees_is_what_returns_are_asked_about_and_the_agreement_says(
    monitored: Record,
) -> None:
    outcomes = "Evening sessions; Summer school for 12 people"
    assert to_edit(monitored) == "\n".join(one.words for one in first(monitored).outputs)
    monitored.perform(
        VaryAward(1, "ACF-001", 1, Terms(outcomes=outcomes), "The hall is smaller.", DAY), OFFICER
    )
    award = first(monitored)
    assert (is_behind(award), to_edit(monitored)) == (True, outcomes)
    agreed = [(one.words, one.target) for one in agreed_points(award)]

    monitored.perform(SetAgreedOutputs(1, "ACF-001", taken_over(award), award.outputs), OFFICER)

    award = first(monitored)
    assert not is_behind(award)
    # the sessions keep their figure; what a return tells of stays, and is not asked about any more
    assert [one.number for one in award.outputs] == [1, 2, 3]
    assert [(one.words, one.target) for one in asked_outputs(award)] == [
        ("Evening sessions", 40),
        ("Summer school for 12 people", 12),
    ]
    assert agreed == [(one.words, one.target) for one in agreed_points(award)]
    assert agreed == [(one.words, one.target) for one in asked_outputs(award)]


def test_more_spend_than_payments_is_taken_with_a_warning(monitored: Record) -> None:
    ready_to_pay(monitored, "ACF-001", DAY, FINANCE)
    monitored.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)  # £330.00 of £1,000.00
    second = ReturnContent(date(2027, 9, 1), spent_pence=1)

    outcome = monitored.perform(PutReturns(1, (ReturnPut("ACF-001", 2, second, None),)), OFFICER)

    # £450.50 + £0.01 = £450.51, which is £120.51 more than £330.00
    assert outcome.words == (
        "Return 2 of A-031-01 is recorded. £450.51 of spend is evidenced on A-031-01, £120.51 more than the "
        "£330.00 that was paid."
    )
    monitored.perform(PayInstalment(1, "ACF-001", 2, DAY, None), FINANCE)
    assert first(monitored).warning == ""


def test_several_returns_are_taken_in_together_or_not_at_all(decided: Record) -> None:
    decided.perform(PlanReturns(1, (*PLAN.plans, AwardPlan("ACF-002", RETURNS, ()))), OFFICER)
    bare = ReturnContent(date(2027, 3, 3), "Held.")
    puts = (ReturnPut("ACF-001", 1, bare, None), ReturnPut("ACF-002", 1, bare, None))
    refuses(decided, "A-031-02 has no return 7", PutReturns(1, (puts[0], replace(puts[1], number=7))))
    assert first(decided).received == ()

    outcome = decided.perform(PutReturns(1, puts, "returns.xlsx"), OFFICER)

    assert (PutReturns(1, puts).label, outcome.words) == ("Import 2 returns", "2 returns are recorded.")


def test_what_a_return_says_is_whole(monitored: Record) -> None:
    for said, words in (
        (ReturnContent(DAY, spent_pence=-1), "the spend must be"),
        (ReturnContent(DAY, progress=(OutputProgress(9, 1),)), "for one agreed output"),
        (
            ReturnContent(DAY, progress=(OutputProgress(1, 1), OutputProgress(1, 2))),
            "with one line for each output",
        ),
        (ReturnContent(DAY, progress=(OutputProgress(1, None, " "),)), "a figure or words"),
        (ReturnContent(DAY, progress=(OutputProgress(1, -1),)), "a figure reached must be a whole number"),
        (
            ReturnContent(DAY, supported=(SupportedNumber("needs", "x", -1),)),
            "a number of people must be a whole",
        ),
        (ReturnContent(DAY, supported=(SupportedNumber("pets", "x", 1),)), "counted under a service area"),
        (ReturnContent(DAY, supported=(SupportedNumber("needs", "x", 1),) * 2), "once under each line"),
    ):
        with pytest.raises(Refused, match=f"Return 2 of A-031-01: .*{words}"):
            monitored.perform(PutReturns(1, (ReturnPut("ACF-001", 2, said, None),)), OFFICER)


def test_what_does_not_hold_together_is_refused(monitored: Record) -> None:
    before = first(monitored), bands(monitored)
    for operation, words in (
        (PutReturns(1, ()), "There is no return to record"),
        (PUT, "Return 1 of A-031-01 was changed in the meantime"),
        (PutReturns(1, (ReturnPut("ACF-001", 1, SAID, SAID),)), "says that already"),
        (PutReturns(1, PUT.puts * 2), "twice at once"),
        (PutReturns(1, (ReturnPut("ACF-003", 1, SAID, None),)), "ACF-003 has no award"),
        (AGREE, "What is agreed on ACF-001 was changed in the meantime"),
        (SetVisits(1, "ACF-001", (), ()), "The visits to ACF-001 were changed in the meantime"),
        (SetVisits(1, "ACF-001", (replace(VISIT, who=" "),), (VISIT,)), "who went and what was seen"),
        (SetReturnBands(1, (), BANDS), "How often awards report was changed in the meantime"),
        (banded(ReturnBand(100, "end")), "the last line must be for any amount"),
        (
            banded(ReturnBand(200, "end"), ReturnBand(200, "end"), ReturnBand(None, "end")),
            "Each amount must be higher",
        ),
        (banded(ReturnBand(None, "monthly")), "at the end, half way and at the end, or quarterly"),
        (agreeing(AgreedOutput(1, " ")), "Say in each line what is agreed"),
        (agreeing(AgreedOutput(1, "A", -1)), "a whole number, 0 or more"),
        (agreeing(AgreedOutput(1, "A"), AgreedOutput(1, "B")), "its own number, from 1"),
        (agreeing(AgreedOutput(2, "A"), AgreedOutput(1, "B")), "in the order of its numbers"),
        (agreeing(*(AgreedOutput(n, "A") for n in range(1, 62))), "There is room for 60 lines"),
        (PlanReturns(1, ()), "There is no award to plan returns of"),
        (PlanReturns(1, (AwardPlan("ACF-003", RETURNS, ()),)), "ACF-003 has no award"),
        (PlanReturns(1, (AwardPlan("ACF-001", RETURNS, ()),)), "The returns of ACF-001 were changed in the"),
        (PlanReturns(1, (AwardPlan("ACF-001", RETURNS[::-1], RETURNS),)), "in date order"),
        (
            PlanReturns(1, (AwardPlan("ACF-001", (replace(RETURNS[0], words=" "),), RETURNS),)),
            "what each return covers",
        ),
        (agreeing(AgreedOutput(1, LONG)), "longer than 8,000 characters"),
        (SetVisits(1, "ACF-001", (replace(VISIT, seen=LONG),), (VISIT,)), "longer than 8,000 characters"),
        (
            PutReturns(1, (ReturnPut("ACF-001", 2, ReturnContent(DAY, LONG), None),)),
            "longer than 8,000 characters",
        ),
    ):
        refuses(monitored, words, operation)
    assert (first(monitored), bands(monitored)) == before


def test_a_corrected_decision_leaves_what_is_monitored(record: Record) -> None:
    monitored_award(record)
    line = LineDecision("ACF-001", "change", "part_fund", 90_000, "less is needed", "It meets a need.")

    record.perform(replace(last_step(line, notice="032/2026"), correcting=True), DECIDER)

    award = record.ask(lambda session: monitored(session, 1))[1]
    assert (award.reference, award.amount_pence, award.returns[0].said) == ("A-032-01", 90_000, SAID)


AT = datetime(2027, 4, 20, 9, 0, tzinfo=UTC)
Q4 = PaperOrder("ministry", AT, fund="VF", period="2026/27-Q4")
LATE = ReturnContent(date(2027, 4, 25), "Rung again.", 50_000)


def made(record: Record, order: PaperOrder = Q4) -> MinistryReturn:
    return record.ask(partial(ministry_return, order=order))


def issue(record: Record, order: PaperOrder = Q4) -> IssuePaper:
    value = made(record, order)
    found = record.ask(partial(next_issue, order=order, value=value))
    assert found is not None
    return found.operation


def state(record: Record, day: date) -> PeriodState:
    found = record.ask(partial(fund_periods, code="VF", today=day))
    return next(one for one in found if one.period.name == "2026/27-Q4")


def test_a_return_is_submitted_once_its_period_is_over_and_then_stands(
    record: Record, clock: TickingClock
) -> None:
    reported(record)
    clock.now = datetime(2027, 3, 31, 23, 0, tzinfo=UTC)
    refuses(record, "once the period is over, after 31 March 2027", issue(record))
    clock.now = AT

    outcome = record.perform(issue(record), OFFICER)

    assert (outcome.words, outcome.inverse) == ("Version 1 was issued.", None)
    there = state(record, AT.date())
    assert (there.words, there.may_be_submitted) == ("Submitted 20 Apr 2027", False)
    assert there.submitted is not None
    assert (there.submitted.issued_by, there.submitted.version) == (OFFICER.name, 1)
    assert record.ask(partial(next_issue, order=Q4, value=made(record))) is None
    assert record.ask(partial(status_now, order=Q4, value=made(record))).version == 1


def test_what_comes_in_after_it_is_late_and_leads_to_a_correction(
    record: Record, clock: TickingClock
) -> None:
    line = reported(record)
    clock.now = AT
    before = issue(record)
    record.perform(before, OFFICER)
    first = made(record)

    record.perform(PutReturns(DIRECT, (ReturnPut(line, 2, LATE, None),)), OFFICER)

    value = made(record)
    award = next(one.award for one in value.providers if one.application == line)
    assert value.corrects == 1
    assert value.changes[0] == f"{award}, return 2 (quarter 2): came in 25 Apr 2027, was due on 28 Apr 2027."
    assert value.changes[-1] == "Service area “Referral and needs assessment”, evidenced: £500.00, was none."
    assert state(record, date(2027, 4, 26)).words == f"{len(value.changes)} changes since 20 Apr 2027"
    refused("Say why it is corrected", issue, record)
    corrected = replace(Q4, reason="A late return.")
    operation = issue(record, corrected)
    content = KINDS["ministry"].text_of(replace(made(record, corrected), reason=""))
    silent = replace(operation, content=content, sha256=hashlib.sha256(content.encode()).hexdigest())
    refuses(record, "Say why it is corrected", silent)
    assert record.perform(operation, OFFICER).words == "Version 2 was issued."
    stands = made(record)
    assert (stands.reason, stands.corrects, stands.changes) == ("A late return.", 1, value.changes)
    fund = record.ask(partial(fund_named, name="VF"))
    newest = record.ask(partial(submitted, fund=fund, period=read_period("2026/27-Q4")))
    assert newest is not None
    assert newest.supersedes == 1
    assert first.corrects == 0
    refuses(record, "was submitted in the meantime", replace(before, after_row=record.head().seq))


def test_the_chair_submits_none(record: Record, clock: TickingClock) -> None:
    reported(record)
    clock.now = AT

    with pytest.raises(Refused, match="An officer or finance writes this paper, not the chair"):
        record.perform(issue(record), Actor("Ravi Example", "chair"))

    # A year is written and not submitted where the fund reports by quarter.
    with pytest.raises(Refused, match="reports every quarter, so 2026/27 is written as a draft"):
        record.perform(issue(record, replace(Q4, period="2026/27")), OFFICER)
    assert issue(record).label == "Submit the return to the Ministry, VF · 2026/27-Q4"

    # A fund that no longer reports submits nothing.
    made_before = issue(record)
    rules = record.ask(partial(fund_named, name="VF")).rules
    record.perform(SetFund("VF", replace(rules, reports_every=None), rules), OFFICER)
    refuses(record, "Victims Fund no longer reports to the Ministry", made_before)
