"""The people besides the panel: their roles in a round, and who signs after the panel, for which areas."""

from collections.abc import Collection, Iterable, Sequence
from itertools import product

from msgspec.structs import replace
from sqlalchemy import Select

from models.operation import Outcome
from models.operations.operation_base import SETTING, InRound, in_open_round, is_plain_name
from models.operations.rows.write_funds import post_of, remove_signing_areas, set_post, set_signing_areas
from models.operations.rows.write_panel import people_by_name, refuse_other_letters, remove_idle_people
from models.queries.applications.applications import applications
from models.queries.deciding.decisions import decisions, signatures
from models.queries.deciding.signatories import Signatory, signatories, signing
from models.queries.panel.panel import members
from models.queries.permissions.acting import nearly_words
from models.queries.set_up.office import areas_of_roles
from models.queries.set_up.round_facts import areas
from models.role import BESIDE, SIGNING, Role
from models.schema.panel import person_table, round_role_table
from models.session import Session, pairs_of, put_new, remove, selection
from models.trouble import refuse
from models.values.rows import SeatRow
from scoring.written.names import is_nearly_same, is_same_text, text_key
from scoring.written.text import Refused, listed

ON_PANEL = "sits on the panel, and nobody both scores and decides. Somebody else signs."


class GiveRole(InRound, frozen=True):
    """Give a person a role in a round; one who is not known yet is put in.

    `post` is the person's, "" to leave it as it is; `areas` are those for which they sign or take notes, none
    for all. They are added to those for which the person has the role.
    """

    kind = "give role"
    name: str
    role: str
    post: str = ""
    areas: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"Add {_in_words(self.role)}"

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that somebody has in other letters, and a signer whom `check_signers` does."""
        refuse_other_letters(session, [self.name])
        if self.role in SIGNING:
            one = Signatory(self.name, self.role, self.post, self.areas)
            check_signers(session, self.round_id, (*signatories(session, self.round_id), one))

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Give it; refused twice, and refused to sign for one who gave a mark."""
        self._check(session)
        person_id = people_by_name(session, [self.name])[self.name]
        number = session.scalar(_number(self.round_id, person_id, self.role))
        before = post_of(session, person_id)
        if self.post not in ("", before):  # before the role: a server lets a chair say it of a new name alone
            set_post(session, person_id, self.post)
        if number is None:
            _put_role(session, self.round_id, person_id, self.role, self.areas)
        added = self.areas or None if number is None else self._widen(session, number)
        inverse = TakeRole(self.round_id, self.name, self.role, before if self.post else None, added)
        return Outcome(inverse, f"{self.name} {_is(self.role, 'now')}{_for(self.areas)} in this round.")

    def _widen(self, session: Session, number: int) -> tuple[str, ...]:
        """Give the role in more areas, and return these; refused where the person has it in each of them."""
        held = areas_of_roles(session, self.round_id).get(number, ())
        asked = self.areas or [one.name for one in areas(session, self.round_id)]
        added = tuple(area for area in asked if held and area not in held)
        if not added:
            raise Refused(f"{self.name} {_is(self.role)}{_for(self.areas)} in this round already.")
        set_signing_areas(session, self.round_id, number, (*held, *added) if self.areas else ())
        return added

    def _check(self, session: Session) -> None:
        refuse(SETTING.role(self.role, BESIDE, is_plain_name(self.name)))
        check_signing(session, self.round_id, self.name, self.role, self.areas)


