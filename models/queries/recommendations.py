"""What the panel of a round recommends."""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.schema.application import ApplicationTable
from models.schema.recommendation import RecommendationTable


@dataclass(frozen=True, slots=True)
class RecommendationRow:
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


def recommendations(session: Session, round_id: int) -> tuple[RecommendationRow, ...]:
    """Return a round's recommendations in the order of its applications."""
    table = RecommendationTable
    columns = select(
        ApplicationTable.reference,
        table.outcome,
        table.amount_pence,
        table.reason,
        table.code,
        table.conditions,
        table.is_exception,
        table.quality_1e2,
        table.cost_1e2,
        table.total_1e2,
        table.place,
        table.tied,
    )
    rows = session.execute(
        columns.join(table, table.application_id == ApplicationTable.id)
        .where(ApplicationTable.round_id == round_id)
        .order_by(ApplicationTable.position)
    )
    return tuple(
        RecommendationRow(*row[:5], tuple(json.loads(row.conditions)), *row[6:])
        for row in rows  # the conditions are the sixth column
    )
