"""A whole round as values: what a ranking is worked from and a round workbook holds."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kept import AGREED, SHEETS, kept_of
from models.queries import panel
from models.queries.applications import applications
from models.queries.scheme import scheme
from models.rows import RoundRows
from models.schema.fund import FinancialYearTable
from models.schema.round import AreaTable, RoundTable
from scoring.round import Area


def round_rows(session: Session, round_id: int) -> RoundRows:
    """Return a round with everything in the order in which the office put it down."""
    rest = kept_of(session, "round without marks", round_id, _without_marks, round_id)
    judged = tuple(criterion.code for criterion in rest.scheme.judged)
    return replace(
        rest,
        sheets=kept_of(session, SHEETS, round_id, panel.sheets, round_id, judged),
        agreed=kept_of(session, AGREED, round_id, panel.agreed, round_id, judged),
    )


def _without_marks(session: Session, round_id: int) -> RoundRows:
    """Return all that is read of a round but its sheets and agreed marks."""
    fund, name, year = session.execute(
        select(RoundTable.fund_name, RoundTable.name, FinancialYearTable.label)
        .join(FinancialYearTable, FinancialYearTable.id == RoundTable.year_id)
        .where(RoundTable.id == round_id)
    ).one()
    return RoundRows(
        fund=fund,
        name=name,
        year=year,
        scheme=scheme(session, round_id),
        areas=areas(session, round_id),
        applications=applications(session, round_id),
        members=panel.members(session, round_id),
        interests=panel.interests(session, round_id),
        not_applicable=panel.not_applicable(session, round_id),
        chair_decisions=panel.chair_decisions(session, round_id),
    )


def areas(session: Session, round_id: int) -> tuple[Area, ...]:
    """Return a round's areas with their money, in their order."""
    columns = select(AreaTable.name, AreaTable.pot_pence, AreaTable.start_up_pence, AreaTable.committed_pence)
    rows = session.execute(columns.where(AreaTable.round_id == round_id).order_by(AreaTable.position))
    return tuple(Area(*row) for row in rows)
