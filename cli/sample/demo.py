"""`grant-panel demo` and `screenshots`: two made-up rounds from applications to schedules."""

import contextlib
import io
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct, convert
from msgspec.structs import replace

import resources
from cli.applications.importing import find_target, key_of, reading_lines
from cli.deciding.rank import ranking_lines
from cli.frame.output import Options, say
from cli.frame.record import ChosenRound, chosen_round
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
    write_letter_words,
    write_purposes,
    write_round_words,
)
from cli.window import has_display, open_window, window_command
from exchange.applications.fields import AreaNames
from exchange.applications.importer import read_applications
from exchange.applications.row_reader import Setting
from exchange.papers.drawing import draw
from exchange.reading.sheets import Cell, read_book
from exchange.round_workbook.read import round_of
from exchange.round_workbook.write import write_round
from models.issuing import next_issue
from models.operation import Actor
from models.operations.applications.applications import ImportApplications
from models.operations.applications.gates import SetChoices
from models.operations.awards.authorities import AllowOverPot
from models.operations.awards.bank_details import SetBankDetails, put_bank_details
from models.operations.awards.budget import Given, allocating
from models.operations.awards.monitoring import AwardPlan, PlanReturns
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.agreed import CloseItem
from models.operations.panel.meetings import SetAttendance, SetAttendances, SetMeetingHeld
from models.operations.panel.members import DeclareToSign, EditMember
from models.operations.panel.sheets import SetMark, SetReason
from models.operations.papers import put_files
from models.operations.registry import OPERATIONS
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.replace import ReplaceRound
from models.papers.kinds import SCHEDULE
from models.papers.monitoring.monitoring_plan import planned_returns
from models.papers.order import PaperOrder
from models.papers.year.year_facts import YearDecision
from models.queries.applications.choices import choices_of
from models.queries.awards.awards import awards
from models.queries.awards.monitoring import monitoring_of
from models.queries.panel.panel import member_details
from models.queries.papers.letter_parts.without_decision import UNRANKED
from models.queries.papers.papers import paper_value
from models.queries.set_up.rounds import find_round
from models.record import Opener, Record
from models.reference.defaults import BY_PANEL, FundDefaults, ListKind
from models.reference.schemes import shipped_funds
from models.role import Role
from models.store.private_files import temporary_folder
from models.trouble import Trouble, or_else
from models.values.applications import Choice, ChoicesOf
from models.values.canonical import decode, field_names
from models.values.payments import BankDetails
from models.values.recommending import RecommendationRow
from models.values.rounds import STAGES, AreaDates, MeetingHeld
from models.values.rows import ApplicationRow, InterestRow, RoundRows
from scoring.ranking import Allowance
from scoring.round import Area, Eligibility, InterestKind
from scoring.scheme import Scheme
from scoring.written.text import Refused

NAME = "Round 2"
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
    """Return a day that is told by how long ago it is, also within a table, and anything else as it is."""
    if isinstance(value, dict):
        return {name: _on_the_day(one, today) for name, one in value.items()}
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


YEAR = "2026/27"
ALLOCATED = made_up("allocated", dict[str, dict[str, Given | None]])
RECORD_NAME = "sample.panel"
PERSON = "Imogen Fairweather"
CLERK, CHAIRING = Actor(PERSON), Actor(PERSON, Role.CHAIR)
MET_AT = {"Force-wide": ("14:00", "15:45", "Sample House, room 1")}
"""From and to when, and where, the panel of an area met that does not meet with the others."""
UP_TO_MEETING = ("scoring", "meeting", "recommending")
"""The stages that an area passes until its panel recommends."""
LEFT_OPEN = (
    "what is open there is taken up at another meeting, with a stand-in where a member has an interest; "
    "little or no money may be left by then, which is accepted so that the others need not wait"
)
"""Why an area moved on with items open, as its chair said."""


class Sample(Struct, frozen=True):
    """One of the sample rounds: what it is called and what its files begin with."""

    fund: str
    round_name: str
    prefix: str


SAMPLES = made_up("samples", tuple[Sample, ...])


def run(options: Options) -> int:
    """Build the sample record, write its schedules, and open the window where there is a display."""
    path = _fresh_record(options.out)
    say(*_build(path, options.out))
    if options.no_window or not has_display():
        return 0
    return open_window(str(path))


def _fresh_record(folder: Path) -> Path:
    """Return a free path for the sample record; an earlier one makes way, unless it is open."""
    if folder.is_file():
        raise Refused(f"{folder} is a file. Name a folder for the demonstration with --out.")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / RECORD_NAME
    if path.exists():
        with Record.open(path, Opener(PERSON, "the demonstration")):
            pass
        path.unlink()
    return path


def _build(path: Path, folder: Path) -> Iterator[str]:
    funds = shipped_funds()
    with (
        or_else(partial(path.unlink, missing_ok=True)),  # half a demonstration helps nobody
        Record.create(path, Opener(PERSON, "the demonstration")) as record,
    ):
        record.perform(SetUpOffice("Sample office", funds), CLERK)
        written = [line for sample in SAMPLES for line in _run_round(record, sample, folder)]
        _fill_in_office(record)
        put_in_progress(record, funds[0], date.today())
    yield from written
    yield f"The record is {path}."


def _fill_in_office(record: Record) -> None:
    follow(record, "year", date.today())
    decided = YearDecision(0, 0, "", "Magnus Thistlewood, Chief Executive", date(2026, 4, 1))
    for fund, given in ALLOCATED.items():
        asked = partial(allocating, fund=fund, year=YEAR, given=given, decision=decided)
        record.perform(record.ask(asked), CLERK)
    follow(record, "changes", date.today())


