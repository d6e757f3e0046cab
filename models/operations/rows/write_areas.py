"""Setting a round's areas and their money, who serves them, and who signs for them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select, update

from models.operations.rows.writing import next_id, put, remove, round_uid, uid
from models.queries.deciding.signatories import areas_signed
from models.queries.panel.panel import Served
from models.schema.applications import application_table
from models.schema.deciding import area_allowance_table
from models.schema.panel import (
    member_area_table,
    member_table,
    person_table,
    round_role_table,
    signing_area_table,
)
from models.schema.set_up import area_table
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


def set_signing_areas(session: Session, round_id: int, role_id: int, areas: Sequence[str]) -> None:
    """Make the areas for which a role signs these, none for all; refused for one that is not there."""
    there = area_ids(session, round_id)
    missing = [name for name in areas if name not in there]
    if missing:
        raise Refused(f"There is no area {missing[0]} in the round. Correct the name.")
    remove(session, signing_area_table, signing_area_table.c.role_id == role_id)
    rows = [{"role_id": role_id, "area_id": there[name]} for name in dict.fromkeys(areas)]
    put(session, signing_area_table, rows)


def remove_signing_areas(session: Session, round_id: int) -> None:
    """Take out for which areas the people of a round sign."""
    roles = select(round_role_table.c.id).where(round_role_table.c.round_id == round_id)
    remove(session, signing_area_table, signing_area_table.c.role_id.in_(roles))


def copy_signing_areas(
    session: Session, source: int, round_id: int, roles: Sequence[tuple[int, int]]
) -> None:
    """Give roles (the source's and the round's number) the areas of the source's that the round has too."""
    held, there = areas_signed(session, source), area_ids(session, round_id)
    for of_source, of_round in roles:
        set_signing_areas(session, round_id, of_round, [n for n in held.get(of_source, ()) if n in there])


def post_of(session: Session, person_id: int) -> str:
    """Return a person's post, "" until it is said."""
    return session.scalars(select(person_table.c.post).where(person_table.c.id == person_id)).one()


def set_post(session: Session, person_id: int, post: str) -> None:
    """Give a person a post."""
    table = person_table
    session.execute(update(table).where(table.c.id == person_id).values(post=post))
