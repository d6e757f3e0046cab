"""What importing applications and bringing them back have in common: references, areas and their stages."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from models.operations.rows.write_applications import application_ids
from models.operations.rows.write_areas import area_ids, put_areas
from models.schema.applications.application import application_table
from models.schema.set_up.round import area_table
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.counted import first_of
from scoring.refused import Refused
from scoring.round import Area


def add_areas(session: Session, round_id: int, names: Sequence[str]) -> None:
    """Add areas to a round with a £0.00 pot each; refused where one is there."""
    there = area_ids(session, round_id)
    for name in names:
        if name in there:
            raise Refused(f"The area {name} is in the round already. Name new areas only.")
    if len(set(names)) < len(names):
        raise Refused("An area is named twice. Name each new area once.")
    put_areas(session, round_id, {i: Area(name, 0) for i, name in enumerate(names, len(there))})


def check_new(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> None:
    """Refuse a reference that the round has already, or that is there twice."""
    references = [row.reference for row in rows]
    there = application_ids(session, round_id)
    taken = [reference for reference in references if reference in there]
    if taken:
        raise Refused(
            f"Already in the round: {first_of(taken)}. Leave these out, or give them new references."
        )
    twice = [reference for reference, count in Counter(references).items() if count > 1]
    if twice:
        raise Refused(f"Named twice: {first_of(twice)}. Give each application its own reference.")


def check_stages(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> None:
    """Refuse an application to an area whose intake is over."""
    columns = select(area_table.c.name, area_table.c.stage).where(
        area_table.c.round_id == round_id, area_table.c.stage != "intake"
    )
    moved_on = dict(session.execute(columns).all())
    for row in rows:
        if row.area in moved_on:
            raise Refused(
                f"{row.reference} is of the area {row.area}, which has moved on to {moved_on[row.area]}. "
                "The chair can move it back to intake."
            )


def next_position(session: Session, round_id: int) -> int:
    """Return the position after the last application's."""
    table = application_table
    last = (
        select(table.c.position)
        .where(table.c.round_id == round_id)
        .order_by(table.c.position.desc())
        .limit(1)
    )
    found = session.scalar(last)
    return 0 if found is None else found + 1
