"""Writing which areas members serve."""

from collections.abc import Sequence

from sqlalchemy import select

from models.operations.rows.write_areas import area_ids
from models.operations.rows.writing import put, remove
from models.queries.panel.areas_served import Served
from models.schema.panel.panel import member_area_table, member_table
from models.session import Session
from scoring.refused import Refused


def set_areas_served(session: Session, round_id: int, member_id: int, areas: Sequence[str]) -> None:
    """Make a member's areas these, none for all of them; refused for an area that is not there."""
    there = area_ids(session, round_id)
    for name in areas:
        if name not in there:
            raise Refused(f"There is no area {name} in the round. Correct the name.")
    remove(session, member_area_table, member_area_table.c.member_id == member_id)
    wanted = dict.fromkeys(areas)
    put(session, member_area_table, [{"member_id": member_id, "area_id": there[name]} for name in wanted])


def remove_areas_served(session: Session, round_id: int) -> None:
    """Take out which areas the members of a round serve."""
    members = select(member_table.c.id).where(member_table.c.round_id == round_id)
    remove(session, member_area_table, member_area_table.c.member_id.in_(members))


def put_areas_served(session: Session, round_id: int, served: Served) -> None:
    """Put them in again, for the members and the areas that the round still has."""
    there = area_ids(session, round_id)
    columns = select(member_table.c.code, member_table.c.id).where(member_table.c.round_id == round_id)
    members = dict(session.execute(columns).all())
    rows = [
        {"member_id": members[code], "area_id": there[name]}
        for code, names in served.items()
        for name in names
        if code in members and name in there
    ]
    put(session, member_area_table, rows)
