"""What others changed since a row of the journal: for those who work in one record at the same time."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from models.operation import Topic
from models.schema.journal import journal_table
from models.session import Session

ALL = frozenset(Topic)
_ON_SHEETS = frozenset({"set mark", "set reason", "hand in"})
"""What is done so often, by so many at once, that only what it touches is to be asked for again."""

_SINCE = (
    select(journal_table.c.seq, journal_table.c.at, journal_table.c.actor, journal_table.c.kind)
    .where(journal_table.c.seq > bindparam("after"))
    .order_by(journal_table.c.seq)
)
"""Built once: whoever saves beside others asks it each time."""


class Change(NamedTuple):
    """One row of the journal: its number, when it was made (UTC), by whom, and of what kind."""

    seq: int
    at: datetime
    person: str
    kind: str


def changes_since(session: Session, seq: int) -> tuple[Change, ...]:
    return tuple(Change(*row) for row in session.execute(_SINCE, {"after": seq}))


def topics_of(changes: Iterable[Change]) -> frozenset[Topic]:
    """Return what changes may have touched: marks where all are of sheets, else everything."""
    return frozenset({Topic.MARKS}) if all(change.kind in _ON_SHEETS for change in changes) else ALL
