"""Issuing a schedule."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.rows.write_areas import area_ids
from models.operations.rows.writing import next_id, put
from models.operations.set_up.round_state import require_round
from models.queries.papers.issues import newest_issue
from models.schema.papers.issue import issue_table
from models.session import Session
from scoring.refused import Refused


@dataclass(frozen=True, slots=True)
class IssueSchedule:
    """Issue the next version of the schedule of a round, or of one area of it. A barrier, for good.

    `content` is the canonical JSON of the values; `after_row` and `after_head` are the journal's last
    row and its hash before this one, as every copy of the paper prints them. `area` is "" for the round.
    """

    kind: ClassVar[str] = "issue schedule"
    is_barrier: ClassVar[bool] = True
    round_id: int
    area: str
    content: str
    sha256: str
    after_row: int
    after_head: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Issue the schedule of {self.area}" if self.area else "Issue the schedule"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Keep the values as the next version; refused where the newest version holds the same."""
        if require_round(session, self.round_id) == "set up":
            raise Refused("The round is still being set up. There is nothing to issue yet.")
        if self.area and self.area not in area_ids(session, self.round_id):
            raise Refused(f"The round has no area {self.area}. Correct the name.")
        if hashlib.sha256(self.content.encode()).hexdigest() != self.sha256:
            raise Refused("The values of the schedule do not bear their own SHA-256. Nothing was issued.")
        newest = newest_issue(session, self.round_id, self.area)
        if newest is not None and newest.sha256 == self.sha256:
            raise Refused(f"Version {newest.version} holds these values already. Print that one again.")
        version = 1 if newest is None else newest.version + 1
        row = {
            "id": next_id(session, issue_table.c.id),
            "round_id": self.round_id,
            "area": self.area,
            "version": version,
            "content": self.content,
            "sha256": self.sha256,
            "after_row": self.after_row,
            "after_head": self.after_head,
            "issued_by": actor.name,
            "issued_at": at,
        }
        put(session, issue_table, [row])
        return Outcome(frozenset({Topic.ISSUES}), None, f"Version {version} was issued.")
