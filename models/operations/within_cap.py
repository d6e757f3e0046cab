"""The gate that is answered by figures: whether the request is within the cap."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.operation import Actor
from models.operations.write_gates import put_gate_results
from models.queries.applications import GateResult, gates
from models.queries.scheme import scheme
from models.rows import ApplicationRow
from scoring.money import pounds
from scoring.scheme import Scheme


def fail_over_cap(
    session: Session, round_id: int, rows: Sequence[ApplicationRow], actor: Actor, at: datetime
) -> int:
    """Fail the gate for every request over a cap of the round, and return how many failed."""
    gate = next((gate.code for gate in gates(session, round_id) if gate.is_cap), None)
    if gate is None:
        return 0
    published = scheme(session, round_id)
    found = [(row.reference, over_cap(published, row.requested_pence)) for row in rows]
    results = [GateResult(of, gate, "fail", why, actor.name) for of, why in found if why]
    put_gate_results(session, round_id, results, at)
    return len(results)


def over_cap(scheme: Scheme, requested_pence: int) -> str:
    """Return why a request is not within the caps, with both figures; "" when it is."""
    for cap_pence, of_what in (
        (scheme.cap_per_award_pence, "one award"),
        (scheme.cap_per_organisation_pence, "one organisation"),
    ):
        if cap_pence is not None and requested_pence > cap_pence:
            return f"asks {pounds(requested_pence)}, over the cap of {pounds(cap_pence)} for {of_what}"
    return ""
