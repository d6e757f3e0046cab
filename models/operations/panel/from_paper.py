"""A sheet that a member filled in on paper, typed in by the office: who may, and for whom."""

from sqlalchemy import select

from models.operation import Actor
from models.operations.panel.declarations import kinds_declared
from models.operations.set_up.people import SIGNING
from models.queries.panel.panel import interests, members
from models.schema.panel.person import person_table, round_role_table
from models.session import Session
from scoring.refused import Refused
from scoring.round import InterestKind

TYPISTS = ("officer", "note-taker")


def paper_words(member: str, *, from_paper: bool) -> str:
    """Return what stands behind a change that was typed in from a member's paper sheet."""
    return f", from the paper sheet of {member}" if from_paper else ""


def require_typist(session: Session, round_id: int, actor: Actor, member: str, application: str) -> None:
    """Refuse anyone but the office's typist, and a typist who signs, sits here or has an interest."""
    if actor.role not in TYPISTS:
        raise Refused(f"An officer or the note-taker types in paper sheets, not the {actor.role}.")
    own = {row.code for row in members(session, round_id) if row.name == actor.name}
    if member in own:
        raise Refused("This is your own sheet. Mark it as yourself, on the panel, not from paper.")
    declared = interests(session, round_id)
    if any(kinds_declared(declared, code, application) - {InterestKind.NONE} for code in own):
        raise Refused(f"You declared an interest in {application}. Another person types in its sheets.")
    signing = select(round_role_table.c.role).join(
        person_table, person_table.c.id == round_role_table.c.person_id
    )
    mine = (round_role_table.c.round_id == round_id) & (person_table.c.name == actor.name)
    if session.scalars(signing.where(mine, round_role_table.c.role.in_(SIGNING))).first() is not None:
        raise Refused(f"{actor.name} signs decisions in this round, and nobody both scores and decides.")
