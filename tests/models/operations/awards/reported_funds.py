"""A made-up year of the Victims Fund: a round, a direct award, money in three quarters, and some returns."""

from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import replace

from models.operations.applications.gates import SetChoices
from models.operations.awards.budget import Contribute
from models.operations.awards.direct_awards import proposal_change
from models.operations.awards.monitoring import AwardPlan, PlanReturns, PutReturns, ReturnPut, SetVisits
from models.operations.awards.paying import PayInstalment, SetInstalments, SetReturned
from models.operations.set_up.office import SetUpOffice
from models.papers.monitoring.monitoring import ReturnContent, SupportedNumber, Visit
from models.queries.awards.awards import awards
from models.record import Opener, Record
from models.reference.defaults import ListKind
from models.reference.schemes import shipped_funds
from models.values.applications import Choice, ChoicesOf
from models.values.awards import Instalment, PlannedReturn, Returned
from models.values.direct_award import DirectAward, Route
from models.values.recommending import LineDecision
from tests.models.conftest import TickingClock
from tests.models.made_once import file_made_once, made_once
from tests.models.operations.deciding_rounds import DAY, FINANCE, last_from_paper
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER
from tests.models.year_rounds import Grant, award_all, round_of

YEAR = "2026/27"
HARBOUR, LANTERN, QUIET = "G-000", "G-001", "G-002"
COMPETED, DIRECT = 1, 2
GRANTS = (
    Grant("Force-wide", "Harbour House", "Shelter", 2_000_000),
    Grant("Force-wide", "Lantern Project", "Listening line", 150_000),
    Grant("Force-wide", "Quiet Rooms", "Counselling", 800_001),
)
DOMESTIC, CHILD = ("domestic", "Domestic violence"), ("child", "Child sexual abuse")
SUPPORT = (
    "sexual-domestic",
    "Support victims of sexual violence, of domestic abuse, and of the sexual abuse and exploitation "
    "of children",
)
REFER = ("refer", "Refer victims to the support that fits their needs, or tell them of it")
LINE = DirectAward(
    organisation="Westmarch Victim Care",
    amount_pence=5_000_000,
    route=Route.COMMISSIONED,
    reason="Every victim is rung within two days.",
    area="Force-wide",
    project="First call",
    summary="A referral line",
    starts_on=date(2026, 12, 10),
    ends_on=date(2027, 9, 30),
)
NEEDS = (SupportedNumber("needs", "Shelter and accommodation", 12),)
ALL_LISTS = (
    SupportedNumber("indicators", "Feeling informed", 9),
    *NEEDS,
    SupportedNumber("service_areas", "Domestic violence", 20),
)
"""Numbers under each of the three lists; each counts the same people in its own way."""
HARBOUR_SAID = ReturnContent(date(2027, 1, 10), "Twelve families.", 123_456, (), ALL_LISTS)


@made_once
def reported(record: Record) -> str:
    """Make the year; return the reference of the direct award's application.

    Paid: Harbour House £15,000.00 on 20 Dec 2026 and £5,000.00 on 1 Apr 2027, of which £2,500.01 came back
    on 31 Mar 2027; Quiet Rooms £8,000.01 on 31 Mar 2027; the line £30,000.00 on 31 Dec 2026.
    """
    record.perform(SetUpOffice("Office of Westmarch", shipped_funds()), OFFICER)
    award_all(record, _round(), notice="005/2026")
    line = _direct(record)
    _choose(record, line)
    _pay(record, COMPETED, HARBOUR, (1_500_000, date(2026, 12, 20)), (500_000, date(2027, 4, 1)))
    _pay(record, COMPETED, QUIET, (800_001, date(2027, 3, 31)))
    _pay(record, DIRECT, line, (3_000_000, date(2026, 12, 31)), (2_000_000, None))
    back = Returned(250_001, date(2027, 3, 31), "Less rent than planned")
    record.perform(SetReturned(COMPETED, HARBOUR, (back,), ()), OFFICER)
    record.perform(Contribute("Victims Fund", YEAR, "Force-wide", 184_200, "Above the grant."), OFFICER)
    _report(record, line)
    return line


