"""How applications ended: awarded, declined and why, withdrawn, not eligible; and which were erased."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from models.queries.applications.applications import applications
from models.queries.applications.withdrawals import UNKNOWN, Withdrawal, withdrawals
from models.queries.deciding.decisions import DecisionRow, decisions, final_decisions
from models.queries.deciding.recommendations import recommendations
from models.schema.applications.application import application_table
from models.schema.retention import disposal_table
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.money import short_pounds
from scoring.round import Eligibility
from scoring.written.days import full_day

CAME_TO = {
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
        words = CAME_TO[last.outcome].format(money=money)
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
