"""Which rows of a record come into another, and which organisations and people are the same there."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

from sqlalchemy import BigInteger, Column, Integer, Table, UniqueConstraint, true

from models.operations.rows.write_round import stored
from models.schema.base import METADATA
from models.schema.tables import TABLES
from models.session import Session
from scoring.written.identities import charity_key, company_number
from scoring.written.names import is_nearly_same, typed_key

Value = str | int | None
Row = dict[str, Value]
Rows = Mapping[str, list[Row]]
"""The rows of each table, as they are stored."""

LEFT = frozenset(
    {
        *("journal", "journal_body", "erasure", "draft", "setting"),
        *("office_logo", "register_extracts", "register_entries"),
        *("bank_details", "private_keys", "file_pieces"),
    }
)
"""What stays behind: the other record's own journal, and what can be loaded or entered here again.

Bank details, keys and kept files come too, but beside the change: no journal holds them.
"""
BY_UID: Mapping[str, tuple[str, str]] = {
    "packs": ("round", "rounds"),
    "returned": ("round", "rounds"),
    "revisions": ("round", "rounds"),
    "member_keys": ("member", "members"),
    "pack_items": ("application", "applications"),
}
"""Tables that name what they are of by the identity that travels: the column, and the table that has it."""
ATTACHED = "attachments"
"""The table of files, whose subjects are of several tables."""
_ONE_ROW = ("office", "publisher")
"""Tables of which a record has one row at most."""
assert TABLES, "the declared tables are whole once they are imported"


@cache
def carried() -> tuple[Table, ...]:
    """Return the tables whose rows come in, each after those that it refers to, also by identity alone."""
    found = (table for table in METADATA.sorted_tables if table.name not in LEFT)
    return tuple(sorted(found, key=lambda table: table.name == ATTACHED))


@cache
def of_rounds() -> frozenset[str]:
    """Return the tables whose rows hang on a round."""
    found = {"rounds"}
    for table in carried():
        if any(key.column.table.name in found for key in table.foreign_keys):
            found.add(table.name)
    return frozenset(found) | BY_UID.keys()


@cache
def refers_to(table: Table) -> Mapping[str, str]:
    """Return by column the table whose rows its numbers mean; its own number is none of these."""
    own = number_of(table)
    found = {column.name: _meant(column) for column in table.c if column.name != own}
    return {name: of for name, of in found.items() if of is not None}


def _meant(column: "Column[object]") -> str | None:
    """Return the table of the numbered row that a column means in the end, None for a value of its own."""
    for key in column.foreign_keys:
        return _meant(key.column)
    return column.table.name if column.name == number_of(column.table) else None


@cache
def number_of(table: Table) -> str | None:
    """Return the column whose whole number names a row in this record alone, None where there is none."""
    keys = list(table.primary_key)
    is_number = len(keys) == 1 and isinstance(keys[0].type, BigInteger | Integer) and not keys[0].foreign_keys
    return keys[0].name if is_number else None


@cache
def natural_keys(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return by which columns a row is the same here and there: what is unique, but for numbers and uids.

    One of which nothing else is unique is the same where all else is.
    """
    number = number_of(table)
    unique = [
        tuple(column.name for column in rule.columns)
        for rule in table.constraints
        if isinstance(rule, UniqueConstraint)
    ]
    if table.name in _ONE_ROW:
        return ((),)
    found = [names for names in unique if "uid" not in names]
    if number is None:
        found.append(tuple(column.name for column in table.primary_key))
    return tuple(found) or (tuple(c.name for c in table.c if c.name not in (number, "uid")),)


def rows_of(session: Session, table: Table) -> Iterator[Row]:
    """Yield the rows of a table as they are stored, in the order of its key."""
    found = stored(session, table, true())
    for row in found.rows:
        yield dict(zip(found.columns, row, strict=True))


def same_organisations(here: Rows, there: Rows) -> Mapping[Value, Value]:
    """Return which organisations are one, by the number there: the number here.

    They are one where both have the same charity or company number, or where neither has any and the name is
    the same but for case and spaces.
    """
    known: dict[tuple[str, Value], Value] = {}
    for alias in here["organisation_aliases"]:
        for sign in _signs(alias):
            known.setdefault(sign, alias["organisation_id"])
    joined: dict[Value, Value] = {}
    for alias in there["organisation_aliases"]:
        number = next((known[sign] for sign in _signs(alias) if sign in known), None)
        if number is not None:
            joined.setdefault(alias["organisation_id"], number)
    return joined


def _signs(alias: Row) -> Iterable[tuple[str, Value]]:
    """Return by what an organisation is known: its numbers, or without any its name."""
    charity = charity_key(str(alias["charity_number"]))
    company = company_number(str(alias["company_number"]))
    signs = [("charity", charity)] if charity else []
    signs += [("company", company)] if company else []
    return signs or [("name", alias["name_key"])]


def same_people(here: Rows, there: Rows, rounds: set[Value]) -> Iterator[str]:
    """Yield whom the rounds that come in would make one with somebody here, by the name alone.

    A post or an organisation that both give, or a key with which both sign, says that they are one.
    """
    parts = (*there["members"], *there["round_roles"])
    coming = {row["person_id"] for row in parts if row["round_id"] in rounds}
    for person, other in product(there["people"], here["people"]):
        name, known = str(person["name"]), str(other["name"])
        if person["id"] not in coming or not is_nearly_same(name, known):
            continue
        if name != known or not _signs_of_people(there, person) & _signs_of_people(here, other):
            yield _words(name, known)


def _signs_of_people(rows: Rows, person: Row) -> set[tuple[str, Value]]:
    """Return what tells a person from another one of the name."""
    members = [row for row in rows["members"] if row["person_id"] == person["id"]]
    uids = {row["uid"] for row in members}
    found: set[tuple[str, Value]] = {("post", typed_key(str(person["post"])))}
    found |= {("organisation", typed_key(str(row["organisation"]))) for row in members}
    found |= {("key", row["member_key"]) for row in rows["member_keys"] if row["member"] in uids}
    return {sign for sign in found if sign[1]}


def _words(name: str, other: str) -> str:
    if name == other:
        return (
            f"{name} is in both records, and neither post nor organisation says that it is one person. They "
            "count as one here, in interests, marks and signatures. If they are two, correct a name in one "
            "of the records first."
        )
    return (
        f"{name} comes in beside {other}. If they are one person, correct the name in one of the records "
        "first; if they are two, add to a name what tells them apart."
    )
