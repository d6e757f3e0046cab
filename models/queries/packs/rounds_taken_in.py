"""How far another record had come when its rounds were imported."""

from sqlalchemy import select

from models.journal import canonical
from models.operations.packs.take_in_rounds import TakeInRounds
from models.schema.journal import journal_body_table, journal_table
from models.session import Session


def taken_up_to(session: Session, source: str) -> int | None:
    """Return the last row of a record's journal when it was imported last, None where it never was."""
    bodies = session.scalars(
        select(journal_body_table.c.body)
        .join(journal_table, journal_table.c.seq == journal_body_table.c.seq)
        .where(journal_table.c.kind == TakeInRounds.kind)
        .order_by(journal_table.c.seq)
    )
    found = [canonical.from_text(TakeInRounds, body) for body in bodies]
    return max((one.row for one in found if one.source == source), default=None)
