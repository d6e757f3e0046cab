"""The gate that is answered by figures: whether the request is within the cap."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Actor
from models.operations.applications.in_time import replace_results
from models.operations.finders import the_application
from models.operations.rows.write_applications import put_gate_results
from models.operations.rows.writing import remove
from models.queries.applications.applications import GateResult, applications, gate_results, gates
from models.queries.applications.gates import BY_RULE, has_cap, over_cap
from models.queries.set_up.scheme import scheme
from models.schema.applications import application_table, gate_result_table
from models.schema.base import TextAbout
from models.session import Session
from models.values.rows import ApplicationRow

_OF_WORD = {"yes": "pass", "no": "fail", "waived": "waived", "to check": "to check"}


class Judged(Struct, frozen=True):
    """What stands at the gate of the caps: result ("" for none of its own), reason, and by whom."""

    result: str
    reason: TextAbout = ""
    set_by: str = ""


def fail_over_cap(
    session: Session, round_id: int, rows: Sequence[ApplicationRow], actor: Actor, at: datetime
) -> int:
    """Fail the gate for every request over a cap of the round, and return how many failed."""
    gate = cap_gate(session, round_id)
    if gate is None:
        return 0
    published = scheme(session, round_id)
    found = [(row.reference, over_cap(published, row.requested_pence)) for row in rows]
    results = [GateResult(of, gate, "fail", why, actor.name) for of, why in found if why]
    put_gate_results(session, round_id, results, at)
    return len(results)


def judge_cap(
    session: Session,
    round_id: int,
    rows: Sequence[ApplicationRow],
    at: datetime,
    *,
    is_uncapped: bool = False,
) -> int:
    """Pass or fail the gate for every request by the caps of the round, and return how many failed.

    In a round without a cap it stays to check, or with `is_uncapped` every request passes it.
    """
    gate, published = cap_gate(session, round_id), scheme(session, round_id)
    if gate is None or not (is_uncapped or has_cap(published)):
        return 0
    found = [(row.reference, over_cap(published, row.requested_pence)) for row in rows]
    results = [GateResult(of, gate, "fail" if why else "pass", why, BY_RULE) for of, why in found]
    put_gate_results(session, round_id, results, at)
    return sum(1 for _, why in found if why)


def judge_again(
    session: Session, round_id: int, before: ApplicationRow, requested_pence: int, at: datetime
) -> Judged | None:
    """Judge a corrected amount, and return what stood at the gate; None where that stands as it is.

    A waiver stands, and so does a person's own reason to fail it; a person's pass does not stand against
    the figures.
    """
    gate, published = cap_gate(session, round_id), scheme(session, round_id)
    if gate is None or not has_cap(published):
        return None
    stood = _current(session, round_id, before.reference, gate)
    standing = stood.result or _word(session, round_id, before.reference)
    was, why = over_cap(published, before.requested_pence), over_cap(published, requested_pence)
    is_of_figures = bool(stood.result) and (stood.set_by == BY_RULE or (bool(was) and stood.reason == was))
    if standing == "waived" or (standing == "fail" and not is_of_figures):
        return None
    if standing == "pass" and not why:
        return None
    judged = Judged("fail", why, BY_RULE) if why else Judged("pass", "", BY_RULE)
    return put_judged(session, round_id, before.reference, judged, at)


def judge_caps_again(session: Session, round_id: int, at: datetime) -> tuple[GateResult, ...]:
    """Judge by the caps of now what the program had judged by others; return what stood where that changed.

    What a person set at the gate stands.
    """
    gate, published = cap_gate(session, round_id), scheme(session, round_id)
    asked = {row.reference: row.requested_pence for row in applications(session, round_id)}
    judged = [one for one in gate_results(session, round_id) if (one.gate, one.set_by) == (gate, BY_RULE)]
    found = [(one, over_cap(published, asked[one.application])) for one in judged]
    changed = [(one, why) for one, why in found if why != one.reason]
    now = [replace(one, result="fail" if why else "pass", reason=why) for one, why in changed]
    put_caps_back(session, round_id, now, at)
    return tuple(one for one, _ in changed)


def put_caps_back(session: Session, round_id: int, stood: Sequence[GateResult], at: datetime) -> None:
    """Put results at the gate of the caps in the place of what stands there."""
    if stood:
        replace_results(session, round_id, stood[0].gate, stood, at)


def put_judged(session: Session, round_id: int, reference: str, judged: Judged, at: datetime) -> Judged:
    """Put a result at the gate of the caps, "" for none, and return what stood there."""
    gate = cap_gate(session, round_id)
    assert gate is not None, "a round keeps its gates"
    stood = _current(session, round_id, reference, gate)
    key = gate_result_table.c.application_id == the_application(session, round_id, reference)
    gate_id = next(one.gate_id for one in gates(session, round_id) if one.code == gate)
    remove(session, gate_result_table, key & (gate_result_table.c.gate_id == gate_id))
    if judged.result:
        result = GateResult(reference, gate, judged.result, judged.reason, judged.set_by)
        put_gate_results(session, round_id, (result,), at)
    return stood


def cap_gate(session: Session, round_id: int) -> str | None:
    """Return the code of the gate that the caps answer, None where a round has none."""
    return next((gate.code for gate in gates(session, round_id) if gate.is_cap), None)


def _current(session: Session, round_id: int, reference: str, gate: str) -> Judged:
    application_id = the_application(session, round_id, reference)
    table = gate_result_table
    gate_id = next(one.gate_id for one in gates(session, round_id) if one.code == gate)
    columns = select(table.c.result, table.c.reason, table.c.set_by)
    key = (table.c.application_id == application_id) & (table.c.gate_id == gate_id)
    row = session.execute(columns.where(key)).one_or_none()
    return Judged("") if row is None else Judged(*row)


def _word(session: Session, round_id: int, reference: str) -> str:
    """Return what stands for all gates of an application."""
    number = the_application(session, round_id, reference)
    return _OF_WORD[
        session.scalars(select(application_table.c.all_gates).where(application_table.c.id == number)).one()
    ]
