"""The reason for a decision as it is told to applicants and the public.

What is given on money is a person's own; older records have decisions on which nobody wrote a word.
"""

from collections.abc import Sequence

from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.recommendations import RecommendationRow
from scoring.money import place, score
from scoring.ranking import Standing

PUBLISHED = "The panel found that the project meets the published purposes and criteria of the fund."
"""What is published of an award on which nobody wrote a reason of their own."""


def reason_given(decided: DecisionRow, advised: RecommendationRow | None, standing: Standing) -> str:
    """Return why, for the applicant: somebody's own words, else the application's own place and total."""
    return own_words(decided, advised) or (_told(standing) if standing.place is not None else "")


def published_reason(decided: DecisionRow, advised: RecommendationRow | None, agreed: Sequence[str]) -> str:
    """Return why, for the public: somebody's own words, else the agreed reasons; never a score."""
    return own_words(decided, advised) or "\n".join(agreed) or PUBLISHED


def own_words(decided: DecisionRow, advised: RecommendationRow | None) -> str:
    """Return a change's reason, the office's or the panel's own words; "" where nobody wrote any."""
    said = (decided.change_reason, decided.reason, "" if advised is None else advised.reason)
    return next((words.strip() for words in said if words.strip()), "")


def _told(standing: Standing) -> str:
    """Return an application's own place and total as sentences, and the minimums it does not reach."""
    placed = f"The application placed {place(standing.place, tied=standing.tied)} in its area"
    found = f"{placed} with {score(standing.total_1e2)} of 100 points."
    if standing.below_threshold:
        found += f" It is below a published minimum: {'; '.join(standing.below_threshold)}."
    return found