class TakeRole(InRound, frozen=True):
    """Take a role from a person; one who is left without any part in the record is taken out.

    `post` is what the person's is set back to, None to leave it as it is; `areas` are those in which the role
    is taken, None for all in which the person has it.
    """

    kind = "take role"
    name: str
    role: str
    post: str | None = None
    areas: tuple[str, ...] | None = None

    @property
    def label(self) -> str:
        return f"Remove {_in_words(self.role)}"

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Take it; refused where the person does not have it."""
        person_id, number = the_role(session, self.round_id, self.name, self.role)
        held = areas_of_roles(session, self.round_id).get(number, ())
        left = self._left(session, held)
        given = held if not held or not left else tuple(area for area in held if area not in left)
        inverse = GiveRole(self.round_id, self.name, self.role, post_of(session, person_id), given)
        set_signing_areas(session, self.round_id, number, left)
        if not left:
            remove(session, round_role_table, id=number)
        if self.post is not None:
            set_post(session, person_id, self.post)
        remove_idle_people(session)
        words = f"{self.name} {_is(self.role, 'no longer')}{_for(self.areas)} in this round."
        return Outcome(inverse, words)

    def _left(self, session: Session, held: Sequence[str]) -> tuple[str, ...]:
        """Return in which areas the role is left; refused for one in which the person has it not."""
        if self.areas is None:
            return ()
        there = held or [one.name for one in areas(session, self.round_id)]
        if lacking := [area for area in self.areas if area not in there]:
            raise Refused(f"{self.name} {_is(self.role, 'not')}{_for(lacking)} in this round.")
        return tuple(area for area in there if area not in self.areas)


def check_signing(session: Session, round_id: int, name: str, role: str, areas: Sequence[str]) -> None:
    """Refuse areas to a role that signs nothing, and an area whose recommendations the person signed."""
    signed = {row.application for row in signatures(session, round_id) if is_same_text(row.signed_by, name)}
    own = {row.area for row in applications(session, round_id) if row.reference in signed}
    signs_nothing = bool(areas) and role not in (*SIGNING, Role.NOTE_TAKER)
    refuse(SETTING.signing(name, role, signs_nothing, [area for area in areas if area in own]))


def check_signers(session: Session, round_id: int, people: Sequence[Signatory], reason: str = "") -> None:
    """Refuse one of the panel as a signer, and others in a post without a reason once signing began."""
    refuse_on_panel([one.name for one in members(session, round_id)], [one.name for one in people])
    if (
        not reason.strip()
        and has_begun(session, round_id)
        and signing(session, round_id).is_changed_by(people)
    ):
        raise Refused(
            "Signing has begun. Say why who signs is changed now, on Panel & interests, under Who signs, or "
            "give --because TEXT."
        )


def has_begun(session: Session, round_id: int) -> bool:
    return bool(signatures(session, round_id) or decisions(session, round_id))


def refuse_on_panel(panel: Iterable[str], signers: Iterable[str]) -> None:
    """Refuse somebody who sits on the panel as one who signs after it, and ask of who is named nearly so."""
    for known, name in product(panel, signers):
        if is_same_text(known, name):
            raise Refused(f"{name} {ON_PANEL}")
        if is_nearly_same(known, name):
            raise Refused(nearly_words(name, known, "who sits on the panel"))


def the_role(session: Session, round_id: int, name: str, role: str) -> tuple[int, int]:
    """Return the numbers of a person and of their role in a round; refused where they do not have it."""
    person_id = session.scalar(selection(person_table.c.id, name=name))
    number = None if person_id is None else session.scalar(_number(round_id, person_id, role))
    if person_id is None or number is None:
        raise Refused(f"{name} {_is(role, 'not')} in this round.")
    return person_id, number


def _put_role(session: Session, round_id: int, person_id: int, role: str, areas: Sequence[str]) -> None:
    row = {"round_id": round_id, "person_id": person_id, "role": role}
    (number,) = put_new(session, round_role_table, [row])
    set_signing_areas(session, round_id, number, areas)


def _in_words(role: str) -> str:
    return "somebody who decides" if role == Role.DECIDER else f"a person as {role}"


def _is(role: str, how: str = "") -> str:
    """Return "is now officer"; whoever decides is said to do so."""
    if role == Role.DECIDER:
        return "does not decide" if how == "not" else f"{how} decides".strip()
    return " ".join(part for part in ("is", how, role) if part)


def _for(areas: Sequence[str] | None) -> str:
    return f" for {listed(areas)}" if areas else ""


def _number(round_id: int, person_id: int, role: str) -> Select[int]:
    return selection(round_role_table.c.id, round_id=round_id, person_id=person_id, role=role)


class NameSignatories(InRound, frozen=True):
    """Make these the people who sign in a round after its panel, in place of those who did.

    `posts` are set back for people who had another one before and are not among those who sign. `reason` says
    why it is changed once signing has begun.
    """

    kind = "name signatories"
    titled = "Say who signs after the panel"
    told = "{0.people:person signs/people sign} after the panel in this round."
    people: tuple[Signatory, ...]
    posts: tuple[tuple[str, str], ...] = ()
    reason: str = ""

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that somebody in the record has in other letters, and whom `check_signers` does."""
        first = {text_key(one.name): one.name for one in self.people}  # one with two posts is told so
        refuse_other_letters(session, first.values())
        check_signers(session, self.round_id, self.people, self.reason)

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Put them in; refused for a name that is blank or stands twice, and for who may not sign."""
        self._check(session)
        inverse = replace(self.before(session), reason=self.reason)
        remove_signing_areas(session, self.round_id, SIGNING)
        remove(session, round_role_table, round_id=self.round_id, role=SIGNING)
        known = people_by_name(session, [one.name for one in self.people])
        for one in self.people:
            self._put(session, one, known[one.name])
        for name, post in self.posts:
            set_post(session, people_by_name(session, [name])[name], post)
        remove_idle_people(session)
        return self.done(inverse)

    @classmethod
    def of_seats(
        cls, session: Session, round_id: int, rows: Sequence[SeatRow], reason: str = ""
    ) -> "NameSignatories":
        """Return what fills the seats that are named; refused for a post that the round's chain has not."""
        return cls(round_id, signing(session, round_id).seated(rows), reason=reason)

    @classmethod
    def with_signer(
        cls,
        session: Session,
        round_id: int,
        step: int,
        signer: tuple[str, str],
        references: Collection[str],
        reason: str,
    ) -> "NameSignatories":
        """Return what records a signer (name, post) of some lines as one who signs a step, or as a deputy.

        Whoever is named for it stays.
        """
        areas = {row.area for row in applications(session, round_id) if row.reference in references}
        people = signing(session, round_id).joined(step, signer, areas)
        return cls(round_id, people, reason=reason)

    def before(self, session: Session) -> "NameSignatories":
        return NameSignatories(self.round_id, signatories(session, self.round_id), self._posts(session))

    def _check(self, session: Session) -> None:
        seen = set[str]()
        for one in self.people:
            key = text_key(one.name)
            refuse(SETTING.signer(one, is_plain_name(one.name), key in seen, SIGNING))
            seen.add(key)
            check_signing(session, self.round_id, one.name, one.role, one.areas)

    def _posts(self, session: Session) -> tuple[tuple[str, str], ...]:
        """Return the posts of those who sign now and did not before, as far as they have another part."""
        before = {one.name for one in signatories(session, self.round_id)}
        wanted = [one.name for one in self.people if one.name not in before]
        return tuple(sorted(pairs_of(session, person_table.c.name, person_table.c.post, name=wanted).items()))

    def _put(self, session: Session, one: Signatory, person_id: int) -> None:
        _put_role(session, self.round_id, person_id, one.role, one.areas)
        if one.post != post_of(session, person_id):
            set_post(session, person_id, one.post)
