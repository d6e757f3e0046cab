"""Trying changes in a session that only reads, and throwing them away."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.session import Session
from models.store.locks.signing_on import refuse_without_all


@contextmanager
def on_trial(session: Session) -> Iterator[Session]:
    """Give a session in which changes may be tried; nothing of them stays.

    A server changes nothing in a session that reads, so there they are tried in a copy in memory; refused to
    whom a part of the record is closed.
    """
    if session.dialect.name != "sqlite":
        from models.store.postgres.transfer import in_memory  # a record in a file needs no server

        refuse_without_all(session)
        with in_memory(session) as copy:
            yield copy
        return
    trial = session.begin_nested()
    try:
        yield session
    finally:
        trial.rollback()
