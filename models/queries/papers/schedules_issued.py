"""Which awards stand in a schedule that was issued: the award schedule's, and the finance schedule's."""

import json
from dataclasses import dataclass

from models.queries.papers.issues import every_issue
from models.queries.papers.paper_issues import paper_issues
from models.session import Session

FINANCE = "finance"


@dataclass(frozen=True, slots=True)
class SchedulesIssued:
    """The applications that an issued award schedule tells an award of, and the areas of finance schedules.

    "" stands for a finance schedule of all areas.
    """

    awarded: frozenset[str] = frozenset()
    finance_areas: frozenset[str] = frozenset()

    def has_award(self, application: str) -> bool:
        """Whether an award schedule was issued with an application's award."""
        return application in self.awarded

    def has_finance(self, area: str | None) -> bool:
        """Whether a finance schedule was issued of an area, or of all."""
        return "" in self.finance_areas or (area or "") in self.finance_areas


def schedules_issued(session: Session, round_id: int) -> SchedulesIssued:
    """Return what was issued of a round; a schedule from before the decisions tells no award."""
    lines = (
        line for row in every_issue(session, round_id) for line in json.loads(row.content).get("lines", ())
    )
    awarded = frozenset(line["reference"] for line in lines if line.get("awarded") is not None)
    papers = paper_issues(session, round_id)
    return SchedulesIssued(awarded, frozenset(one.subject for one in papers if one.paper == FINANCE))
