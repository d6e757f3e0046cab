"""Which applications of the record failed a gate that bars, over all rounds."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.queries.applications import GateLine, eligibility
from models.schema.application import ApplicationTable
from models.schema.gate import GateResultTable, GateTable
from scoring.round import Eligibility


def ineligible(session: Session) -> frozenset[int]:
    """Return the numbers of the applications that are not eligible, in three statements."""
    gates: dict[int, list[GateLine]] = defaultdict(list)
    columns = select(GateTable.round_id, GateTable.id, GateTable.code, GateTable.question, GateTable.is_cap)
    for round_id, number, code, question, is_cap in session.execute(
        columns.where(GateTable.is_advisory.is_(False))
    ):
        gates[round_id].append(GateLine(number, code, question, is_advisory=False, is_cap=is_cap))
    verdicts: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    results = select(GateResultTable.application_id, GateTable.code, GateResultTable.result)
    for application, code, result in session.execute(
        results.join(GateTable, GateTable.id == GateResultTable.gate_id)
    ):
        verdicts[application][code] = (result, "")
    table = ApplicationTable
    return frozenset(
        number
        for number, round_id, word in session.execute(select(table.id, table.round_id, table.all_gates))
        if _came_to(word, gates[round_id], verdicts.get(number)) is Eligibility.NO
    )


def _came_to(word: str, barring: list[GateLine], verdicts: dict[str, tuple[str, str]] | None) -> Eligibility:
    """Return what the gates came to; without a verdict of its own the application's word stands."""
    return Eligibility(word) if not verdicts else eligibility(word, "", barring, verdicts)[0]
