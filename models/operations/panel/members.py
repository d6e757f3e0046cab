"""Who sits on a panel: members added, corrected or taken off, and the chair who does not score."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import func, select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import InRound, MadeTogether, refuse_changed, require_round, the_member
from models.operations.panel.declarations import Declare
from models.operations.panel.reopened import mark_joined
from models.operations.rows.write_funds import set_areas_served
from models.operations.rows.write_panel import (
    people_by_name,
    refuse_other_letters,
    remove_idle_people,
    remove_interests,
)
from models.queries.panel.panel import MemberDetails, handed_in, interests, member_details, stood_down
from models.queries.panel.score_sheets import OTHERS_OPENED
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
)
from models.session import Session, fields_of, next_id, next_position, put, remove, round_uid, set_values, uid
from models.values.rows import InterestRow, opened_again
from scoring.round import InterestKind
from scoring.written.names import is_same_text
from scoring.written.text import Refused, first_of

KINDS = ("", *MEMBER_KINDS)
_TOUCHED = frozenset({Topic.PANEL, Topic.INTERESTS, Topic.MARKS})


class AddMember(InRound, frozen=True):
    """Add a member to the panel, at the end or where the member stood before, with what was declared."""

    kind: ClassVar[str] = "add member"
    titled: ClassVar[str] = "Add {0.member.code} to the panel"
    member: MemberDetails
    position: int | None = None
    interests: tuple[InterestRow, ...] = ()

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name that somebody in the record has in other letters."""
        refuse_other_letters(session, [self.member.name])

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Add; refused for a code or a person that is there already, or one who signs decisions."""
        require_round(session, self.round_id)
        _check(session, self.round_id, self.member, but="")
        after = next_position(session, member_table, self.round_id)
        member_id = next_id(session, member_table.c.id)
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
            Declare(self.round_id, self.member.code, self.interests).apply(session, actor, at)
        if self.position is not None or is_same_text(actor.name, self.member.name):
            mark_joined(session, self.round_id, self.member.code)
        inverse = RemoveMember(self.round_id, self.member.code)
        return Outcome(_TOUCHED, inverse, f"{self.member.name} was added to the panel.")


class EditMember(InRound, frozen=True):
    """Correct a member's name, role, organisation, kind or areas; `replacing` is what stood there."""

    kind: ClassVar[str] = "edit member"
    titled: ClassVar[str] = "Correct {0.member.code} on the panel"
    member: MemberDetails
    replacing: MemberDetails

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name that somebody in the record has in other letters."""
        refuse_other_letters(session, [self.member.name], (self.replacing.name,))

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Correct; refused where something else stands there by now. The code stays as it is."""
        require_round(session, self.round_id)
        member_id = the_member(session, self.round_id, self.replacing.code)
        refuse_changed(
            member_details(session, self.round_id, self.replacing.code),
            self.replacing,
            self.replacing.code,
        )
        if self.member.code != self.replacing.code:
            raise Refused("A member's code cannot be changed: sheets and declarations use it.")
        _check(session, self.round_id, self.member, but=self.replacing.code)
        set_values(session, member_table, {"id": member_id}, **_columns(session, self.member))
        set_areas_served(session, self.round_id, member_id, self.member.areas)
        remove_idle_people(session)
        stands = member_details(session, self.round_id, self.member.code)
        inverse = replace(self, member=self.replacing, replacing=stands)
        return Outcome(_TOUCHED, inverse, f"{self.member.code} was corrected.")


