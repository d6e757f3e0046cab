"""Finding the application, member, area or gate that a change names, or refusing it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.operations.round_state import require_round
from models.schema.application import ApplicationTable
from models.schema.gate import GateTable
from models.schema.panel import MemberTable
from models.schema.round import AreaTable
from scoring.refused import Refused


def the_application(session: Session, round_id: int, reference: str) -> int:
    """Return the application's number."""
    table = ApplicationTable
    found = session.scalar(select(table.id).where(table.round_id == round_id, table.reference == reference))
    return _there(found, f"There is no application {reference} in the round. Correct the reference.")


def the_member(session: Session, round_id: int, code: str) -> int:
    """Return the member's number."""
    table = MemberTable
    found = session.scalar(select(table.id).where(table.round_id == round_id, table.code == code))
    return _there(found, f"There is no member {code} in the round. Correct the code.")


def the_area(session: Session, round_id: int, name: str) -> int:
    """Return the area's number."""
    table = AreaTable
    found = session.scalar(select(table.id).where(table.round_id == round_id, table.name == name))
    return _there(found, f"There is no area {name} in the round. Correct the name.")


def the_gate(session: Session, round_id: int, code: str) -> int:
    """Return the gate's number."""
    table = GateTable
    found = session.scalar(select(table.id).where(table.round_id == round_id, table.code == code))
    return _there(found, f"There is no gate {code} in the round. Correct the code.")


def require_stage(session: Session, round_id: int, reference: str, stage: str) -> None:
    """Refuse unless the round is open and the application's area is at that stage."""
    require_one_of_stages(session, round_id, reference, (stage,))


def require_one_of_stages(session: Session, round_id: int, reference: str, stages: Sequence[str]) -> None:
    """Refuse unless the round is open and the application's area is at one of those stages."""
    if require_round(session, round_id) == "set up":
        raise Refused("The round is still being set up. Publish its scheme first.")
    table = ApplicationTable
    found = session.execute(
        select(AreaTable.name, AreaTable.stage)
        .join(table, table.area_id == AreaTable.id)
        .where(table.round_id == round_id, table.reference == reference)
    ).one_or_none()
    if found is None:
        raise Refused(f"{reference} has no area yet. Give it one first.")
    if found.stage not in stages:
        named = " or ".join(f"“{stage}”" for stage in stages)
        raise Refused(f"{found.name} is at the stage “{found.stage}”; this belongs to {named}.")


def _there(found: int | None, otherwise: str) -> int:
    if found is None:
        raise Refused(otherwise)
    return found
