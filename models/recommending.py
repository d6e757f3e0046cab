"""One recommendation as the panel changes it: its figures, whether it goes against the order, and the pot."""

from collections.abc import Sequence

from models.operations.recommendations import BELOW_THRESHOLD
from models.queries.recommendations import RecommendationRow
from scoring.ranking import AreaStanding, Outcome, Standing

FUNDED = ("fund", "part_fund")
PROPOSED_WORDS = {
    Outcome.FUND: "fund",
    Outcome.PART: "part_fund",
    Outcome.RESERVE: "reserve",
    Outcome.BELOW: "decline",
}


def recommendation(
    standing: Standing, outcome: str, amount_pence: int | None, reason: str
) -> RecommendationRow:
    """Return what is recorded, with a copy of the figures it is taken on."""
    is_below = bool(standing.below_threshold) and outcome == "decline"
    return RecommendationRow(
        application=standing.reference,
        outcome=outcome,
        amount_pence=amount_pence if outcome in FUNDED else None,
        reason=reason.strip(),
        code=BELOW_THRESHOLD if is_below else "",
        is_exception=is_exception(standing, outcome),
        quality_1e2=standing.quality_1e2,
        cost_1e2=standing.cost_1e2,
        total_1e2=standing.total_1e2,
        place=standing.place,
        tied=standing.tied,
    )


def is_exception(standing: Standing, outcome: str) -> bool:
    """Whether an outcome goes against the order: money where the rule gives none, or none where it does.

    To defer or refer says something else than the order does, so it is no exception.
    """
    gets = PROPOSED_WORDS.get(standing.outcome, "") in FUNDED if standing.outcome is not None else False
    if outcome in FUNDED:
        return not gets or bool(standing.below_threshold)
    return gets and outcome in ("reserve", "decline")


def is_as_proposed(standing: Standing, outcome: str) -> bool:
    """Whether an outcome is what the rule proposes, so that the rule's reason will do."""
    return standing.outcome is not None and PROPOSED_WORDS.get(standing.outcome) == outcome


def over_pot_pence(
    area: AreaStanding, recorded: Sequence[RecommendationRow], of_area: Sequence[str], item: RecommendationRow
) -> int:
    """Return by how much an area's recommendations would go over what is available, 0 when they fit.

    What is available holds the tolerance, for which an authority is named in the scheme.
    """
    others = sum(
        row.amount_pence or 0
        for row in recorded
        if row.application in of_area and row.application != item.application
    )
    return max(others + (item.amount_pence or 0) - area.available_pence, 0)
