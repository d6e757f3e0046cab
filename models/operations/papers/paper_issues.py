"""Issuing a paper other than an award schedule."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.rows.writing import next_id, put
from models.operations.set_up.round_state import require_round
from models.queries.papers.paper_issues import newest_paper_issue
from models.schema.papers.paper_issue import paper_issue_table
from models.session import Session
from scoring.refused import Refused


@dataclass(frozen=True, slots=True)
class IssuePaper:
    """Issue the next version of a paper on a subject, of a round or (None) of the office. A barrier.

    `content` is the canonical JSON of the values; `after_row` and `after_head` are the journal's last row
    and its hash before this one, as every copy prints them.
    """

    kind: ClassVar[str] = "issue paper"
    is_barrier: ClassVar[bool] = True
    paper: str
    round_id: int | None
    subject: str
    content: str
    sha256: str
    control: str
    after_row: int
    after_head: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Issue the {self.paper}" + (f", {self.subject}" if self.subject else "")

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Keep the values as the next version; refused where the newest version holds the same."""
        if self.round_id is not None:
            require_round(session, self.round_id)
        if hashlib.sha256(self.content.encode()).hexdigest() != self.sha256:
            raise Refused("The values of the paper do not bear their own SHA-256. Nothing was issued.")
        newest = newest_paper_issue(session, self.paper, self.round_id, self.subject)
        if newest is not None and newest.sha256 == self.sha256:
            raise Refused(f"Version {newest.version} holds these values already. Print that one again.")
        version = 1 if newest is None else newest.version + 1
        row = {
            "id": next_id(session, paper_issue_table.c.id),
            "paper": self.paper,
            "scope": "" if self.round_id is None else str(self.round_id),
            "round_id": self.round_id,
            "subject": self.subject,
            "version": version,
            "content": self.content,
            "sha256": self.sha256,
            "control": self.control,
            "after_row": self.after_row,
            "after_head": self.after_head,
            "issued_by": actor.name,
            "issued_at": at,
        }
        put(session, paper_issue_table, [row])
        return Outcome(frozenset({Topic.ISSUES}), None, f"Version {version} was issued.")
