"""Where the record names a person: as somebody who did a thing, as an applicant's, or within a text.

Every column of words of every table is looked at, so that a new one is not forgotten. What is found in a text
comes with the words around the name, and no more of the text: the rest may be about somebody else.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Table, Text, select

from models.queries.retention.held_rows import value_words
from models.schema.applications import application_table
from models.schema.packs import private_key_table, returned_table, revision_table
from models.schema.panel import interest_table, interest_word_table, person_table
from models.schema.payments import bank_details_table
from models.schema.set_up import office_fact_table
from models.schema.tables import TABLES
from models.session import Session
from scoring.written.names import composed, is_same_text, unaccented, untitled

_SIGNERS = frozenset(
    {
        ("award_agreements", "recipient_signer"),
        ("award_subsidies", "confirmed_by"),
        ("challenges", "asked_by"),
        ("challenges", "address"),
    }
)
_OF_APPLICANTS = frozenset(
    {"applications", "organisations", "organisation_aliases", "onward_grants", "register_entries"}
)
_LEFT_OUT = {table.name for table in (bank_details_table, private_key_table, returned_table, revision_table)}
_RULES = frozenset(
    {
        "funds",
        "fund_names",
        "fund_sources",
        "matchings",
        "area_spellings",
        "rounds",
        "areas",
        "criteria",
        "gates",
    }
    | {"printed_tables", "printed_figures", "agreement_templates", "payment_layouts", "payment_columns"}
)
"""Tables of rules, lists and layouts: their words are of the work, and a word of them is nobody's name."""
_NO_WORDS = frozenset(
    {"descriptors", "ladder", "uid", "sha256", "hash", "after_head", "account_sum", "name_key", "control"}
)
_SIGNED = frozenset({"content"})
"""Papers as they were issued: it is told that they name the person, and nothing of the rest."""
AROUND = 80
"""So many characters of a text are told on either side of the name."""


class Named(Struct, frozen=True):
    """One place that names a person: the table, the column, and when; the application by its number, if any.

    `words` are those around the name within a text, "" where the whole cell is the name.
    """

    table: str
    column: str
    application_id: int | None
    when: str
    words: str

    @property
    def is_of_applicant(self) -> bool:
        """Whether somebody of an applicant's stands there; others are the office's or the panel's."""
        is_theirs = self.table in _OF_APPLICANTS and not self.column.endswith("_by")
        return is_theirs or (self.table, self.column) in _SIGNERS

    @property
    def is_whole(self) -> bool:
        """Whether the cell says the name and nothing else."""
        return not self.words


def places_of(session: Session, name: str) -> tuple[Named, ...]:
    """Return every place that names somebody, in the order of the record's tables, with accents or without.

    A name of one word is not looked for within texts, where it may be a word like any other.
    """
    pattern = pattern_of(name)
    return tuple(
        one for table in TABLES if _is_named(table) for one in _of_table(session, table, name, pattern)
    )


def pattern_of(name: str) -> re.Pattern[str]:
    """Return what finds a name in an unaccented text, in any case and spacing, never within a word.

    A title before it is not looked for: the text may have none, or another one.
    """
    words = r"\s+".join(map(re.escape, unaccented(untitled(name)).split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _is_named(table: Table) -> bool:
    return table.name not in _LEFT_OUT | _RULES and table is not person_table


def _of_table(session: Session, table: Table, name: str, pattern: re.Pattern[str]) -> Iterator[Named]:
    texts = [c for c in table.columns if isinstance(c.type, Text) and c.name not in _NO_WORDS]
    is_full = len(name.split()) > 1 or "@" in name
    if not texts:
        return
    declared_on = _declared_on(session) if table is interest_word_table else {}
    for row in session.execute(select(table).order_by(*table.primary_key.columns)):
        values = row._mapping
        for column in texts:
            text = values[column] or ""
            found = pattern.search(unaccented(text))
            if found is not None and (is_full or is_called(text, name)):
                words = "" if is_called(text, name) else _around(column.name, composed(text), found)
                of = _application(table, values, declared_on)
                named = values["key"] if table is office_fact_table else column.name
                yield Named(table.name, named, of, _when(column.name, values), words)


def is_called(said: str, name: str) -> bool:
    """Whether a cell says a name and nothing else, with its accents or without.

    A title before one of the two makes no difference; with two that differ they are two people.
    """
    one, other = unaccented(said), unaccented(name)
    if untitled(one) != one and untitled(other) != other:
        return is_same_text(one, other)
    return is_same_text(untitled(one), untitled(other))


def _around(column: str, text: str, found: re.Match[str]) -> str:
    if column in _SIGNED:
        return "named in it"
    start, end = max(found.start() - AROUND, 0), found.end() + AROUND
    return " ".join(text[start:end].split())


def _declared_on(session: Session) -> dict[int, int | None]:
    """Return on which application each interest was declared, by its number."""
    return dict(session.execute(select(interest_table.c.id, interest_table.c.application_id)).all())


def _application(table: Table, values: Any, declared_on: Mapping[int, int | None]) -> int | None:
    if table is application_table:
        return int(values[table.c.id])
    if table is interest_word_table:
        return declared_on[values[table.c.interest_id]]
    for name in ("application_id", "first_id"):
        if name in table.c:
            return int(values[table.c[name]])
    return None


def _when(column: str, values: Any) -> str:
    """Return the day that goes with a column ("signed_by" with "signed_on"), else the row's first, if any."""
    days = {key: value for key, value in values.items() if isinstance(value, date | datetime)}
    stem = column.removesuffix("_by")
    own = next((days[key] for key in (f"{stem}_on", f"{stem}_at") if key in days), None)
    return str(value_words(own or next(iter(days.values()), None)) or "")
