"""The awards that stand: an application that was withdrawn before anything was paid has none any more.

The budget, the year tables and returns to the Ministry count by the same rule. What was decided stays on the
notice, and on the decisions until somebody corrects them.
"""

from collections.abc import Collection

from sqlalchemy import select

from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.schema.applications import application_table
from models.session import Session


def standing_awards(session: Session, round_id: int) -> tuple[AwardRow, ...]:
    """Return a round's awards without those that were withdrawn, in order of their references."""
    every = awards(session, round_id)
    gone = withdrawn_in(session, round_id) if every else frozenset()
    return tuple(row for row in every if stands(row, gone))


def not_taken_up(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications of a round that were withdrawn and of which nothing was paid, by reference."""
    gone = withdrawn_in(session, round_id)
    return gone - {row.application for row in awards(session, round_id) if row.paid_pence} if gone else gone


def stands(row: AwardRow, gone: Collection[str]) -> bool:
    """Whether an award stands, of applications that are `gone`: what was paid is told in any case."""
    return row.application not in gone or row.paid_pence > 0


def withdrawn_in(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications of a round that were withdrawn, by reference."""
    table = application_table
    is_gone = (table.c.round_id == round_id) & table.c.withdrawn.is_(True)
    return frozenset(session.scalars(select(table.c.reference).where(is_gone)))
