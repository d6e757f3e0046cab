"""The tolerances of rounds that name who allows them, by fund and year."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.papers.year_end import Allowance
from models.queries.year_end_figures import Key
from models.schema.fund import FinancialYearTable
from models.schema.round import RoundTable
from models.schema.scheme import SchemeTable, SchemeToleranceTable


def year_allowances(session: Session) -> Mapping[Key, tuple[Allowance, ...]]:
    """Return them, the widest first; what was recorded after publishing stands in place of a scheme's own."""
    table, recorded = SchemeTable, SchemeToleranceTable
    columns = (
        select(
            RoundTable.id,
            RoundTable.fund_id,
            FinancialYearTable.label,
            table.tolerance_percent,
            table.tolerance_authority,
            recorded.percent,
            recorded.authority,
        )
        .join(FinancialYearTable, FinancialYearTable.id == RoundTable.year_id)
        .join(table, table.round_id == RoundTable.id)
        .outerjoin(recorded, recorded.scheme_id == table.id)
        .order_by(table.version)
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
