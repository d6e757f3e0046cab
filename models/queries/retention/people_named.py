"""Who is meant by a name: everybody in the record who goes by it, each told from the others."""

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Table, Text, select

from models.queries.applications.applications import applications, entered
from models.queries.retention.held_rows import value_words
from models.queries.set_up.rounds import rounds
from models.role import role_words
from models.schema.applications import application_table, attachment_table, organisation_table
from models.schema.awards import bank_details_table
from models.schema.journal import journal_table
from models.schema.packs import private_key_table, returned_table
from models.schema.panel import (
    interest_table,
    interest_word_table,
    member_table,
    person_table,
    revision_table,
    round_role_table,
)
from models.schema.set_up import office_fact_table, round_table
from models.schema.tables import TABLES
from models.session import Session, pairs_of, selection
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow
from scoring.written.names import composed, is_same_text, text_key, unaccented, untitled
from scoring.written.text import Refused

_SIGNERS = frozenset(
    {
        ("award_agreements", "recipient_signer"),
        ("award_subsidies", "confirmed_by"),
        ("challenges", "asked_by"),
        ("challenges", "address"),
    }
)
_OF_APPLICANTS = frozenset(
    {
        *(
            "applications",
            "attachments",
            "organisations",
            "organisation_aliases",
            "onward_grants",
            "successions",
        ),
        "register_entries",
    }
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
    | {"printed_tables", "printed_figures", "agreement_templates", "payment_layouts"}
)
"""Tables of rules, lists and layouts: their words are of the work, and a word of them is nobody's name."""
_NO_WORDS = frozenset(
    {"descriptors", "ladder", "uid", "sha256", "hash", "after_head", "account_sum", "name_key", "control"}
)
_SIGNED = frozenset({"content"})
"""Papers as they were issued: it is told that they name the person, and nothing of the rest."""
AROUND = 80


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
        return not self.words


def places_of(session: Session, name: str) -> tuple[Named, ...]:
    """Return every place that names somebody, in the order of the record's tables, with accents or without.

    A name of one word is not looked for within texts, where it may be a word like any other.
    """
    pattern = pattern_of(name)
    return tuple(
        one
        for table in TABLES
        if table.name not in _LEFT_OUT | _RULES and table is not person_table
        for one in _of_table(session, table, name, pattern)
    )


