"""The issued versions of papers other than award schedules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from models.schema.papers.paper_issue import paper_issue_table
from models.session import Session


@dataclass(frozen=True, slots=True)
class PaperIssueRow:
    """One issued version of a paper; `control` is its count and sum in words."""

    paper: str
    round_id: int | None
    subject: str
    version: int
    sha256: str
    control: str
    after_row: int
    after_head: str
    issued_by: str
    issued_at: datetime


def paper_issues(session: Session, round_id: int | None) -> tuple[PaperIssueRow, ...]:
    """Return what was issued of a round, or of no round (None), oldest first."""
    table = paper_issue_table
    rows = session.execute(
        select(table).where(table.c.round_id.is_not_distinct_from(round_id)).order_by(table.c.id)
    )
    return tuple(map(_row, rows))


def newest_paper_issue(
    session: Session, paper: str, round_id: int | None, subject: str
) -> PaperIssueRow | None:
    """Return the newest version of a paper on a subject, None when none was issued."""
    table = paper_issue_table
    found = session.execute(
        select(table)
        .where(
            table.c.paper == paper,
            table.c.round_id.is_not_distinct_from(round_id),
            table.c.subject == subject,
        )
        .order_by(table.c.version.desc())
        .limit(1)
    ).one_or_none()
    return None if found is None else _row(found)


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """An issued version with the canonical JSON of its values."""

    issue: PaperIssueRow
    content: str


def papers_with_hash(session: Session, digests: Collection[str]) -> tuple[StoredPaper, ...]:
    """Return the issues whose values have one of these SHA-256, of whatever round, oldest first."""
    table = paper_issue_table
    rows = session.execute(select(table).where(table.c.sha256.in_(digests)).order_by(table.c.id))
    return tuple(StoredPaper(_row(row), row.content) for row in rows)


def papers_of_kinds(session: Session, kinds: Collection[str]) -> tuple[StoredPaper, ...]:
    """Return every issue of some kinds of paper, newest first."""
    table = paper_issue_table
    rows = session.execute(select(table).where(table.c.paper.in_(kinds)).order_by(table.c.id.desc()))
    return tuple(StoredPaper(_row(row), row.content) for row in rows)


def _row(found: Row[Any]) -> PaperIssueRow:
    return PaperIssueRow(
        paper=found.paper,
        round_id=found.round_id,
        subject=found.subject,
        version=found.version,
        sha256=found.sha256,
        control=found.control,
        after_row=found.after_row,
        after_head=found.after_head,
        issued_by=found.issued_by,
        issued_at=found.issued_at,
    )
