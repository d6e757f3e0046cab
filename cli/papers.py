"""The award schedule of a round in a record, as a draft or as an issued version."""

from datetime import UTC, datetime
from functools import partial

from cli.rounds import ChosenRound
from exchange.schedule_values import award_schedule
from models import journal
from models.operation import Actor
from models.operations.issues import IssueSchedule
from models.queries.issues import IssueRow, newest_issue
from models.queries.settled import settled
from models.record import Record
from scoring.schedule import AwardSchedule, Paper
from scoring.schedule_canonical import canonical_text, sha256


def draft(record: Record, chosen: ChosenRound, area: str | None) -> AwardSchedule:
    """Return the schedule as it stands now, marked as a draft; the record is not changed."""
    return _schedule(record, chosen, area, Paper(datetime.now(UTC)))


def issued(record: Record, chosen: ChosenRound, area: str | None, actor: Actor) -> AwardSchedule:
    """Return the newest issued version, having issued the next one if the values differ from it."""
    schedule = draft(record, chosen, area)
    newest = _newest(record, chosen, area)
    if newest is None or newest.sha256 != sha256(schedule):
        _issue(record, chosen, schedule, actor)
        newest = _newest(record, chosen, area)
    assert newest is not None
    return _schedule(record, chosen, area, _paper(record, newest))


def _newest(record: Record, chosen: ChosenRound, area: str | None) -> IssueRow | None:
    return record.ask(partial(newest_issue, round_id=chosen.line.round_id, area=area or ""))


def _issue(record: Record, chosen: ChosenRound, schedule: AwardSchedule, actor: Actor) -> None:
    head = record.head()
    operation = IssueSchedule(
        round_id=chosen.line.round_id,
        area=schedule.area or "",
        content=canonical_text(schedule),
        sha256=sha256(schedule),
        after_row=head.seq,
        after_head=head.hash_hex,
    )
    record.perform(operation, actor)


def _paper(record: Record, issue: IssueRow) -> Paper:
    before = record.ask(lambda session: next(journal.entries(session, after=issue.after_row - 1)))
    return Paper(
        generated_at=datetime.now(UTC),
        version=issue.version,
        journal_row=issue.after_row,
        journal_hash=issue.after_head,
        journal_at=before.at,
    )


def _schedule(record: Record, chosen: ChosenRound, area: str | None, paper: Paper) -> AwardSchedule:
    found = record.ask(partial(settled, round_id=chosen.line.round_id))
    return award_schedule(chosen.rows, chosen.ranked(), found, paper, area=area)
