"""Ask which applications a waiver let in, who gave it and why."""

from collections.abc import Collection, Iterator

from sqlalchemy import select

from models.operation import who_is_named
from models.queries.applications.applications import GateResult, applications, gate_results, gates
from models.schema.applications.application import application_table
from models.session import Session
from scoring.round import Eligibility


def waived_words(session: Session, round_id: int, late: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return each application let in by a waiver with who gave it and why, in order of reference.

    Left out are waivers of the closing date; those that are `late` are told with what let them in.
    """
    let_in = [row for row in applications(session, round_id) if row.eligibility is Eligibility.WAIVED]
    if not let_in:
        return ()
    table = application_table.c
    whose = select(table.reference, table.all_gates_by).where(table.round_id == round_id)
    by: dict[str, str] = {one.reference: one.all_gates_by for one in session.execute(whose)}
    own = tuple(_own(session, round_id))
    found = []
    for row in sorted(let_in, key=lambda one: one.reference):
        words = [_words(one.set_by, one.reason) for one in own if one.application == row.reference]
        if not words and row.reference not in late:
            words = [_words(by[row.reference], row.eligibility_reason)]
        found += [(row.reference, one) for one in words]
    return tuple(found)


def questions_waived(session: Session, round_id: int) -> dict[str, tuple[str, ...]]:
    """Return by application the questions of the checks that were waived for it, in their order.

    Left out is what was waived for all of one's checks at once.
    """
    asked = {gate.code: gate.question for gate in gates(session, round_id)}
    found: dict[str, tuple[str, ...]] = {}
    for one in _own(session, round_id):
        found[one.application] = (*found.get(one.application, ()), asked[one.gate])
    return found


def _own(session: Session, round_id: int) -> Iterator[GateResult]:
    """Yield what was waived at one gate, but for the one of the closing date and those that bar nobody."""
    barring = {gate.code for gate in gates(session, round_id) if not (gate.is_advisory or gate.is_time)}
    yield from (
        one for one in gate_results(session, round_id) if one.result == "waived" and one.gate in barring
    )


def _words(by: str, reason: str) -> str:
    named = who_is_named(by) if by else ""
    who = f"let in by a waiver, given by {named}" if named else "let in by a waiver"
    return f"{who}: {reason}" if reason else who
