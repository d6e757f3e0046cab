"""When and why applications were withdrawn, by the journal: their rows only say that they are."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from models.journal import canonical
from models.journal.tombstones import said_rows
from models.operation import Operation
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.several import ChangeApplications
from models.queries.applications.by_workbook import withdrawn_since
from models.session import Session


class Withdrawal(NamedTuple):
    """The day of a withdrawal, else of its recording, None where nothing tells, and the reason given."""

    on: date | None = None
    reason: str = ""


UNKNOWN = Withdrawal()


def withdrawals(session: Session, round_id: int, *, is_brief: bool = False) -> Mapping[str, Withdrawal]:
    """Return the last withdrawal of each application of a round, by reference.

    What a workbook withdrew has the day of its load; `is_brief` leaves that out, as whole rounds are read
    for it.
    """
    by_workbook = {} if is_brief else withdrawn_since(session, round_id)
    found = {of: Withdrawal(on) for of, on in by_workbook.items()}
    for on, one in _recorded(session):
        if one.round_id == round_id:
            found[one.application] = Withdrawal(on, one.reason)
    return found


def _recorded(session: Session) -> Iterator[tuple[date, SetWithdrawn]]:
    """Yield what withdrew or reinstated an application, in the order of the days."""
    for _, at, _, kind, body in said_rows(session, (SetWithdrawn.kind, ChangeApplications.kind)):
        found = (one for one in _changes(kind, body) if isinstance(one, SetWithdrawn))
        yield from ((one.on or at.date(), one) for one in found)


def _changes(kind: str, body: str) -> tuple[Operation, ...]:
    if kind == SetWithdrawn.kind:
        return (canonical.from_text(SetWithdrawn, body),)
    return tuple(canonical.from_text(ChangeApplications, body).parts)
