"""Papers that were issued."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from models.schema.papers.issue import issue_table
from models.session import Session


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
    rows = session.execute(_issues(round_id, area).order_by(issue_table.c.version))
    return tuple(IssueRow(*row) for row in rows)


def every_issue(session: Session, round_id: int) -> tuple[IssueRow, ...]:
    """Return the versions of all schedules of a round, in the order in which they were issued."""
    rows = session.execute(_columns().where(issue_table.c.round_id == round_id).order_by(issue_table.c.id))
    return tuple(IssueRow(*row) for row in rows)


def newest_issue(session: Session, round_id: int, area: str = "") -> IssueRow | None:
    """Return the newest version, None when nothing was issued."""
    newest = _issues(round_id, area).order_by(issue_table.c.version.desc()).limit(1)
    row = session.execute(newest).one_or_none()
    return None if row is None else IssueRow(*row)


def issue_with_hash(session: Session, sha256: str) -> IssueRow | None:
    """Return the issue whose values have this SHA-256, of whatever round; None when there is none."""
    row = session.execute(_columns().where(issue_table.c.sha256 == sha256).order_by(issue_table.c.id)).first()
    return None if row is None else IssueRow(*row)


def _issues(round_id: int, area: str) -> Select[int, str, str, str, int, str, str, datetime]:
    return _columns().where(issue_table.c.round_id == round_id, issue_table.c.area == area)


def _columns() -> Select[int, str, str, str, int, str, str, datetime]:
    return select(
        issue_table.c.version,
        issue_table.c.area,
        issue_table.c.content,
        issue_table.c.sha256,
        issue_table.c.after_row,
        issue_table.c.after_head,
        issue_table.c.issued_by,
        issue_table.c.issued_at,
    )
