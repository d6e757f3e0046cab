"""Papers that were issued."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.schema.issue import IssueTable


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issued version; `area` is "" for the whole round, `content` the canonical JSON of its values.

    `after_row` and `after_head` are the journal's last row, and its hash, before the issue.
    """

    version: int
    area: str
    content: str
    sha256: str
    after_row: int
    after_head: str
    issued_by: str
    issued_at: datetime

    @property
    def supersedes(self) -> int | None:
        """Return the version that this one takes the place of."""
        return self.version - 1 if self.version > 1 else None


def issues(session: Session, round_id: int, area: str = "") -> tuple[IssueRow, ...]:
    """Return the versions of a round's schedule, or of one area's, oldest first."""
    rows = session.execute(_issues(round_id, area).order_by(IssueTable.version))
    return tuple(IssueRow(*row) for row in rows)


def every_issue(session: Session, round_id: int) -> tuple[IssueRow, ...]:
    """Return the versions of all schedules of a round, in the order in which they were issued."""
    rows = session.execute(_columns().where(IssueTable.round_id == round_id).order_by(IssueTable.id))
    return tuple(IssueRow(*row) for row in rows)


def newest_issue(session: Session, round_id: int, area: str = "") -> IssueRow | None:
    """Return the newest version, None when nothing was issued."""
    newest = _issues(round_id, area).order_by(IssueTable.version.desc()).limit(1)
    row = session.execute(newest).one_or_none()
    return None if row is None else IssueRow(*row)


def issue_with_hash(session: Session, sha256: str) -> IssueRow | None:
    """Return the issue whose values have this SHA-256, of whatever round; None when there is none."""
    row = session.execute(_columns().where(IssueTable.sha256 == sha256).order_by(IssueTable.id)).first()
    return None if row is None else IssueRow(*row)


def _issues(round_id: int, area: str) -> Select[int, str, str, str, int, str, str, datetime]:
    return _columns().where(IssueTable.round_id == round_id, IssueTable.area == area)


def _columns() -> Select[int, str, str, str, int, str, str, datetime]:
    return select(
        IssueTable.version,
        IssueTable.area,
        IssueTable.content,
        IssueTable.sha256,
        IssueTable.after_row,
        IssueTable.after_head,
        IssueTable.issued_by,
        IssueTable.issued_at,
    )
