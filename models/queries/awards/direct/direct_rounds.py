"""Which rounds hold awards without a competition."""

from sqlalchemy import func, select

from models.queries.awards.year_end_figures import Key
from models.schema.awards import direct_round_table
from models.schema.set_up import financial_year_table
from models.session import OF_ROUND, Session
from models.store.parts import part

_HELD = select(func.count()).where(direct_round_table.c.round_id == OF_ROUND)


@part
def is_direct(session: Session, round_id: int) -> bool:
    """Whether a round holds awards without a competition: nothing is scored in it, and no pot is held."""
    return bool(session.scalar(_HELD, {"of_round": round_id}))


def direct_round(session: Session, key: Key) -> int | None:
    """Return the round of a fund's awards of a year without a competition, None before the first."""
    table, (fund_id, year) = direct_round_table, key
    chosen = select(table.c.round_id).join(financial_year_table, financial_year_table.c.id == table.c.year_id)
    return session.scalar(chosen.where(table.c.fund_id == fund_id, financial_year_table.c.label == year))