def _round() -> object:
    rows = round_of(GRANTS, fund="Victims Fund", year=YEAR)
    days = {"start_on": date(2026, 12, 5), "end_on": date(2027, 6, 30)}
    begun = tuple(replace(row, **days) for row in rows.applications)  # type: ignore[arg-type]
    return replace(rows, applications=begun)


def _direct(record: Record) -> str:
    proposal = record.ask(lambda s: proposal_change(s, "Victims Fund", YEAR, LINE))
    record.perform(proposal, OFFICER)
    line = LineDecision(proposal.application)
    record.perform(last_from_paper(record, DIRECT, line, notice="006/2026"), OFFICER)
    return str(proposal.application)


def _choose(record: Record, line: str) -> None:
    """Say what three awards are for; nothing is chosen of the second."""
    chosen = {HARBOUR: (SUPPORT, DOMESTIC), QUIET: (SUPPORT, CHILD)}
    items = tuple(ChoicesOf(of, _choices(*two)) for of, two in chosen.items())
    record.perform(SetChoices(COMPETED, items, ()), OFFICER)
    referral = ("referral", "Referral and needs assessment")
    record.perform(SetChoices(DIRECT, (ChoicesOf(line, _choices(REFER, referral)),), ()), OFFICER)


def _choices(purpose: tuple[str, str], service: tuple[str, str]) -> tuple[Choice, ...]:
    return Choice(ListKind.PERMITTED, *purpose), Choice(ListKind.SERVICE, *service)


def _pay(record: Record, round_id: int, of: str, *parts: tuple[int, date | None]) -> None:
    made = next(row for row in record.ask(lambda s: awards(s, round_id)) if row.application == of)
    wanted = tuple(Instalment(pence, f"part {n}") for n, (pence, _) in enumerate(parts, 1))
    record.perform(SetInstalments(round_id, of, "", wanted, made.instalments), OFFICER)
    ready_to_pay(record, of, DAY, FINANCE, round_id)
    for number, (_, on) in enumerate(parts, 1):
        if on is not None:
            record.perform(PayInstalment(round_id, of, number, on, None), FINANCE)


def _report(record: Record, line: str) -> None:
    """Plan returns for Q3 and Q4; that of Harbour House for Q3 and of the line for Q3 have come in."""
    q3 = PlannedReturn(1, date(2027, 1, 28), "quarter 1", date(2026, 12, 31))
    q4 = PlannedReturn(2, date(2027, 4, 28), "quarter 2", date(2027, 3, 31))
    end = PlannedReturn(1, date(2027, 7, 28), "the end", date(2027, 6, 30))
    plans = (AwardPlan(HARBOUR, (q3, q4), ()), AwardPlan(LANTERN, (end,), ()))
    record.perform(PlanReturns(COMPETED, plans), OFFICER)
    record.perform(PlanReturns(DIRECT, (AwardPlan(line, (q3, q4), ()),)), OFFICER)
    record.perform(PutReturns(COMPETED, (ReturnPut(HARBOUR, 1, HARBOUR_SAID, None),)), OFFICER)
    bare = ReturnContent(date(2027, 1, 12), "Rung.", None, (), NEEDS)
    record.perform(PutReturns(DIRECT, (ReturnPut(line, 1, bare, None),)), OFFICER)


@file_made_once
def reported_file(path: Path) -> Path:
    """Make the year in a record at a path, and close it; its last row is of 3 May 2027."""
    clock = TickingClock()
    with Record.create(path, Opener("Grace Okoro", "tests"), clock=clock) as record:
        reported(record)
        clock.now = datetime(2027, 5, 3, 9, 0, tzinfo=UTC)
        visit = Visit(date(2027, 4, 30), "Grace Okoro", "A warm house.")
        record.perform(SetVisits(COMPETED, HARBOUR, (visit,), ()), OFFICER)
    return path
