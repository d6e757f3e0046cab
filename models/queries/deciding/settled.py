"""What the papers of a round are made from beside its rows and its ranking."""

from collections.abc import Iterator

from models.queries.applications.applications import applications
from models.queries.applications.in_time import late_words
from models.queries.awards.awards import AwardRow, awards
from models.queries.awards.variations.amendments import amendments
from models.queries.deciding.allowances import allowances
from models.queries.deciding.decisions import DecisionRow, decisions, final_decisions
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.set_up.area_dates import area_dates
from models.queries.set_up.round_facts import round_facts
from models.reference.sign_off import Chain
from models.session import Session
from models.values.amendments import amended_words
from scoring.money import pounds
from scoring.schedule.values import Awarded, PanelOutcome, Recommended, Settled

CHAIR = "Chair of the panel"


def settled(session: Session, round_id: int) -> Settled:
    """Return what was recommended and decided, the marking of papers, and who signs: the chair first.

    What is awarded is nought where the last step refused it. The sign-off chain is the round's own, as it
    stood when the round was set up.
    """
    facts = round_facts(session, round_id)
    decided = final_decisions(decisions(session, round_id))
    held = {row.application: row for row in awards(session, round_id)}
    return Settled(
        recommended=tuple(
            _recommended(row, decided.get(row.application), held.get(row.application))
            for row in recommendations(session, round_id)
        ),
        awarded=tuple(Awarded(of, _stands(row, held.get(of))) for of, row in decided.items()),
        amended=tuple(_amended(row) for row in held.values() if row.varied or row.returned),
        marking=facts.line.marking,
        sign_off=(CHAIR, *_posts(facts.chain)),
        late=_late(session, round_id),
        allowances=allowances(session, round_id),
    )


def _posts(chain: Chain) -> Iterator[str]:
    """Yield each post that signs, with the amount from which on it does."""
    for step in chain:
        above = "" if step.from_pence is None else f", from {pounds(step.from_pence)}"
        yield from (f"{post}{above}" for post in step.posts)


def _late(session: Session, round_id: int) -> tuple[tuple[str, str], ...]:
    """Return the late applications that something lets in, in order of reference."""
    if not any(dates.closes_on for dates in area_dates(session, round_id).values()):
        return ()
    found = late_words(session, round_id, applications(session, round_id))
    return tuple((of, f"{words}; {let_in}") for of, (words, let_in) in sorted(found.items()) if let_in)


def _stands(decided: DecisionRow, award: AwardRow | None) -> int:
    """Return what was decided, as it stands: as varied, less what was recovered."""
    return (decided.amount_pence or 0) if award is None else award.stands_pence


def _amended(row: AwardRow) -> tuple[str, str]:
    was = f"{pounds(row.first_pence)} was decided"
    return row.application, f"{was}; {amended_words(amendments(row), row.returned_pence)}"


def _recommended(row: RecommendationRow, decided: DecisionRow | None, award: AwardRow | None) -> Recommended:
    """Return a recommendation; once it is decided, the conditions are those of the award."""
    held = () if award is None else award.conditions
    return Recommended(
        reference=row.application,
        outcome=PanelOutcome(row.outcome),
        amount_pence=row.amount_pence,
        reason=row.reason,
        exception=row.is_exception,
        conditions=row.conditions if decided is None else held or decided.conditions,
    )
