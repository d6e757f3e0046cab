"""Take the sample's round in progress to where it stands, area by area, by the operations of the window."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from msgspec.structs import replace

from cli.sample.made_up import (
    CHAIR,
    INTERESTS,
    KINDS,
    MEMBERS,
    OFFICE,
    SCORERS,
    SampleLine,
    agreed,
    made_up,
    published_reasons,
    recommended,
    sample_lines,
    sheets,
    sheets_begun,
    write_purposes,
)
from models.operation import Actor
from models.operations.applications.gates import SetChoices
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.bank_details import CheckBankDetails, SetBankDetails, put_bank_details
from models.operations.awards.finance import SetFinanceCodes, SetSupplierNumber
from models.operations.awards.monitoring import AwardPlan, PlanReturns, SetAgreedOutputs
from models.operations.awards.paying import PayInstalment, SetInstalments
from models.operations.deciding.deciding import RecordDecisions, as_recommended
from models.operations.deciding.recommendations import AllowOverPot, RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.agreed import CloseItem
from models.operations.panel.declarations import DeclareToSign
from models.operations.panel.meetings import SetAttendance, SetAttendances, SetMeetingHeld
from models.operations.panel.members import EditMember
from models.operations.panel.sheets import SetMark, SetReason
from models.operations.set_up.areas import MoveArea, SetAreaDates
from models.operations.set_up.load import LoadRound
from models.operations.set_up.people import GiveRole
from models.papers.monitoring.monitoring import AgreedOutput
from models.papers.monitoring.monitoring_plan import planned_returns
from models.queries.applications.choices import choices_of
from models.queries.awards.awards import FinanceCodes, awards, parts_of, payments
from models.queries.awards.monitoring import monitoring_of
from models.queries.deciding.decisions import recommendations
from models.queries.panel.panel import member_details
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.reference.defaults import BY_PANEL, FundDefaults, ListKind
from models.values.applications import Choice, ChoicesOf
from models.values.payments import BankDetails
from models.values.recommending import RecommendationRow
from models.values.rounds import STAGES, AreaDates, MeetingHeld
from models.values.rows import InterestRow, RoundRows
from scoring.ranking import Allowance
from scoring.round import Area, InterestKind
from scoring.scheme import Scheme

NAME, YEAR = "Round 2", "2026/27"
CODES = (FinanceCodes("", "0412", "004310", "P-0127"),)
AREAS = {
    Area("Birmingham East", 1_150_000, 300_000): ("deciding", -12),
    Area("Birmingham West", 1_200_000, 300_000): ("scoring", 9),
    Area("Coventry", 1_000_000, 300_000): ("scoring", 13),
    Area("Dudley", 950_000, 300_000): ("recommending", -6),
    Area("Sandwell", 900_000, 300_000): ("recommending", -5),
    Area("Solihull", 950_000, 300_000): ("intake", 27),
    Area("Walsall", 900_000, 300_000): ("deciding", -20),
    Area("Wolverhampton", 1_100_000, 300_000): ("meeting", 0),
}
"""Each area with its pot and start-up money: the stage it is at, and in how many days its panel meets."""
MET = ("Birmingham East", "Dudley", "Sandwell", "Walsall")
MEETING, DECIDED, SENT_ON, TAKING_IN = "Wolverhampton", "Walsall", "Birmingham East", "Solihull"
COMMANDED = (DECIDED, SENT_ON)
ELSEWHERE = ("Hal Winterbourne-Oke", "commander")
"""Who signs in the areas that are not those of the first commander."""
SCORING = ("Birmingham West", "Coventry")
FRIDAY = 4
CLOSED = ("WV-003", "WV-006")
"""Items of the meeting that are closed already."""
OVER = "SA-004"
"""What is recommended although the pot of its area is spent."""
OVER_PENCE = 205_000
"""What it asks, which somebody allows over the pot."""
NOTICE = "031/2026"
CHAIRED, OFFICER = Actor(CHAIR, "chair"), Actor(*OFFICE[0])
COMMANDER, DECIDER, FINANCE = (Actor(*person) for person in OFFICE[2:])
OUTPUTS = made_up("outputs", tuple[AgreedOutput, ...])


def put_in_progress(record: Record, fund: FundDefaults, today: date) -> None:
    """Put the round of a fund into the record, with dates about the day."""
    assert fund.scheme is not None, "the round is of a fund with a panel"
    record.perform(LoadRound(_rows(fund.name, fund.scheme, today), source="the sample"), OFFICER)
    round_id = record.ask(find_round, name=NAME, fund=fund.name, year=YEAR)
    for person, role in (*OFFICE, ELSEWHERE):
        record.perform(GiveRole(round_id, person, role, areas=_signed_by(person, role)), CHAIRED)
    for code, kind in KINDS.items():
        stands = record.ask(member_details, round_id=round_id, code=code)
        record.perform(EditMember(round_id, replace(stands, kind=kind), stands), OFFICER)
    for area, (stage, days) in AREAS.items():
        dates = _dates(today, days)
        record.perform(SetAreaDates(round_id, area.name, dates, AreaDates(), judges_time=True), OFFICER)
        for past in STAGES[1 : STAGES.index(min(stage, "recommending", key=STAGES.index)) + 1]:
            record.perform(MoveArea(round_id, area.name, past), CHAIRED)
            if past == "meeting" and area.name in MET:
                _hold_meeting(record, round_id, area.name, dates.meets_on or today)
    _choose(record, round_id, fund, today)
    _score(record, round_id)
    _meet(record, round_id)
    _recommend(record, round_id)
    for name in (DECIDED, SENT_ON):
        record.perform(SignRecommendations(round_id, name, today - timedelta(days=10)), CHAIRED)
    _decide(record, round_id, today, fund.legal_power)
    _pay(record, round_id, today)
    monitor(record, round_id, OFFICER, today)


def _signed_by(person: str, role: str) -> tuple[str, ...]:
    """Return the areas of a commander: each signs for their own alone."""
    theirs = (area.name for area in AREAS if (area.name in COMMANDED) == (person == COMMANDER.name))
    return tuple(theirs) if role == COMMANDER.role else ()


def _rows(fund: str, scheme: Scheme, today: date) -> RoundRows:
    lines = tuple(_in_time(sample_lines(today), today))
    return RoundRows(
        fund=fund,
        name=NAME,
        year=YEAR,
        scheme=scheme,
        areas=tuple(AREAS),
        applications=tuple(line.row for line in lines),
        members=MEMBERS,
        interests=INTERESTS,
        sheets=tuple(sheets(lines, (*MET, MEETING), SCORING)),
        agreed=tuple(agreed(lines, MET, CLOSED)),
    )


def _in_time(lines: Sequence[SampleLine], today: date) -> Iterator[SampleLine]:
    """Yield the lines, those of an area so many days earlier that all came before it closed."""
    closed = {area.name: _dates(today, days).closes_on or today for area, (_, days) in AREAS.items()}
    late = {name: timedelta() for name in closed}
    for line in lines:
        received, area = line.row.received_at, line.row.area or ""
        assert received is not None, "every line of the sample has a date"
        late[area] = max(late[area], received.date() - closed[area] + timedelta(days=1))
    for line in lines:
        received = line.row.received_at
        assert received is not None, "every line of the sample has a date"
        yield replace(line, row=replace(line.row, received_at=received - late[line.row.area or ""]))


def _dates(today: date, days: int) -> AreaDates:
    meets = today + timedelta(days=days)
    before = (_working_day(meets - timedelta(days=earlier)) for earlier in (62, 21, 6, 0))
    opens, closes, marks, met = before
    return AreaDates(opens, closes, marks, met)


def _working_day(day: date) -> date:
    """Return the day, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > FRIDAY else 0)


