"""Why the sample panels recommend as they do: what they agreed on the criteria that weighed most."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from models.operations.deciding.recommendations import proposed
from models.queries.deciding.reasons_and_conditions import said_so_far
from models.queries.deciding.recommendations import FUNDED, RecommendationRow
from models.queries.set_up.round_rows import round_rows
from models.values.rows import AgreedRow, scored_round
from scoring.rank import rank

if TYPE_CHECKING:
    from models.record import Record

SAID = 2
"""How many of the agreed reasons make the reason of a recommendation."""


def recommended(record: "Record", round_id: int, area: str | None = None) -> tuple[RecommendationRow, ...]:
    """Return what the rule proposes with the panel's reasons, and the fund's conditions on money."""
    rows = record.ask(partial(round_rows, round_id=round_id))
    said = record.ask(partial(said_so_far, round_id=round_id))
    agreed = {row.application: row for row in rows.agreed}
    items = proposed(rank(scored_round(rows)), area, said)
    reasons = {
        item.application: _reason(agreed[item.application], is_funded=item.outcome in FUNDED)
        for item in items
    }
    return tuple(replace(item, reason=reasons[item.application]) for item in items)


def _reason(agreed: AgreedRow, *, is_funded: bool) -> str:
    """Return what was said of the best marks where money is recommended, else of the lowest."""
    said = [(mark or 0, words) for mark, words in zip(agreed.marks, agreed.reasons, strict=True) if words]
    return " ".join(_first(sorted(said, key=_mark, reverse=is_funded)))


def _first(said: Sequence[tuple[int, str]]) -> list[str]:
    return [words for _, words in said[:SAID]]


def _mark(said: tuple[int, str]) -> int:
    return said[0]
