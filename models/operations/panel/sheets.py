"""Members' sheets: marks given, explained and handed in, and one opened again by the chair."""

from sqlalchemy import select

from models.operation import Outcome
from models.operations.deciding.chair_decisions import with_ruler
from models.operations.operation_base import (
    Barrier,
    InRound,
    RuledInPlace,
    check_stated,
    require_stage,
    the_application,
    the_member,
)
from models.operations.panel.reopened import (
    check_criterion,
    keep_first_marks,
    made,
    marking_opened,
    open_sheet,
    reopened_again,
    set_aside,
    set_handed_in,
    write,
)
from models.queries.set_up.rounds import reason_rule, scheme
from models.schema.panel import agreement_table, mark_table, sheet_table
from models.schema.personal import TextAbout
from models.session import Session, pairs_of, row_at, set_values, where
from models.values.as_done import as_done
from models.values.rounds import ReasonRule
from scoring.written.text import Refused

_OF_PAPER = "{0.from_paper:, from the paper sheet of {0.member}|}"
"""What stands behind a change that was typed in from a member's paper sheet."""


class SetMark(InRound, frozen=True):
    """Give a mark, change it, or take it back (None); `replacing` is the mark that stood there.

    With `from_paper` the office types in what the member gave on paper; the journal keeps both names.
    """

    kind = "set mark"
    titled = f"Mark {{0.criterion}} of {{0.application}}{_OF_PAPER}"
    member: str
    application: str
    criterion: str
    value: int | None
    replacing: int | None
    from_paper: bool = False

    def apply(self, session: Session) -> Outcome:
        """Set it; refused off the scale, on a sheet that is closed to the member, or a stale one."""
        sheet = open_sheet(session, self.round_id, self.member, self.application, self.criterion)
        check_criterion(session, self.round_id, self.application, self.criterion, self.value)
        self.refuse_stale(sheet.mark, f"{self.criterion} of {self.application}", "was marked")
        write(session, sheet, self.criterion, mark=self.value)
        words = f"{as_done(self.label)}: {'no mark' if self.value is None else self.value}."
        return Outcome(self.exchanged("value"), words)


_REASON_WORDS = {None: ("Give a", ""), True: ("Keep the", " for the panel"), False: ("Let the", " be told")}


class SetReason(InRound, frozen=True):
    """Write a member's reason for a mark, or take it back (""); `replacing` is what stood there.

    `for_panel` says whether what is written there is for the panel only, so that no draft holds it; with
    None that stays as it was.
    """

    kind = "set reason"
    titled = f"{{0._what[0]}} reason on {{0.criterion}} of {{0.application}}{{0._what[1]}}{_OF_PAPER}"
    member: str
    application: str
    criterion: str
    text: TextAbout
    replacing: TextAbout
    from_paper: bool = False
    for_panel: bool | None = None

    @property
    def _what(self) -> tuple[str, str]:
        return _REASON_WORDS[self.for_panel]

    def apply(self, session: Session) -> Outcome:
        """Write it; refused on a sheet that is closed to the member, or a stale one."""
        sheet = open_sheet(session, self.round_id, self.member, self.application, self.criterion)
        check_criterion(session, self.round_id, self.application, self.criterion, None)
        self.refuse_stale(sheet.reason or "", f"The reason on {self.criterion}")
        is_said = self.for_panel is not None
        kept = {"is_for_panel": self.for_panel} if is_said else {}
        write(session, sheet, self.criterion, reason=self.text, **kept)
        back = sheet.is_for_panel if is_said else None
        return self.done_exchanging("text", for_panel=back)


