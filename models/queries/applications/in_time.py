"""Whether an application was received in time, from its received date and its area's closing date."""

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy import select

from models.queries.set_up.area_dates import AreaDates, area_dates
from models.schema.applications.application import application_table
from models.schema.applications.gate import gate_result_table, gate_table
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.written.days import short_day

NO_DATE = "no received date, so whether it came in time is to check"
Verdict = tuple[str, str]
"""What the dates say: pass, fail or to check, and why ("" for a pass)."""


def received_in_time(row: ApplicationRow, dates: Mapping[str, AreaDates]) -> Verdict | None:
    """Return what the dates say of an application; None where its area has no closing date.

    A closing date runs to the end of that day unless a time is given, and the time itself is still in
    time. Closing 2 November at 12:00: received 2 November at 12:00 passes, at 12:01 fails, and on
    2 November without a time is to check.
    """
    own = dates.get(row.area or "")
    if own is None or own.closes_on is None:
        return None
    received, closes, at = row.received_at, own.closes_on, own.closes_time
    if received is None:
        return "to check", NO_DATE
    came = f"received {short_day(received)}" + (f" at {received:%H:%M}" if row.received_has_time else "")
    if received.date() == closes and at and not row.received_has_time:
        return "to check", f"{came} without a time, and {row.area} closed at {at}"
    if _is_in_time(received, closes, at):
        return "pass", ""
    return "fail", f"{came}, after {row.area} closed on {short_day(closes)}" + (f" at {at}" if at else "")


def _is_in_time(received: datetime, closes: date, at: str | None) -> bool:
    if received.date() != closes or not at:
        return received.date() <= closes
    return received <= datetime.combine(closes, time.fromisoformat(at))


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
