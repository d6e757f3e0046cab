"""Monitoring of a round and a fund's returns to the Ministry, period by period, and when they are due."""

from collections import Counter
from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import next_issue
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.checks import SetWithheldName
from models.operations.awards.monitoring import AwardPlan, PlanReturns, PutReturns, ReturnPut
from models.operations.awards.successions import SetSuccessor
from models.operations.awards.year_end import SetSpent, SpentChange
from models.operations.set_up.office import SetFund, SetFundYear
from models.papers.ministry.summing import MinistryReturn
from models.papers.monitoring.monitoring import Monitoring, ReturnContent, SupportedNumber
from models.papers.order import PaperOrder
from models.papers.year.year_facts import Spent
from models.queries.awards.awards import awards
from models.queries.awards.ministry import fund_periods, ministry_return, period_reminders
from models.queries.papers.papers import paper_value
from models.queries.set_up.funds import FundYearMoney, fund_named
from models.record import Record
from models.reference.defaults import ReferenceList, Source, SourceKind
from models.reference.reporting import Every
from models.values import canonical
from models.values.awards import Successor, WithheldName
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.operations.awards.reported_funds import (
    DIRECT,
    DOMESTIC,
    HARBOUR,
    LANTERN,
    REFER,
    SUPPORT,
    reported,
)
from tests.models.operations.monitored_rounds import RETURNS
from tests.models.rounds import OFFICER, assert_replays, refused

NOW = datetime(2027, 5, 3, 9, 0, tzinfo=UTC)


def made(record: Record, period: str, fund: str | None = "VF", at: datetime = NOW) -> MinistryReturn:
    order = PaperOrder("ministry", at, fund=fund, period=period)
    return record.ask(partial(ministry_return, order=order))


def spent(value: MinistryReturn, kind: str) -> dict[str, tuple[int, int]]:
    rows = value.spending_by(kind)
    return {
        one.line: (one.paid_pence, one.evidenced_pence)
        for one in rows
        if any((one.paid_pence, one.evidenced_pence))
    }


def test_the_grant_is_what_the_ministry_gives_of_the_money_of_the_year(record: Record) -> None:
    reported(record)
    before = made(record, "2026/27-Q3")
    fund = record.ask(lambda session: fund_named(session, "VF"))
    of_year = next((one for one in fund.years if one.year == "2026/27"), None)
    sources = (
        Source("2026/27", SourceKind.MINISTRY, 160_000_000),
        Source("2026/27", SourceKind.PRECEPT, 20_000_000),
        Source("2026/27", SourceKind.MINISTRY, 10_000_000, "Uplift"),
    )

    record.perform(SetFundYear("VF", "2026/27", FundYearMoney("2026/27", 190_000_000), of_year), OFFICER)
    unsaid = made(record, "2026/27-Q3")
    money = FundYearMoney("2026/27", 190_000_000, sources)
    record.perform(SetFundYear("VF", "2026/27", money, replace(money, sources=())), OFFICER)

    assert before.ministry_pence is None
    assert (unsaid.grant_pence, unsaid.ministry_pence) == (190_000_000, None)
    told = made(record, "2026/27-Q3")
    assert (told.grant_pence, told.ministry_pence) == (190_000_000, 170_000_000)  # £1,600,000 + £100,000

    # A fund that does not report or awards nothing waits for nothing.
    refused("does not report to the Ministry", made, record, "2026/27-Q3", "ACF")
    assert made(record, "2026/27-Q3", None).fund == "Victims Fund"
    acf = record.ask(partial(fund_named, name="ACF"))
    half = replace(acf.rules, reports_every=Every.HALF)
    record.perform(SetFund("ACF", half, acf.rules), OFFICER)
    refused("Those that report: Active", made, record, "2026/27-H1", None)
    refused("Nothing of Active Citizens Fund is awarded yet", made, record, "2026/27-H1", "ACF")
    assert record.ask(partial(fund_periods, code="ACF", today=NOW.date())) == ()

    # Nor is a return made of no period.
    refused("Say for which period", made, record, "", "VF")
    refused("is not a period", made, record, "2026/27-Q9", "VF")


