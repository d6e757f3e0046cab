"""Which fund's year is meant where one or both are left unsaid."""

from sqlalchemy import select

from models.queries.awards.year_end_figures import year_figures
from models.queries.set_up.funds import Fund, fund_list
from models.schema.set_up.fund import financial_year_table
from models.schema.set_up.round import round_table
from models.session import Session
from scoring.refused import Refused
from scoring.written.names import text_key


def chosen_budget(session: Session, fund: str | None, year: str | None) -> tuple[str, str]:
    """Return the fund, by its name of today, and the year; a fund goes by any of its names and its code.

    Without a fund it is the only one with rounds or allocations, without a year the newest that has some.
    """
    funds, used = fund_list(session), _used(session)
    chosen = _fund(funds, fund, {number for number, _ in used})
    years = sorted(label for number, label in used if number == chosen.fund_id)
    if year is None and not years:
        raise Refused(f"{chosen.name} has no rounds and no allocations yet. Name the year, such as 2026/27.")
    return chosen.name, year or years[-1]


def _fund(funds: tuple[Fund, ...], said: str | None, used: set[int]) -> Fund:
    named = ", ".join(fund.name for fund in funds) or "none yet"
    if said is not None:
        wanted = text_key(said)
        found = [one for one in funds if wanted in (text_key(one.name), text_key(one.code))]
        found = found or [one for one in funds if wanted in one.name_keys() or one.is_typed(said)]
        if not found:
            raise Refused(f"The record has no fund “{said}”. Its funds: {named}.")
        return found[0]
    found = [one for one in funds if one.fund_id in used] or list(funds)
    if len(found) != 1:
        raise Refused(f"Name the fund whose money is meant. The funds: {named}.")
    return found[0]


def _used(session: Session) -> set[tuple[int, str]]:
    """Return the funds' years with rounds or with figures of their own."""
    columns = select(round_table.c.fund_id, financial_year_table.c.label).join(
        financial_year_table, financial_year_table.c.id == round_table.c.year_id
    )
    keys = {*year_figures(session).keys, *((number, label) for number, label in session.execute(columns))}
    return {(number, label) for number, label in keys if label}
