"""Every issued version of a round's papers, schedules and others alike, as a list shows them."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from models.queries.papers.issues import IssueRow, every_issue
from models.queries.papers.paper_issues import PaperIssueRow, paper_issues
from models.session import Session
from scoring.counted import counted
from scoring.money import pounds

SCHEDULE = "schedule"
"""What an award schedule is called among the kinds of paper."""


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """One issued version; `subject` is what it is of within its round, `control` count and sum in words."""

    kind: str
    subject: str
    version: int
    issued_at: datetime
    issued_by: str
    control: str
    sha256: str

    @property
    def supersedes(self) -> int | None:
        """Return the version that this one takes the place of."""
        return self.version - 1 if self.version > 1 else None


def issued_papers(session: Session, round_id: int) -> tuple[IssuedPaper, ...]:
    """Return what was issued of a round, and of no round at all, newest first."""
    found = [_of_schedule(row) for row in every_issue(session, round_id)]
    found += [_of_paper(row) for of in (round_id, None) for row in paper_issues(session, of)]
    return tuple(sorted(found, key=_when, reverse=True))


def _when(issued: IssuedPaper) -> tuple[datetime, int]:
    return issued.issued_at, issued.version


def _of_paper(row: PaperIssueRow) -> IssuedPaper:
    return IssuedPaper(
        row.paper, row.subject, row.version, row.issued_at, row.issued_by, row.control, row.sha256
    )


def _of_schedule(row: IssueRow) -> IssuedPaper:
    values = json.loads(row.content)
    total = sum((Decimal(area["recommended_pence"]) for area in values["areas"]), Decimal())
    lines = len(values["lines"])
    control = f"{counted(lines, 'line')}, {pounds(int(total * 100))}"
    return IssuedPaper(SCHEDULE, row.area, row.version, row.issued_at, row.issued_by, control, row.sha256)
