"""Refusing money past a pot, its tolerance and what was allowed over it."""

from collections.abc import Collection, Mapping

from models.queries.deciding.allowances import pot_uses
from models.queries.set_up.round_facts import round_rows
from models.session import Session
from scoring.allocating.over_pot import refusal
from scoring.allocating.shared_pots import list_of
from scoring.refused import Refused


def beyond_words(session: Session, round_id: int, given: Mapping[str, int], areas: Collection[str]) -> str:
    """Return why money (pence by reference) does not fit into the first of some areas, "" where it does.

    Areas that share a pot are looked at together.
    """
    uses = pot_uses(session, round_id, given)
    words = (refusal(use) for use in uses if not {use.area, *use.shared_with}.isdisjoint(areas))
    return next((found for found in words if found), "")


def refuse_more(
    session: Session, round_id: int, before: Mapping[str, int], after: Mapping[str, int], told: str
) -> None:
    """Refuse where an area that gets more than it had goes past what is allowed; less is never refused.

    `told` says what was not done.
    """
    areas, lists = areas_of(session, round_id), list_of(round_rows(session, round_id).areas)
    change: dict[str, int] = {}
    for reference in before.keys() | after.keys():
        area = lists[areas.get(reference)]
        if area is not None:
            more = after.get(reference, 0) - before.get(reference, 0)
            change[area] = change.get(area, 0) + more
    words = beyond_words(session, round_id, after, {area for area, more in change.items() if more > 0})
    if words:
        raise Refused(f"{words} {told}")


def refuse_given(
    session: Session, round_id: int, after: Mapping[str, int], references: Collection[str], told: str
) -> None:
    """Refuse where money on some applications stands in an area that is past what is allowed."""
    areas = areas_of(session, round_id)
    paid = {areas[of] for of in references if after.get(of) and areas.get(of)}
    words = beyond_words(session, round_id, after, {area for area in paid if area is not None})
    if words:
        raise Refused(f"{words} {told}")


def areas_of(session: Session, round_id: int) -> dict[str, str | None]:
    """Return the area of each application of a round."""
    return {row.reference: row.area for row in round_rows(session, round_id).applications}
