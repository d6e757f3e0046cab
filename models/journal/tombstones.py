"""What is done in the place of journal rows whose words were erased."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from models.journal import canonical
from models.operations.retention.erasure import EraseBodies
from models.schema.journal import journal_body_table, journal_table
from models.session import Session

_ERASURES = (
    select(journal_table.c.seq, journal_body_table.c.body)
    .outerjoin(journal_body_table, journal_body_table.c.seq == journal_table.c.seq)
    .where(journal_table.c.kind == EraseBodies.kind)
    .order_by(journal_table.c.seq.desc())
)


def tombstones(session: Session) -> Mapping[int, str]:
    """Return the words in the place of each erased row, "" where nothing is done in its place.

    Newest erasure first: one may itself have been erased by a later one, which then says what it said.
    """
    return said_instead((seq, body) for seq, body in session.execute(_ERASURES).all())


def said_instead(erasures: Iterable[tuple[int, str | None]]) -> Mapping[int, str]:
    """Return the same of erasures given by number and words (None where erased), the newest first."""
    found: dict[int, str] = {}
    for seq, stored in erasures:
        body = found.get(seq, "") if stored is None else stored
        if body:
            for row in canonical.from_text(EraseBodies, body).rows:
                found.setdefault(row.seq, row.body)
    return found
