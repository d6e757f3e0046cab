"""Putting in what applications came to at single gates."""

from collections.abc import Sequence
from datetime import datetime

from models.operations.rows.write_applications import application_ids
from models.operations.rows.writing import put
from models.queries.applications.applications import GateResult, gates
from models.schema.applications.gate import gate_result_table
from models.session import Session


def put_gate_results(session: Session, round_id: int, results: Sequence[GateResult], at: datetime) -> None:
    """Put results of single gates in; the gates and applications are those of the round."""
    if not results:
        return
    applications = application_ids(session, round_id)
    numbers = {gate.code: gate.gate_id for gate in gates(session, round_id)}
    put(
        session,
        gate_result_table,
        [
            {
                "application_id": applications[found.application],
                "gate_id": numbers[found.gate],
                "result": found.result,
                "reason": found.reason,
                "set_by": found.set_by,
                "set_at": at,
            }
            for found in results
        ],
    )
