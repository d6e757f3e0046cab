"""What the panel of a round recommends."""

import json
from collections.abc import Iterable, Iterator, Sequence

from models.queries.rows import of_round
from models.schema.applications import application_table
from models.schema.deciding import recommendation_table
from models.session import Session
from models.store.parts import part
from models.values.recommending import RecommendationRow
from scoring.ranking import Ranking, Status
from scoring.schedule.exceptions import no_money_words


def unlike_the_rule(
    items: Sequence[RecommendationRow], recorded: Iterable[RecommendationRow]
) -> tuple[RecommendationRow, ...]:
    """Return those on which something else was recorded than the rule proposes: another outcome or amount."""
    before = {row.application: row.outcome_words for row in recorded}
    return tuple(
        item for item in items if before.get(item.application, item.outcome_words) != item.outcome_words
    )


def lost_their_total(ranking: Ranking, recorded: Iterable[RecommendationRow]) -> Iterator[str]:
    """Yield of which money was recommended on a total that is none any more, and what is to be done.

    So it is where a member who gave marks declares an interest afterwards. What is withdrawn is told apart.
    """
    now = {one.reference: one.status for one in ranking.standings}
    for row in recorded:
        status = now.get(row.application, Status.RANKED)
        if row.amount_pence and row.total_1e2 is not None and status not in (Status.RANKED, Status.WITHDRAWN):
            yield no_money_words(row.application, status)


_RECOMMENDATIONS = of_round(RecommendationRow, recommendation_table).order_by(application_table.c.position)


@part
def recommendations(session: Session, round_id: int) -> tuple[RecommendationRow, ...]:
    """Return a round's recommendations in the order of its applications."""
    rows = (row._asdict() for row in session.execute(_RECOMMENDATIONS, {"of_round": round_id}))
    return tuple(
        RecommendationRow(**{**row, "conditions": tuple(json.loads(row["conditions"]))}) for row in rows
    )