def _choose(record: Record, round_id: int, fund: FundDefaults, today: date) -> None:
    """Say what each application is for, but in the area that still takes them in."""
    lists = {kind: {item.code: item.words for item in fund.items(kind)} for kind in ListKind}
    items = tuple(
        ChoicesOf(
            line.row.reference,
            tuple(Choice(kind, code, lists[kind][code]) for kind, code in _codes(line)),
        )
        for line in sample_lines(today)
        if line.row.area != TAKING_IN
    )
    stood = record.ask(choices_of, round_id=round_id, references=[one.application for one in items])
    record.perform(SetChoices(round_id, items, stood), OFFICER)


def _codes(line: SampleLine) -> Iterator[tuple[ListKind, str]]:
    crime, priority = line.is_for
    yield ListKind.CRIME, crime
    yield ListKind.PRIORITY, priority
    yield ListKind.RUNNING, BY_PANEL


def _score(record: Record, round_id: int) -> None:
    """Leave the chair with a sheet that is ready to hand in, and in the middle of the next."""
    for application, criterion, mark, words in sheets_begun():
        record.perform(SetMark(round_id, "M1", application, criterion, mark, None), CHAIRED)
        if words:
            record.perform(SetReason(round_id, "M1", application, criterion, words, ""), CHAIRED)


def _hold_meeting(record: Record, round_id: int, area: str, day: date) -> None:
    """Say when and where the panel met for an area, and that all who marked were there."""
    held = MeetingHeld(day, "10:00", "12:30", "Sample House, room 2")
    record.perform(SetMeetingHeld(round_id, area, held, None), Actor(*OFFICE[1]))
    _attend(record, round_id, area)