class HandIn(Barrier, InRound, frozen=True):
    """Hand a member's sheet in. A barrier: from then on it counts, and only the chair opens it again."""

    kind = "hand in"
    titled = f"Hand in the sheet for {{0.application}}{_OF_PAPER}"
    told = "The sheet for {0.application} is handed in."
    member: str
    application: str
    from_paper: bool = False

    def apply(self, session: Session) -> Outcome:
        """Hand it in; refused while a mark or a required reason is missing, or once marks are agreed."""
        sheet = open_sheet(session, self.round_id, self.member, self.application)
        if row_at(session, agreement_table, sheet.application_id) is not None:
            raise Refused(f"The panel has agreed marks on {self.application}; no sheet can be handed in now.")
        sheet_id = made(session, sheet)
        marks = pairs_of(session, mark_table.c.criterion, mark_table.c.mark, sheet_id=sheet_id)
        missing = self._lacking(session, {of for of, mark in marks.items() if mark is not None})
        if missing:
            raise Refused(f"No mark yet on {', '.join(missing)} of {self.application}. Give these first.")
        if reason_rule(session, self.round_id) is ReasonRule.REQUIRED:
            said = pairs_of(session, mark_table.c.criterion, mark_table.c.reason, sheet_id=sheet_id)
            lacking = self._lacking(session, {of for of, why in said.items() if why.strip()})
            if lacking:
                raise Refused(
                    f"No reason yet on {', '.join(lacking)} of {self.application}. "
                    "This round requires one beside each mark."
                )
        set_handed_in(session, sheet_id, is_in=True)
        return self.done()

    def _lacking(self, session: Session, given: set[str]) -> list[str]:
        """Return the criteria that a member marks and that are not among these, nor set aside."""
        known = given | set_aside(session, self.round_id, self.application)
        return [code for code in scheme(session, self.round_id).judged_codes if code not in known]


class HandInSheets(Barrier, InRound, frozen=True):
    """Hand several of a member's sheets in, all or none. A barrier, as handing in one is."""

    kind = "hand in sheets"
    titled = f"Hand in {{0.applications:sheet}}{_OF_PAPER}"
    told = "{0.applications:sheet is/sheets are} handed in."
    member: str
    applications: tuple[str, ...]
    from_paper: bool = False

    def apply(self, session: Session) -> Outcome:
        """Hand them in; refused where there is none, or where one of them may not be."""
        if not self.applications:
            raise Refused("No sheet is ready to be handed in. Give the marks first.")
        for application in self.applications:
            HandIn(self.round_id, self.member, application, self.from_paper).apply(session)
        return self.done()


class ReopenSheet(RuledInPlace, Barrier, InRound, frozen=True):
    """Open a sheet that was handed in, so that it can change; the chair's, with a reason. A barrier.

    The sheet stays marked as reopened after others' marks could be seen, with the newest reason; the marks
    that it was first handed in with are kept. `in_place` is the code of the member who ruled in the chair's
    place, which the reason then says.
    """

    kind = "reopen sheet"
    titled = "Reopen a sheet for {0.application}"
    told = "The sheet for {0.application} is open again."
    member: str
    application: str
    reason: TextAbout
    in_place: str = ""

    @marking_opened
    def apply(self, session: Session) -> Outcome:
        """Open it; refused for anyone but the chair, without a reason, or once marks are agreed."""
        member_id = the_member(session, self.round_id, self.member)
        application_id = the_application(session, self.round_id, self.application)
        require_stage(session, self.round_id, self.application, "scoring")
        check_stated(self.reason, f"Say why the sheet for {self.application} is opened again.")
        reason = with_ruler(session, self.round_id, self.application, self.in_place, self.reason.strip())
        if row_at(session, agreement_table, application_id) is not None:
            raise Refused(f"The panel has agreed marks on {self.application}; no sheet can be reopened now.")
        key = {"member_id": member_id, "application_id": application_id}
        said = select(sheet_table.c.is_submitted, sheet_table.c.reopened).where(where(sheet_table, **key))
        held = session.execute(said).one_or_none()
        if held is None or not held.is_submitted:
            raise Refused(f"{self.member} has not handed in a sheet for {self.application}.")
        if not keep_first_marks(session, member_id, application_id):
            raise Refused(
                f"The marks on {self.application} are closed to you until your own sheets are handed in, so "
                "those on this one could not be kept. Hand your own in first."
            )
        why = reopened_again(held.reopened or "", reason)
        set_values(session, sheet_table, key, is_submitted=False, reopened=why)
        return self.done()
