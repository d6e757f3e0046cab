"""What the record remembers of forms: which heading holds which field, and how areas are spelt."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from models import canonical
from models.schema.fund import fund_table
from models.schema.matching import area_spelling_table, matching_table
from models.session import Session

FieldOf = tuple[str, str]
"""A heading as it stands, and the field it holds ("answers" where it stays an answer)."""


@dataclass(frozen=True, slots=True)
class Matching:
    """What to remember of a form: all its headings, which field each holds, and spellings of areas."""

    headings: tuple[str, ...]
    fields: tuple[FieldOf, ...]
    spellings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """Everything remembered that a reading may need: by set of headings, and for one fund's areas."""

    matchings: tuple[tuple[str, tuple[FieldOf, ...]], ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()

    def fields(self, headings: Iterable[str]) -> dict[str, str]:
        """Return the remembered fields of a form by heading, none where it was never seen."""
        wanted = headings_key(headings)
        return dict(next((fields for key, fields in self.matchings if key == wanted), ()))


def headings_key(headings: Iterable[str]) -> str:
    """Return what a set of headings is known by, whatever its order and case."""
    listed = sorted({" ".join(heading.casefold().split()) for heading in headings})
    return hashlib.sha256(canonical.dumps([*listed]).encode()).hexdigest()


def spelling_key(written: str) -> str:
    """Return a spelling as spellings are compared: without case and extra spaces."""
    return " ".join(written.casefold().split())


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
    return Remembered(
        tuple(
            (key, tuple((heading, field) for heading, field in json.loads(fields))) for key, fields in rows
        ),
        tuple((spelling, area) for spelling, area in spelt),
    )
