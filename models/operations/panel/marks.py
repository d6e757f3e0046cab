"""A member's marks: given, taken back, explained and handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from sqlalchemy import bindparam, delete, func, select, update

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import require_stage, the_application, the_member
from models.operations.panel.declarations import kinds_declared
from models.operations.panel.from_paper import paper_words
from models.operations.rows.writing import next_id, put, remove, round_uid, uid
from models.queries.panel.areas_served import stood_down
from models.queries.panel.panel import interests, not_applicable
from models.queries.set_up.reason_rule import ReasonRule, reason_rule
from models.queries.set_up.scheme import scheme
from models.schema.panel.agreed import agreement_table
from models.schema.panel.panel import member_table
from models.schema.panel.sheet import mark_table, sheet_table
from models.session import Session, row_at
from models.values.as_done import as_done
from scoring.refused import Refused
from scoring.round import InterestKind

_TOUCHED = frozenset({Topic.MARKS})
_SHEET = select(sheet_table.c.id, sheet_table.c.is_submitted).where(
    sheet_table.c.member_id == bindparam("member"), sheet_table.c.application_id == bindparam("application")
)
_GIVEN = (mark_table.c.sheet_id == bindparam("sheet")) & (mark_table.c.criterion == bindparam("criterion"))
_MARK = select(mark_table.c.mark, mark_table.c.reason).where(_GIVEN)
_NO_MARK = delete(mark_table).where(_GIVEN)
_MARKS = select(func.count()).where(mark_table.c.sheet_id == bindparam("sheet"))
"""Built once: a mark is given, and given over again by a check of the record, thousands of times."""


@dataclass(frozen=True, slots=True)
class SetMark:
    """Give a mark, change it, or take it back (None); `replacing` is the mark that stood there.

    With `from_paper` the office types in what the member gave on paper; the journal keeps both names.
    """

    kind: ClassVar[str] = "set mark"
    is_barrier: ClassVar[bool] = False
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
        sheet_id = _open_sheet(session, self.round_id, self.member, self.application)
        _check_mark(session, self.round_id, self.application, self.criterion, self.value)
        mark, reason = _current_mark(session, sheet_id, self.criterion)
        if mark != self.replacing:
            raise Refused(f"{self.criterion} of {self.application} was marked in the meantime. Look again.")
        _write(session, sheet_id, self.criterion, self.value, reason)
        inverse = replace(self, value=self.replacing, replacing=self.value)
        return Outcome(
            _TOUCHED, inverse, f"{as_done(self.label)}: {'no mark' if self.value is None else self.value}."
        )


@dataclass(frozen=True, slots=True)
class SetReason:
    """Write a member's reason for a mark, or take it back (""); `replacing` is what stood there."""

    kind: ClassVar[str] = "set reason"
    is_barrier: ClassVar[bool] = False
    round_id: int
    member: str
    application: str
    criterion: str
    text: str
    replacing: str
    from_paper: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        of_paper = paper_words(self.member, from_paper=self.from_paper)
        return f"Give a reason on {self.criterion} of {self.application}{of_paper}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Write it; refused on a sheet that is closed to the member, or a stale one."""
        sheet_id = _open_sheet(session, self.round_id, self.member, self.application)
        _check_mark(session, self.round_id, self.application, self.criterion, None)
        mark, reason = _current_mark(session, sheet_id, self.criterion)
        if reason != self.replacing:
            raise Refused(f"The reason on {self.criterion} was changed in the meantime. Look again.")
        _write(session, sheet_id, self.criterion, mark, self.text)
        inverse = replace(self, text=self.replacing, replacing=self.text)
        return Outcome(_TOUCHED, inverse, f"{as_done(self.label)}.")


