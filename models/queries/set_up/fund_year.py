"""What a fund has for a financial year, asked for in one place."""

from sqlalchemy import select

from models.journal import canonical
from models.reference.fund_defaults import FundDefaults
from models.schema.set_up.fund import fund_table
from models.session import Session


def fund_year_amount(session: Session, fund_id: int, year: str) -> int | None:
    """Return a fund's amount of a year in pence, None where none is recorded."""
    columns = select(fund_table.c.defaults).where(fund_table.c.id == fund_id)
    defaults = canonical.from_text(FundDefaults, session.scalars(columns).one())
    return dict(defaults.amounts).get(year)
