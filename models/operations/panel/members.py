"""Who sits on a panel, and what members, and those who sign after them, declare before anything opens."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Table, select

from models.operation import Outcome
from models.operations.operation_base import (
    SETTING,
    InRound,
    MadeTogether,
    in_open_round,
    the_application,
    the_member,
)
from models.operations.panel.reopened import mark_joined, mark_opened, remove_off_panel, with_opened
from models.operations.rows.write_funds import set_areas_served
from models.operations.rows.write_panel import (
    people_by_name,
    put_interests,
    refuse_other_letters,
    remove_idle_people,
    remove_interests,
)
from models.queries.deciding.decisions import decisions, signatures
from models.queries.panel.panel import (
    MemberDetails,
    declared_on,
    interests,
    kinds_declared,
    member_details,
    stood_down,
)
from models.queries.panel.score_sheets import OTHERS_OPENED
from models.queries.panel.sheets import handed_in
from models.queries.permissions.declarations import declared_as, signer_interests, what_stays
from models.reference.defaults import MEMBER_KINDS
from models.role import PANEL, SIGNING
from models.schema.panel import (
    attendance_table,
    interest_table,
    mark_table,
    member_table,
    person_table,
    round_role_table,
    sheet_table,
    signer_interest_table,
)
from models.session import (
    Session,
    actor_name,
    count,
    next_id,
    next_position,
    put,
    remove,
    round_uid,
    row_at,
    row_of,
    selection,
    set_values,
    today,
    uid,
)
from models.store.locks.signing_on import closed_and_signed, closed_references
from models.trouble import refuse
from models.values.rows import InterestRow, opened_again, refuse_silent_withdrawal
from scoring.round import InterestKind
from scoring.written.names import is_same_text
from scoring.written.text import Refused, first_of, listed, says_nothing


class Declare(InRound, frozen=True):
    """Record all that a member declares in a round, in place of what stood there before.

    A member without any interest declares none: one row of the kind none, without an application. One of the
    kind abstained without an application is of a chair who does not score in the round. One of the kind none
    on an application takes back what was declared there, and its detail says why. Only what `undoes` the step
    before gives no reason. Where others' marks could be read meanwhile the sheet is marked as opened again.
    """

    kind = "declare"
    titled = "Record the declaration of {0.member}"
    told = "The declaration of {0.member} is recorded."
    member: str
    interests: tuple[InterestRow, ...]
    undoes: bool = False

    def check_at_entry(self, session: Session) -> None:
        """Refuse to take an interest back without a word of why."""
        if not self.undoes:
            refuse_silent_withdrawal(interests(session, self.round_id), self.interests, {self.member})

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Record it; refused where it names another member, or changes what a signature rests on."""
        the_member(session, self.round_id, self.member)
        before = _declared(session, self.round_id, self.member)
        if not before:  # nothing was open to them
            return self._record(session, before)
        return with_opened(session, lambda: self._record(session, before))

    def _record(self, session: Session, before: tuple[InterestRow, ...]) -> Outcome:
        member_id = the_member(session, self.round_id, self.member)
        _check_own(self.member, self.interests)
        self._check_signed(session, before)
        sheets = handed_in(session, self.round_id)
        days = declared_on(session, self.round_id)
        remove_interests(session, interest_table.c.member_id == member_id)
        self._put(session, member_id, days)
        mark_opened(session, self.round_id, opened_again(before, self.interests, sheets))
        stays = what_stays(session, self.round_id, self.interests, before)
        inverse = replace(self, interests=before, undoes=True) if stays is None else None
        late = self._late(before, sheets)
        told = f" Their sheet on {listed(late)} is not counted." if late else ""
        return self.done(inverse, more=told)

    def _late(self, before: Sequence[InterestRow], sheets: Collection[tuple[str, str]]) -> list[str]:
        """Return the applications that are barred now and whose sheet was handed in."""
        barred = {row.application for row in before if row.kind is not InterestKind.NONE}
        bars = (row.application or "" for row in self.interests if row.kind is not InterestKind.NONE)
        return [of for of in bars if of not in barred and (self.member, of) in sheets]

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

    def _put(self, session: Session, member_id: int, days: Mapping[tuple[str, str], date]) -> None:
        rows = _numbered(session, self.round_id, interest_table, self.interests)
        for row, of in zip(rows, self.interests, strict=True):
            row["member_id"] = member_id
            row["declared_on"] = days.get((of.member, of.application or ""), today(session))
        put_interests(session, rows)