class RemoveMember(InRound, frozen=True):
    """Take a member off the panel, with what the member declared."""

    kind: ClassVar[str] = "remove member"
    titled: ClassVar[str] = "Remove {0.member} from the panel"
    member: str

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take off; refused for one who has a sheet or was recorded at a meeting."""
        require_round(session, self.round_id)
        member_id = the_member(session, self.round_id, self.member)
        details = member_details(session, self.round_id, self.member)
        for table, words in ((sheet_table, "has sheets"), (attendance_table, "is in a meeting's minutes")):
            if session.scalar(select(func.count()).where(table.c.member_id == member_id)):
                raise Refused(
                    f"{details.name} {words}, and stays on the panel. Record an interest or an "
                    "abstention where the member does not count."
                )
        position = session.scalars(
            select(member_table.c.position).where(member_table.c.id == member_id)
        ).one()
        declared = tuple(row for row in interests(session, self.round_id) if row.member == self.member)
        _refuse_abstained(session, self.round_id, details.name, declared)
        remove_interests(session, interest_table.c.member_id == member_id)
        set_areas_served(session, self.round_id, member_id, ())
        remove(session, member_table, member_table.c.id == member_id)
        remove_idle_people(session)
        inverse = AddMember(self.round_id, details, position, declared)
        return Outcome(_TOUCHED, inverse, f"{details.name} was removed from the panel.")


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
    return {
        "person_id": people_by_name(session, [member.name])[member.name],
        **fields_of(member, "code", "role", "organisation", "kind"),
    }


def _check(session: Session, round_id: int, member: MemberDetails, but: str) -> None:
    """Refuse a member that cannot be; `but` is the code of the one that is corrected, "" for none."""
    if not member.name.strip() or not member.code.strip():
        raise Refused("Give the member a name and a short code.")
    if member.role not in PANEL:
        raise Refused(f"“{member.role}” is not one of {', '.join(PANEL)}.")
    if member.kind not in KINDS:
        raise Refused(f"“{member.kind}” is not one of {', '.join(KINDS[1:])}.")
    others = session.execute(
        select(member_table.c.code, person_table.c.name)
        .join(person_table, person_table.c.id == member_table.c.person_id)
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
    counted = select(func.count()).select_from(round_role_table)
    of_person = counted.join(person_table, person_table.c.id == round_role_table.c.person_id)
    mine = (round_role_table.c.round_id == round_id) & (person_table.c.name == name)
    return bool(session.scalar(of_person.where(mine, round_role_table.c.role.in_(SIGNING))))


Part = AddMember | EditMember | RemoveMember


class ChangePanel(MadeTogether, frozen=True):
    """Make changes to a panel in their order, or none; `words` say what they come to, without names."""

    kind: ClassVar[str] = "change panel"
    nothing: ClassVar[str] = "There is nobody to add. Enter a name."
    parts: tuple[Part, ...]

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name that somebody in the record has in other letters, unless that one goes."""
        coming = [part.member.name for part in self.parts if not isinstance(part, RemoveMember)]
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

    kind: ClassVar[str] = "set chair scores"
    member: str
    scores: bool

    @property
    def label(self) -> str:
        return f"Record that {self.member} {'scores' if self.scores else 'does not score'}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused before the declaration, or where marks stand against it."""
        require_round(session, self.round_id)
        the_member(session, self.round_id, self.member)
        before = tuple(row for row in interests(session, self.round_id) if row.member == self.member)
        if not before:
            raise Refused("Declare your interests first; then say that you do not score.")
        if (self.member in stood_down(before)) is not self.scores:
            raise Refused(f"It is recorded already that {self.member} {self._does}.")
        self._check_sheets(session)
        rest = tuple(row for row in before if row.member not in stood_down((row,)))
        own = () if self.scores else (InterestRow(self.member, None, InterestKind.ABSTAINED),)
        done = Declare(self.round_id, self.member, (*rest, *own)).apply(session, actor, at)
        inverse = SetChairScores(self.round_id, self.member, not self.scores)
        return Outcome(done.touched, inverse, f"It is recorded that {self.member} {self._does}.")

    @property
    def _does(self) -> str:
        return "scores" if self.scores else "does not score in this round"

    def _check_sheets(self, session: Session) -> None:
        of_round = member_table.c.round_id == self.round_id
        is_own = member_table.c.code == self.member
        joined = select(func.count()).select_from(sheet_table).join(member_table)
        if self.scores:
            if session.scalar(joined.where(of_round, ~is_own, sheet_table.c.is_submitted.is_(True))):
                raise Refused(OTHERS_OPENED)
        elif session.scalar(joined.join(mark_table).where(of_round, is_own, mark_table.c.mark.is_not(None))):
            raise Refused(
                "You have given marks in this round. Clear them first, or abstain where you need to."
            )
