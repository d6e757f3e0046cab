"""What a fund has for a financial year, asked for in one place."""

from sqlalchemy import select

from models.schema.set_up.fund import fund_year_table
from models.session import Session


def fund_year_amount(session: Session, fund_id: int, year: str) -> int | None:
    """Return a fund's amount of a year in pence, None where none is recorded."""
    table = fund_year_table
    columns = select(table.c.amount_pence).where(table.c.fund_id == fund_id, table.c.year == year)
    return session.scalar(columns)