def _declared(session: Session, round_id: int, member: str) -> tuple[InterestRow, ...]:
    return tuple(row for row in interests(session, round_id) if row.member == member)


def _check_own(whose: str, declared: Sequence[InterestRow]) -> None:
    """Refuse a row that speaks for another, and an interest in no application."""
    for row in declared:
        if row.member != whose:
            raise Refused(f"A declaration of {whose} cannot speak for {row.member}.")
        if row.application is None and row.kind.is_conflict:
            raise Refused(f"Say to which application the interest “{row.kind}” belongs.")


def _numbered(
    session: Session, round_id: int, table: Table, declared: Sequence[InterestRow]
) -> list[dict[str, Any]]:
    """Return what is declared as rows, but for who declares it; what is closed to the reader stays known."""
    closed = {name: number for number, name in closed_references(session, round_id).items()}
    start = next_id(session, table.c.id)
    return [
        {
            "id": number,
            "application_id": row.application
            and (closed.get(row.application) or the_application(session, round_id, row.application)),
            "kind": row.kind.value,
            "detail": row.detail,
        }
        for number, row in enumerate(declared, start)
    ]


class DeclareToSign(InRound, frozen=True):
    """Record all that somebody who signs after the panel declares in a round, in place of what stood before.

    The rows are those of a member's declaration, under the person's `name`.
    """

    kind = "declare to sign"
    titled = "Record the declaration of {0.name}"
    told = "The declaration of {0.name} is recorded."
    name: str
    interests: tuple[InterestRow, ...]
    undoes: bool = False

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name in other letters, and to take an interest back without a word of why."""
        refuse_other_letters(session, [self.name])
        if not self.undoes:
            before = declared_as(signer_interests(session, self.round_id), self.name)
            refuse_silent_withdrawal(before, self.interests, {self.name})

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Record it; refused where it says nothing, or changes what the person's own signature rests on."""
        before = declared_as(signer_interests(session, self.round_id), self.name)
        self._check(session, before)
        person_id = people_by_name(session, [self.name])[self.name]
        remove(session, signer_interest_table, round_id=self.round_id, person_id=person_id)
        self._put(session, person_id)
        if not self.interests:
            remove_idle_people(session)
        return self.done(replace(self, interests=before, undoes=True))

    def _check(self, session: Session, before: Sequence[InterestRow]) -> None:
        if says_nothing(self.name) or not (self.interests or self.undoes):
            raise Refused("Say who declares, and what: “none” is a declaration.")
        _check_own(self.name, self.interests)
        changed = {row.application for row in {*before} ^ {*self.interests} if row.application}
        every = (row for row in decisions(session, self.round_id) if row.is_in_force)
        own = {row.application for row in every if is_same_text(row.signed_by, self.name)}
        if changed & own:
            raise Refused(
                f"{self.name} signed {first_of(sorted(changed & own))} on the declaration as it was. The "
                "signature is taken back, or the line is decided again, first."
            )

    def _put(self, session: Session, person_id: int) -> None:
        own = {"round_id": self.round_id, "person_id": person_id}
        rows = _numbered(session, self.round_id, signer_interest_table, self.interests)
        put(session, signer_interest_table, [row | own for row in rows])


class AddInterest(InRound, frozen=True):
    """Record one more interest of a member who has declared already, or an abstention.

    The sheet for that application, if there is one, no longer counts; it is kept.
    """

    kind = "add interest"
    titled = "Add to the declaration of {0.interest.member}"
    interest: InterestRow

    def apply(self, session: Session) -> Outcome:
        """Record it; refused before the declaration is made, or twice on one application."""
        member = self.interest.member
        before = _declared(session, self.round_id, member)
        if not before:
            raise Refused(f"{member} has not declared interests yet. Make the declaration first.")
        if self.interest.application is None or self.interest.kind is InterestKind.NONE:
            raise Refused("Say to which application the interest belongs, and which it is.")
        if kinds_declared(before, member, self.interest.application) - {InterestKind.NONE}:
            raise Refused(f"{member} declared an interest in {self.interest.application} already.")
        kept = tuple(row for row in before if row.application != self.interest.application)
        return Declare(self.round_id, member, (*kept, self.interest)).apply(session)


