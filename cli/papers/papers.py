"""The award schedule of a round in a record, as a draft or as an issued version."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from cli.set_up.rounds import ChosenRound
from exchange.papers.schedule.schedule_values import award_schedule
from models.operation import Actor
from models.papers.issuing import issued_paper, next_issue
from models.queries.deciding.settled import settled
from models.record import Record
from scoring.schedule.values import AwardSchedule, Paper


def draft(record: Record, chosen: ChosenRound, area: str | None) -> AwardSchedule:
    """Return the schedule as it stands now, marked as a draft; the record is not changed."""
    found = record.ask(partial(settled, round_id=chosen.line.round_id))
    return award_schedule(chosen.rows, chosen.ranked(), found, Paper(datetime.now(UTC)), area=area)


def issued(record: Record, chosen: ChosenRound, area: str | None, actor: Actor) -> AwardSchedule:
    """Return the newest issued version, having issued the next one if the values differ from it."""
    schedule, round_id = draft(record, chosen, area), chosen.line.round_id
    operation = record.ask(partial(next_issue, round_id=round_id, schedule=schedule))
    if operation is not None:
        record.perform(operation, actor)
    now = datetime.now(UTC)
    paper = record.ask(partial(issued_paper, round_id=round_id, area=area or "", at=now))
    assert paper is not None, "a version was issued"
    return replace(schedule, paper=paper)
