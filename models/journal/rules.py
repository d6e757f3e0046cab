"""Rules that must hold of every record, as questions asked of its tables when it is checked."""

from collections.abc import Callable

from msgspec import Struct
from sqlalchemy import ColumnClause, column, func, select, table, text

from models.session import Session

_AMOUNTS = text(
    "SELECT held.name, of_it.name FROM sqlite_master AS held, pragma_table_info(held.name) AS of_it "
    "WHERE held.type = 'table' AND of_it.name LIKE '%!_pence' ESCAPE '!' ORDER BY held.rowid, of_it.cid"
)
"""The columns of the file's own tables that hold money, by the name that all of them have."""


class Rule(Struct, frozen=True):
    """A rule: its name, what is said when it holds, and a query for what breaks it, "" when nothing does."""

    name: str
    holds: str
    broken: Callable[[Session], str]


def _money_not_whole(session: Session) -> str:
    for held, name in session.execute(_AMOUNTS).all():
        if _odd_values(session, held, name):
            return f"Table {held}, column {name}: an amount is not a whole number of pence."
    return ""


def _odd_values(session: Session, held: str, name: str) -> int:
    amount: ColumnClause[int] = column(name)
    odd = select(func.count()).select_from(table(held, amount))
    return session.scalar(odd.where(func.typeof(amount).not_in(("integer", "null")))) or 0


RULES = (Rule("money", "Every amount is a whole number of pence.", _money_not_whole),)
