"""Issuing a paper."""

import hashlib
from datetime import datetime
from typing import ClassVar

from msgspec.structs import asdict

from models.journal import chain as journal
from models.operation import Actor, Outcome, Topic
from models.operations.awards.submitting import check_submission
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.writing import next_id, put
from models.operations.set_up.round_state import require_known_round
from models.papers.issued import PaperFile
from models.papers.kinds import MINISTRY, SCHEDULE
from models.papers.office import NAME_IT
from models.queries.papers.issues import newest_issue
from models.queries.set_up.office import office_name
from models.schema.papers import paper_file_table, paper_issue_table
from models.session import Session
from models.values import canonical
from scoring.refused import Refused

SUBMITTING = "Submit the return to the Ministry"
NOT_ISSUED = f"{NAME_IT} Nothing was issued."


class IssuePaper(RegisteredOperation, frozen=True):
    """Issue the next version of a paper on a subject, of a round or (None) of the office. A barrier.

    `content` is the canonical JSON of the values; `after_row` and `after_head` are the journal's last row
    and its hash before this one, as every copy prints them. `files` are the files that were drawn of it:
    their bytes are put in beside the change, as the journal holds their sums alone (`write_files`).
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
    files: tuple[PaperFile, ...] = ()

    @property
    def label(self) -> str:
        """Return the change in words."""
        does = SUBMITTING if self.paper == MINISTRY else f"Issue the {self.paper}"
        return does + (f", {self.subject}" if self.subject else "")

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse what was drawn before another version was issued: it bears that version's number."""
        if any(map(self._is_of_mine, journal.entries(session, after=self.after_row))):
            raise Refused(
                "Another version of this paper was issued while this one was drawn, so this one would "
                "have the wrong number. Nothing was issued. Look at that version, then issue again if it "
                "needs replacing."
            )

    def _is_of_mine(self, entry: journal.Entry) -> bool:
        """Whether a journal's row issues another version of this paper."""
        if entry.kind != self.kind or not entry.body:
            return False
        other = canonical.from_text(IssuePaper, entry.body)
        mine = (self.paper, self.round_id, self.subject)
        return (other.paper, other.round_id, other.subject) == mine and other.sha256 != self.sha256

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Keep the values as the next version; refused where the newest holds the same, or without a name."""
        stage = None if self.round_id is None else require_known_round(session, self.round_id)
        if stage == "set up" and self.paper == SCHEDULE:
            raise Refused("The round is still being set up. There is nothing to issue yet.")
        if hashlib.sha256(self.content.encode()).hexdigest() != self.sha256:
            raise Refused("The values of the paper do not match their SHA-256. Nothing was issued.")
        if not office_name(session, at.date()):
            raise Refused(NOT_ISSUED)
        newest = newest_issue(session, self.paper, self.round_id, self.subject)
        if newest is not None and newest.sha256 == self.sha256:
            raise Refused(f"Version {newest.version} holds these values already. Print that one again.")
        version = 1 if newest is None else newest.version + 1
        if self.paper == MINISTRY:
            check_submission(session, self.content, version, at)
        self._put(session, version, actor, at)
        return Outcome(frozenset({Topic.ISSUES}), None, f"Version {version} was issued.")

    def _put(self, session: Session, version: int, actor: Actor, at: datetime) -> None:
        """Keep the version and what its files are."""
        number = next_id(session, paper_issue_table.c.id)
        row = {
            "id": number,
            "round_id": self.round_id,
            "paper": self.paper,
            "scope": "" if self.round_id is None else str(self.round_id),
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
        put(session, paper_file_table, [{"issue_id": number, **asdict(file)} for file in self.files])
