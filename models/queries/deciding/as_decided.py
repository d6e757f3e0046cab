"""A round as it was decided: places, offers and rules are of that day, whoever withdrew since.

What was withdrawn after its decision stays in the list in which it was decided: nothing that the panel
recommended is worked out anew without it. What was withdrawn before has no place there.
"""

from collections.abc import Collection

from msgspec.structs import replace

from models.queries.deciding.decisions import decisions
from models.queries.set_up.round_rows import round_rows
from models.session import Session
from models.values.rows import RoundRows


def as_decided(session: Session, round_id: int) -> RoundRows:
    """Return a round with what was withdrawn after its decision as if it were not, to be ranked."""
    rows = round_rows(session, round_id)
    if not any(row.withdrawn for row in rows.applications):
        return rows
    return _with(rows, _placed(session, round_id))


def _with(rows: RoundRows, placed: Collection[str]) -> RoundRows:
    applications = tuple(
        replace(row, withdrawn=False) if row.withdrawn and row.reference in placed else row
        for row in rows.applications
    )
    return replace(rows, applications=applications)


def _placed(session: Session, round_id: int) -> frozenset[str]:
    """Return what had a place as the last step decided it."""
    return frozenset(
        row.application
        for row in decisions(session, round_id)
        if row.is_last and row.place is not None and row.verdict != "send_back"
    )
