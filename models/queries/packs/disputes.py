"""What returns, or a diverged copy, left for a person to decide before an area may go on."""

from collections.abc import Collection

from sqlalchemy import select

from models.queries.packs.pack_state import has_revisions
from models.queries.packs.returns import open_differences
from models.schema.applications import application_table
from models.schema.set_up import area_table
from models.session import Session
from models.store.locks.signing_on import closed_disputes
from models.values.pack_plans import Difference
from scoring.counted import counted, first_of
from scoring.refused import Refused

SHOWN = 3


def open_disputes(session: Session, round_id: int, areas: Collection[str]) -> tuple[Difference, ...]:
    """Return what is to be decided in some areas of a round: on their applications, or of the whole round.

    What differs on a withdrawn application holds nothing up.
    """
    if not has_revisions(session, round_id):
        return ()
    columns = select(application_table.c.uid).join(area_table, area_table.c.id == application_table.c.area_id)
    of = columns.where(application_table.c.round_id == round_id, area_table.c.name.in_(areas))
    known = {"", *session.scalars(of.where(application_table.c.withdrawn.is_(False)))}
    return tuple(one for one in open_differences(session, round_id) if one.key.application in known)


def refuse_disputes(session: Session, round_id: int, areas: Collection[str], action: str) -> None:
    """Refuse an action that rests on marks and declarations while some of them are to be decided."""
    found = open_disputes(session, round_id, areas)
    if found:
        raise Refused(f"{dispute_words(found)} Decide it on Packs; then {action}.")
    closed = closed_disputes(session, round_id)
    number = sum(closed.get(area, 0) for area in areas)
    if number:
        raise Refused(f"{closed_words(number)}; then {action}.")


def dispute_words(found: Collection[Difference]) -> str:
    """Say what is to be decided: "1 value differs from a return: ACF-001 A1 of M1."."""
    named = first_of((f"{one.what} of {one.code}" for one in found), SHOWN)
    return f"{counted(len(found), 'value differs', 'values differ')} from a return: {named}."


def closed_words(number: int) -> str:
    """Say that something is to be decided by somebody else, without its full stop."""
    count = counted(number, "value differs", "values differ")
    return f"{count} from a return on what your interest closes to you. An officer decides that on Packs"
