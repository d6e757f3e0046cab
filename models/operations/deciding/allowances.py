"""Recording who allows money over the pot of one area, and how much; and what nobody allows."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.deciding.signing import beyond_words, has_signatures
from models.operations.finders import the_area
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.write_applications import LARGEST
from models.operations.rows.writing import next_id, put, remove
from models.operations.set_up.round_state import require_round
from models.queries.deciding.allowances import given_amounts
from models.schema.deciding import area_allowance_table
from models.session import Session
from models.values.as_done import as_done
from scoring.money import pounds
from scoring.ranking import Allowance
from scoring.refused import Refused

_TOUCHED = frozenset({Topic.SCHEME, Topic.ROUNDS, Topic.RECOMMENDATIONS})


class AllowOverPot(RegisteredOperation, frozen=True):
    """Record that somebody allows money over the pot of one area. It adds to what was allowed there before.

    It covers what people set by hand: no percentage, no offer of the rule and no other area changes with it.
    """

    kind: ClassVar[str] = "allow over pot"
    round_id: int
    allowed: Allowance

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Record who allows {pounds(self.allowed.pence)} over the pot of {self.allowed.area}"

    @property
    def detail(self) -> str:
        """Return who allows it, for History."""
        return f"{self.allowed.name}, {self.allowed.post}"

    @property
    def reason(self) -> str:
        """Return why it is allowed, for History."""
        return self.allowed.reason

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused without name, post, amount or reason, or before publishing."""
        if require_round(session, self.round_id) != "open":
            raise Refused("The criteria are not published yet. Set the tolerance in the draft.")
        area_id = the_area(session, self.round_id, self.allowed.area)
        _check(self.allowed)
        row = {
            "id": next_id(session, area_allowance_table.c.id),
            "area_id": area_id,
            "amount_pence": self.allowed.pence,
            "name": self.allowed.name,
            "post": self.allowed.post,
            "reason": self.allowed.reason,
            "recorded_by": actor.name,
            "recorded_at": at,
            "allowed_on": self.allowed.on,
        }
        put(session, area_allowance_table, [row])
        return Outcome(
            _TOUCHED, TakeBackAllowance(self.round_id, self.allowed), _recorded_words(self.allowed)
        )


class TakeBackAllowance(RegisteredOperation, frozen=True):
    """Take back what was allowed over the pot of an area, as long as nothing that was signed needs it."""

    kind: ClassVar[str] = "take back allowance"
    round_id: int
    allowed: Allowance

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Take back the {pounds(self.allowed.pence)} allowed over the pot of {self.allowed.area}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take out the newest that says this; refused where there is none, or what is signed rests on it."""
        require_round(session, self.round_id)
        area_id = the_area(session, self.round_id, self.allowed.area)
        table, allowed = area_allowance_table, self.allowed
        says_this = (
            (table.c.area_id == area_id)
            & (table.c.amount_pence == allowed.pence)
            & (table.c.name == allowed.name)
            & (table.c.post == allowed.post)
            & (table.c.reason == allowed.reason)
            & table.c.allowed_on.is_not_distinct_from(allowed.on)
        )
        newest = session.scalar(select(table.c.id).where(says_this).order_by(table.c.id.desc()).limit(1))
        if newest is None:
            raise Refused(f"That is not allowed over the pot of {allowed.area} now. Look again.")
        remove(session, table, table.c.id == newest)
        if has_signatures(session, self.round_id, allowed.area):
            self._check_signed(session)
        return Outcome(_TOUCHED, AllowOverPot(self.round_id, allowed), f"{as_done(self.label)}.")

    def _check_signed(self, session: Session) -> None:
        given = given_amounts(session, self.round_id)
        words = beyond_words(session, self.round_id, given, {self.allowed.area})
        if words:
            raise Refused(f"What is signed depends on it. Without it, {words} Nothing was taken back.")


def _check(allowed: Allowance) -> None:
    if not allowed.name.strip():
        raise Refused("Name who allows it.")
    if not allowed.post.strip():
        raise Refused(f"Name the post in which {allowed.name.strip()} allows it.")
    if not allowed.reason.strip():
        raise Refused("Say why it is allowed: every paper of the area prints the reason.")
    if {allowed.name, allowed.post, allowed.reason} != {
        text.strip() for text in (allowed.name, allowed.post, allowed.reason)
    }:
        raise Refused("Remove the spaces before and after name, post and reason.")
    if not 0 < allowed.pence <= LARGEST:
        raise Refused("What is allowed over a pot must be above £0.00.")


def _recorded_words(allowed: Allowance) -> str:
    return (
        f"{allowed.name}, {allowed.post}, allows {pounds(allowed.pence)} over the pot of {allowed.area}. "
        "No other area and no percentage changes with it."
    )
