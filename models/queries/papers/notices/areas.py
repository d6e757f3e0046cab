"""The areas of a notice: of which it is, in what order they stand, and how they are told."""

from collections.abc import Iterable, Sequence

from models.papers.order import PaperOrder
from models.queries.deciding.recommendations import RecommendationRow
from models.queries.set_up.round_facts import RoundFacts
from models.values.rows import ApplicationRow
from scoring.counted import listed


def by_area(
    here: Iterable[RecommendationRow], rows: Iterable[ApplicationRow], areas: Sequence[str]
) -> list[RecommendationRow]:
    """Return recommendations in the order of the round's areas, those of none first."""
    of = {row.reference: row.area for row in rows}
    return sorted(here, key=lambda row: areas.index(area) if (area := of[row.application]) in areas else -1)


def areas_of(rows: Iterable[ApplicationRow], references: Iterable[str], facts: RoundFacts) -> tuple[str, ...]:
    """Return the areas of some applications, in the order of the round."""
    chosen = set(references)
    found = {row.area for row in rows if row.reference in chosen}
    return tuple(area.name for area in facts.line.areas if area.name in found)


def areas_said(order: PaperOrder, rows: Iterable[ApplicationRow], areas: Sequence[str]) -> str:
    """Return the areas that a notice is of where others applied too, "" where it is of all of them."""
    applied = {row.area for row in rows if row.area}
    return order.area or (listed(areas) if order.areas or len(areas) < len(applied) else "")


def with_area(subject: str, area: str | None) -> str:
    """Return what a notice is of, with its area where it is of one."""
    return f"{subject}: {area}" if area else subject
