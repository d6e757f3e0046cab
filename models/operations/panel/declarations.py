"""What is declared before any application opens: by a member, and by one who signs after the panel."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar

from msgspec.structs import replace

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import InRound, require_round, the_application, the_member
from models.operations.panel.reopened import mark_opened, with_opened
from models.operations.rows.write_panel import (
    people_by_name,
    put_interests,
    refuse_other_letters,
    remove_idle_people,
    remove_interests,
)
from models.queries.deciding.decisions import decisions, signatures
from models.queries.panel.panel import declared_on, handed_in, interests, kinds_declared
from models.queries.permissions.declarations import declared_as, signer_interests
from models.schema.panel import interest_table, signer_interest_table
from models.session import Session, next_id, put, remove
from models.store.locks.signing_on import closed_and_signed, closed_references
from models.values.rows import InterestRow, opened_again, refuse_silent_withdrawal
from scoring.round import InterestKind
from scoring.written.names import is_same_text
from scoring.written.text import Refused, first_of, listed


class Declare(InRound, frozen=True):
    """Record all that a member declares in a round, in place of what stood there before.

    A member without any interest declares none: one row of the kind none, without an application. One of the
    kind abstained without an application is of a chair who does not score in the round. One of the kind none
    on an application takes back what was declared there, and its detail says why. Only what `undoes` the step
    before gives no reason. Where others' marks could be read meanwhile the sheet is marked as opened again.
    """

    kind: ClassVar[str] = "declare"
    titled: ClassVar[str] = "Record the declaration of {0.member}"
    member: str
    interests: tuple[InterestRow, ...]
    undoes: bool = False

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse to take an interest back without a word of why."""
        if not self.undoes:
            refuse_silent_withdrawal(interests(session, self.round_id), self.interests, {self.member})

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused where it names another member, or changes what a signature rests on."""
        require_round(session, self.round_id)
        the_member(session, self.round_id, self.member)
        before = tuple(row for row in interests(session, self.round_id) if row.member == self.member)
        if not before:  # nothing was open to them
            return self._record(session, at, before)
        return with_opened(session, lambda: self._record(session, at, before))

    def _record(self, session: Session, at: datetime, before: tuple[InterestRow, ...]) -> Outcome:
        member_id = the_member(session, self.round_id, self.member)
        self._check()
        self._check_signed(session, before)
        sheets = handed_in(session, self.round_id)
        days = declared_on(session, self.round_id)
        remove_interests(session, interest_table.c.member_id == member_id)
        self._put(session, member_id, days, at)
        mark_opened(session, self.round_id, opened_again(before, self.interests, sheets))
        inverse = replace(self, interests=before, undoes=True)
        touched = frozenset({Topic.INTERESTS, Topic.MARKS})
        late = self._late(before, sheets)
        told = f" Their sheet on {listed(late)} is not counted." if late else ""
        return Outcome(touched, inverse, f"The declaration of {self.member} is recorded.{told}")

    def _late(self, before: Sequence[InterestRow], sheets: Collection[tuple[str, str]]) -> list[str]:
        """Return the applications that are barred now and whose sheet was handed in."""
        barred = {row.application for row in before if row.kind is not InterestKind.NONE}
        bars = (row.application or "" for row in self.interests if row.kind is not InterestKind.NONE)
        return [of for of in bars if of not in barred and (self.member, of) in sheets]

    def _check(self) -> None:
        for row in self.interests:
            if row.member != self.member:
                raise Refused(f"A declaration of {self.member} cannot speak for {row.member}.")
            if row.application is None and row.kind.is_conflict:
                raise Refused(f"Say to which application the interest “{row.kind}” belongs.")

    def _check_signed(self, session: Session, before: Sequence[InterestRow]) -> None:
        """Refuse a change on an application whose recommendation is signed, or that is decided.

        Before the signature an interest that comes late is recorded: the total is another then, and the
        chair cannot sign what was recommended on the old one.
        """
        changed = {row.application for row in {*before} ^ {*self.interests} if row.application}
        signed = {row.application for row in signatures(session, self.round_id)}
        decided = {row.application for row in decisions(session, self.round_id) if row.is_in_force}
        held = sorted(changed & (signed | decided | closed_and_signed(session, self.round_id)))
        if held:
            raise Refused(
                f"What is signed on {first_of(held)} depends on the declarations as they were. The "
                "deciding office must send the line back first; then record the interest."
            )

    def _put(
        self, session: Session, member_id: int, days: Mapping[tuple[str, str], date], at: datetime
    ) -> None:
        closed = {name: number for number, name in closed_references(session, self.round_id).items()}
        start = next_id(session, interest_table.c.id)
        put_interests(
            session,
            [
                {
                    "id": start + index,
                    "member_id": member_id,
                    "application_id": None
                    if row.application is None
                    else closed.get(row.application)
                    or the_application(session, self.round_id, row.application),
                    "kind": row.kind.value,
                    "detail": row.detail,
                    "declared_on": days.get((row.member, row.application or ""), at.date()),
                }
                for index, row in enumerate(self.interests)
            ],
        )


class DeclareToSign(InRound, frozen=True):
    """Record all that somebody who signs after the panel declares in a round, in place of what stood before.

    The rows are those of a member's declaration, under the person's `name`.
    """

    kind: ClassVar[str] = "declare to sign"
    titled: ClassVar[str] = "Record the declaration of {0.name}"
    name: str
    interests: tuple[InterestRow, ...]
    undoes: bool = False

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name in other letters, and to take an interest back without a word of why."""
        refuse_other_letters(session, [self.name])
        if not self.undoes:
            before = declared_as(signer_interests(session, self.round_id), self.name)
            refuse_silent_withdrawal(before, self.interests, {self.name})

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused where it says nothing, or changes what the person's own signature rests on."""
        require_round(session, self.round_id)
        before = declared_as(signer_interests(session, self.round_id), self.name)
        self._check(session, before)
        person_id = people_by_name(session, [self.name])[self.name]
        table = signer_interest_table
        remove(session, table, (table.c.round_id == self.round_id) & (table.c.person_id == person_id))
        self._put(session, person_id)
        if not self.interests:
            remove_idle_people(session)
        inverse = replace(self, interests=before, undoes=True)
        return Outcome(frozenset({Topic.INTERESTS}), inverse, f"The declaration of {self.name} is recorded.")

    def _check(self, session: Session, before: Sequence[InterestRow]) -> None:
        if not self.name.strip() or not (self.interests or self.undoes):
            raise Refused("Say who declares, and what: “none” is a declaration.")
        for row in self.interests:
            if row.member != self.name:
                raise Refused(f"A declaration of {self.name} cannot speak for {row.member}.")
            if row.application is None and row.kind.is_conflict:
                raise Refused(f"Say to which application the interest “{row.kind}” belongs.")
        changed = {row.application for row in {*before} ^ {*self.interests} if row.application}
        every = (row for row in decisions(session, self.round_id) if row.is_in_force)
        own = {row.application for row in every if is_same_text(row.signed_by, self.name)}
        if changed & own:
            raise Refused(
                f"{self.name} signed {first_of(sorted(changed & own))} on the declaration as it was. The "
                "signature is taken back, or the line is decided again, first."
            )

    def _put(self, session: Session, person_id: int) -> None:
        closed = {name: number for number, name in closed_references(session, self.round_id).items()}
        start = next_id(session, signer_interest_table.c.id)
        rows = [
            {
                "id": start + index,
                "round_id": self.round_id,
                "person_id": person_id,
                "application_id": None
                if row.application is None
                else closed.get(row.application) or the_application(session, self.round_id, row.application),
                "kind": row.kind.value,
                "detail": row.detail,
            }
            for index, row in enumerate(self.interests)
        ]
        put(session, signer_interest_table, rows)


class AddInterest(InRound, frozen=True):
    """Record one more interest of a member who has declared already, or an abstention.

    The sheet for that application, if there is one, no longer counts; it is kept.
    """

    kind: ClassVar[str] = "add interest"
    titled: ClassVar[str] = "Add to the declaration of {0.interest.member}"
    interest: InterestRow

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused before the declaration is made, or twice on one application."""
        member = self.interest.member
        before = tuple(row for row in interests(session, self.round_id) if row.member == member)
        if not before:
            raise Refused(f"{member} has not declared interests yet. Make the declaration first.")
        if self.interest.application is None or self.interest.kind is InterestKind.NONE:
            raise Refused("Say to which application the interest belongs, and which it is.")
        if kinds_declared(before, member, self.interest.application) - {InterestKind.NONE}:
            raise Refused(f"{member} declared an interest in {self.interest.application} already.")
        kept = tuple(row for row in before if row.application != self.interest.application)
        return Declare(self.round_id, member, (*kept, self.interest)).apply(session, actor, at)
