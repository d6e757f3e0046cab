"""Importing returns: one change, undone as one."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from sqlalchemy import func, select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.packs.packs import put_histories, returned_row
from models.operations.panel.member_values import digest, put_back, taken_down, write_values
from models.operations.panel.reopened import marking_opened
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_tables import TableRows
from models.queries.packs.returns import import_plan
from models.schema.packs import member_key_table, returned_table, revision_table
from models.session import Session
from models.trouble import Trouble
from models.values import signing
from models.values.pack_plans import Copied, Decision, MemberPlan, Plan
from scoring.counted import counted, listed
from scoring.refused import Refused

OUT_AGAIN = "What the returns brought in was removed."
_TOUCHED = frozenset({Topic.MARKS, Topic.INTERESTS, Topic.PACKS})


class TakeInReturns(RegisteredOperation, frozen=True):
    """Import returns, with what a person decided where they differ from this record. A barrier.

    `texts` are the bodies of the returns as their members signed them, `trusted` the public keys that a
    person accepted in place of those on file. `copied` is what members entered in a copy of the record
    since it diverged, `copy` the row and code that the copy ends with. Earlier changes cannot be undone after
    it; it itself can.
    """

    kind: ClassVar[str] = "take in returns"
    is_barrier: ClassVar[bool] = True
    texts: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()
    trusted: tuple[str, ...] = ()
    copied: tuple[Copied, ...] = ()
    copy: str = ""

    @property
    def label(self) -> str:
        """Return the change in words."""
        if self.copied or self.copy:
            return f"Import what was recorded in a copy that ends with {self.copy}"
        if not self.texts:
            return "Decide where returns differ"
        return f"Import {counted(len(self.texts), 'return')}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Import them; refused where one is not ours, is signed by another key, or nothing is new."""
        planned = import_plan(session, self.texts, self.decisions, self.copied)
        if not planned.is_new:
            raise Refused("There is nothing new in it. Nothing was changed.")
        self._check_keys(planned)
        members = sorted({member.member for member in planned.members})
        before = taken_down(session, members)
        for member in planned.members:
            self._take(session, member, actor, at)
        after = digest(taken_down(session, members))
        inverse = PutReturnsBack(
            self.texts,
            self.decisions,
            self.trusted,
            tuple(members),
            before,
            after,
            self.copied,
            self.copy,
        )
        return Outcome(_TOUCHED, inverse, result_words(planned))

    def _check_keys(self, planned: Plan) -> None:
        """Refuse returns signed with keys that nobody compared: each one, where there are several."""
        for member in planned.members:
            unknown = [key for key in member.new_keys if key not in self.trusted]
            if member.is_key_changed and unknown:
                codes = listed([signing.short_code(bytes.fromhex(key)) for key in unknown])
                several = (
                    "keys that nobody compared, codes" if unknown[1:] else "another key than before, code"
                )
                raise Refused(
                    f"The return of {member.code} is signed with {several} {codes}. Ask the member for the "
                    "code on the receipt; accept it only if it is the same."
                )

    def _take(self, session: Session, member: MemberPlan, actor: Actor, at: datetime) -> None:
        counts = _counts(session, member)
        write_values(session, member, actor, at)
        why = {_made(member, d): d.reason.strip() for d in self._decisions_of(member)}
        put_histories(session, member.round, member.member, member.after.values(), why)
        put(session, returned_table, [returned_row(text, actor, at) for text in member.kept])
        if member.new_keys:
            remove(session, member_key_table, member_key_table.c.member == member.member)
            row = {"member": member.member, "member_key": member.new_keys[-1], "since": at}
            put(session, member_key_table, [row])
        _check_counts(session, member, counts)

    def _decisions_of(self, member: MemberPlan) -> Iterable[Decision]:
        of = (member.round, member.member)
        return (decision for decision in self.decisions if (decision.round, decision.member) == of)


class PutReturnsBack(RegisteredOperation, frozen=True):
    """Undo the import of returns: everything of these members is as it was before."""

    kind: ClassVar[str] = "put returns back"
    texts: tuple[str, ...]
    decisions: tuple[Decision, ...]
    trusted: tuple[str, ...]
    members: tuple[str, ...]
    taken: tuple[TableRows, ...]
    after: str
    copied: tuple[Copied, ...] = ()
    copy: str = ""

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Put returns back"

    @marking_opened
    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the rows back; refused where one of them was changed since."""
        if digest(taken_down(session, self.members)) != self.after:
            raise Refused(
                "Marks or declarations of these members have been changed since. Nothing was put back."
            )
        put_back(session, self.members, self.taken)
        inverse = TakeInReturns(self.texts, self.decisions, self.trusted, self.copied, self.copy)
        return Outcome(_TOUCHED, inverse, OUT_AGAIN)


def result_words(planned: Plan) -> str:
    """Return what importing came to: "126 new, 2 differ, 0 refused"."""
    return f"{len(planned.taken)} new, {len(planned.differences)} differ, {len(planned.refused)} refused."


def _made(member: MemberPlan, decision: Decision) -> str:
    """Return the hash of the revision that a decision made."""
    history = next(h for key, h in member.after.items() if key == (decision.application, decision.slot))
    return min(history.stands)


def _counts(session: Session, member: MemberPlan) -> tuple[int, int, int]:
    """Return how many revisions the record holds, how many of them of the member, and how many returns."""
    table, of = revision_table, func.count()
    own = (table.c.round == member.round) & (table.c.member == member.member)
    statements = (
        select(of).select_from(table),
        select(of).select_from(table).where(own),
        select(of).select_from(returned_table),
    )
    revisions, mine, returns = (session.scalars(statement).one() for statement in statements)
    return revisions, mine, returns


def _check_counts(session: Session, member: MemberPlan, before: tuple[int, int, int]) -> None:
    """Refuse to keep what does not add up: what was there and what came must be what is there now."""
    revisions, mine, returns = before
    wanted = sum(len(history.written) for history in member.after.values())
    if _counts(session, member) != (revisions - mine + wanted, wanted, returns + len(member.kept)):
        raise Trouble(
            f"The counts of {member.code} before and after do not add up, so nothing was imported. "
            "Check the record, then try again."
        )
