"""Award schedules of made-up rounds, of any number of lines."""

from datetime import UTC, datetime

from benchmarks.rounds import MEMBERS, made_up
from models.papers.award_schedule import award_schedule
from models.papers.status import PaperStatus
from models.values.rows import ApplicationRow, MemberRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.schedule.lines import Settled
from scoring.schedule.values import AwardSchedule

DRAFT = PaperStatus(datetime(2026, 11, 20, tzinfo=UTC), "ab" * 32)


def made_schedule(lines: int) -> AwardSchedule:
    """Return the draft schedule of a made-up round whose every application is ranked."""
    rows = made_rows(lines)
    return award_schedule(rows, rank(scored_round(rows)), Settled())


def made_rows(count: int) -> RoundRows:
    """Return a made-up round with all that a workbook holds of it."""
    round_ = made_up(count)
    return RoundRows(
        fund=round_.fund,
        name=round_.name,
        year="2026/27",
        scheme=round_.scheme,
        areas=round_.areas,
        applications=tuple(
            ApplicationRow(
                a.reference,
                a.organisation,
                project=f"Evening sessions and a quiet room, part {a.reference}",
                area=a.area,
                requested_pence=a.requested_pence,
                received_at=a.received_at,
            )
            for a in round_.applications
        ),
        members=tuple(MemberRow(code, f"Member {code}") for code in MEMBERS),
        sheets=tuple(SheetRow(s.member, s.application, s.submitted, s.marks) for s in round_.sheets),
    )
