"""What an erasure leaves of rows of the journal: their words go, and what is done in their place is said."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import delete

from models.schema.journal import erasure_table, journal_body_table
from models.session import Session, put, selection
from models.store import chain as journal


class Tombstone(Struct, frozen=True):
    """A journal row whose words are erased, and what is done in its place when the journal is done over.

    Of one that was erased before, it takes the place of what was done until then.
    `body` is the change without the erased texts, as canonical JSON; "" where nothing of it is left.
    """

    seq: int
    body: str


def erase_bodies(session: Session, rows: Sequence[Tombstone]) -> None:
    """Take the rows' words out of the journal; where it is done over again there are none."""
    head = journal.head(session)
    if head.seq == 0 or not rows:
        return
    bodies, gone = journal_body_table, erasure_table
    numbers = [row.seq for row in rows]
    before = set(session.scalars(selection(gone.c.seq, seq=numbers)))
    put(session, gone, [{"seq": seq, "by_seq": head.seq + 1} for seq in numbers if seq not in before])
    session.execute(delete(bodies).where(bodies.c.seq.in_(numbers)))
