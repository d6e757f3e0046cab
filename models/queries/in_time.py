"""Whether an application was received in time, from its received date and its area's closing date."""

from collections.abc import Mapping
from datetime import datetime, time

from sqlalchemy import select

from models.queries.area_dates import AreaDates, area_dates
from models.rows import ApplicationRow
from models.schema.application import application_table
from models.schema.gate import gate_result_table, gate_table
from models.session import Session

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
    received = row.received_at
    if received is None:
        return "to check", NO_DATE
    if received.date() == own.closes_on and own.closes_time and not row.received_has_time:
        return "to check", f"{_received(row)} without a time, and {row.area} closed at {own.closes_time}"
    return ("pass", "") if _is_in_time(received, own) else ("fail", _late(row, own))


def _is_in_time(received: datetime, dates: AreaDates) -> bool:
    closes_on = dates.closes_on
    if closes_on is None or received.date() != closes_on or not dates.closes_time:
        return closes_on is None or received.date() <= closes_on
    return received <= datetime.combine(closes_on, time.fromisoformat(dates.closes_time))


def _late(row: ApplicationRow, dates: AreaDates) -> str:
    closed = dates.closes_on
    assert closed is not None, "only what has a closing date can be late"
    at = f" at {dates.closes_time}" if dates.closes_time else ""
    return f"{_received(row)}, after {row.area} closed on {closed.day} {closed:%b %Y}{at}"


def _received(row: ApplicationRow) -> str:
    received = row.received_at
    assert received is not None, "it has a received date"
    at = f" at {received:%H:%M}" if row.received_has_time else ""
    return f"received {received.day} {received:%b %Y}{at}"


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
