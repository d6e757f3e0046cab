"""Finding the application, award, member, area or gate that a change names, or refusing it."""

from collections.abc import Sequence

from sqlalchemy import Column, Select, Table, bindparam, select

from models.operations.set_up.round_state import require_known_round, require_round
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.schema.applications import application_table, gate_table
from models.schema.panel import member_table
from models.schema.set_up import area_table
from models.session import Session
from scoring.counted import listed
from scoring.refused import Refused


def _number(table: Table, name: Column[str]) -> Select[int]:
    """Return what finds the number of a round's row by its name: built once, asked by every change."""
    return select(table.c.id).where(table.c.round_id == bindparam("of"), name == bindparam("named"))


_APPLICATION = _number(application_table, application_table.c.reference)


_MEMBER = _number(member_table, member_table.c.code)


_AREA = _number(area_table, area_table.c.name)


_GATE = _number(gate_table, gate_table.c.code)


_STAGE = (
    select(area_table.c.name, area_table.c.stage)
    .join(application_table, application_table.c.area_id == area_table.c.id)
    .where(
        application_table.c.round_id == bindparam("of"),
        application_table.c.reference == bindparam("named"),
    )
)


def the_application(session: Session, round_id: int, reference: str) -> int:
    """Return the application's number."""
    found = session.scalar(_APPLICATION, {"of": round_id, "named": reference})
    return _there(found, f"There is no application {reference} in the round. Correct the reference.")


def the_member(session: Session, round_id: int, code: str) -> int:
    """Return the member's number."""
    found = session.scalar(_MEMBER, {"of": round_id, "named": code})
    return _there(found, f"There is no member {code} in the round. Correct the code.")


def the_area(session: Session, round_id: int, name: str) -> int:
    """Return the area's number."""
    found = session.scalar(_AREA, {"of": round_id, "named": name})
    return _there(found, f"There is no area {name} in the round. Correct the name.")


def the_gate(session: Session, round_id: int, code: str) -> int:
    """Return the gate's number."""
    found = session.scalar(_GATE, {"of": round_id, "named": code})
    return _there(found, f"There is no gate {code} in the round. Correct the code.")


def require_stage(session: Session, round_id: int, reference: str, stage: str) -> None:
    """Refuse unless the round is open and the application's area is at that stage."""
    require_one_of_stages(session, round_id, reference, (stage,))


def require_one_of_stages(session: Session, round_id: int, reference: str, stages: Sequence[str]) -> None:
    """Refuse unless the round is open and the application's area is at one of those stages."""
    if require_round(session, round_id) == "set up":
        raise Refused("The round is still being set up. Publish its scheme first.")
    found = session.execute(_STAGE, {"of": round_id, "named": reference}).one_or_none()
    if found is None:
        raise Refused(f"{reference} has no area yet. Give it one first.")
    if found.stage not in stages:
        named = listed([f"“{stage}”" for stage in stages], "or")
        raise Refused(f"{found.name} is at the stage “{found.stage}”; this belongs to {named}.")


def _there(found: int | None, otherwise: str) -> int:
    if found is None:
        raise Refused(otherwise)
    return found


def the_award(session: Session, round_id: int, application: str) -> AwardRow:
    """Return an award; refused where there is none, and of a round that is closed."""
    require_known_round(session, round_id)
    the_application(session, round_id, application)
    found = next((row for row in awards(session, round_id) if row.application == application), None)
    if found is None:
        raise Refused(f"{application} has no award.")
    return found
