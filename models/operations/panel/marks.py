"""A member's marks: given, taken back, explained and handed in."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.panel.from_paper import paper_words
from models.operations.panel.open_sheet import check_criterion, made, open_sheet, set_aside, write
from models.operations.panel.reopened import set_handed_in
from models.queries.set_up.scheme import ReasonRule, reason_rule, scheme
from models.schema.panel.agreed import agreement_table
from models.schema.panel.sheet import mark_table
from models.schema.personal import TextAbout
from models.session import Session, row_at
from models.values.as_done import as_done
from scoring.refused import Refused

_TOUCHED = frozenset({Topic.MARKS})


class SetMark(RegisteredOperation, frozen=True):
    """Give a mark, change it, or take it back (None); `replacing` is the mark that stood there.

    With `from_paper` the office types in what the member gave on paper; the journal keeps both names.
    """

    kind: ClassVar[str] = "set mark"
    round_id: int
    member: str
    application: str
    criterion: str
    value: int | None
    replacing: int | None
    from_paper: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        of_paper = paper_words(self.member, from_paper=self.from_paper)
        return f"Mark {self.criterion} of {self.application}{of_paper}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused off the scale, on a sheet that is closed to the member, or a stale one."""
        sheet = open_sheet(session, self.round_id, self.member, self.application, self.criterion)
        check_criterion(session, self.round_id, self.application, self.criterion, self.value)
        refuse_changed(sheet.mark, self.replacing, f"{self.criterion} of {self.application}", "was marked")
        write(session, sheet, self.criterion, self.value, sheet.reason or "")
        inverse = self.exchanged("value")
        return Outcome(
            _TOUCHED, inverse, f"{as_done(self.label)}: {'no mark' if self.value is None else self.value}."
        )


class SetReason(RegisteredOperation, frozen=True):
    """Write a member's reason for a mark, or take it back (""); `replacing` is what stood there."""

    kind: ClassVar[str] = "set reason"
    round_id: int
    member: str
    application: str
    criterion: str
    text: TextAbout
    replacing: TextAbout
    from_paper: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        of_paper = paper_words(self.member, from_paper=self.from_paper)
        return f"Give a reason on {self.criterion} of {self.application}{of_paper}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Write it; refused on a sheet that is closed to the member, or a stale one."""
        sheet = open_sheet(session, self.round_id, self.member, self.application, self.criterion)
        check_criterion(session, self.round_id, self.application, self.criterion, None)
        refuse_changed(sheet.reason or "", self.replacing, f"The reason on {self.criterion}")
        write(session, sheet, self.criterion, sheet.mark, self.text)
        return Outcome(_TOUCHED, self.exchanged("text"), f"{as_done(self.label)}.")


class HandIn(RegisteredOperation, frozen=True):
    """Hand a member's sheet in. A barrier: from then on it counts, and only the chair opens it again."""

    kind: ClassVar[str] = "hand in"
    is_barrier: ClassVar[bool] = True
    round_id: int
    member: str
    application: str
    from_paper: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        of_paper = paper_words(self.member, from_paper=self.from_paper)
        return f"Hand in the sheet for {self.application}{of_paper}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Hand it in; refused while a mark or a required reason is missing, or once marks are agreed."""
        sheet = open_sheet(session, self.round_id, self.member, self.application)
        if row_at(session, agreement_table, sheet.application_id) is not None:
            raise Refused(f"The panel has agreed marks on {self.application}; no sheet can be handed in now.")
        sheet_id = made(session, sheet)
        missing = self._missing(session, sheet_id)
        if missing:
            raise Refused(f"No mark yet on {', '.join(missing)} of {self.application}. Give these first.")
        if reason_rule(session, self.round_id) is ReasonRule.REQUIRED:
            self._require_reasons(session, sheet_id)
        set_handed_in(session, sheet_id, is_in=True)
        return Outcome(_TOUCHED, None, f"The sheet for {self.application} is handed in.")

    def _missing(self, session: Session, sheet_id: int) -> list[str]:
        marks = select(mark_table.c.criterion).where(
            mark_table.c.sheet_id == sheet_id, mark_table.c.mark.is_not(None)
        )
        given = set(session.scalars(marks))
        aside = set_aside(session, self.round_id, self.application)
        judged = scheme(session, self.round_id).judged
        return [c.code for c in judged if c.code not in given and c.code not in aside]

    def _require_reasons(self, session: Session, sheet_id: int) -> None:
        """Refuse a sheet with a mark that has no reason, where the round requires one."""
        rows = session.execute(
            select(mark_table.c.criterion, mark_table.c.reason).where(mark_table.c.sheet_id == sheet_id)
        )
        given = {criterion for criterion, reason in rows if reason.strip()}
        aside = set_aside(session, self.round_id, self.application)
        judged = scheme(session, self.round_id).judged
        lacking = [c.code for c in judged if c.code not in given and c.code not in aside]
        if lacking:
            raise Refused(
                f"No reason yet on {', '.join(lacking)} of {self.application}. "
                "This round requires one beside each mark."
            )
