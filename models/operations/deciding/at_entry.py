"""What a decision is held to as it is made: rules younger than records in use, whose journals break them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions, declared_by, recommendations
from models.queries.set_up.round_facts import round_rows
from models.reference.sign_off import Chain
from models.session import Session
from models.store.locks.signing_on import with_figures
from models.values.rows import scored_round
from scoring.allocating.allocation import same_place
from scoring.counted import first_of, listed
from scoring.rank import rank
from scoring.ranking import Outcome
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


def require_no_interest(session: Session, round_id: int, by: str, references: Sequence[str]) -> None:
    """Refuse as a signer who declared an interest in a line, also from paper: it waits for another."""
    closed = declared_by(session, round_id, by)
    barred = [of for of in references if of in closed]
    if barred:
        raise Refused(
            f"{by} declared an interest in {first_of(barred)}. "
            "Somebody else decides there, or the line is left out of this signing."
        )


def require_no_open_tie(session: Session, round_id: int, references: Collection[str]) -> None:
    """Refuse to record what is signed in an area where a tie on the budget line is not decided.

    (scoring.md 5: it is never settled silently.) What the panel recommended on every one of the tied has
    settled it.
    """
    with with_figures(session, round_id, to_rank=True):
        ranking = rank(scored_round(round_rows(session, round_id)))
    there = {row.application for row in recommendations(session, round_id)}
    tied = (one for one in ranking.standings if one.outcome is Outcome.TIE and one.tied)
    first = {one.area: one for one in reversed(tuple(tied))}
    for area in dict.fromkeys(one.area for one in ranking.standings if one.reference in references):
        group = [one.reference for one in same_place(ranking, first[area])] if area in first else []
        if not there.issuperset(group):
            raise Refused(
                f"The tie of {listed(group)} on the budget line of {area} is open. The panel's chair decides "
                "it first; then what follows from it is recommended and signed."
            )


def require_steps_before(chain: Chain, unsigned: Mapping[int, Sequence[str]], because: str) -> None:
    """Refuse to record from paper what nobody signed at a step before, unless it is said why."""
    if unsigned and not because.strip():
        words = [f"the {chain[number].words} on {first_of(of)}" for number, of in unsigned.items()]
        raise Refused(
            f"No signature is recorded of {listed(words)}. What was signed first is recorded first, with "
            f"that post; where it goes without, say why with --unsigned-because TEXT."
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
