"""A change of which nobody said whether it was saved, since the server went while it was being saved."""

from typing import Any

from msgspec import Struct
from sqlalchemy import select

from models.journal.chain import JournalHead
from models.operation import Operation, Outcome
from models.schema.journal import journal_table
from models.session import Session


class Attempt(Struct, frozen=True):
    """A change as it was attempted: the row that the journal was to get, and what the change came to."""

    operation: Operation
    head: JournalHead
    outcome: Outcome
    answer: Any

    def was_saved(self, session: Session) -> bool:
        """Whether the journal holds that row: its hash is of no other attempt, whoever did the same."""
        query = select(journal_table.c.hash).where(journal_table.c.seq == self.head.seq)
        return session.scalar(query) == self.head.hash
