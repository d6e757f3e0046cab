"""A whole round as values: what a ranking is worked from and a round workbook holds."""

from msgspec.structs import replace
from sqlalchemy import select

from models.queries.applications.applications import applications
from models.queries.applications.organisations.merges import merged_applications
from models.queries.panel import panel
from models.queries.set_up.rounds import row_of_round
from models.queries.set_up.scheme import scheme
from models.schema.set_up import area_table, financial_year_table, round_table
from models.session import OF_ROUND, Session
from models.store.locks.signing_on import refuse_without_applications
from models.store.parts import part
from models.values.rows import RoundRows
from scoring.round import Area

_NAMES = (
    select(round_table.c.fund_name, round_table.c.name, financial_year_table.c.label)
    .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
    .where(round_table.c.id == OF_ROUND)
)
_AREAS = (
    select(
        area_table.c.name,
        area_table.c.pot_pence,
        area_table.c.start_up_pence,
        area_table.c.committed_pence,
        area_table.c.shared_pot,
    )
    .where(area_table.c.round_id == OF_ROUND)
    .order_by(area_table.c.position)
)


def round_rows(session: Session, round_id: int) -> RoundRows:
    """Return a round with everything in the order in which the office entered it.

    Refused where a server closes a part of it to whoever is signed on.
    """
    refuse_without_applications(session, round_id)
    rest = _without_marks(session, round_id)
    judged = tuple(criterion.code for criterion in rest.scheme.judged)
    return replace(
        rest,
        sheets=panel.sheets(session, round_id, judged),
        agreed=panel.agreed(session, round_id, judged),
    )


@part
def _without_marks(session: Session, round_id: int) -> RoundRows:
    """Return all that is read of a round but its sheets and agreed marks."""
    fund, name, year = row_of_round(session.execute(_NAMES, {"of_round": round_id}))
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
        merged=merged_applications(session, round_id),
    )


@part
def areas(session: Session, round_id: int) -> tuple[Area, ...]:
    """Return a round's areas with their money, in their order."""
    rows = session.execute(_AREAS, {"of_round": round_id})
    return tuple(Area(*row[:4], shared_pot=row.shared_pot or "") for row in rows)
