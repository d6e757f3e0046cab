"""Why the sample panels recommend as they do: what the money is to change, else what fell short."""

import csv
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

import resources
from models.operations.deciding.recommendations import proposed
from models.queries.deciding.reasons import said_so_far, short_of
from models.queries.deciding.recommendations import FUNDED, RecommendationRow
from models.queries.set_up.round_rows import round_rows
from models.values.rows import scored_round
from scoring.rank import rank

if TYPE_CHECKING:
    from models.record import Record

LIST = "sample/reasons.csv"
SAID = 2
"""How many of the reasons of criteria that fell short make the reason to recommend no money."""


def recommended(record: "Record", round_id: int, area: str | None = None) -> tuple[RecommendationRow, ...]:
    """Return what the rule proposes with the panel's reasons, and the fund's conditions on money."""
    rows = record.ask(partial(round_rows, round_id=round_id))
    said = record.ask(partial(said_so_far, round_id=round_id))
    ranking, written = rank(scored_round(rows)), published_reasons()
    short, items = short_of(rows), proposed(ranking, area, said)
    return tuple(
        replace(item, reason=written[item.application])
        if item.outcome in FUNDED
        else replace(item, reason=" ".join(short.get(item.application, ())[:SAID]))
        for item in items
    )


def published_reasons() -> dict[str, str]:
    """Return why each award of the sample reduces crime or helps victims, as it is published."""
    with resources.path(LIST).open(encoding="utf-8", newline="") as file:
        return {line["reference"]: line["reason"] for line in csv.DictReader(file)}
