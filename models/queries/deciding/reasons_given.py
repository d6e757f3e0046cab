"""The reason for a decision as it is told to applicants and the public."""

from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.recommendations import RecommendationRow

PUBLISHED = "The panel found that the project meets the published purposes and criteria of the fund."
"""What is told of an award on which nobody wrote a reason of their own."""
_BY_ITSELF = {
    "fund": PUBLISHED,
    "part_fund": PUBLISHED,
    "reserve": "Applications that were placed before it took the money there was.",
    "decline": "Other applications met the published criteria better.",
}


def reason_given(decided: DecisionRow, advised: RecommendationRow | None) -> str:
    """Return why, for the applicant: somebody's own words, else what the outcome says by itself."""
    return own_words(decided, advised) or _BY_ITSELF.get(decided.outcome, "")


def published_reason(decided: DecisionRow) -> str:
    """Return why, for the public: what stands on the decision, "" where the deciding office wrote nothing."""
    return decided.reason.strip()


def own_words(decided: DecisionRow, advised: RecommendationRow | None) -> str:
    """Return the office's, the panel's or a change's own words; "" where nobody wrote any.

    That an amount was changed is no reason why money is given; why an outcome was is one for what gets none.
    """
    panels = "" if advised is None else advised.reason
    if decided.amount_pence is None:
        said = (decided.change_reason, decided.reason, panels)
    else:
        is_for_money = advised is not None and advised.amount_pence is not None
        said = (decided.reason, panels if is_for_money else "", decided.change_reason)
    return next((words.strip() for words in said if words.strip()), "")


def why_changed(decided: DecisionRow, reason: str) -> str:
    """Return why money was changed when it was decided, "" where that is the `reason` that is told."""
    why = decided.change_reason.strip()
    return "" if decided.amount_pence is None or why == reason else why