def test_a_quarter_has_the_money_paid_in_it_and_the_returns_that_tell_of_it(record: Record) -> None:
    reported(record)

    value = made(record, "2026/27-Q3")

    assert (value.begins_on, value.ends_on) == (date(2026, 10, 1), date(2026, 12, 31))
    # £15,000.00 to Harbour House and £30,000.00 to the line, less £1,842.00 from the office
    assert spent(value, "Permitted purpose") == {
        SUPPORT[1]: (1_500_000, 123_456),
        REFER[1]: (3_000_000, 0),
        "The office itself": (-184_200, 0),
    }
    assert spent(value, "Service area") == {
        DOMESTIC[1]: (1_500_000, 123_456),
        "Referral and needs assessment": (3_000_000, 0),
        "The office itself": (-184_200, 0),
    }
    assert (value.paid_pence, value.evidenced_pence) == (4_315_800, 123_456)
    people = {(one.title, one.line): (one.people, one.given) for one in value.people if one.given}
    assert people == {
        ("Service area", "Domestic violence"): (20, 1),
        ("Category of need", "Shelter and accommodation"): (24, 2),
        ("Indicator area", "Feeling informed"): (9, 1),
    }

    # A withdrawn award is no provider.
    record.perform(SetWithdrawn(1, LANTERN, is_withdrawn=True, reason="They closed."), OFFICER)

    names = [one.organisation for one in made(record, "2026/27-Q3").providers]
    assert names == ["Harbour House", "Quiet Rooms", "Westmarch Victim Care"]
    ground = WithheldName("safety", "a refuge", "Olu Example", "Chief Executive")
    record.perform(SetWithheldName(1, HARBOUR, ground, None), OFFICER)
    after = made(record, "2026/27-Q3")
    assert after.providers[0].organisation == "Withheld: the safety of people"
    assert "Harbour House" not in str(after), "no return names who is not named in public"


def test_a_fund_that_reports_otherwise_returns_no_money_twice(record: Record, clock: TickingClock) -> None:
    reported(record)
    submit(record, clock, "2026/27-Q3", datetime(2027, 1, 20, 9, 0, tzinfo=UTC))
    fund = record.ask(partial(fund_named, name="VF"))
    record.perform(SetFund("VF", replace(fund.rules, reports_every=Every.HALF), fund.rules), OFFICER)

    beside = made(record, "2026/27-H2")
    assert beside.submitted_beside == ("2026/27-Q3",), "a draft to compare with"
    later = datetime(2027, 4, 3, 9, 0, tzinfo=UTC)
    with pytest.raises(Refused, match=r"submitted 2026/27-Q3, and 2026/27-H2 would .* Submit 2026/27-Q4"):
        submit(record, clock, "2026/27-H2", later)
    found = record.ask(partial(fund_periods, code="VF", today=date(2027, 11, 3)))
    assert [one.period.name for one in found] == [*("2027/28-H2", "2027/28-H1", "2026/27-Q4", "2026/27-Q3")]
    submit(record, clock, "2026/27-Q4", NOW)
    reminded = record.ask(partial(period_reminders, round_id=1, today=date(2027, 11, 3)))
    assert [one.period.name for one in reminded if not one.is_submitted] == ["2027/28-H1"]
    year = made(record, "2026/27")
    quarters = [made(record, f"2026/27-Q{quarter}") for quarter in (3, 4)]
    assert year.submitted_beside == ("2026/27-Q3", "2026/27-Q4")
    assert year.paid_pence == sum(one.paid_pence for one in quarters), "nothing was paid before"
    assert [one.submitted_beside for one in quarters] == [(), ()]
    both = "submitted 2026/27-Q3 and 2026/27-Q4, and 2026/27 would report that"
    refused(both, submit, record, clock, "2026/27", NOW)
    august = datetime(2027, 8, 3, 9, 0, tzinfo=UTC)
    refused("reports every half-year", submit, record, clock, "2027/28-Q1", august)
    assert_replays(record)


def submit(record: Record, clock: TickingClock, period: str, at: datetime) -> None:
    clock.now = at
    order = PaperOrder("ministry", NOW, fund="VF", period=period, reason="Late.")
    issue = record.ask(partial(next_issue, order=order, value=made(record, period)))
    assert issue is not None
    record.perform(issue.operation, OFFICER)


def test_quarters_and_halves_come_to_the_year_and_to_the_ledger(record: Record) -> None:
    reported(record)
    year = made(record, "2026/27")

    for parts in (("Q1", "Q2", "Q3", "Q4"), ("H1", "H2")):
        values = [made(record, f"2026/27-{part}") for part in parts]
        for kind in year.kinds:
            paid, evidenced = Counter[str](), Counter[str]()
            for value in values:
                for line in value.spending_by(kind):
                    paid[line.line] += line.paid_pence
                    evidenced[line.line] += line.evidenced_pence
            whole = {one.line: (one.paid_pence, one.evidenced_pence) for one in year.spending_by(kind)}
            assert {line: (paid[line], evidenced[line]) for line in whole} == whole
            assert set(paid) <= set(whole)
    # by hand, by the day of each: Harbour 15,000.00 − 2,500.01, Quiet 8,000.01, the line 30,000.00, office
    assert year.paid_pence == 1_500_000 - 250_001 + 800_001 + 3_000_000 - 184_200
    assert made(record, "2027/28").paid_pence == 500_000

    # Expenditure recorded at the end of a year counts beyond what returns tell.
    march = date(2027, 3, 31)
    harbour = next(one for one in record.ask(partial(awards, round_id=1)) if one.application == HARBOUR)
    changes = (
        SpentChange("", harbour.reference, Spent(200_000, 0, march, "ledger"), None),
        SpentChange("Force-wide", "", Spent(290_000, 10_000, date(2027, 4, 9), "ledger"), None),
    )

    record.perform(SetSpent("Victims Fund", "2026/27", changes), OFFICER)

    # Returns of the year tell of £1,234.56 of Harbour House, so £765.44 of its £2,000.00 is new, in the last
    # quarter. The area's £3,000.00 is £1,000.00 more than its awards give evidence of together.
    assert spent(made(record, "2026/27-Q3"), "Service area")[DOMESTIC[1]] == (1_500_000, 123_456)
    last = made(record, "2026/27-Q4")
    assert spent(last, "Service area")[DOMESTIC[1]][1] == 76_544
    assert spent(last, "Service area")["Recorded for the year, of no award"] == (0, 100_000)
    assert last.evidenced_pence == 176_544
    assert made(record, "2026/27").evidenced_pence == 300_000
    assert next(one for one in last.providers if one.application == HARBOUR).evidenced_pence == 76_544