def pattern_of(name: str) -> re.Pattern[str]:
    """Return what finds a name in an unaccented text, in any case and spacing, never within a word.

    A title before it is not looked for: the text may have none, or another one.
    """
    words = r"\s+".join(map(re.escape, unaccented(untitled(name)).split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _of_table(session: Session, table: Table, name: str, pattern: re.Pattern[str]) -> Iterator[Named]:
    texts = [c for c in table.columns if isinstance(c.type, Text) and c.name not in _NO_WORDS]
    is_full = len(name.split()) > 1 or "@" in name
    if not texts:
        return
    owners = _owners(session, table)
    for row in session.execute(select(table).order_by(*table.primary_key.columns)):
        values = row._mapping
        for column in texts:
            text = values[column] or ""
            found = pattern.search(unaccented(text))
            if found is not None and (is_full or is_called(text, name)):
                words = "" if is_called(text, name) else _around(column.name, text, name)
                of = _application(table, values, owners)
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


def _around(column: str, text: str, name: str) -> str:
    """Return the words around a name; of a kept value, those of the text in it that has the name."""
    pattern = pattern_of(name)
    named = () if column in _SIGNED else (one for one in _texts_in(text) if pattern.search(unaccented(one)))
    text = composed(next(iter(named), ""))
    found = pattern.search(unaccented(text))
    if found is None or is_called(text, name):
        return "named in it"
    start, end = max(found.start() - AROUND, 0), found.end() + AROUND
    return " ".join(text[start:end].split())


def _texts_in(text: str) -> Iterator[str]:
    """Yield a text, or each text of the value that is kept in it as JSON."""
    try:
        value = json.loads(text) if text[:1] in ("{", "[", '"') else text
    except ValueError:
        value = text
    yield from _leaves(value)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)
    elif isinstance(value, str):
        yield value


def _owners(session: Session, table: Table) -> Mapping[Any, int | None]:
    """Return the application of each interest, or of each identity that files are attached to."""
    if table is interest_word_table:
        return pairs_of(session, interest_table.c.id, interest_table.c.application_id)
    if table is attachment_table:
        return pairs_of(session, application_table.c.uid, application_table.c.id)
    return {}


def _application(table: Table, values: Any, owners: Mapping[Any, int | None]) -> int | None:
    if table is application_table:
        return int(values[table.c.id])
    if owners:
        return owners.get(values[table.c["subject" if table is attachment_table else "interest_id"]])
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


OFFICE = "office"
"""The key of whoever goes by a name in the office's own work, without a seat or a role."""
MOST_NAMED = 8


class PersonMeant(Struct, frozen=True):
    """Somebody who goes by a name: `key` tells them from the others, `words` say it to a person.

    `person` is their number where they sit on a panel or have a role, `members` those of their seats;
    `organisation` is that of the applicant whose contact they are, with the `email` given there.
    """

    key: str
    name: str
    words: str
    person: int | None = None
    members: tuple[int, ...] = ()
    organisation: int | None = None
    email: str = ""


def people_named(session: Session, said: str) -> tuple[PersonMeant, ...]:
    """Return everybody who goes by a name, or whom applications give under an e-mail."""
    wanted = said.strip()
    if not wanted:
        return ()
    contacts = _contacts(session, wanted)
    if "@" in wanted and contacts:
        return contacts
    seats, places = tuple(_seats(session, wanted)), places_of(session, wanted)
    others = tuple(_of_applicants(session, wanted, places, {one.organisation for one in contacts}))
    known = (*seats, *contacts, *others)
    actors = session.scalars(select(journal_table.c.actor).distinct())
    is_actor = any(not one.is_of_applicant and one.is_whole for one in places) or any(
        is_called(actor, wanted) for actor in actors
    )
    if not seats and (is_actor or (places and not known)):
        return (PersonMeant(OFFICE, wanted, "of the office"), *known)
    return known


def the_person(
    found: Sequence[PersonMeant], said: str, *, email: str = "", organisation: str = ""
) -> PersonMeant:
    """Return the one who is meant; refused where nobody goes by the name, or several do."""
    left = [one for one in found if not email or text_key(one.email) == text_key(email)]
    wanted = text_key(unaccented(organisation))
    left = [one for one in left if wanted in text_key(unaccented(one.words))]
    if len(left) == 1:
        return left[0]
    if not left:
        raise Refused(nobody_words(said))
    named = "; ".join(one.words for one in left[:MOST_NAMED])
    raise Refused(f"“{said}” is several people: {named}. Say which, by e-mail or by organisation.")


def nobody_words(said: str) -> str:
    return (
        f"Nobody called “{said}” is in this record. Check the spelling, and give the full name. "
        "Whom an erased application named is found by its organisation alone."
    )


def _seats(session: Session, name: str) -> Iterator[PersonMeant]:
    people = session.execute(select(person_table.c.id, person_table.c.name).order_by(person_table.c.id)).all()
    for number, known in people:
        if is_called(known, name):
            yield from _of_person(session, number, known)


def _of_person(session: Session, number: int, name: str) -> Iterator[PersonMeant]:
    table, of = member_table, round_table
    seats = session.execute(
        select(table.c.id, table.c.code, table.c.organisation, of.c.id.label("round"), of.c.name)
        .join(of)
        .where(table.c.person_id == number)
        .order_by(table.c.id)
    ).all()
    told = ((row.id, (f"{row.code} on the panel of {row.name}", row.organisation)) for row in seats)
    said = {seat: ", ".join(filter(None, parts)) for seat, parts in told}
    if len({row.round for row in seats}) < len(seats):
        for seat, words in said.items():
            yield PersonMeant(f"member:{seat}", name, words, number, (seat,))
        return
    words = "; ".join((*said.values(), *_roles(session, number))) or "of the office"
    yield PersonMeant(f"person:{number}", name, words, number, tuple(said))


def _roles(session: Session, number: int) -> Iterator[str]:
    table, of = round_role_table, round_table
    columns = select(table.c.role, of.c.name).join(of)
    rows = session.execute(columns.where(table.c.person_id == number).order_by(of.c.id, table.c.role))
    return (f"{role_words(role)} in {name}" for role, name in rows)


def _of_applicants(
    session: Session, name: str, places: Iterable[Named], known: Container[int | None]
) -> Iterator[PersonMeant]:
    owners = dict.fromkeys(owner_of(session, place) for place in places if place.is_of_applicant)
    for owner in owners:
        if owner is not None and owner not in known:
            of = session.scalar(selection(organisation_table.c.name, id=owner))
            yield PersonMeant(f"applicant:{owner}", name, f"named by {of}", organisation=owner)


def _contacts(session: Session, said: str) -> tuple[PersonMeant, ...]:
    """Return the contacts of that name or e-mail, one for each organisation and e-mail."""
    found: dict[str, PersonMeant] = {}
    for number, of, row in (one for line in rounds(session) for one in applied_in(session, line)):
        if is_called(row.contact_name, said) or text_key(row.email) == text_key(said):
            key = f"contact:{number}:{text_key(row.email)}"
            words = ", ".join(part for part in (f"contact of {of}", row.email) if part)
            name = row.contact_name or said
            found.setdefault(key, PersonMeant(key, name, words, organisation=number, email=row.email))
    return tuple(found.values())


def applied_in(session: Session, of: RoundLine) -> Iterator[tuple[int, str, ApplicationRow]]:
    """Yield a round's applications, each with the number and name of its organisation."""
    names = pairs_of(session, organisation_table.c.id, organisation_table.c.name)
    owners = {reference: row.organisation_id for reference, row in entered(session, of.round_id).items()}
    for row in applications(session, of.round_id):
        yield owners[row.reference], names[owners[row.reference]], row


def owner_of(session: Session, place: Named) -> int | None:
    """Return the organisation of the application that a place is about, None where it is about none."""
    if place.application_id is None:
        return None
    return session.scalar(selection(application_table.c.organisation_id, id=place.application_id))
