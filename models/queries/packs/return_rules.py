"""Whether the returns that are kept, and the revisions that came with them, are as they were signed."""

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import select

from models.journal.rules import Rule
from models.packs.revisions import Key, first, hash_of
from models.packs.values import read_return, within
from models.schema.pack import returned_table
from models.schema.panel.panel import member_table
from models.schema.panel.revision import revision_table
from models.session import Session
from models.trouble import Trouble


def _returns_altered(session: Session) -> str:
    return next(_altered(session), "")


def _altered(session: Session) -> Iterator[str]:
    """Yield returns that do not bear their member's signature, and revisions that are none of them."""
    known = set(session.scalars(select(revision_table.c.hash)))
    codes = dict(session.execute(select(member_table.c.uid, member_table.c.code)).all())
    for row in session.execute(
        select(
            returned_table.c.member, returned_table.c.number, returned_table.c.body, returned_table.c.sha256
        )
    ):
        named = f"Return {row.number} of {codes.get(row.member, 'a member')}"
        try:
            given = read_return(row.body)
        except Trouble:
            yield f"{named} is not as its member signed it."
            continue
        if hashlib.sha256(row.body.encode()).hexdigest() != row.sha256 or given.member != row.member:
            yield f"{named} is not the one that was imported."
    yield from _revisions_altered(session, known)


def _revisions_altered(session: Session, known: set[str]) -> Iterator[str]:
    table = revision_table
    columns = select(table.c.hash, table.c.round, table.c.member, table.c.application, table.c.slot)
    for row in session.execute(columns.add_columns(table.c.number, table.c.value, table.c.parents)):
        key, parents = Key(row.application, row.slot), tuple(json.loads(row.parents))
        of = within(row.round, row.member)
        if row.hash != hash_of(of, key, row.number, row.value, parents):
            yield f"A revision of {row.slot} was changed after it was written."
        if not known.issuperset(set(parents) - {first(of, key).hash}):
            yield f"A revision of {row.slot} follows one that is missing."


RETURN_RULE = Rule("returns", "Every return that is kept is as its member signed it.", _returns_altered)
"""Asked of the tables when a record is checked."""