KINDS = ("", *MEMBER_KINDS)


class AddMember(InRound, frozen=True):
    """Add a member to the panel, at the end or where the member stood before, with what was declared.

    One who is put back has the `number` by which the record knew them, unless another has it by now.
    """

    kind = "add member"
    titled = "Add {0.member.code} to the panel"
    told = "{0.member.name} was added to the panel."
    member: MemberDetails
    position: int | None = None
    interests: tuple[InterestRow, ...] = ()
    number: int | None = None

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that somebody in the record has in other letters."""
        refuse_other_letters(session, [self.member.name])

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Add; refused for a code or a person that is there already, or one who signs decisions."""
        _check(session, self.round_id, self.member, but="")
        after = next_position(session, member_table, self.round_id)
        free = self.number if row_at(session, member_table, self.number) is None else None
        member_id = free or next_id(session, member_table.c.id)
        row = {
            "id": member_id,
            "uid": uid(round_uid(session, self.round_id), "member", self.member.code),
            "round_id": self.round_id,
            "position": after if self.position is None else self.position,
            **_columns(session, self.member),
        }
        put(session, member_table, [row])
        set_areas_served(session, self.round_id, member_id, self.member.areas)
        if self.interests:
            Declare(self.round_id, self.member.code, self.interests).apply(session)
        if self.position is not None or is_same_text(actor_name(session), self.member.name):
            mark_joined(session, self.round_id, self.member.code)
        return self.done(RemoveMember(self.round_id, self.member.code))


class EditMember(InRound, frozen=True):
    """Correct a member's name, role, organisation, kind or areas; `replacing` is what stood there."""

    kind = "edit member"
    titled = "Correct {0.member.code} on the panel"
    told = "{0.member.code} was corrected."
    member: MemberDetails
    replacing: MemberDetails

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that somebody in the record has in other letters."""
        refuse_other_letters(session, [self.member.name], (self.replacing.name,))

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Correct; refused where something else stands there by now. The code stays as it is."""
        member_id = the_member(session, self.round_id, self.replacing.code)
        stands = member_details(session, self.round_id, self.replacing.code)
        self.refuse_stale(stands, self.replacing.code)
        if self.member.code != self.replacing.code:
            raise Refused("A member's code cannot be changed: sheets and declarations use it.")
        _check(session, self.round_id, self.member, but=self.replacing.code)
        set_values(session, member_table, {"id": member_id}, **_columns(session, self.member))
        set_areas_served(session, self.round_id, member_id, self.member.areas)
        remove_idle_people(session)
        stands = member_details(session, self.round_id, self.member.code)
        return self.done(replace(self, member=self.replacing, replacing=stands))


class RemoveMember(InRound, frozen=True):
    """Take a member off the panel, with what the member declared."""

    kind = "remove member"
    titled = "Remove {0.member} from the panel"
    told = "{1.name} was removed from the panel."
    member: str

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Take off; refused for one who has a sheet or was recorded at a meeting.

        A sheet is none that only says that they were off the panel: it says so anew once they are back.
        """
        member_id = the_member(session, self.round_id, self.member)
        details = member_details(session, self.round_id, self.member)
        remove_off_panel(session, member_id)
        for table, words in ((sheet_table, "has sheets"), (attendance_table, "is in a meeting's minutes")):
            if count(session, table, member_id=member_id):
                raise Refused(
                    f"{details.name} {words}, and stays on the panel. Record an interest or an "
                    "abstention where the member does not count."
                )
        position = session.scalars(selection(member_table.c.position, id=member_id)).one()
        declared = _declared(session, self.round_id, self.member)
        _refuse_abstained(session, self.round_id, details.name, declared)
        remove_interests(session, interest_table.c.member_id == member_id)
        set_areas_served(session, self.round_id, member_id, ())
        remove(session, member_table, id=member_id)
        remove_idle_people(session)
        return self.done(AddMember(self.round_id, details, position, declared, member_id), details)


def _refuse_abstained(session: Session, round_id: int, name: str, declared: Iterable[InterestRow]) -> None:
    """Refuse to take off a member to whom an abstention opened others' marks: it would stand nowhere."""
    abstained = [row for row in declared if row.kind is InterestKind.ABSTAINED]
    opened = opened_again(abstained, (), handed_in(session, round_id))
    if opened:
        raise Refused(
            f"{name} abstained on {first_of(of for _, of in opened)}, where others’ marks could be read "
            "since, and stays on the panel."
        )


