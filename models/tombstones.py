"""What is done in the place of journal rows whose words were erased."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import canonical
from models.operations.erasure import EraseBodies
from models.schema.journal import JournalBody, JournalRow


def tombstones(session: Session) -> Mapping[int, str]:
    """Return the words in the place of each erased row, "" where nothing is done in its place.

    Newest erasure first: one may itself have been erased by a later one, which then says what it said.
    """
    rows = (
        select(JournalRow.seq, JournalBody.body)
        .outerjoin(JournalBody, JournalBody.seq == JournalRow.seq)
        .where(JournalRow.kind == EraseBodies.kind)
        .order_by(JournalRow.seq.desc())
    )
    return said_instead((seq, body) for seq, body in session.execute(rows).all())


def said_instead(erasures: Iterable[tuple[int, str | None]]) -> Mapping[int, str]:
    """Return the same of erasures given by number and words (None where erased), the newest first."""
    found: dict[int, str] = {}
    for seq, stored in erasures:
        body = found.get(seq, "") if stored is None else stored
        if body:
            for row in canonical.from_text(EraseBodies, body).rows:
                found.setdefault(row.seq, row.body)
    return found
