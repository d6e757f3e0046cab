"""What the issue of a schedule needs of the record, whoever asks for it: the command or the window."""

from datetime import datetime

from models.journal import chain as journal
from models.operations.papers.issues import IssueSchedule
from models.queries.papers.issues import newest_issue
from models.session import Session
from scoring.schedule.canonical import canonical_text, sha256
from scoring.schedule.values import AwardSchedule, Paper


def next_issue(session: Session, round_id: int, schedule: AwardSchedule) -> IssueSchedule | None:
    """Return the operation that issues these values, None when the newest version holds them already."""
    area, digest = schedule.area or "", sha256(schedule)
    newest = newest_issue(session, round_id, area)
    if newest is not None and newest.sha256 == digest:
        return None
    head = journal.head(session)
    return IssueSchedule(
        round_id=round_id,
        area=area,
        content=canonical_text(schedule),
        sha256=digest,
        after_row=head.seq,
        after_head=head.hash_hex,
    )


def issued_paper(session: Session, round_id: int, area: str, at: datetime) -> Paper | None:
    """Return what a copy of the newest version, generated now, says about itself; None without one."""
    newest = newest_issue(session, round_id, area)
    if newest is None:
        return None
    before = next(journal.entries(session, after=newest.after_row - 1))
    return Paper(
        generated_at=at,
        version=newest.version,
        journal_row=newest.after_row,
        journal_hash=newest.after_head,
        journal_at=before.at,
    )