@dataclass(frozen=True, slots=True)
class HandIn:
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
        sheet_id = _open_sheet(session, self.round_id, self.member, self.application)
        application_id = the_application(session, self.round_id, self.application)
        if row_at(session, agreement_table, application_id) is not None:
            raise Refused(f"The panel has agreed marks on {self.application}; no sheet can be handed in now.")
        missing = self._missing(session, sheet_id)
        if missing:
            raise Refused(f"No mark yet on {', '.join(missing)} of {self.application}. Give these first.")
        if reason_rule(session, self.round_id) is ReasonRule.REQUIRED:
            self._require_reasons(session, sheet_id)
        table = sheet_table
        session.execute(update(table).where(table.c.id == sheet_id).values(is_submitted=True))
        return Outcome(_TOUCHED, None, f"The sheet for {self.application} is handed in.")

    def _missing(self, session: Session, sheet_id: int) -> list[str]:
        marks = select(mark_table.c.criterion).where(
            mark_table.c.sheet_id == sheet_id, mark_table.c.mark.is_not(None)
        )
        given = set(session.scalars(marks))
        not_applicable = _not_applicable(session, self.round_id, self.application)
        judged = scheme(session, self.round_id).judged
        return [c.code for c in judged if c.code not in given and c.code not in not_applicable]

    def _require_reasons(self, session: Session, sheet_id: int) -> None:
        """Refuse a sheet with a mark that has no reason, where the round requires one."""
        rows = session.execute(
            select(mark_table.c.criterion, mark_table.c.reason).where(mark_table.c.sheet_id == sheet_id)
        )
        given = {criterion for criterion, reason in rows if reason.strip()}
        not_applicable = _not_applicable(session, self.round_id, self.application)
        judged = scheme(session, self.round_id).judged
        lacking = [c.code for c in judged if c.code not in given and c.code not in not_applicable]
        if lacking:
            raise Refused(
                f"No reason yet on {', '.join(lacking)} of {self.application}. "
                "This round requires one beside each mark."
            )


def _open_sheet(session: Session, round_id: int, member: str, application: str) -> int:
    """Return the member's sheet for the application, made if need be; refused where it is not open."""
    member_id = the_member(session, round_id, member)
    application_id = the_application(session, round_id, application)
    require_stage(session, round_id, application, "scoring")
    _check_declared(session, round_id, member, application)
    sheet = session.execute(_SHEET, {"member": member_id, "application": application_id}).one_or_none()
    if sheet is None:
        return _put_sheet(session, round_id, {member: member_id}, {application: application_id})
    if sheet.is_submitted:
        raise Refused(f"The sheet for {application} is handed in. The chair can open it again.")
    return int(sheet.id)


def _check_declared(session: Session, round_id: int, member: str, application: str) -> None:
    declared = interests(session, round_id)
    if not any(row.member == member for row in declared):
        raise Refused(f"{member} has not declared interests yet. Sheets open after that.")
    if member in stood_down(declared):
        raise Refused(
            f"{member} does not score in this round, as the chair said. That can be taken back on Scoring."
        )
    kinds = kinds_declared(declared, member, application) - {InterestKind.NONE}
    if kinds:
        raise Refused(f"{member} declared “{min(kinds)}” on {application}, so has no sheet for it.")


def _put_sheet(
    session: Session, round_id: int, member: Mapping[str, int], application: Mapping[str, int]
) -> int:
    ((code, member_id),) = member.items()
    ((reference, application_id),) = application.items()
    of_round = select(func.max(sheet_table.c.position)).join(
        member_table, member_table.c.id == sheet_table.c.member_id
    )
    last = session.scalar(of_round.where(member_table.c.round_id == round_id))
    sheet_id = next_id(session, sheet_table.c.id)
    row = {
        "id": sheet_id,
        "uid": uid(round_uid(session, round_id), "sheet", code, reference),
        "member_id": member_id,
        "application_id": application_id,
        "position": 0 if last is None else last + 1,
        "is_submitted": False,
    }
    put(session, sheet_table, [row])
    return sheet_id


def _check_mark(session: Session, round_id: int, application: str, criterion: str, value: int | None) -> None:
    published = scheme(session, round_id)
    if criterion not in {c.code for c in published.judged}:
        raise Refused(f"{criterion} is not a criterion that members mark.")
    if value is not None and not 0 <= value <= published.scale_maximum:
        raise Refused(f"{value} is not on the scale from 0 to {published.scale_maximum}.")
    if criterion in _not_applicable(session, round_id, application):
        raise Refused(f"The chair has set {criterion} aside for {application}.")


def _not_applicable(session: Session, round_id: int, application: str) -> set[str]:
    return {r.criterion for r in not_applicable(session, round_id) if r.application == application}


def _current_mark(session: Session, sheet_id: int, criterion: str) -> tuple[int | None, str]:
    found = session.execute(_MARK, {"sheet": sheet_id, "criterion": criterion}).one_or_none()
    return (None, "") if found is None else (found.mark, found.reason)


def _write(session: Session, sheet_id: int, criterion: str, mark: int | None, reason: str) -> None:
    """Write what is recorded for a criterion; a sheet with nothing left on it goes, unless reopened."""
    session.execute(_NO_MARK, {"sheet": sheet_id, "criterion": criterion})
    if mark is not None or reason:
        put(
            session,
            mark_table,
            [{"sheet_id": sheet_id, "criterion": criterion, "mark": mark, "reason": reason}],
        )
    elif not session.scalar(_MARKS, {"sheet": sheet_id}):
        remove(session, sheet_table, (sheet_table.c.id == sheet_id) & sheet_table.c.reopened.is_(None))
