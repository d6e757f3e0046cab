"""What a decision is held to as it is made: rules younger than records in use, whose journals break them."""

from collections.abc import Collection
from datetime import date

from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions
from models.session import Session
from scoring.counted import first_of
from scoring.refused import Refused
from scoring.written.days import full_day
from scoring.written.names import is_same_typed


def require_paid_nothing(session: Session, round_id: int, by: str) -> None:
    """Refuse as a signer who authorised a payment of the round: nobody does both, in either order.

    (The separation of duties of facts.md 6; paying asks it of whoever decided.)
    """
    parts = (part for award in awards(session, round_id) for part in award.instalments)
    if any(part.authorised_by and is_same_typed(part.authorised_by, by) for part in parts):
        raise Refused(
            f"{by} authorised a payment of this round, and nobody who authorises payments decides in it. "
            "Somebody else has to sign."
        )


def require_in_order(
    session: Session, round_id: int, step: int, on: date, references: Collection[str]
) -> None:
    """Refuse a day before that of a signature which it follows: an earlier step, or what it replaces."""
    before = [
        row
        for row in decisions(session, round_id)
        if row.application in references and row.is_in_force and (row.step < step or row.is_last)
    ]
    later = [row for row in before if row.signed_on > on]
    if later:
        newest = max(later, key=lambda row: (row.signed_on, row.step))
        named = first_of([row.application for row in later if row.step == newest.step])
        raise Refused(
            f"{newest.signed_by}, {newest.post}, signed {named} on {full_day(newest.signed_on)}, and this "
            f"comes after it, on {full_day(on)}. Correct the day."
        )
