"""Have a server plan ahead what is about to be saved, so that nobody waits for its first time."""

from functools import partial

from gui.record.record_session import RecordSession
from gui.record.runner import Priority, Ticket
from models.operation import Actor, Operation
from models.record import Record


def plan_ahead(session: RecordSession, operation: Operation) -> None:
    """Have what a change like this one takes planned once nothing else is to be done; a file needs none."""
    record = session.record
    if record is not None and record.is_shared:
        session.start(partial(_plan, record, operation, session.actor), _done, Priority.UPKEEP)


def _plan(record: Record, operation: Operation, actor: Actor, ticket: Ticket) -> None:
    record.transactions.prepare(operation, actor)


def _done(nothing: object) -> None:
    """Show nothing: nobody asked for it."""
