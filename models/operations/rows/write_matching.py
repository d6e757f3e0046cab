"""Remembering how a form's headings and its spellings of areas were matched."""

from sqlalchemy import select

from models.journal import canonical
from models.operations.rows.writing import put, remove
from models.queries.applications.importing import read_kept
from models.schema.applications.matching import area_spelling_table, matching_table
from models.session import Session
from models.values.importing.matchings import Matching, headings_key
from scoring.written.names import text_key


def put_matching(session: Session, fund_id: int, matching: Matching) -> None:
    """Remember a matching in place of what was known of the same headings and spellings."""
    key = headings_key(matching.headings)
    before = session.scalar(select(matching_table.c.fields).where(matching_table.c.headings_key == key))
    old = read_kept(before)[1] if before is not None else ()
    corrections = {cell[:2]: cell for cell in (*old, *matching.corrections)}
    remove(session, matching_table, matching_table.c.headings_key == key)
    fields = canonical.dumps([[*kept] for kept in (*matching.fields, *corrections.values())])
    put(session, matching_table, [{"headings_key": key, "fields": fields}])
    spelt = {text_key(written): area for written, area in matching.spellings}
    table = area_spelling_table
    remove(session, table, (table.c.fund_id == fund_id) & table.c.spelling.in_(list(spelt)))
    put(
        session,
        table,
        [{"fund_id": fund_id, "spelling": spelling, "area": area} for spelling, area in spelt.items()],
    )
