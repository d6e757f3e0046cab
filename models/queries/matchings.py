"""What the record remembers of forms: which heading holds which field, and how areas are spelt."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import canonical
from models.schema.fund import FundTable
from models.schema.matching import AreaSpellingTable, MatchingTable

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
        select(MatchingTable.headings_key, MatchingTable.fields).order_by(MatchingTable.headings_key)
    )
    spelt = session.execute(
        select(AreaSpellingTable.spelling, AreaSpellingTable.area)
        .join(FundTable, FundTable.id == AreaSpellingTable.fund_id)
        .where(FundTable.code == fund_code)
        .order_by(AreaSpellingTable.spelling)
    )
    return Remembered(
        tuple(
            (key, tuple((heading, field) for heading, field in json.loads(fields))) for key, fields in rows
        ),
        tuple((spelling, area) for spelling, area in spelt),
    )
