"""Applications that ended otherwise than by a decision: withdrawn, or not let in."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from models.operation import operation_of
from models.queries.applications.applications import applications
from models.queries.deciding.decisions import decisions, final_decisions, recommendations
from models.queries.rows import named_of_round, rows_of_round
from models.schema.applications import application_table, disposal_table
from models.schema.awards import instalment_table
from models.session import OF_ROUND, Session
from models.store.chain import said_rows
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow
from scoring.money import short_pounds
from scoring.round import Eligibility
from scoring.written.days import full_day
from scoring.written.text import in_clauses

WITHDRAW = "set withdrawn"
"""The kind of change by which an application is withdrawn, and brought back."""


class Withdrawal(NamedTuple):
    """The day of a withdrawal, else of its recording, None where nothing tells, and the reason given."""

    on: date | None = None
    reason: str = ""


UNKNOWN = Withdrawal()


def withdrawals(session: Session, round_id: int) -> Mapping[str, Withdrawal]:
    """Return the last withdrawal of each application of a round that was not undone, by reference.

    What a workbook has as withdrawn has no day: it was loaded on one, and withdrawn on an earlier.
    """
    found: dict[str, list[Withdrawal]] = {}
    for _, at, _, kind, body in said_rows(session, (WITHDRAW, "change applications")):
        change = operation_of(kind, body)
        for one in getattr(change, "parts", (change,)):
            if one.kind == WITHDRAW and one.is_withdrawn != one.is_back and one.round_id == round_id:
                stood = found.setdefault(one.application, [])
                if one.is_withdrawn:
                    stood.append(Withdrawal(one.on or at.date(), one.reason))
                else:
                    del stood[-1:]
    return {of: stood[-1] for of, stood in found.items() if stood}


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
    paid = _paid_in_full(session, round_id) if final else ()
    told = {}
    for row in rows:
        of = row.reference
        words = [*_ending(row, final.get(of), advised.get(of, ""), gone.get(of))]
        told[of] = in_clauses([*words, "paid in full" if of in paid else ""])
    return {of: words for of, words in told.items() if words}


_OF, _PART = application_table, instalment_table.c
_paid_in_full = rows_of_round(
    str,
    select(_OF.c.reference)
    .join(instalment_table, _PART.application_id == _OF.c.id)
    .where(_OF.c.round_id == OF_ROUND)
    .group_by(_OF.c.reference)
    .having(func.count() == func.count(_PART.paid_on)),
)
"""The applications of a round whose award has no part that is still to be paid."""
erasures = named_of_round(
    lambda at, by, ground: f"Erased on {full_day(at)}, by {by}: {ground.rstrip('.')}.",
    select(_OF.c.reference, disposal_table.c.erased_at, disposal_table.c.erased_by, disposal_table.c.ground)
    .join(_OF)
    .where(_OF.c.round_id == OF_ROUND),
)
"""When and why the erased applications of a round were erased, by reference."""


def _ending(
    row: ApplicationRow, last: DecisionRow | None, advised: str, gone: Withdrawal | None
) -> Iterator[str]:
    if last is not None:
        words = _CAME_TO[last.outcome].format(money=short_pounds(last.amount_pence or 0))
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
