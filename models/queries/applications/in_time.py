"""Ask which applications came late, and what lets them in."""

from sqlalchemy import select

from models.queries.set_up.area_dates import area_dates
from models.schema.applications.application import application_table
from models.schema.applications.gate import gate_result_table, gate_table
from models.session import Session
from models.values.in_time import received_in_time
from models.values.rows import ApplicationRow


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
