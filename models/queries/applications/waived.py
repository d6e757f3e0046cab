"""Applications that came late or missed a gate and were let in all the same, and by whom."""

from collections.abc import Collection, Iterator

from sqlalchemy import select

from models.operation import who_is_named
from models.queries.applications.applications import GateResult, applications, gate_results, gates
from models.queries.set_up.area_dates import area_dates
from models.schema.applications import application_table, gate_result_table, gate_table
from models.session import Session
from models.values.in_time import received_in_time
from models.values.rows import ApplicationRow
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


def _questions_waived(session: Session, round_id: int) -> dict[str, tuple[str, ...]]:
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


def late_words(
    session: Session, round_id: int, rows: tuple[ApplicationRow, ...]
) -> dict[str, tuple[str, str]]:
    """Return of each late application when it came, and what lets it in all the same ("" for nothing)."""
    dates = area_dates(session, round_id)
    let_in = _let_in(session, round_id)
    verdicts = {row.reference: received_in_time(row, dates) for row in rows}
    return {
        reference: (found[1], let_in.get(reference, ""))
        for reference, found in verdicts.items()
        if found is not None and found[0] == "fail"
    }


def _let_in(session: Session, round_id: int) -> dict[str, str]:
    """Return who waived the gate and why, or whose word for all gates stands instead, by reference."""
    table, gate, result = application_table, gate_table, gate_result_table
    of_time = select(gate.c.id).where(gate.c.round_id == round_id, gate.c.is_time)
    own = (result.c.application_id == table.c.id) & result.c.gate_id.in_(of_time)
    rows = session.execute(
        select(table.c.reference, table.c.all_gates, table.c.all_gates_reason, table.c.all_gates_by)
        .add_columns(result.c.result, result.c.reason, result.c.set_by)
        .select_from(table)
        .outerjoin(result, own)
        .where(table.c.round_id == round_id)
    )
    found = {}
    for reference, word, all_reason, all_by, came_to, reason, by in rows:
        if came_to == "waived":
            found[reference] = f"waived by {by}: {reason}"
        elif came_to is None and word == "waived":
            found[reference] = f"waived by {all_by}: {all_reason}"
        elif came_to is None and word == "yes":
            found[reference] = f"marked eligible by {all_by}" if all_by else "marked eligible"
    return found


def late_let_in(session: Session, round_id: int) -> tuple[tuple[str, str], ...]:
    """Return the late applications that something lets in, with when they came, in order of reference."""
    if not any(dates.closes_on for dates in area_dates(session, round_id).values()):
        return ()
    found = late_words(session, round_id, applications(session, round_id))
    return tuple((of, f"{words}; {let_in}") for of, (words, let_in) in sorted(found.items()) if let_in)


def let_past(session: Session, round_id: int) -> dict[str, tuple[str, ...]]:
    """Return by application that was let in what it was let past, in words."""
    late = [of for of, _ in late_let_in(session, round_id)]
    waived = [of for of, _ in waived_words(session, round_id, late)]
    asked = _questions_waived(session, round_id) if waived else {}
    return {
        of: (*(["received late"] if of in late else []), *(f"“{one}”" for one in asked.get(of, ())))
        for of in sorted({*late, *waived})
    }


def let_in(session: Session, round_id: int) -> Iterator[tuple[str, str]]:
    """Yield each application that was let in, late ones first, with the sentence that says how."""
    late = late_let_in(session, round_id)
    for of, words in (*late, *waived_words(session, round_id, [of for of, _ in late])):
        yield of, f"{of}: {words}"