def _attend(record: Record, round_id: int, area: str) -> None:
    there = tuple(SetAttendance(round_id, area, code, "present", "") for code in SCORERS)
    record.perform(SetAttendances(area, there), Actor(*OFFICE[1]))


def _meet(record: Record, round_id: int) -> None:
    """Have the panel meet today, two of its items done."""
    _attend(record, round_id, MEETING)
    for reference in CLOSED:
        record.perform(CloseItem(round_id, reference), CHAIRED)


def _recommend(record: Record, round_id: int) -> None:
    for area in MET:
        items = recommended(record, round_id, area)
        record.perform(RecordRecommendations(round_id, items), OFFICER)
        write_purposes(record, round_id, items, OFFICER)
        over = tuple(_over(item, items) for item in items if item.application == OVER)
        if over:
            words = "The estate has nothing else for its young people."
            allowed = Allowance(area, OVER_PENCE, DECIDER.name, "Chief Executive", words)
            record.perform(AllowOverPot(round_id, allowed), OFFICER)
            record.perform(RecordRecommendations(round_id, over), OFFICER)
            write_purposes(record, round_id, over, OFFICER)


def _over(item: RecommendationRow, beside: Sequence[RecommendationRow]) -> RecommendationRow:
    """Return an item with money above the pot, on the conditions that stand on all money beside it."""
    words = "The panel funds it whole and out of the order: nothing else is on offer there for young people."
    standing = next(one.conditions for one in beside if one.outcome == "fund")
    return replace(
        item,
        outcome="fund",
        amount_pence=OVER_PENCE,
        reason=f"{published_reasons()[item.application]} {words}",
        is_exception=True,
        conditions=standing,
    )


def _decide(record: Record, round_id: int, today: date, power: str) -> None:
    """Have the commanders sign both areas, and the last step one of them."""
    items = record.ask(recommendations, round_id=round_id)
    for actor in (COMMANDER, DECIDER):
        none = InterestRow(actor.name, None, InterestKind.NONE)
        record.perform(DeclareToSign(round_id, actor.name, (none,)), actor)
    for area, steps in ((DECIDED, 2), (SENT_ON, 1)):
        lines = as_recommended(tuple(_of(items, record, round_id, area)))
        for step, actor in enumerate((COMMANDER, DECIDER)[:steps]):
            signed = RecordDecisions(
                round_id,
                step,
                actor.name,
                "Commander" if step == 0 else "Chief Executive",
                today - timedelta(days=8 - 2 * step),
                "none",
                lines,
                notice=NOTICE if step else "",
                legal_power=power if step else "",
            )
            record.perform(signed, actor)


def _of(items: Sequence[RecommendationRow], record: Record, round_id: int, area: str) -> Iterator[str]:
    rows = record.ask(round_rows, round_id=round_id)
    there = {row.reference for row in rows.applications if row.area == area}
    yield from (item.application for item in items if item.application in there)


def _pay(record: Record, round_id: int, today: date) -> None:
    """Leave three awards in three states: paid in part, agreed, and waiting for its agreement."""
    made = record.ask(awards, round_id=round_id)
    halves = record.ask(payments, round_id=round_id)[1]
    parts = parts_of(made[0].amount_pence, halves)
    was = made[0].instalments
    record.perform(SetInstalments(round_id, made[0].application, halves.code, parts, was), OFFICER)
    record.perform(SetFinanceCodes(round_id, CODES, ()), FINANCE)
    record.perform(SetSupplierNumber(round_id, made[0].application, "0004127", ""), FINANCE)
    for award in made[:2]:
        signed = today - timedelta(days=4)
        record.perform(SignAgreement(round_id, award.application, signed, None), OFFICER)
    first = made[0].application
    details = BankDetails(made[0].organisation, "00-00-00", "00012345")
    record.perform_beside(
        SetBankDetails.of(round_id, first, details, None),
        partial(put_bank_details, round_id=round_id, application=first, details=details),
        OFFICER,
    )
    record.perform(CheckBankDetails(round_id, first, details.last_four), FINANCE)
    record.perform(PayInstalment(round_id, first, 1, today - timedelta(days=1), None), FINANCE)


def monitor(record: Record, round_id: int, officer: Actor, today: date) -> None:
    """Record what the first award agreed, and when each award reports: in proportion to its amount."""
    found = record.ask(monitoring_of, round_id=round_id, today=today)
    plans = tuple(
        AwardPlan(
            award.application,
            planned_returns(award.amount_pence, award.start_on, award.end_on, found.bands, found.every),
            (),
        )
        for award in found.awards
    )
    record.perform(PlanReturns(round_id, plans), officer)
    record.perform(SetAgreedOutputs(round_id, found.awards[0].application, OUTPUTS, ()), officer)
