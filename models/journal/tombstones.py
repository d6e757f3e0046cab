"""What is done, and what is told, in the place of journal rows whose words were erased."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from models.journal.chain import ERASE_KIND
from models.schema.journal import journal_body_table, journal_table
from models.session import Session

_ERASURES = (
    select(journal_table.c.seq, journal_body_table.c.body)
    .outerjoin(journal_body_table, journal_body_table.c.seq == journal_table.c.seq)
    .where(journal_table.c.kind == ERASE_KIND)
    .order_by(journal_table.c.seq.desc())
)


class SaidRow(NamedTuple):
    """A journal row with its words, or those that an erasure put in their place."""

    seq: int
    at: datetime
    actor: str
    kind: str
    body: str


def said_rows(session: Session, kinds: Collection[str]) -> Iterator[SaidRow]:
    """Yield the rows of some kinds, oldest first; one of which nothing is said any more is left out."""
    row = journal_table.c
    rows = session.execute(
        select(row.seq, row.at, row.actor, row.kind, journal_body_table.c.body)
        .outerjoin(journal_body_table, journal_body_table.c.seq == row.seq)
        .where(row.kind.in_(tuple(kinds)))
        .order_by(row.seq)
    ).all()
    dead = tombstones(session) if any(found.body is None for found in rows) else {}
    for seq, at, actor, kind, stored in rows:
        body = dead.get(seq, "") if stored is None else stored
        if body:
            yield SaidRow(seq, at, actor, kind, body)


def tombstones(session: Session) -> Mapping[int, str]:
    """Return the words in the place of each erased row, "" where nothing is done in its place.

    Rows that are passed over are among them, though what they say still stands.
    Newest erasure first: one may itself have been erased by a later one, which then says what it said.
    """
    return said_instead((seq, body) for seq, body in session.execute(_ERASURES).all())


def said_instead(erasures: Iterable[tuple[int, str | None]]) -> Mapping[int, str]:
    """Return the same of erasures given by number and words (None where erased), the newest first."""
    found: dict[int, str] = {}
    passed: set[int] = set()
    for seq, stored in erasures:
        body = found.get(seq, "") if stored is None else stored
        if body:
            erasure = json.loads(body)
            passed.update(erasure.get("passed", ()))
            for row in erasure["rows"]:
                found.setdefault(row["seq"], row["body"])
    return found | dict.fromkeys(passed, "")