def _run_round(record: Record, sample: Sample, folder: Path) -> Iterator[str]:
    """Take one round through every step; yield what a person wants to see of it."""
    yield from _take_in(record, sample)
    chosen = _chosen(record, sample)
    filled = _filled_in(chosen.rows, sample)
    record.perform(ReplaceRound(chosen.line.round_id, filled), CLERK)
    write_letter_words(record, chosen.line.round_id, CLERK, date.today())
    write_round_words(record, chosen.line.round_id, sample.fund, CLERK, date.today())
    _move_on(record, _chosen(record, sample), sorted({row.member for row in filled.sheets}))
    yield from ranking_lines(_chosen(record, sample).ranked())
    items = recommended(record, chosen.line.round_id)
    operation = RecordRecommendations(chosen.line.round_id, items)
    yield f"\n{record.perform(operation, CLERK).words}"
    write_purposes(record, chosen.line.round_id, items, CLERK)
    yield from _write_schedules(record, sample, folder)
    yield ""


def _move_on(record: Record, chosen: ChosenRound, came: Sequence[str]) -> None:
    """Move every area to where a panel that met a week ago stands, stage by stage, as its chair does."""
    day = date.today() - timedelta(days=7)
    day -= timedelta(days=max(day.weekday() - FRIDAY, 0))
    areas = {one.reference: one.area for one in chosen.rows.applications}
    stuck = {areas[one.reference] for one in chosen.ranked().standings if one.status in UNRANKED}
    for area in chosen.line.areas:
        for stage in UP_TO_MEETING:
            why = LEFT_OPEN if area.name in stuck else ""
            move = MoveAreas(chosen.line.round_id, (area.name,), stage, why, minds_items=bool(why))
            record.perform(move, CHAIRING)
            if stage == "meeting":
                held = MeetingHeld(day, *MET_AT.get(area.name, ("10:00", "12:30", "Sample House, room 2")))
                hold_meeting(record, chosen.line.round_id, area.name, held, came, CHAIRING)
                _close_items(record, chosen, area.name)


def _close_items(record: Record, chosen: ChosenRound, area: str) -> None:
    for one in chosen.ranked().standings:
        if one.area == area and one.is_ranked:
            record.perform(CloseItem(chosen.line.round_id, one.reference), CHAIRING)


def _take_in(record: Record, sample: Sample) -> Iterator[str]:
    target = find_target(_options(record, sample))
    workbook = resources.path(f"sample/{sample.prefix}-applications.xlsx")
    reading = read_applications(workbook, Setting(target.line.fund_code, AreaNames(target.usual_areas)))
    operation = ImportApplications(
        key_of(target, reading.applications),
        reading.applications,
        reading.areas,
        workbook.name,
        submitted=reading.submitted,
    )
    words = record.perform(operation, CLERK).words
    yield from reading_lines(reading)
    yield f"{words}\n"


def _filled_in(rows: RoundRows, sample: Sample) -> RoundRows:
    """Save the round as a workbook, fill in what the sample panel entered, and read it back."""
    panel = {one.name: one for one in read_book(resources.path(f"sample/{sample.prefix}-panel.xlsx")).sheets}
    gates = {row[0]: row for row in panel["Eligible"].rows[1:]}
    with temporary_folder() as folder:
        saved = read_book(write_round(rows, folder / "round.xlsx"))
    found = round_of(replace(saved, sheets=tuple(panel.get(one.name, one) for one in saved.sheets)))
    applications = tuple(_at_gates(one, *gates[one.reference][1:]) for one in found.applications)
    return replace(found, applications=applications)


def _at_gates(one: ApplicationRow, word: Cell, why: Cell, withdrawn: Cell) -> ApplicationRow:
    is_gone = withdrawn == "yes"
    return replace(
        one, eligibility=Eligibility(str(word)), eligibility_reason=str(why or ""), withdrawn=is_gone
    )


def _write_schedules(record: Record, sample: Sample, folder: Path) -> Iterator[str]:
    order = PaperOrder(SCHEDULE, datetime.now(UTC), _chosen(record, sample).line.round_id)
    value = record.ask(paper_value, order=order)
    following = record.ask(next_issue, order=order, value=value)
    assert following is not None, "the sample is new"
    drawn = draw(SCHEDULE, value, following.status)
    put = partial(put_files, contents=drawn.contents)
    record.perform_beside(following.of_files(drawn.issued), put, CLERK)
    for ending in (".xlsx", ".pdf"):
        yield f"Wrote {drawn.write(folder / f'{sample.prefix}-schedule{ending}')}"


def _chosen(record: Record, sample: Sample) -> ChosenRound:
    return chosen_round(_options(record, sample))


def _options(record: Record, sample: Sample) -> Options:
    return Options(opened=record, round=sample.round_name, fund=sample.fund, year=YEAR)


def screenshots(options: Options) -> None:
    """Build the sample record aside, let the window draw itself, and name the pictures."""
    options.out.mkdir(parents=True, exist_ok=True)
    with temporary_folder() as aside:
        with contextlib.redirect_stdout(io.StringIO()):
            run(Options(out=aside, no_window=True))
        record = aside / RECORD_NAME
        command = [*window_command(), "--screenshots", str(options.out.absolute()), str(record)]
        done = subprocess.run(
            command,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    if done.returncode:
        raise Trouble(f"The window could not draw itself: {' '.join(done.stderr.split())[-300:]}")
    say(*done.stdout.splitlines())
