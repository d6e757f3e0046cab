"""Writing with which post and for which areas people sign after the panel."""

from collections.abc import Sequence

from sqlalchemy import select, update

from models.operations.rows.write_areas import area_ids
from models.operations.rows.writing import put, remove
from models.queries.deciding.signatories import areas_signed
from models.schema.panel.person import person_table, round_role_table, signing_area_table
from models.session import Session
from scoring.refused import Refused


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
