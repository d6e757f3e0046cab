"""Which areas each member of a panel serves.

A convenience of who is expected to score: nothing of it reaches the ranking, which counts the sheets that
were handed in and no more. A round workbook has no such column.
"""

from collections.abc import Iterable

from sqlalchemy import select

from models.queries.panel.panel import interests
from models.schema.panel import member_area_table, member_table
from models.schema.set_up import area_table
from models.session import Session
from models.store.parts import part
from models.values.rows import InterestRow
from scoring.round import InterestKind

Served = dict[str, tuple[str, ...]]
"""By the member's code: the areas that the member serves, in the round's order; no entry is all areas."""


@part
def areas_served(session: Session, round_id: int) -> Served:
    """Return the areas of those members of a round who do not serve all of them."""
    rows = session.execute(
        select(member_table.c.code, area_table.c.name)
        .join(member_area_table, member_area_table.c.member_id == member_table.c.id)
        .join(area_table, area_table.c.id == member_area_table.c.area_id)
        .where(member_table.c.round_id == round_id)
        .order_by(member_table.c.position, area_table.c.position)
    )
    found: dict[str, list[str]] = {}
    for code, area in rows:
        found.setdefault(code, []).append(area)
    return {code: tuple(areas) for code, areas in found.items()}


@part
def expected_to_score(session: Session, round_id: int) -> Served:
    """Return what each member is expected to score; a chair who does not score serves no area."""
    aside = dict.fromkeys(sorted(stood_down(interests(session, round_id))), ())
    return {**areas_served(session, round_id), **aside}


def stood_down(declared: Iterable[InterestRow]) -> frozenset[str]:
    """Return the codes of those who abstained on the whole round: the chair who does not score."""
    whole = (row for row in declared if row.application is None and row.kind is InterestKind.ABSTAINED)
    return frozenset(row.member for row in whole)


def serves(served: Served, member: str, area: str) -> bool:
    """Whether a member is expected to score an area."""
    return member not in served or area in served[member]


def kinds_declared(rows: Iterable[InterestRow], member: str, application: str) -> set[InterestKind]:
    """Return what a member declared on one application."""
    return {row.kind for row in rows if row.member == member and row.application == application}
