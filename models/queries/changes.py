"""What others changed since a row of the journal: for those who work in one record at the same time."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from models.operation import Topic
from models.operations.panel.marks import HandIn, SetMark, SetReason
from models.schema.journal import journal_table
from models.session import Session

ALL = frozenset(Topic)
_ON_SHEETS = frozenset({SetMark.kind, SetReason.kind, HandIn.kind})
"""What is done so often, by so many at once, that only what it touches is to be asked for again."""


class Change(NamedTuple):
    """One row of the journal: its number, when it was made (UTC), by whom, and of what kind."""

    seq: int
    at: datetime
    person: str
    kind: str


def changes_since(session: Session, seq: int) -> tuple[Change, ...]:
    """Return the changes after a row of the journal, in order."""
    columns = journal_table.c.seq, journal_table.c.at, journal_table.c.actor, journal_table.c.kind
    rows = session.execute(select(*columns).where(journal_table.c.seq > seq).order_by(journal_table.c.seq))
    return tuple(Change(*row) for row in rows)


def topics_of(changes: Iterable[Change]) -> frozenset[Topic]:
    """Return what changes may have touched: marks where all are of sheets, else everything."""
    return frozenset({Topic.MARKS}) if all(change.kind in _ON_SHEETS for change in changes) else ALL
