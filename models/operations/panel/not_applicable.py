"""Setting a criterion aside for one application."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import func, select

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import require_one_of_stages, the_application
from models.operations.deciding.chair_decisions import IN_PLACE, with_ruler
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.panel.meeting_state import require_open_item
from models.operations.rows.writing import put, remove
from models.queries.set_up.scheme import scheme
from models.schema.applications.application import application_table
from models.schema.panel.agreed import not_applicable_table
from models.schema.panel.sheet import mark_table, sheet_table
from models.schema.personal import TextAbout
from models.schema.set_up.round import area_table
from models.session import Session
from models.values.as_done import as_done
from scoring.refused import Refused

STAGES = ("scoring", "meeting")
"""When the chair sets aside: while members mark, so that it holds up no sheet, and at the meeting."""

_TOUCHED = frozenset({Topic.AGREED, Topic.MARKS})


class SetNotApplicable(RegisteredOperation, frozen=True):
    """Set a criterion aside for one application, with the reason; "" counts it again. The chair's.

    The other criteria on its side share its weight. `replacing` is the reason that stood there, `in_place`
    the code of the member who ruled in the chair's place, which the reason then says.
    """

    kind: ClassVar[str] = "set not applicable"
    round_id: int
    application: str
    criterion: str
    reason: TextAbout
    replacing: TextAbout
    in_place: str = ""

    @property
    def from_paper(self) -> bool:
        """Whether an officer puts down what another ruled."""
        return bool(self.in_place)

    @property
    def label(self) -> str:
        """Return the change in words."""
        action = "Set {} aside for {}" if self.reason else "Count {} of {} again"
        return f"{action.format(self.criterion, self.application)}{IN_PLACE if self.in_place else ''}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it aside; refused where the scheme does not allow it, and once the meeting is over."""
        application_id = the_application(session, self.round_id, self.application)
        require_one_of_stages(session, self.round_id, self.application, STAGES)
        require_open_item(session, application_id, self.application)
        self._check(session)
        table = not_applicable_table
        key = (table.c.application_id == application_id) & (table.c.criterion == self.criterion)
        refuse_changed(
            session.scalar(select(table.c.reason).where(key)) or "",
            self.replacing,
            f"{self.criterion} of {self.application}",
        )
        if not self.reason:
            self._require_marks(session, application_id)
        reason = with_ruler(session, self.round_id, self.application, self.in_place, self.reason)
        remove(session, table, key)
        if reason:
            last = select(func.max(table.c.position)).join(application_table)
            found = session.scalar(last.where(application_table.c.round_id == self.round_id))
            row = {"criterion": self.criterion, "reason": reason}
            position = 0 if found is None else found + 1
            put(session, table, [{"application_id": application_id, "position": position, **row}])
        inverse = replace(self, reason=self.replacing, replacing=reason)
        return Outcome(_TOUCHED, inverse, f"{self.label if reason else as_done(self.label)}.")

    def _require_marks(self, session: Session, application_id: int) -> None:
        """Refuse to count it again while sheets without a mark on it are handed in and could be reopened."""
        stage = select(area_table.c.stage).join(
            application_table, application_table.c.area_id == area_table.c.id
        )
        if session.scalar(stage.where(application_table.c.id == application_id)) != "scoring":
            return
        marked = select(mark_table.c.sheet_id).where(
            mark_table.c.criterion == self.criterion, mark_table.c.mark.is_not(None)
        )
        mine = (sheet_table.c.application_id == application_id) & sheet_table.c.is_submitted.is_(True)
        without = select(func.count()).select_from(sheet_table).where(mine, sheet_table.c.id.not_in(marked))
        count = session.scalar(without) or 0
        if count and self.criterion in {c.code for c in scheme(session, self.round_id).judged}:
            words = "sheet is handed in" if count == 1 else "sheets are handed in"
            raise Refused(
                f"{count} {words} without a mark on {self.criterion} of {self.application}. "
                "Reopen them first."
            )

    def _check(self, session: Session) -> None:
        published = scheme(session, self.round_id)
        if self.criterion not in {c.code for c in published.criteria}:
            raise Refused(f"{self.criterion} is not a criterion of the round.")
        if self.reason and not published.not_applicable_allowed:
            raise Refused("The published scheme does not allow a criterion to be set aside.")
        if self.reason != self.reason.strip():
            raise Refused(f"Say why {self.criterion} does not apply to {self.application}.")
