"""Ask the record what it remembers of forms."""

import json

from sqlalchemy import select

from models.schema.applications.matching import area_spelling_table, matching_table
from models.schema.set_up.fund import fund_table
from models.session import Session
from models.values.importing.matchings import Correction, FieldOf, Remembered


def remembered(session: Session, fund_code: str) -> Remembered:
    """Return all matchings, and the spellings of one fund's areas."""
    rows = session.execute(
        select(matching_table.c.headings_key, matching_table.c.fields).order_by(matching_table.c.headings_key)
    )
    spelt = session.execute(
        select(area_spelling_table.c.spelling, area_spelling_table.c.area)
        .join(fund_table, fund_table.c.id == area_spelling_table.c.fund_id)
        .where(fund_table.c.code == fund_code)
        .order_by(area_spelling_table.c.spelling)
    )
    kept = [(key, *read_kept(text)) for key, text in rows]
    return Remembered(
        tuple((key, fields) for key, fields, _ in kept),
        tuple((spelling, area) for spelling, area in spelt),
        tuple((key, corrections) for key, _, corrections in kept if corrections),
    )


def read_kept(text: str) -> tuple[tuple[FieldOf, ...], tuple[Correction, ...]]:
    """Return the fields and the corrections of a form from its text: rows of two, then rows of three."""
    rows = json.loads(text)
    fields = tuple((row[0], row[1]) for row in rows if len(row) == 2)
    return fields, tuple((row[0], row[1], row[2]) for row in rows if len(row) == 3)
