"""Why the sample panels recommend as they do: what the money is to change, else what they agreed."""

import csv
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

import resources
from models.operations.deciding.recommendations import proposed
from models.queries.deciding.reasons_and_conditions import said_so_far
from models.queries.deciding.recommendations import FUNDED, RecommendationRow
from models.queries.set_up.round_rows import round_rows
from models.values.rows import AgreedRow, scored_round
from scoring.rank import rank

if TYPE_CHECKING:
    from models.record import Record

LIST = "sample/reasons.csv"
SAID = 2
"""How many of the agreed reasons make the reason of a recommendation."""


def recommended(record: "Record", round_id: int, area: str | None = None) -> tuple[RecommendationRow, ...]:
    """Return what the rule proposes with the panel's reasons, and the fund's conditions on money."""
    rows = record.ask(partial(round_rows, round_id=round_id))
    said = record.ask(partial(said_so_far, round_id=round_id))
    agreed = {row.application: row for row in rows.agreed}
    items = proposed(rank(scored_round(rows)), area, said)
    written = published_reasons()
    return tuple(
        replace(item, reason=written[item.application])
        if item.outcome in FUNDED
        else replace(item, reason=_reason(agreed[item.application]))
        for item in items
    )


def published_reasons() -> dict[str, str]:
    """Return why each award of the sample reduces crime or helps victims, as it is published."""
    with resources.path(LIST).open(encoding="utf-8", newline="") as file:
        return {line["reference"]: line["reason"] for line in csv.DictReader(file)}


def _reason(agreed: AgreedRow) -> str:
    """Return what was said of the lowest marks, where no money is recommended."""
    said = [(mark or 0, words) for mark, words in zip(agreed.marks, agreed.reasons, strict=True) if words]
    return " ".join(_first(sorted(said, key=_mark)))


def _first(said: Sequence[tuple[int, str]]) -> list[str]:
    return [words for _, words in said[:SAID]]


def _mark(said: tuple[int, str]) -> int:
    return said[0]
