"""The tolerances of rounds that name who allows them, by fund and year."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from models.papers.year_end import Allowance
from models.queries.year_end_figures import Key
from models.schema.fund import financial_year_table
from models.schema.round import round_table
from models.schema.scheme import scheme_table, scheme_tolerance_table
from models.session import Session


def year_allowances(session: Session) -> Mapping[Key, tuple[Allowance, ...]]:
    """Return them, the widest first; what was recorded after publishing stands in place of a scheme's own."""
    table, recorded = scheme_table, scheme_tolerance_table
    columns = (
        select(
            round_table.c.id,
            round_table.c.fund_id,
            financial_year_table.c.label,
            table.c.tolerance_percent,
            table.c.tolerance_authority,
            recorded.c.percent,
            recorded.c.authority,
        )
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .join(table, table.c.round_id == round_table.c.id)
        .outerjoin(recorded, recorded.c.scheme_id == table.c.id)
        .order_by(table.c.version)
    )
    newest = {row[0]: row for row in session.execute(columns)}
    found: dict[Key, list[Allowance]] = defaultdict(list)
    for _, fund, year, percent, authority, later, by in newest.values():
        allowed = Allowance(percent, authority) if later is None else Allowance(later, by)
        if allowed.percent > 0 and allowed.authority:
            found[fund, year].append(allowed)
    return {key: tuple(sorted(several, key=_percent, reverse=True)) for key, several in found.items()}


def _percent(allowance: Allowance) -> Decimal:
    return allowance.percent
