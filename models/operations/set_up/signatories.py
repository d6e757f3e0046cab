"""Who signs after the panel, all at once: each with role, post and areas."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.write_areas import (
    post_of,
    remove_signing_areas,
    set_post,
    set_signing_areas,
)
from models.operations.rows.write_panel import people_by_name, refuse_other_letters, remove_idle_people
from models.operations.rows.writing import next_id, put, remove
from models.operations.set_up.people import check_signers, check_signing
from models.operations.set_up.round_state import require_round
from models.permissions.role import SIGNING
from models.queries.deciding.signatories import Signatory, signatories
from models.queries.set_up.signing import signing
from models.schema.panel.person import person_table, round_role_table
from models.session import Session
from models.values.rows import SeatRow
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.names import text_key


class NameSignatories(RegisteredOperation, frozen=True):
    """Make these the people who sign in a round after its panel, in place of those who did.

    `posts` are set back for people who had another one before and are not among those who sign. `reason` says
    why it is changed once signing has begun.
    """

    kind: ClassVar[str] = "name signatories"
    round_id: int
    people: tuple[Signatory, ...]
    posts: tuple[tuple[str, str], ...] = ()
    reason: str = ""

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Say who signs after the panel"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name that somebody in the record has in other letters, and whom `check_signers` does."""
        first = {text_key(one.name): one.name for one in self.people}  # one with two posts is told so
        refuse_other_letters(session, first.values())
        check_signers(session, self.round_id, self.people, self.reason)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put them in; refused for a name that is blank or stands twice, and for who may not sign."""
        require_round(session, self.round_id)
        for fault in self._faults(session):
            raise Refused(fault)
        inverse = replace(self.before(session), reason=self.reason)
        remove_signing_areas(session, self.round_id)
        table = round_role_table
        remove(session, table, (table.c.round_id == self.round_id) & table.c.role.in_(SIGNING))
        known = people_by_name(session, [one.name for one in self.people])
        for one in self.people:
            self._put(session, one, known[one.name])
        for name, post in self.posts:
            set_post(session, people_by_name(session, [name])[name], post)
        remove_idle_people(session)
        count = counted(len(self.people), "person signs", "people sign")
        return Outcome(frozenset({Topic.PANEL}), inverse, f"{count} after the panel in this round.")

    @classmethod
    def of_seats(
        cls, session: Session, round_id: int, rows: Sequence[SeatRow], reason: str = ""
    ) -> "NameSignatories":
        """Return what fills the seats that are named; refused for a post that the round's chain has not."""
        return cls(round_id, signing(session, round_id).seated(rows), reason=reason)

    def before(self, session: Session) -> "NameSignatories":
        """Return what puts back who signs now."""
        return NameSignatories(self.round_id, signatories(session, self.round_id), self._posts(session))

    def _faults(self, session: Session) -> Iterator[str]:
        seen = set()
        for one in self.people:
            if not one.name.strip() or one.name != one.name.strip():
                yield "Type the person's name, without spaces around it."
            if one.role not in SIGNING:
                yield f"“{one.role}” signs nothing. It is one of {', '.join(SIGNING)}."
            if text_key(one.name) in seen:
                yield f"{one.name} has two posts. Each signature must be a different person's."
            seen.add(text_key(one.name))
            check_signing(session, self.round_id, one.name, one.role, one.areas)

    def _posts(self, session: Session) -> tuple[tuple[str, str], ...]:
        """Return the posts of those who sign now and did not before, as far as they have another part."""
        before = {one.name for one in signatories(session, self.round_id)}
        wanted = [one.name for one in self.people if one.name not in before]
        columns = select(person_table.c.name, person_table.c.post).where(person_table.c.name.in_(wanted))
        return tuple((name, post) for name, post in session.execute(columns.order_by(person_table.c.name)))

    def _put(self, session: Session, one: Signatory, person_id: int) -> None:
        number = next_id(session, round_role_table.c.id)
        row = {"id": number, "round_id": self.round_id, "person_id": person_id, "role": one.role}
        put(session, round_role_table, [row])
        set_signing_areas(session, self.round_id, number, one.areas)
        if one.post != post_of(session, person_id):
            set_post(session, person_id, one.post)
