"""A ranking as the JSON that `rank` prints, in the key order of the published format."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from scoring.money import percent, plain_pounds, plain_pounds_if_any, plain_score
from scoring.ranking import AreaStanding, CriterionResult, Ranking, Standing
from scoring.scheme import RankedBy, Scheme

if TYPE_CHECKING:
    from models.queries.deciding.decisions import DecisionRow
    from models.queries.deciding.recommendations import RecommendationRow

Json = dict[str, object]


def ranking_json(
    ranking: Ranking,
    recommended: "Mapping[str, RecommendationRow]",
    decided: "Mapping[str, DecisionRow]",
    area: str | None = None,
) -> Json:
    """Return a whole ranking, or what it says of one area, as JSON values."""
    scheme = ranking.scheme
    return {
        "fund": ranking.fund,
        "round": ranking.round,
        "combine": str(scheme.combine),
        "split": {"quality": percent(scheme.quality_1e4), "cost": percent(scheme.cost_1e4)},
        "applications": [
            standing_json(
                scheme, standing, recommended.get(standing.reference), decided.get(standing.reference)
            )
            for standing in ranking.standings
            if area in (None, standing.area)
        ],
        "areas": [_area(found) for found in ranking.areas if area in (None, found.area)],
    }


def standing_json(
    scheme: Scheme,
    standing: Standing,
    recommended: "RecommendationRow | None",
    decided: "DecisionRow | None",
) -> Json:
    """Return one application's standing as JSON values."""
    by_price = scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT
    return {
        "reference": standing.reference,
        "organisation": standing.organisation,
        "area": standing.area,
        "requested": None if standing.is_closed else plain_pounds(standing.requested_pence),
        "status": str(standing.status),
        "reasons": list(standing.reasons),
        "counting_members": standing.counting_members,
        "quality": _score(standing.quality_1e2),
        "cost": _score(standing.cost_1e2),
        "total": _score(standing.total_1e2),
        **({"price": plain_pounds_if_any(standing.price_pence)} if by_price else {}),
        "place": standing.place,
        "tied": standing.tied,
        "place_by": standing.place_by,
        "below_threshold": list(standing.below_threshold),
        "offer": plain_pounds_if_any(standing.offer_pence),
        "outcome": None if standing.outcome is None else str(standing.outcome),
        "outcome_reason": standing.outcome_reason,
        "criteria": [_criterion(result) for result in standing.criteria],
        "recommendation": None if recommended is None else _recommendation(recommended),
        "decision": None if decided is None else _decision(decided),
    }


def _criterion(result: CriterionResult) -> Json:
    return {
        "code": result.code,
        "value": _score(result.value_1e2),
        "weight": plain_score(result.weight_1e2),
        "points": plain_score(result.points_1e2),
    }


def _recommendation(recommended: "RecommendationRow") -> Json:
    return {
        "outcome": recommended.outcome,
        "amount": plain_pounds_if_any(recommended.amount_pence),
        "reason": recommended.reason,
        "exception": recommended.is_exception,
    }


def _decision(decided: "DecisionRow") -> Json:
    """Return a decision; one that differs from the panel gives the reason of the change."""
    return {
        "outcome": decided.outcome,
        "amount": plain_pounds_if_any(decided.amount_pence),
        "reason": decided.change_reason or decided.reason,
        "exception": decided.is_exception,
    }


def _area(area: AreaStanding) -> Json:
    return {
        "area": area.area,
        "pot": plain_pounds(area.pot_pence),
        "available": plain_pounds(area.available_pence),
        "offered": None if area.closed else plain_pounds(area.offered_pence),
        "remaining": None if area.closed else plain_pounds(area.remaining_pence),
        "stopped_by_tie": area.stopped_by_tie,
        **({"shared_with": list(area.shared_with)} if area.shared_with else {}),
    }


def _score(value_1e2: int | None) -> str | None:
    return None if value_1e2 is None else plain_score(value_1e2)
