"""Rules that must hold of every record, as questions asked of its tables when it is checked."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import MetaData, Table, func, select

from models.session import Session

PENCE = "_pence"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what is said when it holds, and a query for what breaks it, "" when nothing does."""

    name: str
    holds: str
    broken: Callable[[Session], str]


def _money_not_whole(session: Session) -> str:
    metadata = MetaData()
    metadata.reflect(session)
    for table in metadata.sorted_tables:
        for name in (c.name for c in table.columns if c.name.endswith(PENCE)):
            if _odd_values(session, table, name):
                return f"Table {table.name}, column {name}: an amount is not a whole number of pence."
    return ""


def _odd_values(session: Session, table: Table, name: str) -> int:
    kind = func.typeof(table.c[name])
    odd = select(func.count()).select_from(table).where(kind.not_in(("integer", "null")))
    return session.scalar(odd) or 0


RULES = (Rule("money", "Every amount is a whole number of pence.", _money_not_whole),)
