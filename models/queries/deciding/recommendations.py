"""What the panel of a round recommends."""

import json
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from models.queries.rows import of_round
from models.schema.applications import application_table
from models.schema.deciding import recommendation_table
from models.session import Session
from models.store.parts import part
from scoring.money import short_pounds
from scoring.ranking import Ranking, Status
from scoring.schedule.exceptions import no_money_words
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome

FUNDED = ("fund", "part_fund")
"""The outcomes that are money, and that conditions go with."""
SCOPE = "Reduced scope: "
"""How the condition begins that says what a part-fund pays for."""


class RecommendationRow(Struct, frozen=True):
    """A recommendation with a copy of the figures it was taken on.

    `outcome` is fund, part_fund, reserve, decline, defer or refer; `amount_pence` is set for the first
    two alone. `code` is a decline code or "". Scores are whole hundredths, None when it had none.
    """

    application: str
    outcome: str
    amount_pence: int | None
    reason: str
    code: str = ""
    conditions: tuple[str, ...] = ()
    is_exception: bool = False
    quality_1e2: int | None = None
    cost_1e2: int | None = None
    total_1e2: int | None = None
    place: int | None = None
    tied: bool = False

    @property
    def is_departure(self) -> bool:
        """Whether it gives money out of the order, or below a minimum."""
        return self.is_exception and self.outcome in FUNDED

    @property
    def outcome_words(self) -> str:
        """Return the outcome with its amount: "fund £2,400"."""
        word = OUTCOME_WORDS[PanelOutcome(self.outcome)].lower()
        return f"{word} {short_pounds(self.amount_pence)}" if self.amount_pence else word


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