def _columns(session: Session, member: MemberDetails) -> dict[str, object]:
    return row_of(member_table, member, person_id=people_by_name(session, [member.name])[member.name])


def _check(session: Session, round_id: int, member: MemberDetails, but: str) -> None:
    """Refuse a member that cannot be; `but` is the code of the one that is corrected, "" for none."""
    refuse(SETTING.member(member, PANEL, KINDS[1:]))
    others = session.execute(
        select(member_table.c.code, person_table.c.name)
        .join(person_table)
        .where(member_table.c.round_id == round_id, member_table.c.code != but)
    ).all()
    if member.code in {code for code, _ in others}:
        raise Refused(f"The code {member.code} is taken. Choose another.")
    if member.name in {name for _, name in others}:
        raise Refused(
            f"{member.name} is on the panel already. Add something to tell the two apart, such as "
            f"“{member.name} (Dudley)”."
        )
    if _signs(session, round_id, member.name):
        raise Refused(f"{member.name} signs decisions in this round, and nobody both scores and decides.")


def _signs(session: Session, round_id: int, name: str) -> bool:
    of_person = selection(person_table.c.id, name=name)
    return bool(count(session, round_role_table, round_id=round_id, role=SIGNING, person_id=of_person))


Part = AddMember | EditMember | RemoveMember | Declare


class ChangePanel(MadeTogether, frozen=True):
    """Make changes to a panel in their order, or none; `words` say what they come to, without names.

    What several members declared for the first time, as on paper, is recorded so as well.
    """

    kind = "change panel"
    nothing = "There is nobody to add. Enter a name."
    parts: tuple[Part, ...]

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that somebody in the record has in other letters, unless that one goes."""
        coming = [part.member.name for part in self.parts if isinstance(part, AddMember | EditMember)]
        leaving = [part.replacing.name for part in self.parts if isinstance(part, EditMember)]
        removed = {(part.round_id, part.member) for part in self.parts if isinstance(part, RemoveMember)}
        leaving += [member_details(session, *one).name for one in removed]
        refuse_other_letters(session, coming, leaving)


class SetChairScores(InRound, frozen=True):
    """Say that the chair does not score in a round, or does after all; the chair's own word.

    It stands with the chair's declaration, as an abstention on the whole round: no sheet is waited for, and
    the chair decides at the meeting all the same. It is no way to see others' marks first: who has given a
    mark cannot say so, and it is not taken back once a sheet is handed in.
    """

    kind = "set chair scores"
    titled = "Record that {0.member} {0.scores:scores|does not score}"
    told = "It is recorded that {0.member} {0._does}."
    member: str
    scores: bool

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Record it; refused before the declaration, or where marks stand against it."""
        the_member(session, self.round_id, self.member)
        before = _declared(session, self.round_id, self.member)
        if not before:
            raise Refused("Declare your interests first; then say that you do not score.")
        if (self.member in stood_down(before)) is not self.scores:
            raise Refused(f"It is recorded already that {self.member} {self._does}.")
        self._check_sheets(session)
        rest = tuple(row for row in before if row.member not in stood_down((row,)))
        own = () if self.scores else (InterestRow(self.member, None, InterestKind.ABSTAINED),)
        Declare(self.round_id, self.member, (*rest, *own)).apply(session)
        return self.done_turning("scores")

    @property
    def _does(self) -> str:
        return "scores" if self.scores else "does not score in this round"

    def _check_sheets(self, session: Session) -> None:
        members = selection(member_table.c.id, round_id=self.round_id)
        own = members.where(member_table.c.code == self.member)
        others = members.where(member_table.c.code != self.member)
        sheets = selection(sheet_table.c.id, member_id=own)
        if self.scores:
            if count(session, sheet_table, member_id=others, is_submitted=True):
                raise Refused(OTHERS_OPENED)
        elif count(session, mark_table, mark_table.c.mark.is_not(None), sheet_id=sheets):
            raise Refused(
                "You have given marks in this round. Clear them first, or abstain where you need to."
            )
