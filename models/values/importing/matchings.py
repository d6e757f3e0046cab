"""What is remembered of forms: which heading holds which field, and how areas are spelt."""

import hashlib
from collections.abc import Iterable
from typing import Annotated

from msgspec import Struct

from models.journal import canonical
from models.schema.base import OWN
from scoring.written.names import text_key

FieldOf = tuple[str, str]
"""A heading as it stands, and the field it holds ("answers" where it stays an answer)."""


Correction = tuple[str, str, str]
"""A cell typed over: what it is known by (`correction_key`), its heading, what was typed."""


class Matching(Struct, frozen=True):
    """What to remember of a form: its headings, the field of each, spellings of areas, and corrections."""

    headings: tuple[str, ...]
    fields: tuple[FieldOf, ...]
    spellings: tuple[tuple[str, str], ...] = ()
    corrections: Annotated[tuple[Correction, ...], OWN] = ()


class Remembered(Struct, frozen=True):
    """Everything remembered that a reading may need: by set of headings, and for one fund's areas."""

    matchings: tuple[tuple[str, tuple[FieldOf, ...]], ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    corrected: tuple[tuple[str, tuple[Correction, ...]], ...] = ()

    def corrections(self, headings: Iterable[str]) -> dict[tuple[str, str], str]:
        """Return what was typed over in a form, by what the cell is known by and its heading."""
        wanted = headings_key(headings)
        found = next((cells for key, cells in self.corrected if key == wanted), ())
        return {(known, heading): typed for known, heading, typed in found}

    def fields(self, headings: Iterable[str]) -> dict[str, str]:
        """Return the remembered fields of a form by heading, none where it was never seen."""
        wanted = headings_key(headings)
        return dict(next((fields for key, fields in self.matchings if key == wanted), ()))


def headings_key(headings: Iterable[str]) -> str:
    """Return what a set of headings is known by, whatever its order and case."""
    listed = sorted(set(map(text_key, headings)))
    return hashlib.sha256(canonical.dumps([*listed]).encode()).hexdigest()


def correction_key(organisation: str, was: str) -> str:
    """Return what a cell of an applicant is known by, from which neither can be read."""
    return hashlib.sha256(canonical.dumps([text_key(organisation), was]).encode()).hexdigest()
