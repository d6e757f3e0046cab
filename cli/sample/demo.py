"""`grant-panel demo` and `screenshots`: two made-up rounds from applications to schedules."""

import contextlib
import io
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

import resources
from cli.applications.importing import find_target, key_of, reading_lines
from cli.deciding.rank import ranking_lines
from cli.frame.output import Options, say
from cli.frame.rounds import ChosenRound, chosen_round
from cli.sample.made_up import made_up, recommended, write_letter_words, write_purposes, write_round_words
from cli.sample.steps import FRIDAY, follow, hold_meeting, put_in_progress
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
from models.operations.awards.budget import Given, allocating
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.agreed import CloseItem
from models.operations.papers import put_files
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.replace import ReplaceRound
from models.papers.kinds import SCHEDULE
from models.papers.order import PaperOrder
from models.papers.year.year_facts import YearDecision
from models.queries.papers.letter_parts.without_decision import UNRANKED
from models.queries.papers.papers import paper_value
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.role import Role
from models.trouble import Trouble, or_else
from models.values.rounds import MeetingHeld
from models.values.rows import ApplicationRow, RoundRows
from scoring.round import Eligibility
from scoring.written.text import Refused

YEAR = "2026/27"
ALLOCATED = made_up("allocated", dict[str, dict[str, Given | None]])
RECORD_NAME = "sample.panel"
PERSON = "Imogen Fairweather"
OFFICER, CHAIR = Actor(PERSON), Actor(PERSON, Role.CHAIR)
MET_AT = {"Force-wide": ("14:00", "15:45", "Sample House, room 1")}
"""From and to when, and where, the panel of an area met that does not meet with the others."""
MET = ("scoring", "meeting", "recommending")
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
        record.perform(SetUpOffice("Sample office", funds), OFFICER)
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
        record.perform(record.ask(asked), OFFICER)
    follow(record, "changes", date.today())


def _run_round(record: Record, sample: Sample, folder: Path) -> Iterator[str]:
    """Take one round through every step; yield what a person wants to see of it."""
    yield from _take_in(record, sample)
    chosen = _chosen(record, sample)
    filled = _filled_in(chosen.rows, sample)
    record.perform(ReplaceRound(chosen.line.round_id, filled), OFFICER)
    write_letter_words(record, chosen.line.round_id, OFFICER, date.today())
    write_round_words(record, chosen.line.round_id, sample.fund, OFFICER, date.today())
    _move_on(record, _chosen(record, sample), sorted({row.member for row in filled.sheets}))
    yield from ranking_lines(_chosen(record, sample).ranked())
    items = recommended(record, chosen.line.round_id)
    operation = RecordRecommendations(chosen.line.round_id, items)
    yield f"\n{record.perform(operation, OFFICER).words}"
    write_purposes(record, chosen.line.round_id, items, OFFICER)
    yield from _write_schedules(record, sample, folder)
    yield ""


def _move_on(record: Record, chosen: ChosenRound, came: Sequence[str]) -> None:
    """Move every area to where a panel that met a week ago stands, stage by stage, as its chair does."""
    day = date.today() - timedelta(days=7)
    day -= timedelta(days=max(day.weekday() - FRIDAY, 0))
    areas = {one.reference: one.area for one in chosen.rows.applications}
    stuck = {areas[one.reference] for one in chosen.ranked().standings if one.status in UNRANKED}
    for area in chosen.line.areas:
        for stage in MET:
            why = LEFT_OPEN if area.name in stuck else ""
            move = MoveAreas(chosen.line.round_id, (area.name,), stage, why, minds_items=bool(why))
            record.perform(move, CHAIR)
            if stage == "meeting":
                held = MeetingHeld(day, *MET_AT.get(area.name, ("10:00", "12:30", "Sample House, room 2")))
                hold_meeting(record, chosen.line.round_id, area.name, held, came, CHAIR)
                _close_items(record, chosen, area.name)


def _close_items(record: Record, chosen: ChosenRound, area: str) -> None:
    for one in chosen.ranked().standings:
        if one.area == area and one.is_ranked:
            record.perform(CloseItem(chosen.line.round_id, one.reference), CHAIR)


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
    words = record.perform(operation, OFFICER).words
    yield from reading_lines(reading)
    yield f"{words}\n"


def _filled_in(rows: RoundRows, sample: Sample) -> RoundRows:
    """Save the round as a workbook, fill in what the sample panel entered, and read it back."""
    panel = {one.name: one for one in read_book(resources.path(f"sample/{sample.prefix}-panel.xlsx")).sheets}
    gates = {row[0]: row for row in panel["Eligible"].rows[1:]}
    with tempfile.TemporaryDirectory() as folder:
        saved = read_book(write_round(rows, Path(folder, "round.xlsx")))
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
    record.perform_beside(following.of_files(drawn.issued), put, OFFICER)
    for ending in (".xlsx", ".pdf"):
        yield f"Wrote {drawn.write(folder / f'{sample.prefix}-schedule{ending}')}"


def _chosen(record: Record, sample: Sample) -> ChosenRound:
    return chosen_round(_options(record, sample))


def _options(record: Record, sample: Sample) -> Options:
    return Options(opened=record, round=sample.round_name, fund=sample.fund, year=YEAR)


def screenshots(options: Options) -> None:
    """Build the sample record aside, let the window draw itself, and name the pictures."""
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as aside:
        with contextlib.redirect_stdout(io.StringIO()):
            run(Options(out=Path(aside), no_window=True))
        record = Path(aside) / RECORD_NAME
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
