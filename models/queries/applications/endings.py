"""Applications that ended otherwise than by a decision: withdrawn, or not let in."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from models.journal import canonical
from models.journal.tombstones import said_rows
from models.operation import Operation
from models.operations.applications.corrections import ChangeApplications, SetWithdrawn
from models.queries.applications.applications import applications
from models.queries.applications.by_workbook import withdrawn_since
from models.queries.deciding.decisions import DecisionRow, decisions, final_decisions
from models.queries.deciding.recommendations import recommendations
from models.schema.applications import application_table, disposal_table
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.money import short_pounds
from scoring.round import Eligibility
from scoring.written.days import full_day


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


_CAME_TO = {
    "fund": "Awarded {money}",
    "part_fund": "Awarded {money} in part",
    "reserve": "Put in reserve",
    "decline": "Declined",
    "defer": "Deferred",
    "refer": "Referred to another fund",
}


def endings(session: Session, round_id: int) -> Mapping[str, str]:
    """Return how each application of a round ended, by reference; of one that has not, nothing."""
    final = final_decisions(decisions(session, round_id))
    advised = {row.application: row.reason for row in recommendations(session, round_id)}
    rows = applications(session, round_id)
    gone = withdrawals(session, round_id) if any(row.withdrawn for row in rows) else {}
    told = {
        row.reference: "; ".join(
            _ending(row, final.get(row.reference), advised.get(row.reference, ""), gone.get(row.reference))
        )
        for row in rows
    }
    return {of: words for of, words in told.items() if words}


def erasures(session: Session, round_id: int) -> Mapping[str, str]:
    """Return when and why the erased applications of a round were erased, by reference."""
    table, of = disposal_table, application_table
    columns = select(of.c.reference, table.c.erased_at, table.c.erased_by, table.c.ground)
    rows = session.execute(
        columns.join(of, of.c.id == table.c.application_id).where(of.c.round_id == round_id)
    )
    return {
        reference: f"Erased on {full_day(at)}, by {by}: {ground.rstrip('.')}."
        for reference, at, by, ground in rows
    }


def _ending(
    row: ApplicationRow, last: DecisionRow | None, advised: str, gone: Withdrawal | None
) -> Iterator[str]:
    if last is not None:
        money = short_pounds(last.amount_pence or 0)
        words = _CAME_TO[last.outcome].format(money=money)
        yield f"{words} on {full_day(last.signed_on)}{_because(last.change_reason or advised)}"
    if row.withdrawn:
        on, why = gone or UNKNOWN
        day = "" if on is None else f" on {full_day(on)}"
        yield f"{'withdrawn' if last is not None else 'Withdrawn'}{day}{_because(why)}"
    elif last is None and row.eligibility is Eligibility.NO:
        yield f"Not eligible{_because(row.eligibility_reason)}"


def _because(reason: str) -> str:
    said = " ".join(reason.split()).rstrip(".")
    return f", because: {said}" if said else ""
