"""Take the sample's round in progress to where it stands, area by area, by the operations of the window."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from msgspec import convert
from msgspec.structs import replace

import resources
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
from models.operations.awards.bank_details import SetBankDetails, put_bank_details
from models.operations.awards.monitoring import AwardPlan, PlanReturns
from models.operations.deciding.recommendations import AllowOverPot, RecordRecommendations
from models.operations.panel.agreed import CloseItem
from models.operations.panel.meetings import SetAttendance, SetAttendances, SetMeetingHeld
from models.operations.panel.members import DeclareToSign, EditMember
from models.operations.panel.sheets import SetMark, SetReason
from models.operations.registry import OPERATIONS
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.operations.set_up.load import LoadRound
from models.papers.monitoring.monitoring_plan import planned_returns
from models.queries.applications.choices import choices_of
from models.queries.awards.awards import awards
from models.queries.awards.monitoring import monitoring_of
from models.queries.panel.panel import member_details
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.reference.defaults import BY_PANEL, FundDefaults, ListKind
from models.values.applications import Choice, ChoicesOf
from models.values.canonical import decode, field_names
from models.values.payments import BankDetails
from models.values.recommending import RecommendationRow
from models.values.rounds import STAGES, AreaDates, MeetingHeld
from models.values.rows import InterestRow, RoundRows
from scoring.ranking import Allowance
from scoring.round import Area, InterestKind
from scoring.scheme import Scheme

NAME, YEAR = "Round 2", "2026/27"
AREAS = tuple((convert(one, Area), one["stage"], one["days"]) for one in made_up("areas", tuple[Any, ...]))
"""Each area with its pot and start-up money: the stage it is at, and in how many days its panel meets."""
MET = tuple(area.name for area, stage, _ in AREAS if stage in ("recommending", "deciding"))
SCORING = tuple(area.name for area, stage, _ in AREAS if stage == "scoring")
MEETING, TAKING_IN = "Wolverhampton", "Solihull"
FRIDAY = 4
CLOSED = ("WV-003", "WV-006")
"""Items of the meeting that are closed already."""
OVER = "SA-004"
"""What is recommended although the pot of its area is spent."""
OVER_PENCE = 205_000
PEOPLE = {role: Actor(name, role) for name, role in (*OFFICE, (CHAIR, "chair"))}
OFFICER, CHAIRED, NOTES = PEOPLE["officer"], PEOPLE["chair"], PEOPLE["note-taker"]
STEPS = tomllib.loads(resources.text("sample/steps.toml"))
_AGO = re.compile(r"([0-9]+) days? ago")


def follow(record: Record, chapter: str, today: date, round_id: int | None = None) -> None:
    """Do the steps of a chapter, each in the role that it names, else as the officer."""
    for step in STEPS[chapter]:
        said = {name: _on_the_day(value, today) for name, value in step.items()}
        kind, role = OPERATIONS[said.pop("do")], said.pop("who", OFFICER.role)
        actor = Actor(said["by"], role) if "by" in said else PEOPLE[role]
        due = {name: None for name, is_due in field_names(kind).items() if is_due}
        of_round = {"round_id": round_id} if "round_id" in due else {}
        record.perform(decode(kind, {**due, **of_round, **said}), actor)


def _on_the_day(value: Any, today: date) -> Any:
    """Return a day that is told by how long ago it is, and anything else as it stands."""
    found = _AGO.fullmatch(value) if isinstance(value, str) else None
    return value if found is None else (today - timedelta(days=int(found[1]))).isoformat()


def put_in_progress(record: Record, fund: FundDefaults, today: date) -> None:
    """Put the round of a fund into the record, with dates about the day."""
    assert fund.scheme is not None, "the round is of a fund with a panel"
    record.perform(LoadRound(_rows(fund.name, fund.scheme, today), source="the sample"), OFFICER)
    round_id = record.ask(find_round, name=NAME, fund=fund.name, year=YEAR)
    follow(record, "roles", today, round_id)
    for code, kind in KINDS.items():
        stands = record.ask(member_details, round_id=round_id, code=code)
        record.perform(EditMember(round_id, replace(stands, kind=kind), stands), OFFICER)
    for area, stage, days in AREAS:
        dates = _dates(today, days)
        record.perform(SetAreaDates(round_id, area.name, dates, AreaDates()), OFFICER)
        for past in STAGES[1 : STAGES.index(min(stage, "recommending", key=STAGES.index)) + 1]:
            record.perform(MoveAreas(round_id, (area.name,), past), CHAIRED)
            if past == "meeting" and area.name in MET:
                held = MeetingHeld(dates.meets_on or today, "10:00", "12:30", "Sample House, room 2")
                hold_meeting(record, round_id, area.name, held, SCORERS, NOTES)
    _choose(record, round_id, fund, today)
    _score(record, round_id)
    _meet(record, round_id)
    _recommend(record, round_id)
    follow(record, "signed", today, round_id)
    for role in ("commander", "decider"):
        none = InterestRow(PEOPLE[role].name, None, InterestKind.NONE)
        record.perform(DeclareToSign(round_id, none.member, (none,)), PEOPLE[role])
    follow(record, "decided", today, round_id)
    _pay(record, round_id, today)
    _monitor(record, round_id, today)


def _rows(fund: str, scheme: Scheme, today: date) -> RoundRows:
    lines = tuple(_in_time(sample_lines(today), today))
    return RoundRows(
        fund=fund,
        name=NAME,
        year=YEAR,
        scheme=scheme,
        areas=tuple(area for area, *_ in AREAS),
        applications=tuple(line.row for line in lines),
        members=MEMBERS,
        interests=INTERESTS,
        sheets=tuple(sheets(lines, (*MET, MEETING), SCORING)),
        agreed=tuple(agreed(lines, MET, CLOSED)),
    )


def _in_time(lines: Sequence[SampleLine], today: date) -> Iterator[SampleLine]:
    """Yield the lines, those of an area so many days earlier that all came before it closed."""
    closed = {area.name: _dates(today, days).closes_on or today for area, _, days in AREAS}
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
    return day + timedelta(days=7 - day.weekday() if day.weekday() > FRIDAY else 0)


def _choose(record: Record, round_id: int, fund: FundDefaults, today: date) -> None:
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


def hold_meeting(
    record: Record, round_id: int, area: str, held: MeetingHeld, came: Sequence[str], by: Actor
) -> None:
    """Say when and where the panel met for an area, and who was there."""
    record.perform(SetMeetingHeld(round_id, area, held, None), by)
    _attend(record, round_id, area, came, by)


def _attend(record: Record, round_id: int, area: str, came: Sequence[str], by: Actor) -> None:
    there = tuple(SetAttendance(round_id, area, code, "present", "") for code in came)
    record.perform(SetAttendances(area, there), by)


def _meet(record: Record, round_id: int) -> None:
    """Have the panel meet today, two of its items done."""
    _attend(record, round_id, MEETING, SCORERS, NOTES)
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
            allowed = Allowance(area, OVER_PENCE, PEOPLE["decider"].name, "Chief Executive", words)
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


def _pay(record: Record, round_id: int, today: date) -> None:
    """Leave three awards in three states: paid in part, agreed, and waiting for its agreement."""
    follow(record, "agreed", today, round_id)
    first = record.ask(awards, round_id=round_id)[0]
    details = BankDetails(first.organisation, "00-00-00", "00012345")
    put = partial(put_bank_details, round_id=round_id, application=first.application, details=details)
    record.perform_beside(SetBankDetails.of(round_id, first.application, details, None), put, OFFICER)
    follow(record, "paid", today, round_id)


def _monitor(record: Record, round_id: int, today: date) -> None:
    found = record.ask(monitoring_of, round_id=round_id, today=today)
    plans = tuple(
        AwardPlan(
            award.application,
            planned_returns(award.amount_pence, award.start_on, award.end_on, found.bands, found.every),
            (),
        )
        for award in found.awards
    )
    record.perform(PlanReturns(round_id, plans), OFFICER)
    follow(record, "monitored", today, round_id)
