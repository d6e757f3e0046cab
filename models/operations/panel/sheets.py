"""Whole sheets: several handed in together, and one opened again by the chair."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import select, update

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import require_stage, the_application, the_member
from models.operations.deciding.chair_decisions import IN_PLACE, with_ruler
from models.operations.operation_base import RegisteredOperation
from models.operations.panel.from_paper import paper_words
from models.operations.panel.marks import HandIn
from models.operations.panel.reopened import keep_first_marks, marking_opened, reopened_again
from models.schema.panel.agreed import agreement_table
from models.schema.panel.sheet import sheet_table
from models.schema.personal import TextAbout
from models.session import Session, row_at
from scoring.counted import counted
from scoring.refused import Refused

_TOUCHED = frozenset({Topic.MARKS})


class HandInSheets(RegisteredOperation, frozen=True):
    """Hand several of a member's sheets in, all or none. A barrier, as handing in one is."""

    kind: ClassVar[str] = "hand in sheets"
    is_barrier: ClassVar[bool] = True
    round_id: int
    member: str
    applications: tuple[str, ...]
    from_paper: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        count = len(self.applications)
        of_paper = paper_words(self.member, from_paper=self.from_paper)
        return f"Hand in {counted(count, 'sheet')}{of_paper}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Hand them in; refused where there is none, or where one of them may not be."""
        if not self.applications:
            raise Refused("No sheet is ready to be handed in. Give the marks first.")
        for application in self.applications:
            hand_in = HandIn(self.round_id, self.member, application, self.from_paper)
            hand_in.apply(session, actor, at)
        count = len(self.applications)
        return Outcome(_TOUCHED, None, f"{counted(count, 'sheet is', 'sheets are')} handed in.")


class ReopenSheet(RegisteredOperation, frozen=True):
    """Open a sheet that was handed in, so that it can change; the chair's, with a reason. A barrier.

    The sheet stays marked as reopened after others' marks could be seen, with the newest reason; the marks
    that it was first handed in with are kept. `in_place` is the code of the member who ruled in the chair's
    place, which the reason then says.
    """

    kind: ClassVar[str] = "reopen sheet"
    is_barrier: ClassVar[bool] = True
    round_id: int
    member: str
    application: str
    reason: TextAbout
    in_place: str = ""

    @property
    def from_paper(self) -> bool:
        """Whether an officer puts down what another ruled."""
        return bool(self.in_place)

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Reopen a sheet for {self.application}{IN_PLACE if self.in_place else ''}"

    @marking_opened
    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Open it; refused for anyone but the chair, without a reason, or once marks are agreed."""
        member_id = the_member(session, self.round_id, self.member)
        application_id = the_application(session, self.round_id, self.application)
        require_stage(session, self.round_id, self.application, "scoring")
        if not self.reason.strip():
            raise Refused(f"Say why the sheet for {self.application} is opened again.")
        reason = with_ruler(session, self.round_id, self.application, self.in_place, self.reason.strip())
        if row_at(session, agreement_table, application_id) is not None:
            raise Refused(f"The panel has agreed marks on {self.application}; no sheet can be reopened now.")
        table = sheet_table
        key = (table.c.member_id == member_id) & (table.c.application_id == application_id)
        held = session.execute(select(table.c.is_submitted, table.c.reopened).where(key)).one_or_none()
        if held is None or not held.is_submitted:
            raise Refused(f"{self.member} has not handed in a sheet for {self.application}.")
        if not keep_first_marks(session, member_id, application_id):
            raise Refused(
                f"The marks on {self.application} are closed to you until your own sheets are handed in, so "
                "those on this one could not be kept. Hand your own in first."
            )
        why = reopened_again(held.reopened or "", reason)
        session.execute(update(table).where(key).values(is_submitted=False, reopened=why))
        return Outcome(_TOUCHED, None, f"The sheet for {self.application} is open again.")
