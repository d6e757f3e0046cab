"""Setting a round's areas and their money."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select, update

from models.operations.rows.writing import next_id, put, remove, round_uid, uid
from models.schema.applications.application import application_table
from models.schema.deciding.allowance import area_allowance_table
from models.schema.set_up.round import area_table
from models.session import Session
from scoring.refused import Refused
from scoring.round import Area


def area_ids(session: Session, round_id: int) -> dict[str, int]:
    """Return a round's areas by name."""
    columns = select(area_table.c.name, area_table.c.id).where(area_table.c.round_id == round_id)
    return dict(session.execute(columns).all())


def put_areas(session: Session, round_id: int, areas: Mapping[int, Area]) -> None:
    """Put new areas in, each at its position."""
    within = round_uid(session, round_id)
    start = next_id(session, area_table.c.id)
    rows = [
        {
            "id": number,
            "uid": uid(within, "area", area.name),
            "round_id": round_id,
            "position": position,
            "name": area.name,
            "stage": "intake",
            "pot_pence": area.pot_pence,
            "start_up_pence": area.start_up_pence,
            "committed_pence": area.committed_pence,
            "shared_pot": area.shared_pot or None,
        }
        for number, (position, area) in enumerate(areas.items(), start)
    ]
    put(session, area_table, rows)


def set_areas(session: Session, round_id: int, areas: Sequence[Area]) -> None:
    """Make the round's areas these, in this order; one that applications are of stays."""
    there = area_ids(session, round_id)
    gone = there.keys() - {area.name for area in areas}
    _remove_areas(session, round_id, sorted(gone))
    put_areas(session, round_id, {i: area for i, area in enumerate(areas) if area.name not in there})
    changed = [
        {
            "of": there[area.name],
            "at": position,
            "pot": area.pot_pence,
            "start_up": area.start_up_pence,
            "committed": area.committed_pence,
            "shared": area.shared_pot or None,
        }
        for position, area in enumerate(areas)
        if area.name in there
    ]
    table = area_table
    statement = update(table).where(table.c.id == bindparam("of"))
    values = statement.values(
        position=bindparam("at"),
        pot_pence=bindparam("pot"),
        start_up_pence=bindparam("start_up"),
        committed_pence=bindparam("committed"),
        shared_pot=bindparam("shared"),
    )
    if changed:
        session.execute(values, changed)


def _remove_areas(session: Session, round_id: int, names: Sequence[str]) -> None:
    in_use = (
        select(area_table.c.name)
        .join(application_table, application_table.c.area_id == area_table.c.id)
        .where(area_table.c.round_id == round_id, area_table.c.name.in_(names))
        .order_by(area_table.c.position)
    )
    name = session.scalars(in_use.limit(1)).first()
    if name is not None:
        raise Refused(f"The area {name} has applications. Put it back into Pots.")
    of_round = (area_table.c.round_id == round_id) & area_table.c.name.in_(names)
    moved_on = session.scalars(
        select(area_table.c.name).where(of_round, area_table.c.stage != "intake")
    ).first()
    if moved_on is not None:
        raise Refused(f"The area {moved_on} has moved on from intake. Put it back into Pots.")
    allowed = select(area_table.c.name).join(
        area_allowance_table, area_allowance_table.c.area_id == area_table.c.id
    )
    held = session.scalars(allowed.where(of_round).limit(1)).first()
    if held is not None:
        raise Refused(f"Money is allowed over the pot of {held}. Put the area back into Pots.")
    remove(session, area_table, of_round)
