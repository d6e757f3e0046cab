"""Issued versions as lists show them: what each held, without its values."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from models.queries.issues import IssueRow, issues


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issued version; `recommended_pence` is the sum of its column of recommended money."""

    version: int
    supersedes: int | None
    issued_at: datetime
    issued_by: str
    lines: int
    recommended_pence: int
    sha256: str


def issue_lines(session: Session, round_id: int, area: str = "") -> tuple[IssueLine, ...]:
    """Return the versions of a round's schedule, or of one area's, newest first."""
    return tuple(_line(row) for row in reversed(issues(session, round_id, area)))


def _line(row: IssueRow) -> IssueLine:
    values = json.loads(row.content)
    pounds = sum((Decimal(area["recommended_pence"]) for area in values["areas"]), Decimal())
    return IssueLine(
        version=row.version,
        supersedes=row.supersedes,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        lines=len(values["lines"]),
        recommended_pence=int(pounds * 100),
        sha256=row.sha256,
    )
