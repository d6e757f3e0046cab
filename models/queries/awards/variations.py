"""The variations of a round's awards: what each changed, why, and who signed or has still to sign."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Row, select

from models.queries.applications.applications import awarded
from models.queries.deciding.decisions import Waits, half_decided, waiting
from models.queries.rows import of_round, rows_by, rows_of_round
from models.reference.sign_off import SignOff
from models.schema.applications import application_table
from models.schema.awards import (
    recovery_table,
    succession_table,
    variation_signature_table,
    variation_table,
)
from models.session import Session, untold
from models.store.parts import part
from models.values.awards import Returned, Successor, Terms
from models.values.stored import read_or
from scoring.budget.figures import AwardMoney

if TYPE_CHECKING:
    from models.queries.awards.award_rows import AwardRow

PROPOSED, IN_EFFECT, WITHDRAWN = "proposed", "in effect", "withdrawn"


class VariationSignature(Struct, frozen=True):
    """What one post signed of a variation; `step` counts from 0."""

    step: int
    post: str
    signed_by: str
    signed_on: date
    interests: str
    recorded_at: datetime
    is_from_paper: bool = False


class VariationRow(Struct, frozen=True):
    """A variation of an award, with what it changes: `was` has the terms that `becomes` says.

    Where the payments change, `was` has all of them, so that they are restored if it is withdrawn.

    `ended_because` is why it was withdrawn before both parties signed it, "" where it was not, `ended_at`
    when. One that was in effect when it was withdrawn keeps `effective_on`.
    """

    application: str
    number: int
    state: str
    from_pence: int
    to_pence: int
    was: Terms
    becomes: Terms
    reason: str
    proposed_on: date
    proposed_by: str
    effective_on: date | None
    recorded_at: datetime
    ended_because: str = ""
    ended_at: datetime | None = None
    signatures: tuple[VariationSignature, ...] = ()

    @property
    def change_pence(self) -> int:
        """Return by how much the award is more than before, below nothing where it is less."""
        return self.to_pence - self.from_pence

    @property
    def is_proposed(self) -> bool:
        return self.state == PROPOSED

    @property
    def is_in_effect(self) -> bool:
        return self.state == IN_EFFECT

    def was_in_effect_at(self, moment: datetime) -> bool:
        """Whether it was in effect at a moment and was withdrawn since."""
        ended = self.ended_at
        return self.effective_on is not None and ended is not None and self.settled_at <= moment < ended

    @property
    def settled_at(self) -> datetime:
        """Return when the newest of it was recorded: the proposal, or its last signature."""
        return max((self.recorded_at, *(one.recorded_at for one in self.signatures)))

    def waits(self, chain: Sequence[SignOff]) -> Waits | None:
        """Return for whom of a chain it waits, None where it waits for nobody."""
        return waiting(chain, self.to_pence, self.signatures) if self.is_proposed else None


_VARIATIONS = (
    of_round(VariationRow, variation_table)
    .add_columns(variation_table.c.application_id)
    .order_by(application_table.c.position, variation_table.c.number)
)


_signed = rows_by(VariationSignature, variation_signature_table, "application_id number", "recorded_at step")


@part
def variations(session: Session, round_id: int) -> tuple[VariationRow, ...]:
    """Return every variation of a round's awards, by application, then in order."""
    rows = session.execute(_VARIATIONS, {"of_round": round_id}).all()
    signed = _signed(session) if rows else {}
    return tuple(_row(row, signed.get((row.application_id, row.number), ())) for row in rows)


def in_effect(rows: Iterable[VariationRow]) -> tuple[VariationRow, ...]:
    return tuple(row for row in rows if row.is_in_effect)


def terms_now(rows: Iterable[VariationRow]) -> Terms:
    """Return what the variations of one award that hold have made of it; what none of them says is None."""
    now = Terms()
    for row in in_effect(rows):
        now = row.becomes.over(now)
    return now


def recipients(session: Session) -> tuple[tuple[int, str], ...]:
    """Return what recipients are called since a variation or succession, by their application's number.

    Of an award with several such names the one that holds comes last.
    """
    named = ((number, terms.recipient) for number, terms in varied_terms(session).items())
    varied = ((number, name) for number, name in named if name is not None)
    later = ((number, one.name) for number, taken in successors(session).items() for one in taken)
    return (*varied, *later)


successors = rows_by(Successor, succession_table, "application_id", "number")
"""Who has taken awards over in law, the first first, by the number of their application."""


@part
def succeeded_at(session: Session) -> Mapping[int, datetime]:
    """Return when the newest of them was recorded, likewise."""
    of = succession_table.c
    newest = select(of.application_id, of.recorded_at).order_by(of.application_id, of.number)
    return dict(session.execute(newest).all())


@part
def half_agreed(session: Session) -> Mapping[int, "AwardRow"]:
    """Return the awards with a change that not all have signed, by the application's number."""
    of, varied = application_table.c, variation_table.c
    rounds = select(of.round_id).where(varied.application_id == of.id, varied.state != WITHDRAWN).distinct()
    half = half_decided(session)
    numbers = set(session.scalars(rounds))
    numbers |= {one.round_id for one in awarded(session) if one.number in half}
    if not numbers:
        return {}
    from models.queries.awards.awards import awards  # which reads these; no start needs them

    every = (row for number in sorted(numbers) for row in awards(session, number))
    return {row.number: row for row in every if row.is_half_agreed}


@part
def award_money(session: Session) -> Mapping[int, AwardMoney]:
    """Return the money of every award, by the application's number: agreed, proposed and held.

    All sums of awards are of these: a round budget and a year hold the held amount, all else has the agreed.
    A decision or correction that not all have signed proposes an amount as well, also without an award. Sums
    that are shown leave out what is proposed for a closed one.
    """
    without = {one.number for one in untold(session)}
    proposed = {number: AwardMoney(0, pence) for number, pence in half_decided(session).items()}
    made = {one.number: AwardMoney(one.amount_pence) for one in awarded(session)}
    changed = {
        number: AwardMoney(row.money.agreed_pence) if number in without else row.money
        for number, row in half_agreed(session).items()
    }
    return proposed | made | changed


@part
def varied_terms(session: Session) -> Mapping[int, Terms]:
    """Return what variations made of awards, by the number of their application; what none says is None."""
    table = variation_table
    rows = session.execute(
        select(table.c.application_id, table.c.becomes)
        .where(table.c.state == IN_EFFECT)
        .order_by(table.c.application_id, table.c.number)
    )
    now: dict[int, Terms] = {}
    for number, becomes in rows:
        now[number] = read_or("award_variations.becomes", becomes, Terms()).over(now.get(number, Terms()))
    return now


def _row(row: Row[*tuple[Any, ...]], signed: tuple[VariationSignature, ...]) -> VariationRow:
    *said, _ = row
    was, becomes = (read_or("award_variations.becomes", text, Terms()) for text in (row.was, row.becomes))
    return replace(VariationRow(*said), was=was, becomes=becomes, signatures=signed)


class Recovery(Struct, frozen=True):
    """Money asked back of an award: how much, when, why and by whom."""

    application: str
    number: int
    amount_pence: int
    asked_on: date
    reason: str
    asked_by: str

    def received(self, returned: Iterable[Returned]) -> tuple[Returned, ...]:
        return tuple(part for part in returned if part.recovery == self.number)

    def outstanding_pence(self, returned: Iterable[Returned]) -> int:
        return self.amount_pence - sum(part.amount_pence for part in self.received(returned))


recoveries = rows_of_round(
    Recovery,
    of_round(Recovery, recovery_table).order_by(application_table.c.position, recovery_table.c.number),
)