def test_the_paper_is_canonical_and_asked_by_its_kind(monitored: Record) -> None:
    order = PaperOrder("monitoring", datetime(2027, 9, 11, tzinfo=UTC), 1)

    value = monitored.ask(partial(paper_value, order=order))

    assert value.title == "Monitoring, Active Citizens Fund 2026/27, Autumn"
    assert canonical.from_text(Monitoring, canonical.to_text(value)) == value

    # Figures for the ministry are summed and what is missing is named.
    monitored.perform(PlanReturns(1, (AwardPlan("ACF-002", RETURNS, ()),)), OFFICER)
    more = ReturnContent(
        date(2027, 3, 1),
        supported=(
            SupportedNumber("needs", "Shelter and accommodation", 5),
            SupportedNumber("needs", "A line of before", 2),
        ),
    )
    monitored.perform(PutReturns(1, (ReturnPut("ACF-002", 1, more, None),)), OFFICER)
    needs = ReferenceList("needs", "Category of need", ("Shelter and accommodation", "Drugs and alcohol"))
    found = replace(monitored.ask(partial(paper_value, order=order)), lists=(needs,))
    # 7 + 5 = 12 people; both awards say so, and neither counts any for drugs and alcohol
    assert [(one.line, one.supported, one.given, one.missing) for one in found.sums] == [
        ("Shelter and accommodation", 12, 2, 0),
        ("Drugs and alcohol", 0, 0, 2),
        ("A line of before", 2, 1, 1),
    ]
    assert found.missing == ("Lines are empty in what came from A-031-01, A-031-02.",)
    assert (found.list_title("needs"), found.list_title("other")) == ("Category of need", "other")
    assert replace(found, lists=()).missing == ()


def waiting(record: Record, day: date) -> list[tuple[str, int, int, bool]]:
    found = record.ask(partial(period_reminders, round_id=1, today=day))
    return [(one.period.name, one.missing, one.late, one.is_submitted) for one in found]


def test_a_period_waits_once_it_is_over_until_it_is_submitted_and_again_for_what_is_late(
    record: Record, clock: TickingClock
) -> None:
    line = reported(record)
    assert waiting(record, date(2026, 12, 31)) == []
    # both returns of Q3 came in; of Q4 two have not
    assert waiting(record, date(2027, 4, 1)) == [("2026/27-Q3", 0, 0, False), ("2026/27-Q4", 2, 0, False)]
    submit(record, clock, "2026/27-Q3", datetime(2027, 4, 20, 9, 0, tzinfo=UTC))
    submit(record, clock, "2026/27-Q4", datetime(2027, 4, 20, 9, 0, tzinfo=UTC))
    assert waiting(record, date(2027, 4, 21)) == []

    late = ReturnContent(date(2027, 4, 25), "Rung again.", 50_000)
    record.perform(PutReturns(DIRECT, (ReturnPut(line, 2, late, None),)), OFFICER)

    assert waiting(record, date(2027, 4, 26)) == [("2026/27-Q4", 0, 1, True)]


def test_a_return_names_who_had_the_award_when_its_period_ended(record: Record) -> None:
    """So what was submitted of an earlier period needs no correction."""
    reported(record)
    heirs = Successor("Harbour House CIO", "1122334", "", date(2026, 12, 31), "It converted")
    record.perform(SetSuccessor(1, HARBOUR, heirs, None), OFFICER)
    trust = Successor("Harbour House Trust", "1133557", "", date(2027, 1, 1), "It merged")
    record.perform(SetSuccessor(1, HARBOUR, trust, None, 2), OFFICER)

    def named(period: str) -> str:
        return next(one.organisation for one in made(record, period).providers if one.application == HARBOUR)

    assert [named(one) for one in ("2026/27-Q3", "2026/27-Q4")] == [
        "Harbour House CIO",
        "Harbour House Trust",
    ]
    withheld = WithheldName("safety", "a refuge", "Olu Example", "Chief Executive")
    record.perform(SetWithheldName(1, HARBOUR, withheld, None), OFFICER)
    assert "Harbour" not in named("2026/27-Q4")
