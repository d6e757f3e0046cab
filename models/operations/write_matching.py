"""Remembering how a form's headings and its spellings of areas were matched."""

from models import canonical
from models.operations.writing import put, remove
from models.queries.matchings import Matching, headings_key, spelling_key
from models.schema.matching import area_spelling_table, matching_table
from models.session import Session


def put_matching(session: Session, fund_id: int, matching: Matching) -> None:
    """Remember a matching in place of what was known of the same headings and spellings."""
    key = headings_key(matching.headings)
    remove(session, matching_table, matching_table.c.headings_key == key)
    fields = canonical.dumps([[heading, field] for heading, field in matching.fields])
    put(session, matching_table, [{"headings_key": key, "fields": fields}])
    spelt = {spelling_key(written): area for written, area in matching.spellings}
    table = area_spelling_table
    remove(session, table, (table.c.fund_id == fund_id) & table.c.spelling.in_(list(spelt)))
    put(
        session,
        table,
        [{"fund_id": fund_id, "spelling": spelling, "area": area} for spelling, area in spelt.items()],
    )
