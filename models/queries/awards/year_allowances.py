"""The tolerances of rounds that name who allows them, by fund and year."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from operator import attrgetter

from sqlalchemy import select

from models.papers.year.year_facts import Allowance
from models.queries.awards.year_end_figures import Key
from models.schema.deciding import area_allowance_table
from models.schema.set_up import area_table, financial_year_table, round_table, scheme_table
from models.session import Session


def year_allowances(session: Session) -> Mapping[Key, tuple[Allowance, ...]]:
    """Return them, the widest first, then those of one area."""
    table = scheme_table
    columns = (
        select(
            round_table.c.id,
            round_table.c.fund_id,
            financial_year_table.c.label,
            table.c.tolerance_percent,
            table.c.tolerance_authority,
        )
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .join(table, table.c.round_id == round_table.c.id)
        .order_by(table.c.version)
    )
    newest = {row[0]: row for row in session.execute(columns)}
    found: dict[Key, list[Allowance]] = defaultdict(list)
    for _, fund, year, percent, authority in newest.values():
        if percent > 0 and authority:
            found[fund, year].append(Allowance(percent, authority))
    widest = {key: sorted(several, key=_percent, reverse=True) for key, several in found.items()}
    for key, one in _of_areas(session):
        widest.setdefault(key, []).append(one)
    return {key: tuple(several) for key, several in widest.items()}


def _of_areas(session: Session) -> Iterator[tuple[Key, Allowance]]:
    """Yield what was allowed over the pot of one area, in the order in which it was recorded."""
    table = area_allowance_table
    columns = (
        select(
            round_table.c.fund_id,
            financial_year_table.c.label,
            table.c.name,
            table.c.post,
            area_table.c.name,
            table.c.amount_pence,
        )
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .join(area_table, area_table.c.round_id == round_table.c.id)
        .join(table, table.c.area_id == area_table.c.id)
        .order_by(table.c.id)
    )
    for fund, year, name, post, area, pence in session.execute(columns):
        yield (fund, year), Allowance(Decimal(0), f"{name}, {post}", area, pence)


_percent: Callable[[Allowance], Decimal] = attrgetter("percent")
