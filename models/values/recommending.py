"""One recommendation as the panel changes it: its figures, whether it goes against the order."""

from collections.abc import Sequence

from models.operations.deciding.recommendations import BELOW_THRESHOLD
from models.queries.deciding.recommendations import FUNDED, SCOPE, RecommendationRow
from scoring.ranking import Outcome, Standing

PROPOSED_WORDS = {
    Outcome.FUND: "fund",
    Outcome.PART: "part_fund",
    Outcome.RESERVE: "reserve",
    Outcome.BELOW: "decline",
}


def recommendation(
    standing: Standing,
    outcome: str,
    amount_pence: int | None,
    reason: str,
    *,
    code: str = "",
    conditions: tuple[str, ...] = (),
) -> RecommendationRow:
    """Return what is recorded, with a copy of the figures it is taken on."""
    is_below = bool(standing.below_threshold) and outcome == "decline"
    return RecommendationRow(
        application=standing.reference,
        outcome=outcome,
        amount_pence=amount_pence if outcome in FUNDED else None,
        reason=reason.strip(),
        code=code or (BELOW_THRESHOLD if is_below else ""),
        conditions=conditions if outcome in FUNDED else (),
        is_exception=is_exception(standing, outcome),
        quality_1e2=standing.quality_1e2,
        cost_1e2=standing.cost_1e2,
        total_1e2=standing.total_1e2,
        place=standing.place,
        tied=standing.tied,
    )


def scope_of(conditions: Sequence[str]) -> str:
    """Return what a part-fund pays for, "" when that is not stated."""
    return next((one.removeprefix(SCOPE) for one in conditions if one.startswith(SCOPE)), "")


def whole_pence(standing: Standing) -> int:
    """Return what funding an application in full is: what it asks, or the cap that the rule offers."""
    is_capped = standing.outcome is Outcome.FUND and standing.offer_pence is not None
    return standing.offer_pence if is_capped and standing.offer_pence else standing.requested_pence


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
