"""The panel's agreed marks, with reasons, dissent, and criteria set aside for one application."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import func, select, update

from models.operation import Actor, Outcome, Topic
from models.operations.deciding.chair_decisions import IN_PLACE, with_ruler
from models.operations.finders import require_one_of_stages, require_stage, the_application
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.panel.meetings import require_open_item
from models.operations.rows.writing import put, remove
from models.queries.set_up.rounds import scheme
from models.schema.applications import application_table
from models.schema.base import TextAbout
from models.schema.panel import (
    agreed_mark_table,
    agreement_table,
    mark_table,
    not_applicable_table,
    panel_only_table,
    sheet_table,
)
from models.schema.set_up import area_table
from models.session import Session
from models.values.as_done import as_done
from scoring.refused import Refused

_TOUCHED = frozenset({Topic.AGREED})
STAGES = ("scoring", "meeting")
"""When the chair sets aside: while members mark, so that it holds up no sheet, and at the meeting."""
_MARKS_TOUCHED = frozenset({Topic.AGREED, Topic.MARKS})


class SetAgreedMark(RegisteredOperation, frozen=True):
    """Set the panel's agreed mark on one criterion with its reason; None takes the mark back.

    `replacing` and `replacing_reason` are what stood there. Members' own marks are never overwritten.
    """

    kind: ClassVar[str] = "set agreed mark"
    round_id: int
    application: str
    criterion: str
    value: int | None
    reason: TextAbout
    replacing: int | None
    replacing_reason: TextAbout

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Agree a mark on {self.criterion} of {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused off the scale, outside the meeting, or where something else stands by now."""
        application_id = the_application(session, self.round_id, self.application)
        require_stage(session, self.round_id, self.application, "meeting")
        require_open_item(session, application_id, self.application)
        self._check(session)
        table = agreed_mark_table
        key = (table.c.application_id == application_id) & (table.c.criterion == self.criterion)
        found = session.execute(select(table.c.mark, table.c.reason).where(key)).one_or_none()
        stands = (None, "") if found is None else (found.mark, found.reason)
        refuse_changed(
            stands,
            (self.replacing, self.replacing_reason),
            f"{self.criterion} of {self.application}",
            "was agreed",
        )
        _ensure(session, self.round_id, application_id)
        remove(session, table, key)
        row = {"criterion": self.criterion, "mark": self.value, "reason": self.reason}
        put(session, table, [{"application_id": application_id, **row}] if self._says_something else [])
        _tidy(session, application_id)
        return Outcome(_TOUCHED, self._inverse(), f"{as_done(self.label)}.")

    @property
    def _says_something(self) -> bool:
        return self.value is not None or bool(self.reason)

    def _check(self, session: Session) -> None:
        published = scheme(session, self.round_id)
        if self.criterion not in {c.code for c in published.judged}:
            raise Refused(f"{self.criterion} is not a criterion that is marked.")
        if self.value is not None and not 0 <= self.value <= published.scale_maximum:
            raise Refused(f"{self.value} is not on the scale from 0 to {published.scale_maximum}.")

    def _inverse(self) -> "SetAgreedMark":
        return replace(
            self,
            value=self.replacing,
            reason=self.replacing_reason,
            replacing=self.value,
            replacing_reason=self.reason,
        )


class SetDissent(RegisteredOperation, frozen=True):
    """Write down who of the panel disagrees, and with what; `replacing` is what stood there."""

    kind: ClassVar[str] = "set dissent"
    round_id: int
    application: str
    text: TextAbout
    replacing: TextAbout

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Record dissent on {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Write it; refused outside the meeting, or where something else stands by now."""
        application_id = the_application(session, self.round_id, self.application)
        require_stage(session, self.round_id, self.application, "meeting")
        require_open_item(session, application_id, self.application)
        table = agreement_table
        stands = session.scalar(select(table.c.dissent).where(table.c.application_id == application_id)) or ""
        refuse_changed(stands, self.replacing, f"The dissent on {self.application}")
        _ensure(session, self.round_id, application_id)
        session.execute(
            update(table).where(table.c.application_id == application_id).values(dissent=self.text)
        )
        _tidy(session, application_id)
        return Outcome(_TOUCHED, self.exchanged("text"), f"{as_done(self.label)}.")


class KeepForPanel(RegisteredOperation, frozen=True):
    """Keep the reason of an agreed mark for the panel, whose letters leave it out, or let it be told.

    It may be said until the letters go, long after the meeting: no mark and no word is changed.
    """

    kind: ClassVar[str] = "keep for panel"
    round_id: int
    application: str
    criterion: str
    is_kept: bool

    @property
    def label(self) -> str:
        """Return the change in words."""
        if self.is_kept:
            return f"Keep the reason on {self.criterion} of {self.application} for the panel"
        return f"Tell the reason on {self.criterion} of {self.application} to the applicant"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Say it; refused where there is no such reason, or where it is said already."""
        application_id = the_application(session, self.round_id, self.application)
        of_mark, of_tick = (
            (table.c.application_id == application_id) & (table.c.criterion == self.criterion)
            for table in (agreed_mark_table, panel_only_table)
        )
        is_kept = bool(session.scalar(select(func.count()).where(of_tick)))
        if is_kept == self.is_kept:
            how = "kept for the panel" if is_kept else "told to the applicant"
            raise Refused(f"The reason on {self.criterion} of {self.application} is {how} already.")
        if self.is_kept and not session.scalar(select(agreed_mark_table.c.reason).where(of_mark)):
            raise Refused(f"{self.application} has no agreed reason on {self.criterion} to keep.")
        remove(session, panel_only_table, of_tick)
        row = {"application_id": application_id, "criterion": self.criterion}
        put(session, panel_only_table, [row] if self.is_kept else [])
        return Outcome(_TOUCHED, replace(self, is_kept=is_kept), f"{as_done(self.label)}.")


def _ensure(session: Session, round_id: int, application_id: int) -> None:
    """Open the application's moderation record if it has none."""
    table = agreement_table
    if session.scalar(select(func.count()).where(table.c.application_id == application_id)):
        return
    put(session, table, [{"application_id": application_id, "dissent": ""}])


def _tidy(session: Session, application_id: int) -> None:
    """Take an empty moderation record out again, since one that is there bars handing sheets in."""
    marks = select(func.count()).where(agreed_mark_table.c.application_id == application_id)
    if not session.scalar(marks):
        table = agreement_table
        remove(session, table, (table.c.application_id == application_id) & (table.c.dissent == ""))


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
            row = {"criterion": self.criterion, "reason": reason}
            put(session, table, [{"application_id": application_id, **row}])
        inverse = replace(self, reason=self.replacing, replacing=reason)
        return Outcome(_MARKS_TOUCHED, inverse, f"{self.label if reason else as_done(self.label)}.")

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
