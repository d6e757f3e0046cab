"""Declining anew, on a challenge, what is agreed or varied already: what bars it, and what ends with it."""

from collections.abc import Iterable

from models.operations.applications.lookup import the_application
from models.operations.awards.bank_details import take_out_account
from models.operations.awards.variations.rows import set_state
from models.queries.awards.awards import awards
from models.queries.awards.variations.variations import WITHDRAWN
from models.queries.deciding.challenges.challenges import held_challenges
from models.session import Session
from scoring.money import pounds
from scoring.refused import Refused


def called_for(session: Session, round_id: int, applications: Iterable[str]) -> frozenset[str]:
    """Return those of some applications on which the answer to a challenge calls for a new decision."""
    waiting = {
        held.application
        for held in held_challenges(session)
        if held.round_id == round_id and held.waits_for_decision
    }
    return frozenset(waiting.intersection(applications))


def give_up_awards(session: Session, round_id: int, notice: str, declined: Iterable[str]) -> None:
    """End the variations of awards that are declined anew, and delete the accounts that they had.

    Refused where a part is paid: then the award is varied to what is paid, and that is asked back.
    """
    chosen = frozenset(declined)
    for award in awards(session, round_id):
        if award.application not in chosen:
            continue
        if award.paid_pence:
            raise Refused(
                f"{pounds(award.paid_pence)} of {award.reference} is paid, so it cannot be declined. Vary "
                "it to "
                "what is paid, and ask for the money back."
            )
        number = the_application(session, round_id, award.application)
        for row in award.variations:
            if row.state != WITHDRAWN:
                set_state(session, number, row.number, WITHDRAWN, because=f"declined anew, notice {notice}")
        take_out_account(session, number)
