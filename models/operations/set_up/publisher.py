"""Saying who publishes the office's open data."""

import re
from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.writing import put, remove
from models.queries.papers.publisher import publisher
from models.schema.papers.publisher import publisher_table
from models.session import Session
from scoring.refused import Refused

PREFIX = re.compile(r"360G-[A-Za-z0-9][A-Za-z0-9_-]*")
FUNDER = re.compile(r"(?:GB|360G)-[A-Za-z0-9][A-Za-z0-9_-]*")


class SetPublisher(RegisteredOperation, frozen=True):
    """Keep the prefix that 360Giving gave the office and its identifier as a funder; both "" take them out.

    An identifier is a register's code and a number there, such as GB-GOR-PB123, or the prefix itself.
    """

    kind: ClassVar[str] = "set publisher"
    prefix: str
    funder: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Say who publishes open data"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Keep them; refused where they do not have the form of such identifiers."""
        before = publisher(session)
        remove(session, publisher_table, publisher_table.c.id == 1)
        if self.prefix or self.funder:
            self._check()
            put(session, publisher_table, [{"id": 1, "prefix": self.prefix, "funder": self.funder}])
        inverse = SetPublisher(before.prefix, before.funder)
        return Outcome(frozenset({Topic.RECORD}), inverse, "The publisher of open data was saved.")

    def _check(self) -> None:
        if not PREFIX.fullmatch(self.prefix):
            raise Refused(f"“{self.prefix}” is not a publisher's prefix. Write it like 360G-ExampleOffice.")
        if not FUNDER.fullmatch(self.funder):
            raise Refused(
                f"“{self.funder}” is not a funder's identifier. "
                "Write a register and a number, like GB-GOR-PB123."
            )
