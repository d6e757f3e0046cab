"""How far another record had come when its rounds were imported."""

from models.journal import canonical
from models.journal.tombstones import said_rows
from models.operations.packs.take_in_rounds import TakeInRounds
from models.session import Session


def taken_up_to(session: Session, source: str) -> int | None:
    """Return the last row of a record's journal when it was imported last, None where it never was."""
    rows = said_rows(session, (TakeInRounds.kind,))
    found = [canonical.from_text(TakeInRounds, row.body) for row in rows]
    return max((one.row for one in found if one.source == source), default=None)
