"""Submitting a return to the Ministry: locked with who and when, corrected as a new version."""

import hashlib
from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import next_issue, status_now
from models.operation import Actor
from models.operations.awards.monitoring import PutReturns, ReturnPut
from models.operations.papers import IssuePaper
from models.operations.set_up.fund_changes import SetFund
from models.papers.kinds import KINDS
from models.papers.ministry.summing import MinistryReturn
from models.papers.monitoring.monitoring import ReturnContent
from models.papers.order import PaperOrder
from models.queries.awards.ministry import PeriodState, fund_periods, ministry_return, submitted
from models.queries.set_up.funds import fund_named
from models.record import Record
from models.reference.reporting import read_period
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.operations.awards.reported_funds import DIRECT, reported
from tests.models.rounds import OFFICER, assert_replays

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
    assert found is not None
    return next(one for one in found.periods if one.period.name == "2026/27-Q4")


def test_a_return_is_submitted_once_its_period_is_over_and_then_stands(
    record: Record, clock: TickingClock
) -> None:
    line = reported(record)
    clock.now = datetime(2027, 3, 31, 23, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="once the period is over, after 31 March 2027"):
        record.perform(issue(record), OFFICER)
    clock.now = AT

    outcome = record.perform(issue(record), OFFICER)

    assert (outcome.words, outcome.inverse) == ("Version 1 was issued.", None)
    there = state(record, AT.date())
    assert (there.words, there.may_be_submitted) == ("Submitted 20 Apr 2027", False)
    assert there.submitted is not None
    assert (there.submitted.issued_by, there.submitted.version) == (OFFICER.name, 1)
    assert record.ask(partial(next_issue, order=Q4, value=made(record))) is None
    assert record.ask(partial(status_now, order=Q4, value=made(record))).version == 1
    assert_replays(record)
    assert line


def test_what_comes_in_after_it_is_late_and_leads_to_a_correction(
    record: Record, clock: TickingClock
) -> None:
    line = reported(record)
    clock.now = AT
    record.perform(issue(record), OFFICER)
    first = made(record)

    record.perform(PutReturns(DIRECT, (ReturnPut(line, 2, LATE, None),)), OFFICER)

    value = made(record)
    award = next(one.award for one in value.providers if one.application == line)
    assert value.corrects == 1
    assert value.changes[0] == f"{award}, return 2 (quarter 2): came in 25 Apr 2027, was due on 28 Apr 2027."
    assert value.changes[-1] == "Service area “Referral and needs assessment”, evidenced: £500.00, was none."
    assert state(record, date(2027, 4, 26)).words == f"{len(value.changes)} changes since 20 Apr 2027"
    with pytest.raises(Refused, match="Say why it is corrected"):
        issue(record)
    corrected = replace(Q4, reason="A late return.")
    operation = issue(record, corrected)
    content = KINDS["ministry"].text_of(replace(made(record, corrected), reason=""))
    silent = replace(operation, content=content, sha256=hashlib.sha256(content.encode()).hexdigest())
    with pytest.raises(Refused, match="Say why it is corrected"):
        record.perform(silent, OFFICER)
    assert record.perform(operation, OFFICER).words == "Version 2 was issued."
    stands = made(record)
    assert (stands.reason, stands.corrects, stands.changes) == ("A late return.", 1, value.changes)
    fund = record.ask(partial(fund_named, name="VF"))
    newest = record.ask(partial(submitted, fund=fund, period=read_period("2026/27-Q4")))
    assert newest is not None
    assert newest.supersedes == 1
    assert first.corrects == 0
    assert_replays(record)


def test_a_correction_of_what_was_corrected_in_the_meantime_is_refused(
    record: Record, clock: TickingClock
) -> None:
    line = reported(record)
    clock.now = AT
    before = issue(record)
    record.perform(before, OFFICER)
    record.perform(PutReturns(DIRECT, (ReturnPut(line, 2, LATE, None),)), OFFICER)
    correction = issue(record, replace(Q4, reason="A late return."))
    record.perform(correction, OFFICER)

    with pytest.raises(Refused, match="was submitted in the meantime"):
        record.perform(replace(before, after_row=record.head().seq), OFFICER)


def test_a_year_is_written_and_not_submitted_where_the_fund_reports_by_quarter(
    record: Record, clock: TickingClock
) -> None:
    reported(record)
    clock.now = AT

    with pytest.raises(Refused, match="reports every quarter, so 2026/27 is written as a draft"):
        record.perform(issue(record, replace(Q4, period="2026/27")), OFFICER)
    assert issue(record).label == "Submit the return to the Ministry, VF · 2026/27-Q4"


def test_a_fund_that_no_longer_reports_submits_nothing(record: Record, clock: TickingClock) -> None:
    reported(record)
    clock.now = AT
    made_before = issue(record)
    rules = record.ask(partial(fund_named, name="VF")).rules
    record.perform(SetFund("VF", replace(rules, reports_every=None), rules), OFFICER)

    with pytest.raises(Refused, match="Victims Fund no longer reports to the Ministry"):
        record.perform(made_before, OFFICER)


def test_the_chair_submits_none(record: Record, clock: TickingClock) -> None:
    reported(record)
    clock.now = AT

    with pytest.raises(Refused, match="An officer or finance writes this paper, not the chair"):
        record.perform(issue(record), Actor("Ravi Example", "chair"))
