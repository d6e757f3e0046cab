"""What was moved between areas and what the office gave itself, by fund and year."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from models.queries.awards.year_end_figures import Key
from models.schema.awards.budget import budget_contribution_table, budget_move_table
from models.session import Session


class MoveLine(Struct, frozen=True):
    """Money that was moved from one area to another, why and by whose authority (name and post).

    The record holds when it was recorded, and no other day of it.
    """

    number: int
    source: str
    target: str
    amount_pence: int
    reason: str
    authority: str
    recorded_at: datetime


class ContributionLine(Struct, frozen=True):
    """Money that the office gave to an area itself, why, and who recorded it when."""

    number: int
    line: str
    amount_pence: int
    reason: str
    recorded_by: str
    recorded_at: datetime


def moves(session: Session) -> Mapping[Key, tuple[MoveLine, ...]]:
    """Return what was moved in each fund's year, in time."""
    table = budget_move_table
    columns = select(
        table.c.fund_id,
        table.c.year,
        table.c.id,
        table.c.source,
        table.c.target,
        table.c.amount_pence,
        table.c.reason,
        table.c.authority,
        table.c.recorded_at,
    )
    found: dict[Key, tuple[MoveLine, ...]] = {}
    for row in session.execute(columns.order_by(table.c.id)):
        key = row.fund_id, row.year
        found[key] = (*found.get(key, ()), MoveLine(*row[2:]))
    return found


def contributions(session: Session) -> Mapping[Key, tuple[ContributionLine, ...]]:
    """Return what the office gave in each fund's year, in time."""
    table = budget_contribution_table
    columns = select(
        table.c.fund_id,
        table.c.year,
        table.c.id,
        table.c.line,
        table.c.amount_pence,
        table.c.reason,
        table.c.recorded_by,
        table.c.recorded_at,
    )
    found: dict[Key, tuple[ContributionLine, ...]] = {}
    for row in session.execute(columns.order_by(table.c.id)):
        key = row.fund_id, row.year
        found[key] = (*found.get(key, ()), ContributionLine(*row[2:]))
    return found
