"""Which applications of the record failed a gate that bars, over all rounds."""

from collections import defaultdict

from sqlalchemy import select

from models.queries.applications.applications import GateLine, eligibility
from models.schema.applications.application import application_table
from models.schema.applications.gate import gate_result_table, gate_table
from models.schema.deciding.decision import decision_table, sign_off_table
from models.session import Session
from scoring.round import Eligibility


def ineligible(session: Session) -> frozenset[int]:
    """Return the numbers of the applications that are not eligible, in three statements."""
    gates: dict[int, list[GateLine]] = defaultdict(list)
    table = gate_table
    columns = select(
        table.c.round_id, table.c.id, table.c.code, table.c.question, table.c.is_cap, table.c.is_time
    )
    for round_id, number, code, question, is_cap, is_time in session.execute(
        columns.where(table.c.is_advisory.is_(False))
    ):
        line = GateLine(number, code, question, is_advisory=False, is_cap=is_cap, is_time=is_time)
        gates[round_id].append(line)
    verdicts: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    results = select(gate_result_table.c.application_id, gate_table.c.code, gate_result_table.c.result)
    for application, code, result in session.execute(
        results.join(gate_table, gate_table.c.id == gate_result_table.c.gate_id)
    ):
        verdicts[application][code] = (result, "")
    of = application_table.c
    return frozenset(
        number
        for number, round_id, word in session.execute(select(of.id, of.round_id, of.all_gates))
        if _came_to(word, gates[round_id], verdicts.get(number)) is Eligibility.NO
    )


def _came_to(word: str, barring: list[GateLine], verdicts: dict[str, tuple[str, str]] | None) -> Eligibility:
    """Return what the gates came to; without a verdict of its own the application's word stands."""
    return Eligibility(word) if not verdicts else eligibility(word, "", barring, verdicts)[0]


def decided(session: Session) -> frozenset[int]:
    """Return the applications on which a decision of the deciding office stands, by number."""
    table, last = decision_table, sign_off_table
    columns = select(table.c.application_id).join(last, last.c.id == table.c.sign_off_id)
    in_force = table.c.ended_by.is_(None) & (table.c.verdict != "send_back")
    return frozenset(session.scalars(columns.where(last.c.is_last, in_force)))
