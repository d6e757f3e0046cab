"""What the Awards page shows, in one answer."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.fund_defaults import Payment
from models.queries.awards import AwardRow, awards, payments
from models.queries.decisions import decisions
from models.queries.round_rows import round_rows
from scoring.round import Area


@dataclass(frozen=True, slots=True)
class AwardsAnswer:
    """A round's awards, the fund's ways to pay, the pots, and who decided: they authorise nothing."""

    awards: tuple[AwardRow, ...]
    payments: tuple[Payment, ...]
    areas: tuple[Area, ...]
    deciders: frozenset[str]


def awards_page(session: Session, round_id: int) -> AwardsAnswer:
    """Return what the Awards page shows of a round."""
    return AwardsAnswer(
        awards=awards(session, round_id),
        payments=payments(session, round_id),
        areas=round_rows(session, round_id).areas,
        deciders=frozenset(row.signed_by for row in decisions(session, round_id)),
    )
